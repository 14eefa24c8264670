//! The config's mapping against the file's header: every column is found or its
//! nearest named, and columns that are called like a field map themselves.

mod tables;

use std::borrow::Cow;

use self::tables::{Translation, how_to_map, pairs_take, rows};
use super::header;
use super::layout::{Layout, ListTake, NumberTake, PairsTake, PathSaid, Take};
use super::pieces::Split;
use super::sample::Sample;
use super::{Columns, FieldMapping, MappingProblem, MasterOptions};
use crate::model::offer::{OFFER_FIELDS, OfferField, Suffix, offer_field};
use crate::model::text::shortened;
use crate::model::{Kind, Said, Unit, listed, nearest};

/// Between levels of a category's path, unless the mapping says otherwise.
const LEVELS: &str = ">";
/// In a column called `attributes` or `options` of which the config says nothing.
const PAIRS: (&str, &str) = ("|", "=");
/// Properties of the goods: a cell that cannot be read leaves the offer sound.
const DETAILS: [&str; 9] =
    ["available_on", "weight", "length", "width", "height", "min_order", "lead_days", "age_group", "gender"];

/// Settles which column holds what. `tree` says that the config names a file of categories.
pub(super) fn arrange(sample: &Sample, options: &MasterOptions, tree: bool) -> Result<Layout, Vec<MappingProblem>> {
    let (taken, translations, used, problems, absent) = Default::default();
    let mut arranging = Arranging { sample, options, tree, taken, translations, used, absent, problems };
    for (number, mapping) in options.fields.iter().enumerate() {
        arranging.mapping(number, mapping);
    }
    arranging.by_their_own_names();
    arranging.translate();
    arranging.category_of_path();
    arranging.finish()
}

struct Arranging<'a> {
    sample: &'a Sample,
    options: &'a MasterOptions,
    tree: bool,
    taken: Vec<(String, Kind, Take)>,
    /// Attributes in other languages than the shop's, until all that they belong to is known.
    translations: Vec<Translation>,
    /// Columns that the config names.
    used: Vec<usize>,
    /// Keys that the config names and no object has.
    absent: Vec<String>,
    problems: Vec<MappingProblem>,
}

