//! Expressions inside of a description: read, typed, and their problems put at the
//! right column of the YAML.

use std::sync::Arc;

use crate::channel::names::OF_PRODUCTS;
use crate::expression::{Expression, ExpressionError, Scope, Type, parse};
use crate::wire::yaml::{Node, Problem, Problems};

/// The condition that stands at a node.
pub fn condition(node: &Node, scope: &dyn Scope, problems: &Problems) -> Option<Arc<Expression>> {
    let expression = parsed(node, problems)?;
    match expression.check_condition(scope) {
        Ok(()) => Some(Arc::new(expression)),
        Err(error) => tell(node, 0, error, problems),
    }
}

/// The value that stands at a node, and its type.
pub fn value(node: &Node, scope: &dyn Scope, problems: &Problems) -> Option<(Arc<Expression>, Type)> {
    let expression = parsed(node, problems)?;
    match expression.check(scope) {
        Ok(found) => Some((Arc::new(expression), found)),
        Err(error) => tell(node, 0, error, problems),
    }
}

/// The value of a part of the node's text that begins at byte `start`.
pub fn part(node: &Node, start: usize, text: &str, scope: &dyn Scope, problems: &Problems) -> Option<Arc<Expression>> {
    let checked = parse(text).and_then(|expression| expression.check(scope).map(|_| expression));
    match checked {
        Ok(expression) => Some(Arc::new(expression)),
        Err(error) => tell(node, start, error, problems),
    }
}

fn parsed(node: &Node, problems: &Problems) -> Option<Expression> {
    let text = node.text("an expression", problems)?;
    parse(text).map_err(|error| tell::<()>(node, 0, error, problems)).ok()
}

fn tell<T>(node: &Node, start: usize, error: ExpressionError, problems: &Problems) -> Option<T> {
    let bytes = start + error.bytes.start..start + error.bytes.end;
    let of_product = OF_PRODUCTS.iter().any(|field| error.what == format!("there is no `{}` here", field.name));
    let help = match of_product {
        true => "it is known where a listing stands for a product: add `listing: product`".to_owned(),
        false => error.help,
    };
    problems.add(node.problem_inside(bytes, "config/expression", error.what, help));
    None
}

/// A problem that says that a part of the grammar is known, and comes later.
pub fn not_yet(at: Problem, name: &str, why: &str) -> Problem {
    Problem {
        code: "config/not-yet",
        what: format!("`{name}` is not possible yet: {why}"),
        label: "remove it for now".into(),
        ..at
    }
}
