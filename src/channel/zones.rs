//! The shop's zone, put into a description: a time of the master that names none is meant there.

use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use super::description::{Description, Field, Row, Spelling};
use crate::model::Kind;

/// Puts the zone wherever days, times and spans are spelled. One that nobody names is put only where a format asks for
/// a zone: elsewhere a time stays by the clock on the wall, for the channel to say what it takes it for.
pub fn put_zone(description: &mut Description, zone: &TimeZone, is_said: bool) {
    let Description { head, fields, shapes, .. } = description;
    for field in head.iter_mut().chain(fields) {
        zone_of_field(field, zone, is_said);
    }
    for (_, rows) in shapes.iter_mut().flat_map(|shape| shape.head.iter_mut().chain(&mut shape.at)) {
        rows.iter_mut().for_each(|row| zone_of_row(row, zone));
    }
}

fn zone_of_field(field: &mut Field, zone: &TimeZone, is_said: bool) {
    let is_of_time = matches!(field.kind, Kind::Date | Kind::Time | Kind::Interval);
    if is_of_time && (is_said || asks_for_zone(&field.spelling)) {
        field.spelling.zone = Some(zone.clone());
    }
    field.fields.iter_mut().for_each(|inner| zone_of_field(inner, zone, is_said));
}

/// A row's own format may ask for a zone where the field's does not.
fn zone_of_row(row: &mut Row, zone: &TimeZone) {
    if asks_for_zone(&row.spelling) {
        row.spelling.zone = Some(zone.clone());
    }
    for (_, rows) in &mut row.at {
        rows.iter_mut().for_each(|row| zone_of_row(row, zone));
    }
}

fn asks_for_zone(spelling: &Spelling) -> bool {
    spelling.format.as_deref().is_some_and(|format| strtime::format(format, DateTime::default()).is_err())
}