impl Arranging<'_> {
    fn mapping(&mut self, number: usize, mapping: &FieldMapping) {
        let Some((field, suffix)) = offer_field(&mapping.field) else {
            let label = match nearest(&mapping.field, OFFER_FIELDS.iter().map(|field| field.name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("what no field fits goes to `x.{}`", mapping.field),
            };
            self.problem("config/unknown-field", number, format!("an offer has no field `{}`", mapping.field), label);
            return;
        };
        let from = self.without_absent(field, &mapping.from);
        let columns: Option<Vec<usize>> = from.columns().into_iter().map(|name| self.column(number, name)).collect();
        let Some(columns) = columns.filter(|columns| !columns.is_empty()) else { return };
        self.used.extend(&columns);
        let name = self.full_name(field, suffix);
        let Some(mut take) = self.take(number, field, &from, &columns) else { return };
        if let Some(language) = self.other_language(field, suffix) {
            if matches!(mapping.from, Columns::Rows(_)) {
                self.rows_say_languages(number, language);
                return;
            }
            self.translation(number, language, take);
            return;
        }
        let goes_on = self.options.fields.iter().take(number).any(|earlier| earlier.field == mapping.field);
        if goes_on
            && let Some(taken) = self.taken.iter_mut().find(|taken| taken.0 == name)
            && taken.2.join(&mut take)
        {
            return;
        }
        if self.is_taken(&name) {
            let what = format!("the field `{name}` is mapped twice");
            self.problem("config/equal-keys", number, what, "remove one of the two".to_owned());
            return;
        }
        self.taken.push((name, field.kind, take));
    }

    /// A mapping without keys that no object has. Objects leave out what they have nothing to say of, so that is no
    /// fault, unless the name looks like a slip of one that nothing is taken from; the SKU is never left out by all.
    fn without_absent<'f>(&mut self, field: &OfferField, from: &'f Columns) -> Cow<'f, Columns> {
        let names = &self.sample.names;
        let is_named = |name: &str| self.options.fields.iter().any(|other| other.from.columns().contains(&name));
        // what is spoken for is not what was meant
        let free = || names.iter().map(String::as_str).filter(|name| offer_field(name).is_none() && !is_named(name));
        let is_absent = |name: &str| {
            self.sample.of_objects
                && field.name != "sku"
                && !names.iter().any(|own| own == name.trim())
                && nearest(name.trim(), free()).is_none()
        };
        let absent: Vec<String> =
            from.columns().into_iter().filter(|name| is_absent(name)).map(|name| name.trim().to_owned()).collect();
        if absent.is_empty() {
            return Cow::Borrowed(from);
        }
        self.absent.extend(absent);
        match from {
            Columns::Options(axes) => {
                Cow::Owned(Columns::Options(axes.iter().filter(|axis| !is_absent(&axis.1)).cloned().collect()))
            }
            _ => Cow::Owned(Columns::Options(Vec::new())),
        }
    }

    /// The full name; texts that name no language are in the shop's.
    fn full_name(&self, field: &OfferField, suffix: Option<&str>) -> String {
        match suffix {
            // the languages of a table are those of its rows
            _ if field.kind == Kind::Table => field.name.to_owned(),
            Some(suffix) => format!("{}.{suffix}", field.name),
            None if field.suffix == Suffix::Language && !self.options.language.is_empty() => {
                format!("{}.{}", field.name, self.options.language)
            }
            None => field.name.to_owned(),
        }
    }

    fn is_taken(&self, name: &str) -> bool {
        self.taken.iter().any(|taken| taken.0 == name)
    }

    fn take(&mut self, number: usize, field: &'static OfferField, from: &Columns, columns: &[usize]) -> Option<Take> {
        let first = columns.first().copied();
        let take = match (field.name, from) {
            ("options", Columns::Options(axes)) => {
                let axes = axes.iter().zip(columns).map(|(axis, column)| (axis.0.clone(), *column));
                return Some(Take::Options(axes.collect()));
            }
            ("attributes" | "options", Columns::Pairs { split, pair, .. }) => {
                let pairs = PairsTake { column: first?, split: Split::at(split), pair: Split::at(pair) };
                pairs_take(field.name, pairs)
            }
            (_, Columns::Rows(_)) if field.kind == Kind::Table && self.sample.keys(first?).is_some() => {
                return self.rows(number, field, first?);
            }
            ("attributes", Columns::Attribute { .. }) => tables::attribute(from, first?)?,
            ("tiers", Columns::Pairs { .. } | Columns::Tier { .. })
            | ("shipping", Columns::Shipping { .. } | Columns::Parts { .. }) => tables::prices(field, from, first?)?,
            (_, Columns::Column { unit, split, .. })
                if field.kind != Kind::Table && self.sample.keys(first?).is_none() =>
            {
                self.single(field, first?, *unit, split.as_deref())
            }
            _ => {
                let is_of_rows = first.is_some_and(|column| self.sample.keys(column).is_some());
                let what = format!("`{}` cannot be taken from columns like this", field.name);
                let column = from.columns().first().copied().unwrap_or("");
                let label = how_to_map(field, column, is_of_rows);
                self.problem("config/value", number, what, label);
                return None;
            }
        };
        Some(take)
    }

    fn single(&self, field: &'static OfferField, column: usize, unit: Option<Unit>, split: Option<&str>) -> Take {
        let detail = DETAILS.contains(&field.name);
        match (field.name, field.kind) {
            ("gtin", _) => Take::Gtin(column),
            ("currency", _) => Take::Currency(column),
            ("category", _) if self.tree => Take::Category(column),
            ("category_path", _) => Take::Path(column, Split::at(split.unwrap_or(LEVELS))),
            (_, Kind::Url) => Take::Trimmed(column),
            (_, Kind::Flag) => Take::Flag(column),
            (name, Kind::Choice) => Take::Choice(column, name),
            (_, Kind::Date | Kind::Time | Kind::Interval) => Take::Moment(column, detail),
            (_, Kind::Money | Kind::Quantity | Kind::Count | Kind::Number) => {
                let unit = unit.unwrap_or(Unit::NONE);
                Take::Number(NumberTake { column, kind: field.kind, unit, detail })
            }
            (name, _) if field.kind == Kind::List || (field.may_be_list() && split.is_some()) => {
                let addresses = matches!(name, "pictures" | "videos" | "documents");
                Take::List(ListTake { column, split: split.map(Split::at), addresses, apart: false })
            }
            (_, Kind::Text | Kind::Html | Kind::List | Kind::Table) => Take::Text(column),
        }
    }

    /// A column that is called like a field is that field, unless the config says something of either.
    fn by_their_own_names(&mut self) {
        for (column, name) in self.sample.names.iter().enumerate() {
            let Some((field, suffix)) = offer_field(name) else { continue };
            let full = self.full_name(field, suffix);
            if self.used.contains(&column) || self.options.fields.iter().any(|mapping| mapping.field == *name) {
                continue;
            }
            let mut same = self.sample.names.iter().enumerate().filter(|other| other.1 == name).map(|other| other.0);
            if let (Some(one), Some(other)) = (same.next(), same.next()) {
                if one == column {
                    self.problems.push(twice(name, one, other, None));
                }
                continue;
            }
            // `title` beside `title.uk`: the one that says its language is meant
            if self.is_taken(&full) || (full != *name && self.sample.names.contains(&full)) {
                continue;
            }
            let keys = self.sample.keys(column);
            let take = match field.name {
                _ if keys.is_some() || matches!(field.name, "tiers" | "shipping") => {
                    let rows = |keys| tables::object_rows(field, &self.options.language, column, keys);
                    match keys.filter(|_| suffix.is_none() && field.kind == Kind::Table).and_then(rows) {
                        Some(take) => take,
                        None => continue,
                    }
                }
                // which rows of another language belong to which, only the config can say
                "attributes" if self.other_language(field, suffix).is_some() => continue,
                "attributes" | "options" => {
                    let (split, pair) = (Split::at(PAIRS.0), Split::at(PAIRS.1));
                    pairs_take(field.name, PairsTake { column, split, pair })
                }
                _ if field.kind == Kind::Table => continue,
                _ => self.single(field, column, None, None),
            };
            self.used.push(column);
            self.taken.push((full, field.kind, take));
        }
    }

    /// Where only the path of a category is said, its id follows from it.
    fn category_of_path(&mut self) {
        if self.is_taken("category") {
            return;
        }
        let path = self.taken.iter().find_map(|taken| match &taken.2 {
            Take::Path(column, split) => Some((*column, split.clone())),
            _ => None,
        });
        if let Some((column, split)) = path {
            self.taken.push(("category".to_owned(), Kind::Text, Take::CategoryOfPath(column, split)));
        }
    }

    fn finish(mut self) -> Result<Layout, Vec<MappingProblem>> {
        let sku = self.taken.iter().find(|taken| taken.0 == "sku").and_then(|taken| taken.2.columns().first().copied());
        if sku.is_none() && !self.options.fields.iter().any(|mapping| mapping.field == "sku") {
            let what = format!("nothing says which column of {} is the SKU", self.options.shown_as);
            let label = format!("its columns: {}", self.listed());
            self.problems.push(MappingProblem { code: "config/missing-key", mapping: None, what, label });
        }
        let (Some(sku), true) = (sku, self.problems.is_empty()) else { return Err(self.problems) };
        let number =
            |wanted: &dyn Fn(&str, &Take) -> bool| self.taken.iter().position(|(name, _, take)| wanted(name, take));
        let id = number(&|name, take| name == "category" && !matches!(take, Take::CategoryOfPath(..)));
        let path = number(&|_, take| matches!(take, Take::Path(..))).map(|path| PathSaid { path, id });
        let is_unread = |column: &usize| !self.taken.iter().any(|taken| taken.2.columns().contains(column));
        let unread = (0..self.sample.names.len()).filter(is_unread);
        let unread = unread.filter_map(|column| self.sample.names.get(column).cloned()).collect();
        let said =
            self.taken.iter().map(|(name, kind, take)| Said { name: name.clone(), kind: *kind, rows: rows(take) });
        Ok(Layout {
            said: said.collect(),
            takes: self.taken.iter().map(|taken| taken.2.clone()).collect(),
            sku,
            columns: self.sample.names.clone(),
            unread,
            absent: self.absent,
            path,
        })
    }

    /// The number of the column that a mapping names; a problem where there is not exactly one.
    fn column(&mut self, mapping: usize, name: &str) -> Option<usize> {
        let name = name.trim();
        let names = &self.sample.names;
        let mut found = names.iter().enumerate().filter(|column| column.1 == name).map(|column| column.0);
        match (found.next(), found.next()) {
            (Some(only), None) => return Some(only),
            (Some(one), Some(other)) => self.problems.push(twice(name, one, other, Some(mapping))),
            _ if header::numbered(names, name).is_some() => return header::numbered(names, name),
            _ => {
                let what = format!("{} has no column «{name}»", self.options.shown_as);
                let label = self.nearest_columns(name);
                self.problem("config/unknown-column", mapping, what, label);
            }
        }
        None
    }

    /// The columns that may have been meant, each with values that tell what it holds.
    fn nearest_columns(&self, name: &str) -> String {
        let lower = name.to_lowercase();
        let names = &self.sample.names;
        let related = |other: &&String| {
            let other = other.to_lowercase();
            !other.is_empty() && (other.contains(&lower) || lower.contains(&other))
        };
        let first = nearest(name, names.iter().map(String::as_str));
        let others = names.iter().filter(related).map(String::as_str).filter(|name| Some(*name) != first);
        let near: Vec<&str> = first.into_iter().chain(others.take(2)).collect();
        if near.is_empty() {
            return format!("its columns: {}", self.listed());
        }
        let shown = |name: &&str| {
            let column = names.iter().position(|other| other == name).unwrap_or(0);
            let values: Vec<String> = self.sample.values(column).into_iter().map(short).collect();
            if values.is_empty() {
                format!("«{name}» (blank)")
            } else {
                format!("«{name}» ({})", values.join(" · "))
            }
        };
        format!("nearest: {}", near.iter().map(shown).collect::<Vec<_>>().join(", "))
    }

    fn listed(&self) -> String {
        let names: Vec<String> =
            self.sample.names.iter().filter(|name| !name.is_empty()).map(|name| format!("«{name}»")).collect();
        listed(&names, 12, " in the file")
    }

    fn problem(&mut self, code: &'static str, mapping: usize, what: String, label: String) {
        self.problems.push(MappingProblem { code, mapping: Some(mapping), what, label });
    }
}

fn twice(name: &str, one: usize, other: usize, mapping: Option<usize>) -> MappingProblem {
    let what = format!("the header names the column «{name}» twice");
    let label = format!("columns {} and {}: say which, «{name} #1» or «{name} #2»", one + 1, other + 1);
    MappingProblem { code: "config/column-twice", mapping, what, label }
}

/// The beginning of a value, for messages.
fn short(text: &str) -> String {
    let line = text.split(['\n', '\r']).next().unwrap_or("");
    shortened(line, 24).into_owned()
}
