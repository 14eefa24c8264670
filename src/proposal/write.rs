//! The proposal as a config that people read: every line says how sure it is and why, and what is a guess says what
//! to look at.

use crate::model::offer::offer_field;
use crate::source::HeaderRows;
use crate::wire::yaml::{flow, scalar};

use super::{Certainty, Mapped, Property, Proposal, Published};

/// Where comments begin, where there is room.
const COMMENTS: usize = 44;
/// What stands before what a person has to look at.
const CHECK: &str = "check this";

/// How the master is read, as far as the config has to say it.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The encoding.
    pub encoding: Option<String>,
    /// What stands between two cells.
    pub delimiter: Option<u8>,
    /// The rows of names.
    pub header: HeaderRows,
    /// Which list of a document holds the offers.
    pub items: Option<String>,
    /// The file with the tree of categories.
    pub categories: Option<String>,
    /// What it is written in, where its name does not say it.
    pub format: Option<&'static str>,
}

/// What the config is made of.
#[derive(Debug, Clone)]
pub struct Draft<'d> {
    /// The command that made it.
    pub made_by: String,
    /// The master, from the config's folder.
    pub master: String,
    /// The channel whose export it is.
    pub exported_by: Option<String>,
    /// How it is read.
    pub reading: Reading,
    /// Which column is what.
    pub proposal: &'d Proposal,
    /// The channels.
    pub channels: Vec<Sold>,
}

/// A channel of the config.
#[derive(Debug, Clone)]
pub struct Sold {
    /// Its name.
    pub name: String,
    /// Its description, where it is the merchant's own.
    pub uses: Option<String>,
    /// What `render` writes.
    pub feed: String,
    /// What it has now, where that is known.
    pub export: Option<String>,
    /// Settings that only the merchant can answer, each with what it is: the channel stands behind `#` until then.
    pub asks: Vec<(String, String)>,
}

/// The config.
pub fn text(draft: &Draft<'_>) -> String {
    let mut page = Page::default();
    page.line(
        0,
        &format!("# Made by `{}`: a beginning, to be read and changed. docs/config.md has every key.", draft.made_by),
        "",
    );
    page.line(0, "version: 1", "");
    page.line(0, "shop:", "");
    page.line(2, "# name: MY SHOP", "what feeds say of the shop, as far as they ask for it");
    page.line(2, "# url: \"https://shop.example\"", "");
    let (language, currency) = (&draft.proposal.language, &draft.proposal.currency);
    page.line(2, &format!("language: {}", scalar(&language.0)), &checked(&language.1));
    page.line(2, &format!("currency: {}", scalar(&currency.0)), &checked(&currency.1));
    page.text.push('\n');
    master(draft, &mut page);
    page.text.push('\n');
    page.line(0, "channels:", "");
    draft.channels.iter().for_each(|channel| sold(channel, draft.proposal.published.as_ref(), &mut page));
    page.text
}

fn sold(channel: &Sold, published: Option<&Published>, page: &mut Page) {
    let Sold { name, uses, feed, export, asks } = channel;
    let (mark, check) = match asks.is_empty() {
        true => ("", String::new()),
        false => ("# ", format!("{CHECK}: fill in what it asks for, and take the marks away")),
    };
    page.line(2, &format!("{mark}{}:", scalar(name)), &check);
    if let Some(uses) = uses {
        page.line(2, &format!("{mark}  use: {}", scalar(uses)), "");
    }
    if !asks.is_empty() {
        page.line(2, &format!("{mark}  settings:"), "");
    }
    for (setting, about) in asks {
        page.line(2, &format!("{mark}    {}: ", scalar(setting)), &one_line(about));
    }
    if let Some(Published { condition, why }) = published {
        page.line(2, &format!("{mark}  where: {condition}"), &format!("{CHECK}: {}", one_line(why)));
    }
    page.line(2, &format!("{mark}  feed: {}", scalar(feed)), "what `render` writes");
    match export {
        Some(export) => page.line(
            2,
            &format!("{mark}  export: {}", scalar(export)),
            &format!("{CHECK}: it looks like what the channel has now"),
        ),
        None if asks.is_empty() => {
            let file = feed.rsplit('/').next().unwrap_or(feed);
            page.line(4, &format!("# export: exports/{file}"), "what the channel has now, to compare with");
        }
        None => {}
    }
}

