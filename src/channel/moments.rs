//! How days, times and spans of time stand in a document, by a strftime format, and back: what a
//! document cannot hold of a time, as its seconds, is no difference.

use std::borrow::Cow;

use bumpalo::Bump;
use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::spelling::SpellingPlan;
use crate::model::moment::moment;
use crate::model::text::trimmed;
use crate::model::{Kind, Value};

/// One point in time, as exactly as it is said.
#[derive(Debug, Clone, PartialEq)]
enum Moment {
    /// Without an hour.
    Day(Date),
    /// By the clock on the wall.
    Clock(DateTime),
    /// With its zone.
    Instant(Zoned),
}

impl Moment {
    /// Reads the spellings that masters have; `now` names its zone.
    fn read(text: &str) -> Option<Moment> {
        if let Ok(instant) = text.parse::<Zoned>() {
            return Some(Moment::Instant(instant));
        }
        let Some(spelled) = moment(text) else {
            let instant: Timestamp = text.parse().ok()?;
            return Some(Moment::Instant(instant.to_zoned(TimeZone::UTC)));
        };
        let pieces = Pieces::parse(&spelled).ok()?;
        let Some(time) = pieces.time() else { return Some(Moment::Day(pieces.date())) };
        let clock = DateTime::from_parts(pieces.date(), time);
        match pieces.to_numeric_offset() {
            Some(offset) => Some(Moment::Instant(offset.to_timestamp(clock).ok()?.to_zoned(offset.to_time_zone()))),
            None => Some(Moment::Clock(clock)),
        }
    }

    /// Reads what stands there in a format; it is as exact as the format.
    fn in_format(text: &str, format: &str, zone: Option<&TimeZone>) -> Option<Moment> {
        let read = strtime::parse(format, text).ok()?;
        if strtime::format(format, Date::default()).is_ok() {
            return read.to_date().ok().map(Moment::Day);
        }
        if strtime::format(format, DateTime::default()).is_ok() {
            return read.to_datetime().ok().map(Moment::Clock);
        }
        let zone = || zone.cloned().unwrap_or(TimeZone::UTC);
        let instant = read.to_zoned().ok().or_else(|| Some(read.to_timestamp().ok()?.to_zoned(zone())));
        instant.map(Moment::Instant)
    }

    /// The same in a zone: a clock on the wall hangs there.
    fn in_zone(self, zone: Option<&TimeZone>) -> Moment {
        let Some(zone) = zone else { return self };
        match self {
            Moment::Clock(clock) => clock.to_zoned(zone.clone()).map_or(Moment::Clock(clock), Moment::Instant),
            Moment::Instant(instant) => Moment::Instant(instant.with_time_zone(zone.clone())),
            day @ Moment::Day(_) => day,
        }
    }

    /// Its day; an instant's is that in the zone.
    fn day(self, zone: Option<&TimeZone>) -> Date {
        match self {
            Moment::Day(day) => day,
            Moment::Clock(clock) => clock.date(),
            instant => match instant.in_zone(zone) {
                Moment::Instant(instant) => instant.date(),
                Moment::Clock(clock) => clock.date(),
                Moment::Day(day) => day,
            },
        }
    }

    /// ISO 8601.
    fn spelled(&self) -> String {
        match self {
            Moment::Day(day) => day.to_string(),
            Moment::Clock(clock) => clock.to_string(),
            Moment::Instant(instant) => instant.timestamp().display_with_offset(instant.offset()).to_string(),
        }
    }

    /// By a strftime format; `None` where that asks for more than it says.
    fn formatted(&self, format: &str) -> Option<String> {
        match self {
            Moment::Day(day) => strtime::format(format, *day).ok(),
            Moment::Clock(clock) => strtime::format(format, *clock).ok(),
            Moment::Instant(instant) => strtime::format(format, instant).ok(),
        }
    }

    /// Where it stands in time with a clock for a day: its first, or its last.
    fn at(&self, clock: [i8; 3], zone: Option<&TimeZone>) -> Moment {
        let [hour, minute, second] = clock;
        match self {
            Moment::Day(day) => Moment::Clock(day.at(hour, minute, second, 0)).in_zone(zone),
            other => other.clone().in_zone(zone),
        }
    }
}

/// Whether a span ends before it begins. A day is over when its last second is; what has no zone cannot be
/// compared with what has one.
fn ends_first(from: &Moment, to: &Moment, zone: Option<&TimeZone>) -> bool {
    match (from.at([0, 0, 0], zone), to.at([23, 59, 59], zone)) {
        (Moment::Instant(from), Moment::Instant(to)) => to < from,
        (Moment::Clock(from), Moment::Clock(to)) => to < from,
        _ => false,
    }
}

/// Both ends of a span, at the first slash that has one on either side: a format may hold some itself.
fn ends<T>(text: &str, one: impl Fn(&str) -> Option<T>) -> Option<[T; 2]> {
    let at = |(at, _): (usize, &str)| Some([one(text.get(..at)?.trim())?, one(text.get(at + 1..)?.trim())?]);
    text.match_indices('/').find_map(at)
}

