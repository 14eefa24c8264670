//! Tables of an offer: from which columns their rows come, and which fields these have.

use super::Arranging;
use crate::model::{Kind, OfferField, Said, listed};
use crate::source::Columns;
use crate::source::layout::{
    AttributeShape, AttributeTake, Given, PairsTake, PriceSource, PricesTake, RowField, RowPart, RowsTake, Take,
    TranslatedTake,
};
use crate::source::pieces::Split;
use crate::wire::yaml::flow;

/// Between the parts of one row in a cell.
const PARTS: &str = ":";

/// Attributes in a language that is not the shop's.
#[derive(Debug)]
pub(super) struct Translation {
    /// The number of the mapping.
    number: usize,
    language: String,
    take: AttributeTake,
}

impl Arranging<'_> {
    /// The language of attributes that are said in another than the shop's.
    pub(super) fn other_language<'n>(&self, field: &OfferField, suffix: Option<&'n str>) -> Option<&'n str> {
        suffix.filter(|suffix| field.kind == Kind::Table && *suffix != self.options.language)
    }

    /// Keeps attributes in another language until those in the shop's are known.
    pub(super) fn translation(&mut self, number: usize, language: &str, take: Take) {
        let Take::Attributes(takes, shape) = take else { return };
        for (said, key) in [(shape.unit, "unit"), (shape.section, "section")] {
            if said {
                let what = format!("`attributes.{language}` has no `{key}`");
                self.problem("config/value", number, what, "it holds in every language: say it in `attributes`".into());
                return;
            }
        }
        let language = language.to_owned();
        self.translations.extend(takes.into_iter().map(|take| Translation {
            number,
            language: language.clone(),
            take,
        }));
    }

    /// Joins attributes in other languages to those in the shop's: source to source, in the order of the config.
    pub(super) fn translate(&mut self) {
        let translations = std::mem::take(&mut self.translations);
        let Some(first) = translations.first() else { return };
        let Some(at) = self.taken.iter().position(|taken| taken.0 == "attributes") else {
            // where their mapping is wrong, that was said
            if self.problems.is_empty() {
                let what = format!("`attributes.{}` stands alone", first.language);
                let label = match self.options.language.as_str() {
                    "" => "map `attributes` as well".to_owned(),
                    own => format!("map `attributes` as well, in the shop's language, {own}"),
                };
                self.problem("config/value", first.number, what, label);
            }
            return;
        };
        let Some((_, _, Take::Attributes(takes, shape))) = self.taken.get(at) else {
            return self.rows_say_languages(first.number, &first.language);
        };
        if takes.iter().any(|take| matches!(take, AttributeTake::Rows(_))) {
            return self.rows_say_languages(first.number, &first.language);
        }
        let shape = *shape;
        let mut sources: Vec<(AttributeTake, Vec<Option<AttributeTake>>)> =
            takes.iter().map(|own| (own.clone(), Vec::new())).collect();
        let mut others: Vec<String> = Vec::new();
        for language in translations.iter().map(|translation| &translation.language) {
            if !others.contains(language) {
                others.push(language.clone());
                let of_language = translations.iter().filter(|translation| translation.language == *language);
                self.translate_to(&mut sources, of_language);
            }
        }
        let take = TranslatedTake { sources, shape, own: self.options.language.clone(), others };
        if let Some(taken) = self.taken.get_mut(at) {
            taken.2 = Take::Translated(Box::new(take));
        }
    }

    /// Refuses a mapping for attributes in another language, where objects are rows.
    pub(super) fn rows_say_languages(&mut self, number: usize, language: &str) {
        let what = format!("`attributes.{language}` cannot stand beside attributes that are objects in the file");
        let label = format!("let each of them say its languages: `name: {{uk: …, {language}: …}}`");
        self.problem("config/value", number, what, label);
    }

    /// Joins one language.
    fn translate_to<'t>(
        &mut self,
        sources: &mut [(AttributeTake, Vec<Option<AttributeTake>>)],
        mut translations: impl Iterator<Item = &'t Translation>,
    ) {
        for (own, others) in sources {
            let other = translations.next();
            others.push(other.map(|other| other.take.clone()));
            let Some(other) = other else { continue };
            let is_pairs = |take: &AttributeTake| matches!(take, AttributeTake::Pairs(_));
            if is_pairs(own) != is_pairs(&other.take) {
                let (one, pairs) = ("a single attribute", "a column of pairs");
                let (this, that) = if is_pairs(own) { (one, pairs) } else { (pairs, one) };
                let what = format!("`attributes.{}` has {this} where `attributes` has {that}", other.language);
                let label = "its first goes with the first of `attributes`, its second with the second".to_owned();
                self.problem("config/value", other.number, what, label);
            }
        }
        if let Some(more) = translations.next() {
            let what = format!("`attributes.{}` has more columns than `attributes`", more.language);
            let label = "this one goes with none of `attributes`".to_owned();
            self.problem("config/value", more.number, what, label);
        }
    }
}

