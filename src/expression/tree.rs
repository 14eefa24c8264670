//! What was read in an expression, and how it is printed again: with as few
//! parentheses as keep the meaning.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;

use rust_decimal::Decimal;

/// A part of an expression and its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// The bytes that it takes.
    pub bytes: Range<usize>,
    /// What it is.
    pub what: What,
}

/// What a part of an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The value of a name.
    Name(String),
    /// A number.
    Number(Decimal),
    /// A share, as it stands before the percent sign.
    Percent(Decimal),
    /// A text.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A name's value for a key: `stock[key]`; the name, its bytes and the key.
    Index(String, Range<usize>, Box<Tree>),
    /// `-x`.
    Negative(Box<Tree>),
    /// `not x`.
    Not(Box<Tree>),
    /// Two parts and what stands between them.
    Both(Operator, Box<Tree>, Box<Tree>),
    /// `x in …`; `true` for `not in`.
    In(Box<Tree>, Box<Among>, bool),
    /// A function of one part.
    Call(Function, Box<Tree>),
}

/// What stands to the right of `in`.
#[derive(Debug, Clone, PartialEq)]
pub enum Among {
    /// `[a, b]`.
    These(Vec<Tree>),
    /// A list by its name.
    Name(Tree),
}

/// What can stand between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// At least one.
    Or,
    /// Both.
    And,
    /// The same.
    Equal,
    /// Not the same; also where one of them is not there.
    Differs,
    /// Strictly below.
    Below,
    /// At most.
    AtMost,
    /// Strictly above.
    Above,
    /// At least.
    AtLeast,
    /// Sum, or a share more.
    Plus,
    /// Difference, or a share less.
    Minus,
    /// Product.
    Times,
    /// Quotient.
    Over,
}

/// The functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// A text as part of an address: `Термос 1 л` → `termos-1-l`.
    Slug,
    /// What a text says without its markup.
    Plain,
    /// How many items or rows.
    Count,
    /// The first items of a list, at most so many.
    First(u32),
    /// All that a table says under a key.
    All,
}

/// What the documents say of a function.
#[derive(Debug, Clone, Copy)]
pub struct FunctionAbout {
    /// Its name.
    pub name: &'static str,
    /// The function; a number that it takes stands for any.
    pub function: Function,
    /// How it is written.
    pub example: &'static str,
    /// What it takes and gives.
    pub about: &'static str,
}

/// How tightly parts bind, the loosest first; printing and parsing agree on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Sign,
    Single,
}

impl Operator {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Or => "or",
            Operator::And => "and",
            Operator::Equal => "==",
            Operator::Differs => "!=",
            Operator::Below => "<",
            Operator::AtMost => "<=",
            Operator::Above => ">",
            Operator::AtLeast => ">=",
            Operator::Plus => "+",
            Operator::Minus => "-",
            Operator::Times => "*",
            Operator::Over => "/",
        }
    }

    /// Whether it computes an amount.
    pub fn is_arithmetic(self) -> bool {
        matches!(self, Operator::Plus | Operator::Minus | Operator::Times | Operator::Over)
    }

    /// Whether it holds for two values that stand in this order.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Operator::Equal => order.is_eq(),
            Operator::Differs => order.is_ne(),
            Operator::Below => order.is_lt(),
            Operator::AtMost => order.is_le(),
            Operator::Above => order.is_gt(),
            Operator::AtLeast => order.is_ge(),
            _ => false,
        }
    }

    fn binding(self) -> Binding {
        match self {
            Operator::Or => Binding::Or,
            Operator::And => Binding::And,
            Operator::Plus | Operator::Minus => Binding::Sum,
            Operator::Times | Operator::Over => Binding::Product,
            _ => Binding::Comparison,
        }
    }
}

impl Function {
    /// Every function.
    pub const ALL: [FunctionAbout; 5] = [
        FunctionAbout {
            name: "all",
            function: Function::All,
            example: "all(attributes['Колір'])",
            about: "a list with all that a table says under a key, for a field with `kind: list`; without it that is the first alone",
        },
        FunctionAbout {
            name: "count",
            function: Function::Count,
            example: "count(pictures) >= 3",
            about: "how many items a list has, or rows a table",
        },
        FunctionAbout {
            name: "first",
            function: Function::First(1),
            example: "first(pictures, 10)",
            about: "a list with only its first items, at most so many: a whole number from 1 on; a shorter list stays as it is",
        },
        FunctionAbout {
            name: "plain",
            function: Function::Plain,
            example: "plain(description)",
            about: "what a text says without its markup",
        },
        FunctionAbout {
            name: "slug",
            function: Function::Slug,
            example: "slug(title)",
            about: "a text as the last part of an address: `Термос 1 л` is `termos-1-l`",
        },
    ];

