//! `fields` beside `as`: what else of an offer the config takes from what a channel's export says. Columns are there the
//! fields that its shape gives, and single params.

use std::collections::BTreeSet;

use crate::channel::back::{Back, Param, Said};
use crate::channel::description::{Description, Shape};
use crate::config::Config;
use crate::model::nearest;
use crate::model::offer::{OFFER_FIELDS, field_of};
use crate::source::{Columns, FieldMapping};
use crate::wire::yaml::Problems;

/// How many names a message lists.
const LISTED: usize = 12;

/// What a config asks.
#[derive(Debug, Default)]
pub struct Asked {
    /// Params that stand under columns of their own.
    params: Vec<Param>,
    /// All mappings: first those of the config, by their numbers there.
    fields: Vec<FieldMapping>,
}

/// The params that the listings had, with their tables.
pub type Seen = BTreeSet<(&'static str, String)>;

impl Asked {
    /// Settles it for documents of a shape; what nothing goes back to is a problem at its place in the config.
    pub fn of(
        config: &Config,
        description: &Description,
        shape: &Shape,
        back: &Back,
        problems: &Problems,
    ) -> Option<Asked> {
        let (given, fields) = (back.names(), config.master.fields.clone());
        let (mut params, mut is_sound): (Vec<Param>, bool) = (Vec::new(), true);
        let columns =
            fields.iter().flat_map(|mapping| mapping.from.columns().into_iter().map(move |name| (mapping, name)));
        for (mapping, column) in columns {
            let (code, what, label) = match Param::of(column) {
                Some(Ok(param)) if given.contains(&param.table) => {
                    params.extend((!params.contains(&param)).then_some(param));
                    continue;
                }
                None if is_given(back, &given, column) => continue,
                Some(Err(table)) => {
                    let what = format!("«{column}» does not say which of the {table} is meant");
                    ("config/value", what, format!("write `{table}['NAME']`"))
                }
                found => {
                    let param = found.and_then(Result::ok);
                    let (title, shape) = (&description.title, &shape.name);
                    let missing = param.as_ref().map_or(column, |param| param.table);
                    let what = format!("exports of {title} of the shape `{shape}` give no `{missing}`");
                    ("config/unknown-column", what, near(&given, param.as_ref().map_or(column, |param| &param.name)))
                }
            };
            problems.add(config.problem(mapping.bytes.clone(), code, what, label));
            is_sound = false;
        }
        let mut asked = Asked { params, fields };
        asked.keep_own_names(&given);
        is_sound.then_some(asked)
    }

    /// A field from which another one is taken is still itself, where the config does not say what else it is.
    fn keep_own_names(&mut self, given: &[&str]) {
        let is_mapped = |name: &str| self.fields.iter().any(|mapping| mapping.field == name);
        let is_column = |name: &str| self.fields.iter().any(|mapping| mapping.from.columns().contains(&name));
        let mut own: Vec<&str> = given.iter().copied().filter(|name| is_column(name) && !is_mapped(name)).collect();
        own.dedup();
        let itself = |name: &str| {
            let is_table = OFFER_FIELDS.iter().any(|field| field.name == name && !field.rows.is_empty());
            let column = name.to_owned();
            let from =
                if is_table { Columns::Rows(column) } else { Columns::Column { column, unit: None, split: None } };
            FieldMapping { field: name.to_owned(), from, bytes: 0..0 }
        };
        let own: Vec<FieldMapping> = own.into_iter().map(itself).collect();
        self.fields.extend(own);
    }

    /// Whether the config takes a field from somewhere itself.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|mapping| mapping.field == name)
    }

    /// The fields that the config takes, without language or key.
    pub fn bases(&self) -> impl Iterator<Item = String> {
        self.fields.iter().map(|mapping| mapping.field.split('.').next().unwrap_or_default().to_owned())
    }

    /// Says of an offer what is asked.
    pub fn say(&self, offer: &mut Said<'_>, seen: &mut Seen) {
        if !self.params.is_empty() {
            offer.ask(&self.params, seen);
        }
    }

    /// Adds a problem for each param that no listing has and that looks like a slip of another's name; `true` where
    /// there are any.
    pub fn slips(&self, config: &Config, seen: &Seen, problems: &Problems) -> bool {
        let mut any = false;
        for param in self.params.iter().filter(|param| !seen.contains(&(param.table, param.name.clone()))) {
            let others = seen.iter().filter(|other| other.0 == param.table).map(|other| other.1.as_str());
            let Some(near) = nearest(&param.name, others) else { continue };
            let mapping = config
                .master
                .fields
                .iter()
                .find(|mapping| mapping.from.columns().iter().any(|column| column.trim() == param.column));
            let bytes = mapping.map_or(config.master.file.bytes.clone(), |mapping| mapping.bytes.clone());
            let what =
                format!("no listing of {} has «{}» among its {}", config.master.file.shown, param.name, param.table);
            let label = format!("did you mean `{}['{near}']`?", param.table);
            problems.add(config.problem(bytes, "config/unknown-column", what, label));
            any = true;
        }
        any
    }

    /// The mappings, for the master that the offers make.
    pub fn into_fields(self) -> Vec<FieldMapping> {
        self.fields
    }
}

/// Whether an export gives a field under this name: of a warehouse or a price by any name.
fn is_given(back: &Back, given: &[&str], column: &str) -> bool {
    let column = column.trim();
    given.contains(&column) || column.split_once('.').is_some_and(|(base, _)| back.has_named(base))
}

/// What may have been meant by a name that is not given.
fn near(given: &[&str], name: &str) -> String {
    let with_language = given.iter().copied().find(|other| other.split('.').next() == Some(name));
    if let Some(near) = with_language.or_else(|| nearest(name, given.iter().copied())) {
        return format!("did you mean `{near}`?");
    }
    let names: Vec<String> = given.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    let more = if given.len() > LISTED { format!(" and {} more", given.len() - LISTED) } else { String::new() };
    match given.contains(&"attributes") && field_of(OFFER_FIELDS, name).is_none() {
        true => format!("of a param write `attributes['{name}']`; of a field: {}{more}", names.join(", ")),
        false => format!("possible: {}{more}", names.join(", ")),
    }
}
