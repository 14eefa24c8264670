//! Days and times as shops write them, made the one spelling of ISO 8601. Whether the
//! day or the month comes first is never guessed.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz::Offset};

/// A day, or a time, in its one spelling: `2027-04-03`, `2027-04-03T10:00:00`, with a zone where the text
/// has one. Known are `2027-04-03`, `03.04.2027`, and a time behind them.
pub fn moment(text: &str) -> Option<String> {
    let (day, time) = match text.split_once([' ', 'T']) {
        Some((day, time)) => (day, time.trim()),
        None => (text, ""),
    };
    let day = self::day(day)?;
    if time.is_empty() {
        return Some(day.to_string());
    }
    let at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(at)?;
    let spelled = DateTime::from_parts(day, self::clock(clock.trim())?).to_string();
    match zone.trim() {
        "" => Some(spelled),
        zone => {
            let whole = format!("{spelled}{zone}");
            let instant: Timestamp = whole.parse().ok()?;
            let offset = instant.display_with_offset(offset(zone)?).to_string();
            Some(offset)
        }
    }
}

fn day(text: &str) -> Option<Date> {
    let mut parts = [0i16; 3];
    let separator = if text.contains('.') { '.' } else { '-' };
    let mut pieces = text.split(separator);
    for part in &mut parts {
        let piece = pieces.next()?;
        let digits = piece.bytes().all(|byte| byte.is_ascii_digit()) && (1..=4).contains(&piece.len());
        *part = digits.then(|| piece.parse().ok()).flatten()?;
    }
    let [one, two, three] = parts;
    let year_first = text.find(separator) == Some(4);
    let (year, month, day) = match (separator, year_first) {
        ('.', false) if text.len() >= 8 && three >= 1000 => (three, two, one),
        ('-', true) if text.len() == 10 => (one, two, three),
        _ => return None,
    };
    let done = pieces.next().is_none();
    done.then(|| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()).flatten()
}

fn clock(text: &str) -> Option<Time> {
    let mut parts = [0i8; 3];
    let mut given = 0;
    for (number, piece) in text.split(':').enumerate() {
        let digits = piece.bytes().all(|byte| byte.is_ascii_digit()) && (1..=2).contains(&piece.len());
        *parts.get_mut(number)? = digits.then(|| piece.parse().ok()).flatten()?;
        given = number + 1;
    }
    (given >= 2).then(|| Time::new(parts[0], parts[1], parts[2], 0).ok()).flatten()
}

fn offset(zone: &str) -> Option<Offset> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.get(1..)?;
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits.get(..2)?, digits.get(2..).unwrap_or("")));
    let hours: i32 = hours.parse().ok()?;
    let minutes: i32 = if minutes.is_empty() { 0 } else { minutes.parse().ok()? };
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_have_one_spelling() {
        for (text, spelled) in [
            ("2027-04-03", "2027-04-03"),
            ("03.04.2027", "2027-04-03"),
            ("3.4.2027", "2027-04-03"),
            ("2027-04-03T10:00", "2027-04-03T10:00:00"),
            ("2027-04-03 10:00:05", "2027-04-03T10:00:05"),
            ("03.04.2027 9:30", "2027-04-03T09:30:00"),
            ("2027-04-03T10:00:00+02:00", "2027-04-03T10:00:00+02:00"),
            ("2027-04-03T10:00Z", "2027-04-03T10:00:00+00:00"),
        ] {
            assert_eq!(moment(text).as_deref(), Some(spelled), "{text}");
            assert_eq!(moment(spelled).as_deref(), Some(spelled), "{spelled}");
        }
    }

    #[test]
    fn what_could_be_two_days_is_none() {
        for text in [
            "03/04/2027",
            "03-04-2027",
            "2027-13-01",
            "31.02.2027",
            "04.2027",
            "2027",
            "3.4.27",
            "46115",
            "tomorrow",
            "2027-04-03 25:00",
            "2027-04-03 10",
            "2027.04.03",
            "1.2.3.2027",
            "2027-4-3",
            "",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
