//! Figures for people: counts grouped by a no-break blank (a comma is a decimal sign in
//! Kyiv and Almaty), shares with one decimal.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

/// `12340` as `12 340`, with no-break blanks.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push('\u{A0}');
        }
        out.push(digit);
    }
    out
}

/// A share in percent with one decimal: `6.3 %`.
pub fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0.0\u{A0}%".into();
    }
    percent(Decimal::from(part) * Decimal::ONE_HUNDRED / Decimal::from(whole))
}

/// Percent with one decimal: `20.0 %`.
pub fn percent(percent: Decimal) -> String {
    format!("{:.1}\u{A0}%", percent.round_dp_with_strategy(1, MidpointAwayFromZero))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1234567), "1\u{A0}234\u{A0}567");
        assert_eq!(share(61, 974), "6.3\u{A0}%");
        assert_eq!(percent(Decimal::from(20)), "20.0\u{A0}%");
    }
}
