//! Ranges as they are written: `255` (at most), `1..15`, `0..`.

use rust_decimal::Decimal;

use crate::channel::description::Range;
use crate::wire::yaml::{Node, Problems};

/// The range at a node; `whole` where only whole numbers from 0 make sense.
pub fn load(node: &Node, what: &str, whole: bool, problems: &Problems) -> Option<Range> {
    let text = node.text(what, problems)?;
    let range = read(text);
    let (label, fits) = match &range {
        None => ("write 255 (at most), 1..15, 0.. or ..15", false),
        Some(range) if whole && !range.ends().all(is_whole) => ("whole numbers are expected here", false),
        Some(Range { from: Some(from), to: Some(to) }) if from > to => ("the smaller number stands first", false),
        Some(_) => ("", true),
    };
    if fits {
        return range;
    }
    problems.add(node.problem("config/value", format!("`{text}` is no range for {what}"), label));
    None
}

fn is_whole(number: Decimal) -> bool {
    number.fract().is_zero() && !number.is_sign_negative()
}

fn read(text: &str) -> Option<Range> {
    let number = |part: &str| part.trim().parse::<Decimal>().ok().filter(|_| !part.trim().starts_with('.'));
    let Some((from, to)) = text.split_once("..") else { return Some(Range { from: None, to: Some(number(text)?) }) };
    let end = |part: &str| if part.trim().is_empty() { Some(None) } else { number(part).map(Some) };
    let range = Range { from: end(from)?, to: end(to)? };
    (range.from.is_some() || range.to.is_some()).then_some(range)
}

impl Range {
    /// The ends that it has.
    fn ends(&self) -> impl Iterator<Item = Decimal> + use<> {
        self.from.into_iter().chain(self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read() {
        let shown = |text| read(text).map(|range| (range.from.map(|n| n.to_string()), range.to.map(|n| n.to_string())));
        assert_eq!(shown("255"), Some((None, Some("255".into()))));
        assert_eq!(shown("1..15"), Some((Some("1".into()), Some("15".into()))));
        assert_eq!(shown("0.5..1.5"), Some((Some("0.5".into()), Some("1.5".into()))));
        assert_eq!(shown("0.."), Some((Some("0".into()), None)));
        assert_eq!(shown(".."), None);
        assert_eq!(shown("1...5"), None);
        assert_eq!(shown("many"), None);
    }
}
