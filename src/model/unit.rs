//! Units of measure and currency codes, small enough to travel beside every
//! number, and exact conversion between units of one measure.

use std::fmt;

use rust_decimal::Decimal;

/// A unit of measure (`kg`) or a currency's code (`UAH`); at most four ASCII letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Unit([u8; 4]);

/// Units with the measure they belong to and how many thousandths of its base unit they hold,
/// as mantissa and scale. Inches, feet, pounds and ounces are exact by international agreement
/// (1959: 1 lb = 453.59237 g, 1 in = 25.4 mm).
const MEASURES: [(&str, Measure, i64, u32); 15] = [
    ("mg", Measure::Mass, 1, 3),
    ("g", Measure::Mass, 1, 0),
    ("kg", Measure::Mass, 1000, 0),
    ("t", Measure::Mass, 1_000_000, 0),
    ("oz", Measure::Mass, 28_349_523_125, 9),
    ("lb", Measure::Mass, 45_359_237, 5),
    ("mm", Measure::Length, 1, 0),
    ("cm", Measure::Length, 10, 0),
    ("dm", Measure::Length, 100, 0),
    ("m", Measure::Length, 1000, 0),
    ("in", Measure::Length, 254, 1),
    ("ft", Measure::Length, 3048, 1),
    ("ml", Measure::Volume, 1, 0),
    ("cl", Measure::Volume, 10, 0),
    ("l", Measure::Volume, 1000, 0),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Mass,
    Length,
    Volume,
}

impl Measure {
    /// The unit that all others of the measure are counted in.
    fn base(self) -> Unit {
        Unit(match self {
            Measure::Mass => [b'g', 0, 0, 0],
            Measure::Length => [b'm', b'm', 0, 0],
            Measure::Volume => [b'm', b'l', 0, 0],
        })
    }
}

impl Unit {
    /// No unit was said.
    pub const NONE: Unit = Unit([0; 4]);

    /// The unit of this code, as it stands; `None` where it is longer than four ASCII letters.
    pub fn new(code: &str) -> Option<Unit> {
        let mut bytes = [0; 4];
        let fits = code.len() <= 4 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !fits {
            return None;
        }
        bytes.iter_mut().zip(code.bytes()).for_each(|(place, byte)| *place = byte);
        Some(Unit(bytes))
    }

    /// The code; empty where no unit was said.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        self.0.get(..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// Whether a unit was said.
    pub fn is_said(self) -> bool {
        self != Unit::NONE
    }

    /// Whether amounts can be converted to and from other units: it is one of measure, not a currency.
    pub fn is_of_measure(self) -> bool {
        self.measure().is_some()
    }

    /// `amount` of this unit in `other`, exactly; `None` where they measure different things.
    pub fn convert(self, amount: Decimal, other: Unit) -> Option<Decimal> {
        if self == other {
            return Some(amount);
        }
        let (from, to) = (self.measure()?, other.measure()?);
        if from.0 != to.0 {
            return None;
        }
        let converted = amount.checked_mul(from.1)?.checked_div(to.1)?;
        // a quotient that does not end is no exact conversion
        (converted.checked_mul(to.1)? == amount.checked_mul(from.1)?).then(|| converted.normalize())
    }

    /// The amount in the base unit of its measure, so that 900 g is 0.9 kg; as it is, where it measures nothing or
    /// does not fit.
    pub fn in_base(self, amount: Decimal) -> (Decimal, Unit) {
        let base = |(measure, factor): (Measure, Decimal)| Some((amount.checked_mul(factor)?, measure.base()));
        self.measure().and_then(base).unwrap_or((amount, self))
    }

    fn measure(self) -> Option<(Measure, Decimal)> {
        let entry = MEASURES.iter().find(|entry| entry.0 == self.as_str())?;
        Some((entry.1, Decimal::new(entry.2, entry.3)))
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str) -> Unit {
        Unit::new(code).unwrap()
    }

    #[test]
    fn converts_exactly_or_not_at_all() {
        assert_eq!(unit("kg").convert(Decimal::new(25, 1), unit("g")), Some(Decimal::from(2500)));
        assert_eq!(unit("mm").convert(Decimal::from(5), unit("cm")), Some(Decimal::new(5, 1)));
        assert_eq!(unit("in").convert(Decimal::ONE, unit("mm")), Some(Decimal::new(254, 1)));
        assert_eq!(unit("kg").convert(Decimal::ONE, unit("cm")), None);
        assert_eq!(unit("g").convert(Decimal::ONE, unit("lb")), None, "1 g is no finite number of pounds");
        assert_eq!(unit("kg").in_base(Decimal::new(9, 1)), (Decimal::from(900), unit("g")));
        assert_eq!(unit("UAH").in_base(Decimal::ONE), (Decimal::ONE, unit("UAH")));
        assert_eq!(unit("UAH").convert(Decimal::ONE, unit("USD")), None);
    }

    #[test]
    fn codes_come_back_as_they_were() {
        assert_eq!(unit("UAH").as_str(), "UAH");
        assert_eq!(Unit::NONE.as_str(), "");
        assert!(Unit::new("piece").is_none());
        assert!(Unit::new("шт").is_none());
    }
}