fn master(draft: &Draft<'_>, page: &mut Page) {
    page.line(0, "master:", "");
    page.line(2, &format!("file: {}", scalar(&draft.master)), "");
    if let Some(channel) = &draft.exported_by {
        page.line(
            2,
            &format!("as: {}", scalar(channel)),
            "its own export: the channel's description says how it is read",
        );
        return;
    }
    let reading = &draft.reading;
    if let Some(format) = reading.format {
        page.line(2, &format!("format: {format}"), "");
    }
    if let Some(items) = &reading.items {
        page.line(2, &format!("items: {}", scalar(items)), "the list that holds the offers");
    }
    if let Some(encoding) = &reading.encoding {
        page.line(2, &format!("encoding: {}", scalar(encoding)), "guessed from its letters");
    }
    match reading.delimiter {
        Some(b'\t') => page.line(2, "delimiter: tab", ""),
        Some(delimiter) => page.line(2, &format!("delimiter: {}", scalar(&char::from(delimiter).to_string())), ""),
        None => {}
    }
    match reading.header {
        HeaderRows::First => {}
        HeaderRows::None => page.line(2, "header: none", "no row of names: columns go by their numbers"),
        HeaderRows::Rows(first, last) if first == last => {
            page.line(2, &format!("header: {first}"), "the row that names the columns")
        }
        HeaderRows::Rows(first, last) => {
            page.line(2, &format!("header: [{first}, {last}]"), "the rows that name the columns together")
        }
    }
    if let Some(style) = draft.proposal.decimal {
        page.line(2, &format!("decimal: {}", style.name()), "");
    }
    page.line(2, "fields:", "field of an offer: column of the file");
    draft.proposal.columns.iter().for_each(|column| field(column, page));
    properties(&draft.proposal.properties, page);
    if let Some(categories) = &reading.categories {
        page.line(2, &format!("categories: {}", scalar(categories)), "the tree that `category` speaks of");
    }
    let unused = |column: &&Mapped| {
        let is_said = draft.proposal.properties.iter().any(|property| property.column == column.column);
        column.field.is_empty() && !is_called_like_a_field(column) && !column.column.trim().is_empty() && !is_said
    };
    let unused: Vec<String> =
        draft.proposal.columns.iter().filter(unused).map(|column| format!("«{}»", one_line(&column.column))).collect();
    if !unused.is_empty() {
        page.line(2, &format!("# not used: {}", unused.join(", ")), "");
    }
}

fn properties(all: &[Property], page: &mut Page) {
    if all.is_empty() {
        return;
    }
    let mark = if all.iter().all(|property| property.is_left_out) { "# " } else { "" };
    page.line(4, &format!("{mark}attributes:"), "properties of the goods, each with its name");
    for Property { column, name, check, is_left_out } in all {
        let mark = if *is_left_out { "# " } else { "" };
        let item = format!("{mark}  - {{name: {}, column: {}}}", flow(name), flow(column));
        page.line(4, &item, &if check.is_empty() { "likely: a property".to_owned() } else { checked(check) });
    }
}

fn field(column: &Mapped, page: &mut Page) {
    let name = scalar(&column.column);
    let mut value = name.clone();
    if !column.more.is_empty() {
        let more: Vec<String> = column.more.iter().map(|(key, value)| format!(", {key}: {}", scalar(value))).collect();
        value = format!("{{column: {}{}}}", flow(&column.column), more.concat());
        if column.field == "attributes" {
            value = format!("[{value}]");
        }
    }
    if !column.field.is_empty() {
        let mark = if column.is_left_out { "# " } else { "" };
        page.line(4, &format!("{mark}{}: {value}", key(&column.field)), &comment(column));
    }
    if (column.field.is_empty() || column.is_left_out) && !column.first.is_empty() && is_called_like_a_field(column) {
        let aside = format!("x.{}: {name}", column.column.replace('.', "_"));
        page.line(4, &aside, &format!("kept aside: else it would be taken for `{}`", column.column));
    }
}

/// Whether the reader would take a column for a field by its name alone.
fn is_called_like_a_field(column: &Mapped) -> bool {
    offer_field(&column.column).is_some_and(|(field, _)| field.kind != crate::model::Kind::Table && field.name != "x")
}

fn comment(column: &Mapped) -> String {
    let why = if column.why.is_empty() { String::new() } else { format!(": {}", one_line(&column.why)) };
    match column.check.as_str() {
        "" if column.certainty == Certainty::Guess => format!("{CHECK}: a guess{why}"),
        "" => format!("{}{why}", column.certainty.name()),
        check => format!("{CHECK}: {}", one_line(check)),
    }
}

fn checked(check: &str) -> String {
    if check.is_empty() { String::new() } else { format!("{CHECK}: {check}") }
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn line(&mut self, indent: usize, code: &str, comment: &str) {
        let length = indent + code.chars().count();
        self.text.push_str(&" ".repeat(indent));
        self.text.push_str(code);
        if !comment.is_empty() {
            self.text.push_str(&" ".repeat(COMMENTS.saturating_sub(length).max(2)));
            self.text.push_str("# ");
            self.text.push_str(comment);
        }
        self.text.push('\n');
    }
}

/// A field's name as a key.
fn key(name: &str) -> String {
    scalar(name)
}

/// Words of the merchant's own in a comment: a line break in them would end it.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_in_a_name_stays_in_its_comment() {
        assert_eq!(one_line("a\nversion: 2"), "a version: 2");
    }
}
