//! What is checked before the first offer is read: every name is known, every
//! operation gets what it can work with, and a condition is a condition.

use std::ops::Range;

use super::tree::{Among, Function, Operator, Tree, What};
use super::{Expression, ExpressionError};
use crate::model::{Kind, suggestion};

/// What an expression may speak of.
pub trait Scope {
    /// The kind of a name, suffix included; `None` where there is no such name.
    fn kind_of(&self, name: &str) -> Option<Kind>;

    /// Names to choose from, for suggestions.
    fn possible(&self) -> Vec<String>;

    /// The kind of `name[key]`; `None` where the name takes no key.
    fn index_kind(&self, name: &str) -> Option<Kind>;

    /// The words that a choice can hold; `None` where any word goes.
    fn words_of(&self, name: &str) -> Option<Vec<String>> {
        let _ = name;
        None
    }
}

/// What a value can be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    Condition,
    /// A text.
    Text,
    /// A number, with or without a unit.
    Number,
    /// A day, an instant or two.
    Time,
    /// Items.
    List,
    /// Rows.
    Table,
}

type Checked<T> = Result<T, ExpressionError>;

impl Type {
    /// The type in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Type::Condition => "yes or no",
            Type::Text => "text",
            Type::Number => "a number",
            Type::Time => "a time",
            Type::List => "a list",
            Type::Table => "a table",
        }
    }
}

impl From<Kind> for Type {
    fn from(kind: Kind) -> Type {
        match kind {
            Kind::Text | Kind::Html | Kind::Url | Kind::Choice => Type::Text,
            Kind::Flag => Type::Condition,
            Kind::Money | Kind::Quantity | Kind::Count | Kind::Number => Type::Number,
            Kind::Date | Kind::Time | Kind::Interval => Type::Time,
            Kind::List => Type::List,
            Kind::Table => Type::Table,
        }
    }
}

impl Expression {
    /// The part of the text that stands at these bytes.
    pub fn quote(&self, bytes: Range<usize>) -> &str {
        self.text.get(bytes).unwrap_or(&self.text)
    }
}

/// The type of a part that is used for its value.
pub fn check(tree: &Tree, scope: &dyn Scope) -> Checked<Type> {
    match &tree.what {
        What::Name(name) => match scope.kind_of(name) {
            Some(kind) => Ok(kind.into()),
            None => Err(unknown(name, tree.bytes.clone(), scope)),
        },
        What::Number(_) | What::Percent(_) => Ok(Type::Number),
        What::Text(_) => Ok(Type::Text),
        What::Flag(_) => Ok(Type::Condition),
        What::Index(name, bytes, key) => check_index(name, bytes.clone(), key, scope),
        What::Negative(part) => needs(part, Type::Number, "`-`", scope),
        What::Not(part) => check_condition(part, scope).map(|()| Type::Condition),
        What::Both(Operator::And | Operator::Or, left, right) => {
            check_condition(left, scope)?;
            check_condition(right, scope).map(|()| Type::Condition)
        }
        What::Both(operator, left, right) if operator.is_arithmetic() => {
            let sign = format!("`{}`", operator.sign());
            needs(left, Type::Number, &sign, scope)?;
            needs(right, Type::Number, &sign, scope)
        }
        What::Both(operator, left, right) => check_comparison(tree, *operator, left, right, scope),
        What::In(part, among, _) => check_in(part, among, scope),
        What::Call(function @ (Function::Slug | Function::Plain), part) => {
            let is_made = matches!(part.what, What::Call(Function::Plain, _))
                || (*function == Function::Plain && matches!(part.what, What::Call(Function::Slug, _)));
            if is_made {
                let what = format!("`{}` takes a text as it is, `{part}` is made", function.name());
                return Err(ExpressionError::new(part.bytes.clone(), what, "leave one of the two out"));
            }
            needs(part, Type::Text, &format!("`{}`", function.name()), scope)
        }
        What::Call(Function::First(_), part) => match check(part, scope)? {
            Type::List if matches!(part.what, What::Name(_)) => Ok(Type::List),
            found => {
                let what = match found {
                    Type::List => format!("`first` takes a list by its name, `{part}` is made"),
                    other => format!("`first` takes a list, `{part}` is {}", other.in_words()),
                };
                Err(ExpressionError::new(part.bytes.clone(), what, "name a list: pictures, tags"))
            }
        },
        What::Call(Function::All, part) => check_all(part, scope),
        What::Call(Function::Count, part) if matches!(part.what, What::Call(Function::All, _)) => {
            let what = format!("`count` takes a list by its name, `{part}` is made");
            Err(ExpressionError::new(part.bytes.clone(), what, "name a list or a table: pictures, attributes"))
        }
        What::Call(Function::Count, part) => match check(part, scope)? {
            Type::List | Type::Table => Ok(Type::Number),
            other => {
                let what = format!("`count` takes a list or a table, `{part}` is {}", other.in_words());
                Err(ExpressionError::new(part.bytes.clone(), what, "a name alone says whether it is there"))
            }
        },
    }
}