impl SpellingPlan {
    /// A text of ours as the field's kind wants it, in ISO 8601; bad where it is none, where its end is before its
    /// beginning, and where the format asks for more than it says.
    pub(super) fn moment<'b>(&self, text: &'b str, arena: &'b Bump) -> Value<'b> {
        let text = trimmed(text);
        if text.is_empty() {
            return Value::Empty;
        }
        let one = |text: &str| {
            let moment = self.of_kind(Moment::read(text)?);
            self.written(&moment)?;
            Some(moment)
        };
        match self.spelled(text, one) {
            // `now` keeps its zone's name, which a format may ask for
            Some(_) if self.kind == Kind::Time && self.format.is_some() && text.parse::<Zoned>().is_ok() => {
                Value::Text(text)
            }
            Some(spelled) if spelled == text => Value::Text(text),
            Some(spelled) => Value::Text(arena.alloc_str(&spelled)),
            None => Value::Bad(text),
        }
    }

    /// What stands in a document, in ISO 8601. Without a format it stays as it stands.
    pub(super) fn read_moment<'b>(&self, text: &'b str, arena: &'b Bump) -> Value<'b> {
        let (wanted, zone) = (trimmed(text), self.zone.as_ref());
        let Some(format) = &self.format else {
            return if self.is_backwards(wanted) { Value::Bad(text) } else { Value::Text(text) };
        };
        let one = |text: &str| {
            let moment = Moment::in_format(text, format, zone).or_else(|| Moment::read(text))?;
            Some(if self.kind == Kind::Date { Moment::Day(moment.day(zone)) } else { moment })
        };
        match self.spelled(wanted, one) {
            Some(spelled) => Value::Text(arena.alloc_str(&spelled)),
            None => Value::Bad(text),
        }
    }

    /// The text of a value in the format; what cannot stand in it stays as it is.
    pub(super) fn moment_text<'v>(&self, text: &'v str) -> Cow<'v, str> {
        let one = |text: &str| self.written(&self.of_kind(Moment::read(text)?));
        let written = match self.kind {
            Kind::Interval => ends(text, one).map(|ends| ends.join("/")),
            _ => one(text),
        };
        written.map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// What a document holds of a value: seconds are lost in a format of minutes.
    pub fn held<'v>(&self, text: &'v str) -> Cow<'v, str> {
        if self.format.is_none() {
            return Cow::Borrowed(text);
        }
        let arena = Bump::new();
        match self.read_moment(arena.alloc_str(&self.moment_text(text)), &arena) {
            Value::Text(held) => Cow::Owned(held.to_owned()),
            _ => Cow::Borrowed(text),
        }
    }

    /// Why a text is not of this kind, where more can be said than that.
    pub fn moment_fault(&self, text: &str) -> Option<String> {
        let moments = match self.kind {
            Kind::Interval => Vec::from(ends(text, Moment::read)?),
            Kind::Date | Kind::Time => vec![Moment::read(text)?],
            _ => return None,
        };
        match (moments.as_slice(), &self.format) {
            ([from, to], _) if ends_first(from, to, self.zone.as_ref()) => {
                Some(format!("its end, {}, comes before its beginning, {}", to.spelled(), from.spelled()))
            }
            (moments, Some(format)) => {
                let short = moments.iter().find(|moment| self.written(moment).is_none())?;
                Some(format!("{} has no hour, and `{format}` writes one", short.spelled()))
            }
            _ => None,
        }
    }

    /// A moment as exact as the kind, and where the config names a zone in that one.
    fn of_kind(&self, moment: Moment) -> Moment {
        let zone = self.zone.as_ref();
        match moment {
            moment if self.kind == Kind::Date => Moment::Day(moment.day(zone)),
            // the master's own zone says the same
            instant @ Moment::Instant(_) => instant,
            other => other.in_zone(zone),
        }
    }

    /// A moment in the format; `None` where it lacks an hour or a zone that the format asks for.
    fn written(&self, moment: &Moment) -> Option<String> {
        let Some(format) = &self.format else { return Some(String::new()) };
        let zone = self.zone.as_ref();
        let written = moment.clone().in_zone(zone).formatted(format);
        // a day is written at its beginning where the format has an hour
        written.or_else(|| (self.kind == Kind::Date).then(|| moment.at([0, 0, 0], zone).formatted(format))?)
    }

    /// A text whose moments are read so, in ISO 8601; `None` for none and for a span that is backwards.
    fn spelled(&self, text: &str, one: impl Fn(&str) -> Option<Moment>) -> Option<String> {
        if self.kind != Kind::Interval {
            return one(text).map(|moment| moment.spelled());
        }
        let [from, to] = ends(text, one)?;
        (!ends_first(&from, &to, self.zone.as_ref())).then(|| format!("{}/{}", from.spelled(), to.spelled()))
    }

    fn is_backwards(&self, text: &str) -> bool {
        let ends = || ends(text, Moment::read);
        self.kind == Kind::Interval && ends().is_some_and(|[from, to]| ends_first(&from, &to, self.zone.as_ref()))
    }
}
