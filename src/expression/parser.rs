//! From pieces to a tree, by descent from the loosest binding to the tightest.

use std::ops::Range;

use rust_decimal::Decimal;

use super::ExpressionError;
use super::lexer::{Placed, Token, lex};
use super::tree::{Among, Function, Operator, Tree, What};
use crate::model::suggestion;

/// How deep parentheses may nest, and how many operations one expression may have: bounds for hostile texts.
const DEEPEST: usize = 40;
const MOST_OPERATIONS: usize = 400;

/// Words that are not names.
const KEYWORDS: [&str; 6] = ["or", "and", "not", "in", "true", "false"];

const COMPARISONS: [Operator; 6] =
    [Operator::Equal, Operator::Differs, Operator::AtMost, Operator::AtLeast, Operator::Below, Operator::Above];

type Parsed = Result<Tree, ExpressionError>;

struct Parser<'t> {
    pieces: Vec<Placed<'t>>,
    at: usize,
    depth: usize,
    operations: usize,
}

/// The tree of a text.
pub fn parse(text: &str) -> Parsed {
    let mut parser = Parser { pieces: lex(text)?, at: 0, depth: 0, operations: 0 };
    if parser.token() == Token::End {
        return Err(ExpressionError::new(0..text.len(), "nothing stands here", "write a name or a condition"));
    }
    let tree = parser.either()?;
    match parser.token() {
        Token::End => Ok(tree),
        _ => Err(parser.unexpected("an operator or the end")),
    }
}