/// Whether a part can be used as a condition: it is yes or no, or asks whether something is there.
pub fn check_condition(tree: &Tree, scope: &dyn Scope) -> Checked<()> {
    let found = check(tree, scope)?;
    if found == Type::Condition || matches!(tree.what, What::Name(_) | What::Index(..)) {
        return Ok(());
    }
    let what = format!("a condition is expected here, `{tree}` is {}", found.in_words());
    let help = match found {
        Type::Number => format!("compare it: `{tree} > 0`"),
        _ => format!("compare it: `{tree} == '…'`"),
    };
    Err(ExpressionError::new(tree.bytes.clone(), what, help))
}

fn needs(part: &Tree, wanted: Type, whose: &str, scope: &dyn Scope) -> Checked<Type> {
    let found = check(part, scope)?;
    if found == wanted {
        return Ok(wanted);
    }
    let what = format!("{whose} takes {}, `{part}` is {}", wanted.in_words(), found.in_words());
    Err(ExpressionError::new(part.bytes.clone(), what, ""))
}

/// All that a table says under a key.
fn check_all(part: &Tree, scope: &dyn Scope) -> Checked<Type> {
    match check(part, scope)? {
        Type::Text if matches!(part.what, What::Index(..)) => Ok(Type::List),
        _ => {
            let what = format!("`all` takes what a table says under a key, not `{part}`");
            Err(ExpressionError::new(part.bytes.clone(), what, "write it so: `all(attributes['Колір'])`"))
        }
    }
}

fn check_index(name: &str, bytes: Range<usize>, key: &Tree, scope: &dyn Scope) -> Checked<Type> {
    let Some(kind) = scope.index_kind(name) else {
        let Some(kind) = scope.kind_of(name) else { return Err(unknown(name, bytes, scope)) };
        let what = format!("`{name}` takes no key in `[…]`: it is {}", kind.in_words());
        // items have no numbers, but the first and the others have names of their own
        let help = match scope.kind_of(&format!("{name}.first")) {
            Some(_) => format!("the first is `{name}.first`, those after it `{name}.rest`"),
            None => "write the name alone".to_owned(),
        };
        return Err(ExpressionError::new(bytes, what, help));
    };
    needs(key, Type::Text, "a key in `[…]`", scope)?;
    Ok(kind.into())
}

fn check_comparison(tree: &Tree, operator: Operator, left: &Tree, right: &Tree, scope: &dyn Scope) -> Checked<Type> {
    let (on_left, on_right) = (check(left, scope)?, check(right, scope)?);
    for (part, found) in [(left, on_left), (right, on_right)] {
        let help = match found {
            Type::List | Type::Table => format!("compare `count({part})`, or ask whether a text is `in` it"),
            Type::Time => "times cannot be compared yet".into(),
            Type::Condition if !matches!(operator, Operator::Equal | Operator::Differs) => "write it alone".into(),
            _ => continue,
        };
        let what = format!("`{}` cannot compare `{part}`: it is {}", operator.sign(), found.in_words());
        return Err(ExpressionError::new(part.bytes.clone(), what, help));
    }
    if on_left != on_right {
        return Err(mismatch(tree, (left, on_left), (right, on_right)));
    }
    check_word(left, right, scope)?;
    check_word(right, left, scope)?;
    Ok(Type::Condition)
}

