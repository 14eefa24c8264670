//! How long a file and a function may be, so that each can be held in the head.

use super::tokens::{Token, What, closing, tokens};

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

/// What is too long in one file.
pub fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let lines = text.lines().count();
    if lines > LONGEST_FILE {
        complaints.push(format!("{path}: {lines} lines, at most {LONGEST_FILE}"));
    }
    let tokens = tokens(text);
    for (at, token) in tokens.iter().enumerate() {
        let Some(name) = token.is("fn").then(|| tokens.get(at + 1)).flatten().and_then(Token::name) else { continue };
        let lines = body(&tokens, at).map_or(0, lines_with_code);
        if lines > LONGEST_FUNCTION {
            complaints.push(format!("{path}:{}: `{name}` has {lines} lines, at most {LONGEST_FUNCTION}", token.line));
        }
    }
    complaints
}

/// A function from its name to the end of its body; `None` for one without a body.
fn body(tokens: &[Token], start: usize) -> Option<&[Token]> {
    let mut at = start;
    loop {
        match tokens.get(at)?.what {
            What::Sign(';') => return None,
            What::Sign('{') => return tokens.get(start..=closing(tokens, at)?),
            What::Sign('(' | '[') => at = closing(tokens, at)?,
            _ => {}
        }
        at += 1;
    }
}

/// Lines that hold code: blank lines and comments do not make a function long.
fn lines_with_code(tokens: &[Token]) -> usize {
    let mut lines: Vec<usize> = Vec::new();
    for token in tokens {
        let more = match &token.what {
            What::Text(text) => text.matches('\n').count(),
            _ => 0,
        };
        lines.extend(token.line..=token.line + more);
    }
    lines.sort_unstable();
    lines.dedup();
    lines.len()
}

#[cfg(test)]
mod tests {
    use super::complaints;

    fn function(lines: usize) -> String {
        format!("fn long<T>(x: [u8; 3]) -> [u8; 3]\nwhere\n    T: Copy,\n{{\n{}}}\n", "    a();\n".repeat(lines - 5))
    }

    #[test]
    fn a_function_of_sixty_lines_passes_and_the_next_does_not() {
        assert_eq!(complaints("a.rs", &function(60)), [""; 0]);
        assert_eq!(complaints("a.rs", &function(61)), ["a.rs:1: `long` has 61 lines, at most 60"]);
    }

    #[test]
    fn comments_and_blank_lines_do_not_count() {
        let text = format!("fn f() {{\n{}    a();\n}}\n", "\n    // why\n".repeat(50));
        assert_eq!(complaints("a.rs", &text), [""; 0]);
    }

    #[test]
    fn a_long_file_is_named() {
        assert_eq!(complaints("a.rs", &"//\n".repeat(401)), ["a.rs: 401 lines, at most 400"]);
    }
}
