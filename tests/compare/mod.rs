//! Text against a pattern: `[..]` is anything within a line, a line of `[...]`
//! alone is any number of lines. And a command as words.

#![allow(dead_code, reason = "each test uses a part of it")]

use similar::{ChangeTag, TextDiff};

/// Whether the text is what the pattern says.
pub fn matches(pattern: &str, text: &str) -> bool {
    let patterns: Vec<&str> = pattern.split('\n').collect();
    let lines: Vec<&str> = text.split('\n').collect();
    lines_match(&patterns, &lines)
}

fn lines_match(patterns: &[&str], lines: &[&str]) -> bool {
    match patterns.split_first() {
        None => lines.is_empty(),
        Some((&"[...]", rest)) => (0..=lines.len()).any(|skipped| lines_match(rest, &lines[skipped..])),
        Some((first, rest)) => match lines.split_first() {
            Some((line, others)) => line_matches(first, line) && lines_match(rest, others),
            None => false,
        },
    }
}

/// Whether one line is what its pattern says.
pub fn line_matches(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.split("[..]");
    let Some(mut rest) = parts.next().and_then(|first| line.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// The new text with the old pattern's lines wherever they still say the same, so that wildcards survive.
pub fn keep_wildcards(pattern: &str, text: &str) -> String {
    let patterns: Vec<&str> = pattern.split('\n').filter(|line| line.contains("[..]")).collect();
    let keep = |line| patterns.iter().find(|pattern| line_matches(pattern, line)).copied().unwrap_or(line);
    text.split('\n').map(keep).collect::<Vec<_>>().join("\n")
}

/// What differs, line by line; lines that match their pattern count as equal.
pub fn show(pattern: &str, text: &str) -> String {
    let text = keep_wildcards(pattern, text);
    let diff = TextDiff::from_lines(pattern, text.as_str());
    let mut shown = String::new();
    for change in diff.iter_all_changes() {
        let mark = match change.tag() {
            ChangeTag::Delete => "- ",
            ChangeTag::Insert => "+ ",
            ChangeTag::Equal => "  ",
        };
        shown.push_str(mark);
        shown.push_str(change.value().trim_end_matches('\n'));
        shown.push('\n');
    }
    shown
}

/// The words of a command, with `'…'` and `"…"` as in a shell.
pub fn words(command: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => word.get_or_insert_default().push(c),
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    if quote.is_some() { Err("a quote is never closed".into()) } else { Ok(words) }
}