fn check_in(part: &Tree, among: &Among, scope: &dyn Scope) -> Checked<Type> {
    let found = check(part, scope)?;
    let list = match among {
        Among::These(list) => list,
        Among::Name(name) => {
            needs(name, Type::List, "`in`", scope)?;
            return needs(part, Type::Text, "`in` a list", scope).map(|_| Type::Condition);
        }
    };
    if !matches!(found, Type::Text | Type::Number) {
        let what = format!("`in` takes a text or a number, `{part}` is {}", found.in_words());
        return Err(ExpressionError::new(part.bytes.clone(), what, ""));
    }
    for item in list {
        let of_item = check(item, scope)?;
        if of_item != found {
            return Err(mismatch(item, (part, found), (item, of_item)));
        }
        check_word(part, item, scope)?;
    }
    Ok(Type::Condition)
}

fn mismatch(at: &Tree, left: (&Tree, Type), right: (&Tree, Type)) -> ExpressionError {
    let what = format!(
        "`{}` is {} and `{}` is {}: they cannot be compared",
        left.0,
        left.1.in_words(),
        right.0,
        right.1.in_words()
    );
    let help = [left, right].into_iter().find_map(|(part, _)| match &part.what {
        What::Number(amount) => Some(format!("a text stands in quotes: '{amount}'")),
        What::Text(text) if text.parse::<rust_decimal::Decimal>().is_ok() => {
            Some(format!("a number stands without quotes: {text}"))
        }
        _ => None,
    });
    ExpressionError::new(at.bytes.clone(), what, help.unwrap_or_default())
}

/// A choice is compared with one of its own words, and nothing with an empty text.
fn check_word(part: &Tree, text: &Tree, scope: &dyn Scope) -> Checked<()> {
    let What::Text(word) = &text.what else { return Ok(()) };
    if word.is_empty() {
        let help = format!("an empty text is not there: write `not {part}`");
        return Err(ExpressionError::new(text.bytes.clone(), "nothing ever equals an empty text", help));
    }
    let What::Name(name) = &part.what else { return Ok(()) };
    match scope.words_of(name) {
        Some(words) if !words.contains(word) => {
            let help = suggestion(word, words.iter().map(String::as_str), "docs/fields.md");
            Err(ExpressionError::new(text.bytes.clone(), format!("`{name}` is never '{word}'"), help))
        }
        _ => Ok(()),
    }
}

fn unknown(name: &str, bytes: Range<usize>, scope: &dyn Scope) -> ExpressionError {
    let mut possible = scope.possible();
    // `titel.uk`: what follows the point is right, what stands before it is not
    if let Some((_, suffix)) = name.split_once('.') {
        let with_suffix: Vec<String> = possible.iter().map(|one| format!("{one}.{suffix}")).collect();
        let known = with_suffix.into_iter().filter(|one| scope.kind_of(one).is_some());
        let known: Vec<String> = known.collect();
        possible.splice(0..0, known);
    }
    let help = match name {
        "OR" | "AND" | "NOT" | "IN" | "Or" | "And" | "Not" | "In" => format!("write `{}`", name.to_lowercase()),
        "null" | "nil" | "none" | "None" => "`not NAME` says that a value is not there".into(),
        _ => match crate::model::nearest(name, possible.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => suggestion(name, possible.iter().map(String::as_str), "docs/fields.md"),
        },
    };
    ExpressionError::new(bytes, format!("there is no `{name}` here"), help)
}
