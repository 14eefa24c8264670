//! From text to words, numbers and signs, each with its place.

use std::ops::Range;

use rust_decimal::Decimal;

use super::ExpressionError;

/// What a piece of the text is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Token<'t> {
    /// A name with its suffixes, or a keyword.
    Word(&'t str),
    /// A number.
    Number(Decimal),
    /// A number with a percent sign, as it stands before the sign.
    Percent(Decimal),
    /// A text, without its marks.
    Text(&'t str),
    /// One of the signs: `==`, `(`.
    Sign(&'static str),
    /// Nothing more follows.
    End,
}

/// A piece and its place.
pub type Placed<'t> = (Token<'t>, Range<usize>);

/// Every sign, the longer of two that begin alike first.
const SIGNS: [&str; 15] = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","];

/// What other languages write, and what is written here.
const FOREIGN: [(&str, &str); 10] = [
    ("=", "`==` compares"),
    ("&&", "write `and`"),
    ("&", "write `and`"),
    ("||", "write `or`"),
    ("|", "write `or`"),
    ("!", "write `not`"),
    ("«", "a text stands in '…' or \"…\""),
    ("“", "a text stands in '…' or \"…\""),
    ("’", "a text stands in '…' or \"…\""),
    ("−", "write `-`"),
];

/// The pieces of a text; the last one is [`Token::End`].
pub fn lex(text: &str) -> Result<Vec<Placed<'_>>, ExpressionError> {
    let mut pieces = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or("");
        let blanks = rest.len() - rest.trim_start().len();
        at += blanks;
        let rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            pieces.push((Token::End, at..at));
            return Ok(pieces);
        };
        let (token, length) = match first {
            '\'' | '"' => quoted(rest, first, at)?,
            '0'..='9' | '.' => number(rest, at)?,
            _ if first == '_' || first.is_alphabetic() => word(rest, at)?,
            _ => sign(rest, at)?,
        };
        pieces.push((token, at..at + length));
        at += length;
    }
}

fn quoted(rest: &str, mark: char, at: usize) -> Result<(Token<'_>, usize), ExpressionError> {
    let inside = rest.get(1..).unwrap_or("");
    match inside.find(mark) {
        Some(end) => Ok((Token::Text(inside.get(..end).unwrap_or("")), end + 2)),
        None => Err(ExpressionError::new(
            at..at + rest.len(),
            format!("the text opened by {mark} is never closed"),
            format!("put {mark} behind it"),
        )),
    }
}

fn number(rest: &str, at: usize) -> Result<(Token<'_>, usize), ExpressionError> {
    let length = rest.find(|one: char| !(one.is_alphanumeric() || one == '.' || one == '_')).unwrap_or(rest.len());
    let written = rest.get(..length).unwrap_or("");
    let (whole, places) = written.split_once('.').unwrap_or((written, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(places) {
        let help = "a number is written 1299 or 12.50, without blanks, letters or an exponent";
        return Err(ExpressionError::new(at..at + length, format!("`{written}` is no number"), help));
    }
    let Ok(amount) = Decimal::from_str_exact(written) else {
        let help = "a number has at most 28 digits";
        return Err(ExpressionError::new(at..at + length, format!("`{written}` has too many digits"), help));
    };
    let behind = rest.get(length..).unwrap_or("");
    let blanks = behind.len() - behind.trim_start().len();
    // the share itself has two places more than the percentage
    if !behind.trim_start().starts_with('%') {
        return Ok((Token::Number(amount), length));
    }
    if amount.scale() > 26 {
        let help = "a percentage has at most 26 places";
        return Err(ExpressionError::new(at..at + length, format!("`{written}` has too many digits"), help));
    }
    Ok((Token::Percent(amount), length + blanks + 1))
}

fn word(rest: &str, at: usize) -> Result<(Token<'_>, usize), ExpressionError> {
    let length = rest.find(|one: char| !(one.is_alphanumeric() || one == '_' || one == '.')).unwrap_or(rest.len());
    let name = rest.get(..length).unwrap_or("");
    if name.split('.').any(str::is_empty) {
        let help = "a point joins a name and what follows it: `title.uk`";
        return Err(ExpressionError::new(at..at + length, format!("`{name}` is no name"), help));
    }
    Ok((Token::Word(name), length))
}

fn sign(rest: &str, at: usize) -> Result<(Token<'_>, usize), ExpressionError> {
    if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
        return Ok((Token::Sign(sign), sign.len()));
    }
    if let Some((foreign, help)) = FOREIGN.into_iter().find(|foreign| rest.starts_with(foreign.0)) {
        let what = format!("`{foreign}` means nothing here");
        return Err(ExpressionError::new(at..at + foreign.len(), what, help));
    }
    let one = rest.chars().next().unwrap_or(' ');
    Err(ExpressionError::new(at..at + one.len_utf8(), format!("`{one}` means nothing here"), ""))
}

impl Token<'_> {
    /// The piece in words, for messages.
    pub fn in_words(&self) -> String {
        match self {
            Token::Word(word) => format!("`{word}`"),
            Token::Number(amount) => format!("the number {amount}"),
            Token::Percent(amount) => format!("{amount}%"),
            Token::Text(text) => format!("the text '{text}'"),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end".into(),
        }
    }
}
