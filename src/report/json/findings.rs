//! Findings and failures as JSON.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::Each;
use crate::engine::outcome::{BaselineSeen, FindingGroup, PlaceSeen};
use crate::finding::baseline::Met;
use crate::finding::{Fingerprint, Refusal};
use crate::report::failure::Wrong;

/// All that was found under one code; `channel` is empty for the catalog.
pub(super) struct GroupView<'o> {
    pub(super) group: &'o FindingGroup,
    pub(super) channel: &'o str,
}

impl Serialize for GroupView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let FindingGroup { code, severity, what, fix, in_common, file, count, places, prints } = self.group;
        let place = |place| PlaceView::new(file, self.channel, place);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", code)?;
        map.serialize_entry("severity", severity)?;
        map.serialize_entry("message", what)?;
        map.serialize_entry("help", fix)?;
        map.serialize_entry("count", count)?;
        map.serialize_entry("in_common", &Some(in_common).filter(|text| !text.is_empty()))?;
        map.serialize_entry("place", &places.first().map(place))?;
        map.serialize_entry("places", &places.iter().map(place).collect::<Vec<_>>())?;
        if !prints.is_empty() {
            map.serialize_entry("fingerprints", prints)?;
        }
        map.end()
    }
}

/// What was known already: enough for this report to be the next baseline.
pub(super) struct BaselineView<'o>(pub(super) &'o BaselineSeen);

impl Serialize for BaselineView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let BaselineSeen { path, known, gone, met } = self.0;
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("path", path)?;
        map.serialize_entry("known", known)?;
        map.serialize_entry("gone", gone)?;
        map.serialize_entry("met", &Each(met.iter(), MetView::from))?;
        map.end()
    }
}

#[derive(Serialize)]
struct MetView<'o> {
    channel: &'o str,
    code: &'o str,
    count: usize,
    fingerprints: &'o [Fingerprint],
}

impl<'o> From<&'o Met> for MetView<'o> {
    fn from(met: &'o Met) -> Self {
        MetView { channel: &met.channel, code: &met.code, count: met.prints.len(), fingerprints: &met.prints }
    }
}

#[derive(Serialize)]
struct PlaceView<'o> {
    file: &'o str,
    line: u64,
    column: u64,
    sku: &'o str,
    channel: Option<&'o str>,
    field: &'o str,
    message: &'o str,
}

impl<'o> PlaceView<'o> {
    fn new(file: &'o str, channel: &'o str, place: &'o PlaceSeen) -> Self {
        PlaceView {
            file,
            line: place.line,
            column: place.column,
            sku: &place.found.key,
            channel: Some(channel).filter(|channel| !channel.is_empty()),
            field: &place.found.field,
            message: &place.found.message,
        }
    }
}

/// Something that stopped the program, or one channel.
#[derive(Serialize)]
pub(super) struct WrongView {
    code: Option<String>,
    message: String,
    help: String,
    place: Option<WrongPlace>,
}

#[derive(Serialize)]
struct WrongPlace {
    file: String,
    line: Option<u64>,
    column: Option<u64>,
}

impl From<&Wrong> for WrongView {
    fn from(wrong: &Wrong) -> Self {
        let Wrong { code, message, help, file, line, column, .. } = wrong.clone();
        let place = (!file.is_empty()).then_some(WrongPlace { file, line, column });
        WrongView { code: Some(code).filter(|code| !code.is_empty()), message, help, place }
    }
}

impl From<&Refusal> for WrongView {
    fn from(refusal: &Refusal) -> Self {
        WrongView::from(&Wrong::from(refusal))
    }
}
