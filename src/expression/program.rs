//! An expression with numbers instead of names, ready to be computed for every
//! offer on any thread. Constants are folded, and a share after `+` or `-` has
//! become the factor that it is.

use rust_decimal::Decimal;

use super::numbers::Amount;
use super::tree::{Among, Function, Operator, Tree, What};

/// A compiled expression.
#[derive(Debug, Clone)]
pub struct Program(pub(super) Formula);

/// What gives a value.
#[derive(Debug, Clone)]
pub(super) enum Formula {
    /// The value of a slot.
    Slot(u32),
    Number(Decimal),
    Text(Box<str>),
    /// The value in a table's row with this key.
    Keyed(u32, Box<Formula>),
    Negative(Box<Formula>),
    Both(Operator, Box<Formula>, Box<Formula>),
    /// A value and the factor that a share makes of it.
    Scaled(Box<Formula>, Decimal),
    Slug(Box<Formula>),
    Plain(Box<Formula>),
    Count(Box<Formula>),
    /// The first items of the list in a slot.
    First(u32, usize),
    /// All that the table in a slot says under a key.
    All(u32, Box<Formula>),
    Condition(Box<Condition>),
}

/// What is yes or no.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    Always(bool),
    /// A flag means its value, anything else whether it is there.
    Holds(Formula),
    Not(Box<Condition>),
    All(Box<[Condition]>),
    Any(Box<[Condition]>),
    Compare(Operator, Formula, Formula),
    /// The commonest of all: a slot against a number.
    CompareNumber(Operator, u32, Decimal),
    /// `true` for `not in`.
    In(Formula, Box<[Formula]>, bool),
    InList(Formula, Formula, bool),
}

struct Compiler<'r> {
    resolve: &'r mut dyn FnMut(&str) -> u32,
}

impl Program {
    pub(super) fn compile(tree: &Tree, resolve: &mut dyn FnMut(&str) -> u32) -> Program {
        Program(Compiler { resolve }.formula(tree))
    }
}

impl Compiler<'_> {
    fn formula(&mut self, tree: &Tree) -> Formula {
        match &tree.what {
            What::Name(name) => Formula::Slot((self.resolve)(name)),
            What::Number(amount) => Formula::Number(*amount),
            What::Percent(_) => Formula::Number(share(tree).unwrap_or_default()),
            What::Text(text) => Formula::Text(text.as_str().into()),
            What::Index(name, _, key) => {
                Formula::Keyed((self.resolve)(&format!("{name}[]")), Box::new(self.formula(key)))
            }
            What::Negative(part) => match self.formula(part) {
                Formula::Number(amount) => Formula::Number(-amount),
                other => Formula::Negative(Box::new(other)),
            },
            What::Call(Function::Slug, part) => Formula::Slug(Box::new(self.formula(part))),
            What::Call(Function::Plain, part) => Formula::Plain(Box::new(self.formula(part))),
            What::Call(Function::Count, part) => Formula::Count(Box::new(self.formula(part))),
            What::Call(Function::First(most), part) => match self.formula(part) {
                Formula::Slot(slot) => Formula::First(slot, usize::try_from(*most).unwrap_or(usize::MAX)),
                // only a list by its name passes the check
                other => other,
            },
            What::Call(Function::All, part) => match self.formula(part) {
                Formula::Keyed(slot, key) => Formula::All(slot, key),
                // only a key passes the check
                other => other,
            },
            What::Both(operator, left, right) if operator.is_arithmetic() => self.arithmetic(*operator, left, right),
            What::Flag(_) | What::Not(_) | What::Both(..) | What::In(..) => {
                Formula::Condition(Box::new(self.condition(tree)))
            }
        }
    }

    fn arithmetic(&mut self, operator: Operator, left: &Tree, right: &Tree) -> Formula {
        let factor = match (operator, share(right)) {
            (Operator::Plus, Some(share)) => Decimal::ONE.checked_add(share),
            (Operator::Minus, Some(share)) => Decimal::ONE.checked_sub(share),
            _ => None,
        };
        let left = self.formula(left);
        if let Some(factor) = factor {
            return match left {
                Formula::Number(amount) => folded(Operator::Times, amount, factor),
                other => Formula::Scaled(Box::new(other), factor),
            };
        }
        match (left, self.formula(right)) {
            (Formula::Number(left), Formula::Number(right)) => folded(operator, left, right),
            (left, right) => Formula::Both(operator, Box::new(left), Box::new(right)),
        }
    }

    fn condition(&mut self, tree: &Tree) -> Condition {
        match &tree.what {
            What::Flag(flag) => Condition::Always(*flag),
            What::Not(part) => Condition::Not(Box::new(self.condition(part))),
            What::Both(Operator::And, ..) => Condition::All(self.chain(Operator::And, tree)),
            What::Both(Operator::Or, ..) => Condition::Any(self.chain(Operator::Or, tree)),
            What::Both(operator, left, right) if !operator.is_arithmetic() => {
                match (self.formula(left), self.formula(right)) {
                    (Formula::Slot(slot), Formula::Number(amount)) => Condition::CompareNumber(*operator, slot, amount),
                    (left, right) => Condition::Compare(*operator, left, right),
                }
            }
            What::In(part, among, not) => {
                let part = self.formula(part);
                match among.as_ref() {
                    Among::Name(name) => Condition::InList(part, self.formula(name), *not),
                    Among::These(list) => {
                        Condition::In(part, list.iter().map(|item| self.formula(item)).collect(), *not)
                    }
                }
            }
            _ => Condition::Holds(self.formula(tree)),
        }
    }

    /// `a and b and c` as one list, from left to right.
    fn chain(&mut self, operator: Operator, tree: &Tree) -> Box<[Condition]> {
        let mut parts = Vec::new();
        let mut rest = tree;
        while let What::Both(found, left, right) = &rest.what {
            if *found != operator {
                break;
            }
            parts.push(right.as_ref());
            rest = left;
        }
        parts.push(rest);
        parts.into_iter().rev().map(|part| self.condition(part)).collect()
    }
}

fn folded(operator: Operator, left: Decimal, right: Decimal) -> Formula {
    match Amount::bare(left).with(operator, Amount::bare(right)) {
        Some(result) => Formula::Number(result.amount),
        None => Formula::Both(operator, Box::new(Formula::Number(left)), Box::new(Formula::Number(right))),
    }
}

/// The share that a percentage is, also behind a minus; exact, since the lexer leaves two places for it.
fn share(tree: &Tree) -> Option<Decimal> {
    match &tree.what {
        What::Percent(amount) => Decimal::try_from_i128_with_scale(amount.mantissa(), amount.scale() + 2).ok(),
        What::Negative(part) => share(part).map(|share| -share),
        _ => None,
    }
}
