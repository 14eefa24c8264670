//! GTINs: the numbers under barcodes. Length, check digit and the ranges that are not
//! for trade between companies (GS1 General Specifications, GS1 prefixes).

/// What is wrong with a GTIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GtinFault {
    /// Something else than digits.
    NotDigits,
    /// Not 8, 12, 13 or 14 digits.
    Length(usize),
    /// The last digit does not follow from the others; what it should be.
    CheckDigit(u8),
    /// Numbers for a shop's own use (02, 04, 2…) or coupons (98, 99): no other company may read them as this product.
    Restricted,
}

/// Checks a GTIN-8, -12, -13 or -14.
pub fn check(gtin: &str) -> Result<(), GtinFault> {
    let digits: Vec<u8> = gtin.bytes().map(|byte| byte.wrapping_sub(b'0')).collect();
    if digits.iter().any(|digit| *digit > 9) {
        return Err(GtinFault::NotDigits);
    }
    let Some((last, body)) = digits.split_last().filter(|_| matches!(digits.len(), 8 | 12 | 13 | 14)) else {
        return Err(GtinFault::Length(digits.len()));
    };
    let weights = [3_u32, 1].iter().cycle();
    let sum: u32 = body.iter().rev().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let expected = ((10 - sum % 10) % 10) as u8;
    if *last != expected {
        return Err(GtinFault::CheckDigit(expected));
    }
    if is_restricted(gtin) { Err(GtinFault::Restricted) } else { Ok(()) }
}

/// Whether the prefix is for a company's own use or for coupons. A GTIN-14's first digit says the packaging,
/// a GTIN-12 is a GTIN-13 with a leading nought; a GTIN-8 has prefixes of its own (0 and 2 are for own use).
fn is_restricted(gtin: &str) -> bool {
    if gtin.len() == 8 {
        return gtin.starts_with(['0', '2']);
    }
    let thirteen = match gtin.len() {
        14 => gtin.get(1..).unwrap_or("").to_owned(),
        12 => format!("0{gtin}"),
        _ => gtin.to_owned(),
    };
    let prefix: u32 = thirteen.get(..3).and_then(|prefix| prefix.parse().ok()).unwrap_or(0);
    matches!(prefix, 20..=29 | 40..=49 | 200..=299 | 981..=984 | 990..=999) || thirteen.starts_with("00000000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_and_prefixes() {
        assert_eq!(check("4820000000017"), Ok(()));
        assert_eq!(check("4820000000018"), Err(GtinFault::CheckDigit(7)));
        assert_eq!(check("036000291452"), Ok(()));
        assert_eq!(check("96385074"), Ok(()));
        assert_eq!(check("12345"), Err(GtinFault::Length(5)));
        assert_eq!(check("48200A0000017"), Err(GtinFault::NotDigits));
    }

    #[test]
    fn numbers_for_a_shops_own_use_are_restricted() {
        for body in ["200000000001", "021234567890", "998000000001"] {
            let with_digit = (0..10).map(|digit| format!("{body}{digit}"));
            let verdicts: Vec<_> = with_digit.map(|gtin| check(&gtin)).collect();
            assert!(verdicts.contains(&Err(GtinFault::Restricted)), "{body}: {verdicts:?}");
        }
    }
}
