//! The small exact language of conditions and amounts: `stock > 0 and brand != 'X'`,
//! `cost + 5%`, `attributes['Колір']`. Nothing else on the shelf is exact, typed at
//! load and small; here an amount never passes through a float.
//!
//! * Numbers are decimals of up to 28 digits; a division is carried out to 28 digits.
//! * `5%` is 0.05; after `+` or `-` it is that share of what stands to the left: `cost + 5%`.
//! * Texts stand in `'…'` or `"…"`, without escapes: a text that holds one of the marks stands in the other.
//! * As a condition a bare name means *is there* (0 is there); a flag means its value.
//! * A value that is not there is neither equal to anything nor above or below it, and in no list:
//!   `brand != 'X'` and `brand not in ['X']` hold for an offer without brand, `price < 100` fails for one
//!   without price.
//! * An amount of which a part is not there is not there; neither is a quotient by zero,
//!   a sum of two currencies, or an amount of more digits than fit.
//! * From the loosest to the tightest: `or`, `and`, `not`, comparisons and `in`, `+ -`, `* /`, `-x`, `x[key]`.

mod evaluate;
mod lexer;
mod numbers;
mod parser;
mod program;
mod settled;
mod slug;
mod tree;
mod types;

use std::ops::Range;

pub use program::Program;
pub use slug::slug;
pub use tree::{Among, Function, Operator, Tree, What};
pub use types::{Scope, Type};

/// A parsed expression.
#[derive(Debug, Clone)]
pub struct Expression {
    /// As it was written.
    pub text: String,
    /// What was read in it; every part knows its place in the text.
    pub tree: Tree,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionError {
    /// The bytes of the expression's text to mark.
    pub bytes: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do; may be empty.
    pub help: String,
}

/// A name that an expression uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameUsed<'e> {
    /// The name, suffix included: `title.uk`.
    pub name: &'e str,
    /// Whether one of its rows or keys is taken: `stock[key]`.
    pub indexed: bool,
    /// Where it stands first.
    pub bytes: Range<usize>,
}

/// Reads an expression; whether its names exist and its types fit is another step, [`Expression::check`].
pub fn parse(text: &str) -> Result<Expression, ExpressionError> {
    let tree = parser::parse(text)?;
    Ok(Expression { text: text.into(), tree })
}

impl Expression {
    /// Every distinct name, in the order in which they stand.
    pub fn names(&self) -> Vec<NameUsed<'_>> {
        let mut names: Vec<NameUsed<'_>> = Vec::new();
        self.tree.each_name(&mut |name, indexed, bytes| {
            if !names.iter().any(|known| known.name == name && known.indexed == indexed) {
                names.push(NameUsed { name, indexed, bytes });
            }
        });
        names
    }

    /// The name, where the whole expression is a bare one.
    pub fn as_name(&self) -> Option<&str> {
        match &self.tree.what {
            What::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The type of its value, every name and every operation checked.
    pub fn check(&self, scope: &dyn Scope) -> Result<Type, ExpressionError> {
        types::check(&self.tree, scope)
    }

    /// The same for an expression that is used as a condition.
    pub fn check_condition(&self, scope: &dyn Scope) -> Result<(), ExpressionError> {
        types::check_condition(&self.tree, scope)
    }

    /// The same expression with names replaced by what is known of them; its text stays as it was written.
    pub fn replaced(&self, known: &dyn Fn(&str) -> Option<What>) -> Expression {
        Expression { text: self.text.clone(), tree: self.tree.replaced(known) }
    }

    /// Turns names into numbers. `resolve` is asked for every name as it stands; for one that is
    /// indexed it is asked for `NAME[]` and gives a table whose rows begin with key and value.
    pub fn compile(&self, resolve: &mut dyn FnMut(&str) -> u32) -> Program {
        Program::compile(&self.tree, resolve)
    }
}

impl ExpressionError {
    fn new(bytes: Range<usize>, what: impl Into<String>, help: impl Into<String>) -> Self {
        ExpressionError { bytes, what: what.into(), help: help.into() }
    }
}

#[cfg(test)]
mod tests;