/// How a field is written that cannot be taken from its column as the config says it: for a table with this very column.
pub(super) fn how_to_map(field: &OfferField, column: &str, is_of_rows: bool) -> String {
    let column = flow(column);
    match field.name {
        "attributes" => format!(
            "write `[{{name: {column}, column: {column}}}]`, or `[{{column: {column}, split: \"|\", pair: \"=\"}}]` if names \
             stand in it too"
        ),
        "options" => format!("write `{{{column}: {column}}}`: what the option is called, and its column"),
        "tiers" => format!(
            "write `[{{quantity: 10, column: {column}}}]`, or `[{{column: {column}, split: \"|\", pair: \"=\"}}]` if \
             quantities stand in it too"
        ),
        "shipping" => format!(
            "write `[{{country: UA, column: {column}}}]`, or `[{{column: {column}, split: \",\", parts: \
             \"country:service:price\"}}]` if places stand in it too"
        ),
        _ if is_of_rows => "objects stand there: they go to attributes, options, tiers or shipping".to_owned(),
        _ => "write the name of one column".to_owned(),
    }
}

/// The column of one attribute.
pub(super) fn attribute(from: &Columns, column: usize) -> Option<Take> {
    let Columns::Attribute { name, unit, section, split, .. } = from else { return None };
    let shape = AttributeShape { unit: unit.is_some(), section: section.is_some() };
    let (name, unit, section) = (name.clone(), unit.clone(), section.clone());
    let split = split.as_deref().map(Split::at);
    Some(Take::Attributes(vec![AttributeTake::One { name, column, unit, section, split }], shape))
}

/// A column of pairs.
pub(super) fn pairs_take(field: &str, pairs: PairsTake) -> Take {
    match field {
        "options" => Take::OptionPairs(pairs),
        _ => Take::Attributes(vec![AttributeTake::Pairs(pairs)], AttributeShape::default()),
    }
}

impl Arranging<'_> {
    /// Rows that are objects in the file; a problem where they lack a key that every row needs.
    pub(super) fn rows(&mut self, number: usize, field: &'static OfferField, column: usize) -> Option<Take> {
        let keys = self.sample.keys(column)?;
        let take = object_rows(field, &self.options.language, column, keys);
        if take.is_none() {
            let what = format!("the objects for `{}` have not the keys that it needs", field.name);
            let needed = match field.name {
                "tiers" => "`quantity` and `price`",
                "shipping" => "`country` and `price`",
                _ => "`name` and `value`",
            };
            let keys: Vec<String> = keys.iter().map(|key| format!("«{key}»")).collect();
            let keys = listed(&keys, 12, " in the file");
            self.problem("config/value", number, what, format!("it needs {needed}, they have {keys}"));
        }
        take
    }
}