    /// The function of this name.
    pub fn named(name: &str) -> Option<Function> {
        Self::ALL.iter().find(|entry| entry.name == name).map(|entry| entry.function)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        let is_this = |one: Function| std::mem::discriminant(&one) == std::mem::discriminant(&self);
        Self::ALL.iter().find(|entry| is_this(entry.function)).map_or("", |entry| entry.name)
    }
}

impl Tree {
    /// Tells every name, whether it is indexed, and its bytes; in the order of the text.
    pub fn each_name<'t>(&'t self, tell: &mut dyn FnMut(&'t str, bool, Range<usize>)) {
        match &self.what {
            What::Name(name) => tell(name, false, self.bytes.clone()),
            What::Number(_) | What::Percent(_) | What::Text(_) | What::Flag(_) => {}
            What::Index(name, bytes, key) => {
                tell(name, true, bytes.clone());
                key.each_name(tell);
            }
            What::Negative(part) | What::Not(part) | What::Call(_, part) => part.each_name(tell),
            What::Both(_, left, right) => {
                left.each_name(tell);
                right.each_name(tell);
            }
            What::In(part, among, _) => {
                part.each_name(tell);
                match among.as_ref() {
                    Among::These(list) => list.iter().for_each(|item| item.each_name(tell)),
                    Among::Name(name) => name.each_name(tell),
                }
            }
        }
    }

    /// The same with names replaced by what is known of them.
    pub fn replaced(&self, known: &dyn Fn(&str) -> Option<What>) -> Tree {
        let of = |part: &Tree| Box::new(part.replaced(known));
        let what = match &self.what {
            What::Name(name) => known(name).unwrap_or_else(|| What::Name(name.clone())),
            What::Index(name, bytes, key) => What::Index(name.clone(), bytes.clone(), of(key)),
            What::Negative(part) => What::Negative(of(part)),
            What::Not(part) => What::Not(of(part)),
            What::Both(operator, left, right) => What::Both(*operator, of(left), of(right)),
            What::Call(function, part) => What::Call(*function, of(part)),
            What::In(part, among, not) => {
                let among = match among.as_ref() {
                    Among::These(list) => Among::These(list.iter().map(|item| item.replaced(known)).collect()),
                    Among::Name(name) => Among::Name(name.clone()),
                };
                What::In(of(part), Box::new(among), *not)
            }
            What::Number(_) | What::Percent(_) | What::Text(_) | What::Flag(_) => self.what.clone(),
        };
        Tree { bytes: self.bytes.clone(), what }
    }

    fn binding(&self) -> Binding {
        match &self.what {
            What::Not(_) => Binding::Not,
            What::In(..) => Binding::Comparison,
            What::Negative(_) => Binding::Sign,
            What::Both(operator, ..) => operator.binding(),
            _ => Binding::Single,
        }
    }

    fn print(&self, at_least: Binding, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.binding() < at_least { write!(into, "({self})") } else { write!(into, "{self}") }
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Name(name) => into.write_str(name),
            What::Number(amount) => write!(into, "{amount}"),
            What::Percent(amount) => write!(into, "{amount}%"),
            What::Text(text) if text.contains('\'') => write!(into, "\"{text}\""),
            What::Text(text) => write!(into, "'{text}'"),
            What::Flag(flag) => write!(into, "{flag}"),
            What::Index(name, _, key) => write!(into, "{name}[{key}]"),
            What::Call(Function::First(most), part) => write!(into, "first({part}, {most})"),
            What::Call(function, part) => write!(into, "{}({part})", function.name()),
            What::Negative(part) => {
                into.write_str("-")?;
                part.print(Binding::Sign, into)
            }
            What::Not(part) => {
                into.write_str("not ")?;
                part.print(Binding::Not, into)
            }
            What::Both(operator, left, right) => print_both(*operator, left, right, into),
            What::In(part, among, not) => {
                part.print(Binding::Sum, into)?;
                into.write_str(if *not { " not in " } else { " in " })?;
                write!(into, "{among}")
            }
        }
    }
}

/// Sums and products go from left to right, so only their right side asks for more; comparisons do not chain.
fn print_both(operator: Operator, left: &Tree, right: &Tree, into: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (on_left, on_right) = match operator.binding() {
        Binding::Or => (Binding::Or, Binding::And),
        Binding::And => (Binding::And, Binding::Not),
        Binding::Sum => (Binding::Sum, Binding::Product),
        Binding::Product => (Binding::Product, Binding::Sign),
        _ => (Binding::Sum, Binding::Sum),
    };
    left.print(on_left, into)?;
    write!(into, " {} ", operator.sign())?;
    right.print(on_right, into)
}

impl fmt::Display for Among {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Among::Name(name) => write!(into, "{name}"),
            Among::These(list) => {
                into.write_str("[")?;
                for (number, item) in list.iter().enumerate() {
                    into.write_str(if number == 0 { "" } else { ", " })?;
                    write!(into, "{item}")?;
                }
                into.write_str("]")
            }
        }
    }
}
