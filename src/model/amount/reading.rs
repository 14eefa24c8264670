//! From text to amount: what stands beside the number, then its marks, then its digits.

use rust_decimal::Decimal;

use super::words::unit_word;
use super::{Amount, DecimalStyle, Marks, NotAnAmount};
use crate::model::Unit;

/// A decimal of ours holds any 28 digits.
const MOST_DIGITS: usize = 28;
/// Marks that a number of so many digits can have, and one that is too many.
const MOST_MARKS: usize = 12;

/// Reads an amount: sign, number, and a currency or unit on either side.
pub fn read(text: &str, marks: Marks) -> Result<Amount, NotAnAmount> {
    // where the point is the decimal mark, most texts need no closer look
    if let Marks::Seen(DecimalStyle::Point) = marks
        && let Some((value, _)) = plain(text, b'.')
    {
        let proves = text.contains('.').then_some(DecimalStyle::Point);
        return Ok(Amount { value, unit: Unit::NONE, proves });
    }
    read_closely(text, marks)
}

/// The same without the fast way.
pub(super) fn read_closely(text: &str, marks: Marks) -> Result<Amount, NotAnAmount> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NotAnAmount::Blank);
    }
    if has_exponent(text) {
        return Err(NotAnAmount::Exponent);
    }
    let parts = Parts::of(text)?;
    let unit = parts.unit()?;
    let mut digits = Digits::of(parts.number)?;
    let proves = digits.settle(marks)?;
    let value = digits.value()?;
    let value = if parts.negative && !value.is_zero() { -value } else { value };
    Ok(Amount { value, unit, proves })
}

/// The fast way for what most cells hold, digits with at most one mark: its number with that as
/// the decimal mark, and whether it can be read in no other way. `None` for anything else.
#[inline]
pub fn plain(text: &str, mark: u8) -> Option<(Decimal, bool)> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    let (mut mantissa, mut point) = (0i64, None);
    for (at, &byte) in bytes.iter().enumerate() {
        if byte.is_ascii_digit() {
            mantissa = mantissa * 10 + i64::from(byte - b'0');
        } else if byte == mark && point.is_none() && at > 0 {
            point = Some(at);
        } else {
            return None;
        }
    }
    let Some(point) = point else { return Some((Decimal::new(mantissa, 0), true)) };
    let places = bytes.len() - point - 1;
    if places == 0 {
        return None;
    }
    let only_decimal = places != 3 || point > 3 || bytes.first() == Some(&b'0');
    Some((Decimal::new(mantissa, u32::try_from(places).ok()?), only_decimal))
}

/// Whether a text is a number in exponent notation as spreadsheets show it, `1.2E+11`: what is
/// left of a long code once a spreadsheet has taken it for a number.
pub fn looks_eaten(text: &str) -> bool {
    has_exponent(text) && text.contains(['+', '-'])
}

fn has_exponent(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let mantissa = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (whole, places) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !whole.is_empty() && !exponent.is_empty() && digits(whole) && digits(places) && digits(exponent)
}