/// The fields of rows that are objects with these keys; `None` where one that every row needs is not among them.
pub(super) fn object_rows(field: &'static OfferField, own: &str, column: usize, keys: &[String]) -> Option<Take> {
    let part = |name: &str| keys.iter().position(|key| key == name);
    let row = |name: &str, kind: Kind, part: usize| RowPart { name: name.to_owned(), kind, part };
    let pairs = matches!(field.name, "attributes" | "options");
    if field.name != "attributes" {
        let is_needed = |name: &str| matches!(name, "name" | "value" | "quantity" | "price" | "country");
        let mut fields = Vec::new();
        for of_row in field.rows {
            match part(of_row.name) {
                Some(part) => fields.push(row(of_row.name, of_row.kind, part)),
                None if is_needed(of_row.name) => return None,
                None => {}
            }
        }
        return Some(Take::Rows(Box::new(RowsTake { column, pairs, fields })));
    }
    let in_language = |name: &str, language: &str| part(&format!("{name}.{language}"));
    let others: Vec<&str> =
        keys.iter().filter_map(|key| key.strip_prefix("name.")).filter(|language| *language != own).collect();
    let point = if own.is_empty() { "" } else { "." };
    let value = in_language("value", own).or_else(|| part("value"))?;
    let mut fields = vec![
        row(&format!("name{point}{own}"), Kind::Text, in_language("name", own).or_else(|| part("name"))?),
        row(&format!("value{point}{own}"), Kind::List, value),
    ];
    let beside = ["unit", "section"].into_iter().filter_map(|name| Some(row(name, Kind::Text, part(name)?)));
    fields.extend(beside);
    for language in &others {
        let name = format!("name.{language}");
        fields.extend(part(&name).map(|part| row(&name, Kind::Text, part)));
        // a value that is said once holds in every language
        let part = in_language("value", language).or_else(|| part("value")).unwrap_or(value);
        fields.push(row(&format!("value.{language}"), Kind::List, part));
    }
    if !others.is_empty() {
        return Some(Take::Rows(Box::new(RowsTake { column, pairs, fields })));
    }
    let has = |name: &str| fields.iter().any(|field| field.name == name);
    let shape = AttributeShape { unit: has("unit"), section: has("section") };
    Some(Take::Attributes(vec![AttributeTake::Rows(RowsTake { column, pairs, fields })], shape))
}

/// Rows of prices: a column of them, or the price of one.
pub(super) fn prices(field: &OfferField, from: &Columns, column: usize) -> Option<Take> {
    let text = |text: Option<&String>| text.cloned().map_or(Given::Nothing, Given::Text);
    let one = |given| PriceSource::One { column, given };
    let cell = |split: &str, pair: &str, parts| {
        let (split, pair) = (Split::at(split), Split::at(pair));
        PriceSource::Cell { column, split, pair, parts }
    };
    let source = match from {
        Columns::Tier { quantity, .. } => one(vec![Given::Number(*quantity)]),
        Columns::Shipping { country, region, service, .. } => {
            let given = |name: &str| match name {
                "country" => Some(country),
                "region" => region.as_ref(),
                "service" => service.as_ref(),
                _ => None,
            };
            one(field.rows.iter().filter(|row| row.kind != Kind::Money).map(|row| text(given(row.name))).collect())
        }
        Columns::Pairs { split, pair, .. } => cell(split, pair, (0..field.rows.len()).collect()),
        Columns::Parts { split, parts, .. } => {
            let number = |part: &String| field.rows.iter().position(|field| field.name == *part);
            cell(split, PARTS, parts.iter().map(number).collect::<Option<_>>()?)
        }
        _ => return None,
    };
    let is_said = |number: usize| match &source {
        PriceSource::Cell { parts, .. } => parts.contains(&number),
        PriceSource::One { given, .. } => given.get(number) != Some(&Given::Nothing),
    };
    let fields =
        field.rows.iter().enumerate().map(|(number, field)| (RowField::from(field), is_said(number))).collect();
    Some(Take::Prices(PricesTake { fields, sources: vec![source] }))
}

/// The fields of the rows of a table.
pub(super) fn rows(take: &Take) -> Vec<Said> {
    let row = |name: &str, kind| Said { name: name.to_owned(), kind, rows: Vec::new() };
    match take {
        Take::Attributes(_, shape) => attribute_rows("", *shape),
        Take::Translated(take) => {
            let mut rows = attribute_rows(&take.own, take.shape);
            rows.extend(take.others.iter().flat_map(|other| attribute_rows(other, AttributeShape::default())));
            rows
        }
        Take::Rows(take) => take.fields.iter().map(|field| row(&field.name, field.kind)).collect(),
        Take::Prices(take) => {
            take.fields.iter().filter(|field| field.1).map(|(field, _)| row(field.name, field.kind)).collect()
        }
        Take::Options(_) | Take::OptionPairs(_) => vec![row("name", Kind::Text), row("value", Kind::Text)],
        _ => Vec::new(),
    }
}

/// Name and value in a language, and what holds in all of them.
fn attribute_rows(language: &str, shape: AttributeShape) -> Vec<Said> {
    let point = if language.is_empty() { "" } else { "." };
    let row = |name: String, kind| Said { name, kind, rows: Vec::new() };
    let mut rows =
        vec![row(format!("name{point}{language}"), Kind::Text), row(format!("value{point}{language}"), Kind::List)];
    rows.extend(shape.unit.then(|| row("unit".to_owned(), Kind::Text)));
    rows.extend(shape.section.then(|| row("section".to_owned(), Kind::Text)));
    rows
}
