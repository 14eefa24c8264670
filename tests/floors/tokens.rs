//! Rust source as tokens with lines: enough to see names, paths, strings and
//! braces, and to know what is a comment and what belongs to a test.

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub what: What,
    /// Line from 1.
    pub line: usize,
    /// Whether it stands in an item under `#[cfg(test)]` or `#[test]`.
    pub in_test: bool,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A name, a keyword or a number.
    Name(String),
    /// What stands in a string literal.
    Text(String),
    /// Any other character.
    Sign(char),
}

impl Token {
    pub fn is(&self, name: &str) -> bool {
        matches!(&self.what, What::Name(own) if own == name)
    }

    pub fn is_sign(&self, sign: char) -> bool {
        self.what == What::Sign(sign)
    }

    pub fn name(&self) -> Option<&str> {
        match &self.what {
            What::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// The tokens of a file; comments are gone.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader { rest: source, line: 1, tokens: Vec::new() };
    while reader.step() {}
    let mut tokens = reader.tokens;
    mark_tests(&mut tokens);
    tokens
}

/// The place of the bracket that closes the one at `open`.
pub fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.what {
            What::Sign('(' | '[' | '{') => depth += 1,
            What::Sign(')' | ']' | '}') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

struct Reader<'s> {
    rest: &'s str,
    line: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn step(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else { return false };
        if self.rest.starts_with("//") {
            self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.skip(block_comment(self.rest));
        } else if let Some(hashes) = raw_string(self.rest) {
            let open = self.rest.find('"').unwrap_or(0) + 1;
            let end = format!("\"{}", "#".repeat(hashes));
            let inside = self.rest[open..].find(&end).unwrap_or(self.rest.len() - open);
            self.take_text(open, inside, end.len());
        } else if first == '"' {
            let inside = plain_string(&self.rest[1..]);
            self.take_text(1, inside, 1);
        } else if first == '\'' {
            self.quote();
        } else if first.is_alphanumeric() || first == '_' {
            let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
            let name = self.rest[..end].to_owned();
            self.push(What::Name(name));
            self.skip(end);
        } else {
            if !first.is_whitespace() {
                self.push(What::Sign(first));
            }
            self.skip(first.len_utf8());
        }
        true
    }

    /// A lifetime or a character: the latter has its end quote after one character or an escape.
    fn quote(&mut self) {
        let mut inner = self.rest[1..].chars();
        let end = match (inner.next(), inner.next()) {
            (Some('\\'), _) => self.rest[3..].find('\'').map_or(1, |at| at + 4),
            (Some(c), Some('\'')) => 2 + c.len_utf8(),
            _ => 1,
        };
        self.skip(end);
    }

    fn take_text(&mut self, open: usize, inside: usize, close: usize) {
        let text = self.rest[open..open + inside].to_owned();
        self.push(What::Text(text));
        self.skip((open + inside + close).min(self.rest.len()));
    }

    fn push(&mut self, what: What) {
        self.tokens.push(Token { what, line: self.line, in_test: false });
    }

    fn skip(&mut self, bytes: usize) {
        let (gone, rest) = self.rest.split_at(bytes);
        self.line += gone.matches('\n').count();
        self.rest = rest;
    }
}

fn block_comment(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while let Some(found) = text[at..].find(['/', '*']) {
        at += found;
        match text.get(at..at + 2) {
            Some("/*") => (at, depth) = (at + 2, depth + 1),
            Some("*/") => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The number of `#` of a raw string that begins here.
fn raw_string(text: &str) -> Option<usize> {
    let after = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(hashes)
}

/// The length of what stands before the quote that ends a string.
fn plain_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// Marks what follows `#[cfg(test)]` and `#[test]` up to the end of the item.
fn mark_tests(tokens: &mut [Token]) {
    let mut at = 0;
    while at < tokens.len() {
        let is_attribute = tokens[at].is_sign('#') && tokens.get(at + 1).is_some_and(|next| next.is_sign('['));
        let Some(end) = is_attribute.then(|| closing(tokens, at + 1)).flatten() else {
            at += 1;
            continue;
        };
        let inside = &tokens[at + 2..end];
        let of_a_test = matches!(inside, [one] if one.is("test"))
            || matches!(inside, [cfg, _, test, _] if cfg.is("cfg") && test.is("test"));
        if of_a_test {
            let last = item_end(tokens, end + 1);
            tokens[at..=last].iter_mut().for_each(|token| token.in_test = true);
            at = last;
        }
        at += 1;
    }
}

/// The last token of the item that begins here: its `;`, or the end of its braces.
fn item_end(tokens: &[Token], start: usize) -> usize {
    let mut at = start;
    while at < tokens.len() {
        match tokens[at].what {
            What::Sign(';') => return at,
            What::Sign('{') => return closing(tokens, at).unwrap_or(tokens.len() - 1),
            What::Sign('(' | '[') => at = closing(tokens, at).unwrap_or(at),
            _ => {}
        }
        at += 1;
    }
    tokens.len() - 1
}