/// A text taken apart around its number.
struct Parts<'t> {
    before: &'t str,
    number: &'t str,
    behind: &'t str,
    negative: bool,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Result<Self, NotAnAmount> {
        let is_digit = |letter: char| letter.is_ascii_digit();
        let (Some(mut first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else {
            return Err(NotAnAmount::NoNumber);
        };
        let (before, _) = text.split_at_checked(first).ok_or(NotAnAmount::NoNumber)?;
        // the point of `.5` is the number's; that of `грн.5` is the word's
        if let Some(rest) = before.strip_suffix(['.', ','])
            && (rest.is_empty() || rest.ends_with(|letter: char| letter.is_whitespace() || is_sign(letter)))
        {
            first = rest.len();
        }
        let cut = |from: usize, to: usize| text.get(from..to).ok_or(NotAnAmount::NoNumber);
        let (before, sign) = without_sign(cut(0, first)?.trim());
        let negative = sign.is_some_and(|sign| sign != '+');
        Ok(Parts { before, number: cut(first, last + 1)?, behind: cut(last + 1, text.len())?.trim(), negative })
    }

    fn unit(&self) -> Result<Unit, NotAnAmount> {
        let word = match (self.before, self.behind) {
            ("", "") => return Ok(Unit::NONE),
            (word, "") | ("", word) => word,
            _ => return Err(NotAnAmount::NoNumber),
        };
        let known = unit_word(word);
        known.ok_or_else(|| match word.chars().any(char::is_alphabetic) && word.chars().count() <= 12 {
            true => NotAnAmount::UnknownWord(word.to_owned()),
            false => NotAnAmount::NoNumber,
        })
    }
}

fn is_sign(letter: char) -> bool {
    matches!(letter, '-' | '+' | '\u{2212}')
}

/// What stands before the number, without its sign: `-$` and `$-` are both `$`.
fn without_sign(before: &str) -> (&str, Option<char>) {
    if let Some(rest) = before.strip_suffix(is_sign) {
        return (rest.trim(), before.chars().next_back());
    }
    match before.strip_prefix(is_sign) {
        Some(rest) => (rest.trim(), before.chars().next()),
        None => (before, None),
    }
}

/// A number's digits and the marks between them.
struct Digits {
    mantissa: i128,
    count: usize,
    /// Marks, each with the number of digits before it.
    marks: [(char, usize); MOST_MARKS],
    marked: usize,
    /// Where the decimals begin, once that is settled.
    places: usize,
}

impl Digits {
    fn of(number: &str) -> Result<Self, NotAnAmount> {
        let mut digits = Digits { mantissa: 0, count: 0, marks: [(' ', 0); MOST_MARKS], marked: 0, places: 0 };
        for letter in number.chars() {
            match letter {
                '0'..='9' => digits.digit(letter)?,
                '.' | ',' => digits.mark(letter)?,
                '\'' | '\u{2019}' => digits.mark('\'')?,
                ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}' => digits.mark(' ')?,
                _ => return Err(NotAnAmount::NoNumber),
            }
        }
        Ok(digits)
    }

    fn digit(&mut self, letter: char) -> Result<(), NotAnAmount> {
        if self.count >= MOST_DIGITS {
            return Err(NotAnAmount::TooLong);
        }
        self.mantissa = self.mantissa * 10 + i128::from(letter.to_digit(10).unwrap_or(0));
        self.count += 1;
        Ok(())
    }

    fn mark(&mut self, mark: char) -> Result<(), NotAnAmount> {
        let place = self.marks.get_mut(self.marked).ok_or(NotAnAmount::NoNumber)?;
        *place = (mark, self.count);
        self.marked += 1;
        Ok(())
    }

    fn marks(&self) -> &[(char, usize)] {
        self.marks.get(..self.marked).unwrap_or(&[])
    }

    fn value(&self) -> Result<Decimal, NotAnAmount> {
        let scale = u32::try_from(self.places).map_err(|_| NotAnAmount::TooLong)?;
        Decimal::try_from_i128_with_scale(self.mantissa, scale).map_err(|_| NotAnAmount::TooLong)
    }

    /// Decides what the marks mean, and says which style the spelling proves.
    fn settle(&mut self, known: Marks) -> Result<Option<DecimalStyle>, NotAnAmount> {
        match known {
            Marks::Declared(style) => self.settle_declared(style).map(|()| None),
            Marks::Seen(style) => self.settle_alone(Some(style)),
            Marks::Unknown => self.settle_alone(None),
        }
    }

    fn settle_declared(&mut self, style: DecimalStyle) -> Result<(), NotAnAmount> {
        let against = Err(NotAnAmount::AgainstStyle(style));
        let (decimal, other) = style.marks();
        let groups = match self.marks().last() {
            Some(last) if last.0 == decimal => self.marked - 1,
            _ => self.marked,
        };
        if self.marks().iter().take(groups).any(|mark| mark.0 == decimal) {
            return against;
        }
        let grouped = self.grouped_well(groups);
        if !grouped && self.marks().iter().take(groups).any(|mark| mark.0 == other) {
            return against;
        }
        self.take_places(groups, grouped)
    }

    /// Without a declared style only what can be read in one way counts.
    fn settle_alone(&mut self, seen: Option<DecimalStyle>) -> Result<Option<DecimalStyle>, NotAnAmount> {
        let Some(&(last, before)) = self.marks().last() else { return Ok(None) };
        let Some(style) = DecimalStyle::of_mark(last) else {
            // blanks or apostrophes alone: a whole number
            let grouped = self.grouped_well(self.marked);
            return self.take_places(self.marked, grouped).map(|()| None);
        };
        if self.marked > 1 && self.marks().iter().all(|mark| mark.0 == last) {
            let grouped = self.grouped_well(self.marked);
            return self.take_places(self.marked, grouped).map(|()| Some(style.other()));
        }
        let could_group = self.marked == 1 && self.count - before == 3 && self.grouped_well(1);
        if could_group && !(style == DecimalStyle::Point && seen == Some(style)) {
            let grouped = self.value()?;
            self.places = 3;
            return Err(NotAnAmount::Ambiguous { decimal: self.value()?, grouped, style, seen });
        }
        let grouped = self.grouped_well(self.marked - 1);
        self.take_places(self.marked - 1, grouped).map(|()| Some(style))
    }

    /// Whether the first `groups` marks part the whole digits in threes, all by the same mark.
    fn grouped_well(&self, groups: usize) -> bool {
        let whole = self.marks().get(groups).map_or(self.count, |mark| mark.1);
        let marks = self.marks().get(..groups).unwrap_or(&[]);
        let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return true };
        let begins = (1..=3).contains(&first.1) && !self.begins_with_zero();
        let same = marks.iter().all(|mark| mark.0 == first.0);
        let threes = marks.windows(2).all(|pair| matches!(pair, [one, next] if next.1 == one.1 + 3));
        begins && same && threes && whole == last.1 + 3
    }

    fn begins_with_zero(&self) -> bool {
        let tens = u32::try_from(self.count).ok().and_then(|count| 10i128.checked_pow(count.saturating_sub(1)));
        tens.is_some_and(|tens| self.mantissa < tens)
    }

    /// Takes the mark behind the groups, if one is left, for the decimal one.
    fn take_places(&mut self, groups: usize, grouped: bool) -> Result<(), NotAnAmount> {
        if !grouped {
            return Err(NotAnAmount::NoNumber);
        }
        self.places = self.marks().get(groups).map_or(0, |mark| self.count - mark.1);
        Ok(())
    }
}

impl DecimalStyle {
    /// The mark before decimals and the one that may part thousands.
    fn marks(self) -> (char, char) {
        match self {
            DecimalStyle::Point => ('.', ','),
            DecimalStyle::Comma => (',', '.'),
        }
    }

    fn of_mark(mark: char) -> Option<DecimalStyle> {
        match mark {
            '.' => Some(DecimalStyle::Point),
            ',' => Some(DecimalStyle::Comma),
            _ => None,
        }
    }

    pub(super) fn other(self) -> DecimalStyle {
        match self {
            DecimalStyle::Point => DecimalStyle::Comma,
            DecimalStyle::Comma => DecimalStyle::Point,
        }
    }
}
