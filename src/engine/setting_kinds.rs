//! Answers that become fields of a kind of their own: a text that is no number would be a finding of every offer, or of
//! the whole feed, and what is to be mended is one word of the config.

use crate::channel::description::{Description, Field};
use crate::channel::names::SETTINGS;
use crate::config::{ChannelConfig, Config, SettingValue};
use crate::model::{DecimalStyle, Marks, amount};
use crate::wire::yaml::Problems;

/// Checks every answer that a field takes as it is.
pub fn check(config: &Config, channel: &ChannelConfig, description: &Description, problems: &Problems) {
    for given in &channel.settings {
        let SettingValue::Text(text) = &given.value else { continue };
        let name = format!("{SETTINGS}{}", given.name.text);
        let fields = description.head.iter().chain(&description.fields);
        let Some(field) = fields.filter_map(|field| numeric(field, &name)).next() else { continue };
        if !text.is_empty() && amount::read(text, Marks::Seen(DecimalStyle::Point)).is_err() {
            let what = format!("`{text}` is not {}, as `{}` wants it", field.kind.in_words(), field.name);
            problems.add(config.problem(given.bytes.clone(), "config/kind", what, "correct the setting"));
        }
    }
}

/// The field that is this name and nothing else, and a number: itself, or one of its rows'.
fn numeric<'d>(field: &'d Field, name: &str) -> Option<&'d Field> {
    if field.kind.is_number() && field.source.as_name() == Some(name) {
        return Some(field);
    }
    field.fields.iter().find_map(|inner| numeric(inner, name))
}