impl<'t> Parser<'t> {
    fn token(&self) -> Token<'t> {
        self.pieces.get(self.at).map_or(Token::End, |piece| piece.0)
    }

    fn bytes(&self) -> Range<usize> {
        self.pieces.get(self.at).or(self.pieces.last()).map_or(0..0, |piece| piece.1.clone())
    }

    fn next(&mut self) {
        self.at += 1;
    }

    fn takes(&mut self, token: Token<'_>) -> bool {
        let found = self.token() == token;
        if found {
            self.next();
        }
        found
    }

    fn operator(&mut self, among: &[Operator]) -> Option<Operator> {
        let token = self.token();
        let found =
            among.iter().copied().find(|one| token == Token::Sign(one.sign()) || token == Token::Word(one.sign()))?;
        self.next();
        Some(found)
    }

    fn unexpected(&self, wanted: &str) -> ExpressionError {
        let help = match self.token() {
            Token::Word(word) if KEYWORDS.contains(&word.to_lowercase().as_str()) && !KEYWORDS.contains(&word) => {
                format!("write `{}`", word.to_lowercase())
            }
            Token::Sign(",") => "a decimal is written with a point: 1.5".into(),
            Token::End => "something is missing behind it".into(),
            _ => String::new(),
        };
        let what = format!("{wanted} is expected here, this is {}", self.token().in_words());
        ExpressionError::new(self.bytes(), what, help)
    }

    fn deeper(&mut self, parse: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(ExpressionError::new(self.bytes(), "nested too deep", "split it up"));
        }
        let tree = parse(self);
        self.depth -= 1;
        tree
    }

    fn both(&mut self, operator: Operator, left: Tree, right: Tree) -> Parsed {
        self.operations += 1;
        let bytes = left.bytes.start..right.bytes.end;
        if self.operations > MOST_OPERATIONS {
            return Err(ExpressionError::new(bytes, "too many operations", "a long list of values stands in `in […]`"));
        }
        Ok(Tree { bytes, what: What::Both(operator, Box::new(left), Box::new(right)) })
    }

    fn either(&mut self) -> Parsed {
        let mut tree = self.all()?;
        while let Some(operator) = self.operator(&[Operator::Or]) {
            let right = self.all()?;
            tree = self.both(operator, tree, right)?;
        }
        Ok(tree)
    }

    fn all(&mut self) -> Parsed {
        let mut tree = self.negation()?;
        while let Some(operator) = self.operator(&[Operator::And]) {
            let right = self.negation()?;
            tree = self.both(operator, tree, right)?;
        }
        Ok(tree)
    }

    fn negation(&mut self) -> Parsed {
        let start = self.bytes().start;
        if !self.takes(Token::Word("not")) {
            return self.comparison();
        }
        let part = self.deeper(Self::negation)?;
        Ok(Tree { bytes: start..part.bytes.end, what: What::Not(Box::new(part)) })
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.sum()?;
        let tree = if let Some(operator) = self.operator(&COMPARISONS) {
            let right = self.sum()?;
            self.both(operator, left, right)?
        } else if self.takes(Token::Word("in")) {
            self.among(left, false)?
        } else if self.token() == Token::Word("not") {
            self.next();
            if !self.takes(Token::Word("in")) {
                return Err(self.unexpected("`in`"));
            }
            self.among(left, true)?
        } else {
            return Ok(left);
        };
        if COMPARISONS.iter().any(|one| self.token() == Token::Sign(one.sign())) {
            let help = "write two of them: `1 < x and x < 5`";
            return Err(ExpressionError::new(self.bytes(), "comparisons do not chain", help));
        }
        Ok(tree)
    }

    fn among(&mut self, left: Tree, not: bool) -> Parsed {
        let start = self.bytes().start;
        if !self.takes(Token::Sign("[")) {
            let among = match self.token() {
                Token::Word(_) => self.sum()?,
                _ => return Err(self.unexpected("a list, `['a', 'b']`, or the name of one,")),
            };
            let bytes = left.bytes.start..among.bytes.end;
            return Ok(Tree { bytes, what: What::In(Box::new(left), Box::new(Among::Name(among)), not) });
        }
        let mut list = Vec::new();
        loop {
            list.push(self.deeper(Self::either)?);
            if !self.takes(Token::Sign(",")) {
                break;
            }
        }
        let end = self.closing("]", start)?;
        let bytes = left.bytes.start..end;
        Ok(Tree { bytes, what: What::In(Box::new(left), Box::new(Among::These(list)), not) })
    }

    fn sum(&mut self) -> Parsed {
        let mut tree = self.product()?;
        while let Some(operator) = self.operator(&[Operator::Plus, Operator::Minus]) {
            let right = self.product()?;
            tree = self.both(operator, tree, right)?;
        }
        Ok(tree)
    }

    fn product(&mut self) -> Parsed {
        let mut tree = self.signed()?;
        while let Some(operator) = self.operator(&[Operator::Times, Operator::Over]) {
            let right = self.signed()?;
            tree = self.both(operator, tree, right)?;
        }
        Ok(tree)
    }

    fn signed(&mut self) -> Parsed {
        let start = self.bytes().start;
        if !self.takes(Token::Sign("-")) {
            return self.single();
        }
        let part = self.deeper(Self::signed)?;
        Ok(Tree { bytes: start..part.bytes.end, what: What::Negative(Box::new(part)) })
    }

    fn single(&mut self) -> Parsed {
        let bytes = self.bytes();
        let what = match self.token() {
            Token::Number(amount) => What::Number(amount),
            Token::Percent(amount) => What::Percent(amount),
            Token::Text(text) => What::Text(text.into()),
            Token::Word("true") => What::Flag(true),
            Token::Word("false") => What::Flag(false),
            Token::Sign("(") => {
                self.next();
                let inside = self.deeper(Self::either)?;
                let end = self.closing(")", bytes.start)?;
                return Ok(Tree { bytes: bytes.start..end, what: inside.what });
            }
            Token::Word(word) if !KEYWORDS.contains(&word) => {
                self.next();
                return self.named(word, bytes);
            }
            _ => return Err(self.unexpected("a name, a number or a text")),
        };
        self.next();
        Ok(Tree { bytes, what })
    }

    fn named(&mut self, name: &str, bytes: Range<usize>) -> Parsed {
        if self.takes(Token::Sign("(")) {
            let Some(mut function) = Function::named(name) else {
                let help = suggestion(name, Function::ALL.iter().map(|entry| entry.name), "docs/descriptions.md");
                return Err(ExpressionError::new(bytes, format!("there is no function `{name}`"), help));
            };
            let part = Box::new(self.deeper(Self::either)?);
            if let Function::First(most) = &mut function {
                *most = self.most()?;
            }
            let end = self.closing(")", bytes.start)?;
            return Ok(Tree { bytes: bytes.start..end, what: What::Call(function, part) });
        }
        if self.takes(Token::Sign("[")) {
            let key = self.deeper(Self::either)?;
            let end = self.closing("]", bytes.start)?;
            return Ok(Tree { bytes: bytes.start..end, what: What::Index(name.into(), bytes, Box::new(key)) });
        }
        Ok(Tree { bytes, what: What::Name(name.into()) })
    }

    /// How many items, behind the comma of `first(pictures, 10)`.
    fn most(&mut self) -> Result<u32, ExpressionError> {
        let wanted = "say how many: `first(pictures, 10)`";
        if !self.takes(Token::Sign(",")) {
            return Err(ExpressionError::new(self.bytes(), "`first` needs a list and a number", wanted));
        }
        let bytes = self.bytes();
        let most = match self.token() {
            Token::Number(amount) => {
                u32::try_from(amount.normalize()).ok().filter(|most| Decimal::from(*most) == amount)
            }
            _ => None,
        };
        let Some(most) = most.filter(|most| *most > 0) else {
            return Err(ExpressionError::new(bytes, "`first` takes a whole number from 1 on", wanted));
        };
        self.next();
        Ok(most)
    }

    /// The end of a pair that opened at `start`.
    fn closing(&mut self, sign: &'static str, start: usize) -> Result<usize, ExpressionError> {
        let end = self.bytes().end;
        if self.takes(Token::Sign(sign)) {
            return Ok(end);
        }
        if self.token() == Token::End {
            let help = format!("put `{sign}` behind it");
            return Err(ExpressionError::new(start..end, format!("`{sign}` is missing"), help));
        }
        Err(self.unexpected(&format!("`{sign}`")))
    }
}
