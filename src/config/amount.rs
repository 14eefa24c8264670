//! Amounts of a config, from text to exact figures: whole numbers, decimals and
//! percentages, each in one spelling only.

use rust_decimal::Decimal;

use crate::wire::yaml::{Node, Scalar};

/// The text of a scalar that is not null.
pub(super) fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Scalar::Text(text) if !node.is_null() => Some(&text.text),
        _ => None,
    }
}

/// A decimal of digits with a point: `41.50`; no sign, no blanks, no exponent.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && digits(fraction)).then(|| Decimal::from_str_exact(text).ok()).flatten()
}

/// A whole number: `50`.
pub(super) fn whole(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A percentage: `40%`, `2.5 %`.
pub(super) fn percent(text: &str) -> Option<Decimal> {
    decimal(text.strip_suffix('%')?.trim_end_matches([' ', '\u{a0}', '\u{202f}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_and_spelled_one_way() {
        assert_eq!(decimal("41.50").map(|rate| rate.to_string()), Some("41.50".into()));
        for text in
            ["41,50", "-1", "+1", "1e3", "1_000", "", ".5", "5.", "1.2.3", " 1", "99999999999999999999999999999.9"]
        {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    #[test]
    fn percentages_and_whole_numbers() {
        assert_eq!(percent("2.5 %"), Some(Decimal::new(25, 1)));
        assert_eq!(percent("40"), None);
        assert_eq!(whole("50"), Some(50));
        assert_eq!(whole(""), None);
        assert_eq!(whole("99999999999999999999"), None);
    }
}
