//! Figures for people: counts and sums grouped by a no-break space, percent with
//! a sign and one decimal, money with its currency and never summed over two.

use std::time::Duration;

use rust_decimal::Decimal;

use super::Look;

impl Look {
    /// A count: `12 340`.
    pub fn count(&self, count: u64) -> String {
        self.grouped(&count.to_string())
    }

    /// A count of things: `1 offer`, `12 000 offers`.
    pub fn counted(&self, count: u64, one: &str, many: &str) -> String {
        format!("{} {}", self.count(count), if count == 1 { one } else { many })
    }

    /// An amount: `93 600`, `1 234.50`; every digit that it has, but no zeros at its end.
    pub fn amount(&self, amount: Decimal) -> String {
        let text = amount.normalize().to_string();
        match text.split_once('.') {
            None => self.grouped(&text),
            Some((whole, part)) => format!("{}.{part:0<2}", self.grouped(whole)),
        }
    }

    /// Sums by currency: `93 600 UAH`, `12 UAH, 7 USD`.
    pub fn sums(&self, sums: &[(String, Decimal)]) -> String {
        let sums: Vec<String> = sums.iter().map(|(currency, amount)| self.money(*amount, currency)).collect();
        sums.join(", ")
    }

    /// An amount with its currency, where it has one.
    pub fn money(&self, amount: Decimal, currency: &str) -> String {
        if currency.is_empty() { self.amount(amount) } else { format!("{} {currency}", self.amount(amount)) }
    }

    /// A move in tenths of a percent: `-90.0 %`; the sign of a move that rounds to nothing is given.
    pub fn percent(&self, tenths: i64, falls: bool) -> String {
        let sign = if tenths < 0 || tenths == 0 && falls { '-' } else { '+' };
        let size = tenths.unsigned_abs();
        format!("{sign}{}.{} %", self.count(size / 10), size % 10)
    }

    /// How long a file is, in powers of a thousand: `812 B`, `61.3 MB`.
    pub fn bytes(&self, bytes: u64) -> String {
        let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
        let Some((size, name)) = units.into_iter().find(|unit| bytes >= unit.0) else { return format!("{bytes} B") };
        let tenths = bytes / (size / 10);
        format!("{}.{} {name}", self.count(tenths / 10), tenths % 10)
    }

    /// How long something took: `24 ms`, `1.4 s`, `2 min 11 s`.
    pub fn elapsed(&self, elapsed: Duration) -> String {
        let (seconds, milliseconds) = (elapsed.as_secs(), elapsed.subsec_millis());
        match seconds {
            0 => format!("{} ms", milliseconds.max(1)),
            1..60 => format!("{seconds}.{} s", milliseconds / 100),
            _ => format!("{} min {} s", self.count(seconds / 60), seconds % 60),
        }
    }

    /// How long ago: `4 h ago`, `3 days ago`.
    pub fn ago(&self, seconds: u64) -> String {
        match seconds {
            0..60 => "just now".into(),
            60..3_600 => format!("{} min ago", seconds / 60),
            3_600..172_800 => format!("{} h ago", seconds / 3_600),
            _ => format!("{} days ago", self.count(seconds / 86_400)),
        }
    }

    /// A length of time that somebody set: `20 h`, `25 d`.
    pub fn span(&self, seconds: u64) -> String {
        match seconds {
            0..3_600 => format!("{} min", seconds / 60),
            _ if !seconds.is_multiple_of(86_400) => format!("{} h", self.count(seconds / 3_600)),
            _ => format!("{} d", self.count(seconds / 86_400)),
        }
    }

    fn grouped(&self, digits: &str) -> String {
        let (sign, digits) = digits.split_at(digits.len() - digits.trim_start_matches('-').len());
        let mut text = String::from(sign);
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at) % 3 == 0 {
                text.push_str(self.between_digits());
            }
            text.push(digit);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Look = Look::PLAIN;
    const ASCII: Look = Look { unicode: false, ..Look::PLAIN };

    #[test]
    fn counts_and_amounts_are_grouped() {
        assert_eq!(LOOK.count(0), "0");
        assert_eq!(LOOK.count(999), "999");
        assert_eq!(LOOK.count(1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(ASCII.count(12_340), "12 340");
        assert_eq!(LOOK.amount("-1899.5".parse().unwrap()), "-1\u{a0}899.50");
        assert_eq!(LOOK.amount("93600.00".parse().unwrap()), "93\u{a0}600");
        assert_eq!(LOOK.amount("0.005".parse().unwrap()), "0.005", "nothing is rounded");
        assert_eq!(LOOK.counted(1, "offer", "offers"), "1 offer");
    }

    #[test]
    fn currencies_stay_apart() {
        let sums = [("UAH".to_owned(), Decimal::from(12)), ("USD".to_owned(), Decimal::from(7))];
        assert_eq!(LOOK.sums(&sums), "12 UAH, 7 USD");
        assert_eq!(LOOK.money(Decimal::from(7), ""), "7");
    }

    #[test]
    fn moves_have_a_sign_and_one_decimal() {
        assert_eq!(LOOK.percent(-900, true), "-90.0 %");
        assert_eq!(LOOK.percent(81, false), "+8.1 %");
        assert_eq!(LOOK.percent(0, true), "-0.0 %");
        assert_eq!(LOOK.percent(12_345, false), "+1\u{a0}234.5 %");
    }

    #[test]
    fn sizes_and_times() {
        assert_eq!(LOOK.bytes(812), "812 B");
        assert_eq!(LOOK.bytes(61_349_000), "61.3 MB");
        assert_eq!(LOOK.bytes(1_000), "1.0 kB");
        assert_eq!(LOOK.elapsed(Duration::from_millis(24)), "24 ms");
        assert_eq!(LOOK.elapsed(Duration::from_millis(1_430)), "1.4 s");
        assert_eq!(LOOK.elapsed(Duration::from_secs(131)), "2 min 11 s");
        assert_eq!(LOOK.ago(4 * 3600 + 5), "4 h ago");
    }
}
