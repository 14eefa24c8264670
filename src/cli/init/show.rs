//! What a person sees of a proposal: the file in a line, every column, and what comes next.

use std::io::{self, Write};
use std::path::Path;

use crate::proposal::{Certainty, Mapped};
use crate::report::Look;
use crate::report::text::{Cell, Column, Ink, Line, Row, Table, cut};
use crate::source::HeaderRows;

use super::candidates::Master;
use super::trial::Made;

/// How much of a value is shown, and of a reason.
const VALUE: usize = 24;

/// What is shown of a proposal.
pub(super) struct Shown<'s> {
    pub master: &'s Master,
    pub made: &'s Made,
    pub look: &'s Look,
}

impl Shown<'_> {
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        Line::new(self.look).ink(Ink::Bold, self.head()).end(out)?;
        if !self.made.proposal.columns.is_empty() {
            self.table(out)?;
        }
        let (language, currency) = (&self.made.proposal.language, &self.made.proposal.currency);
        for (what, (value, check)) in [("language", language), ("currency", currency)] {
            let line = Line::indented(self.look, 2).say(format!("shop's {what} {value}"));
            if check.is_empty() { line } else { line.ink(Ink::Yellow, format!(", a guess: {check}")) }.end(out)?;
        }
        self.channels(out)
    }

    /// How the file is written.
    fn head(&self) -> String {
        let (made, look) = (self.made, self.look);
        let offers = look.counted(made.offers, "offer", "offers");
        if let Some((name, title)) = &made.exported_by {
            return format!("{}: an export of {title} (`as: {name}`), {offers}", self.master.shown);
        }
        let delimiter = made.reading.delimiter.map(|delimiter| match delimiter {
            b'\t' => "tabs".to_owned(),
            other => format!("`{}`", char::from(other)),
        });
        let header = match made.reading.header {
            HeaderRows::First => None,
            HeaderRows::None => Some("no row of names".to_owned()),
            HeaderRows::Rows(first, last) if first == last => Some(format!("names in row {first}")),
            HeaderRows::Rows(first, last) => Some(format!("names in rows {first} to {last}")),
        };
        let guessed = if made.reading.encoding.is_some() { " (guessed)" } else { "" };
        let encoding = Some(format!("{}{guessed}", made.encoding));
        let decimal = made.proposal.decimal.map(|style| format!("decimal {}", style.name()));
        let columns = look.counted(made.proposal.columns.len() as u64, "column", "columns");
        let parts: Vec<String> =
            [delimiter, encoding, header, decimal, Some(offers), Some(columns)].into_iter().flatten().collect();
        format!("{}: {}", self.master.shown, parts.join(", "))
    }

    fn table(&self, out: &mut dyn Write) -> io::Result<()> {
        let names = ["column", "field", "how sure", "why", "first values"];
        let columns: Vec<Column> =
            names.iter().enumerate().map(|(at, name)| Column::left(name, if at == 0 { 0 } else { 2 })).collect();
        let mut table = Table::new(self.look, 2, &columns).with_heading();
        self.made.proposal.columns.iter().for_each(|column| table.add(self.row(column)));
        table.write(out)
    }

    fn row(&self, column: &Mapped) -> Row {
        let name = if column.column.is_empty() { "(without a name)" } else { column.column.as_str() };
        if column.field.is_empty() {
            let why = Cell::ink(Ink::Dim, column.why.clone());
            let cells = [Cell::from(name), Cell::ink(Ink::Dim, "not used"), Cell::from(""), why];
            return Row::new(cells);
        }
        let (field, ink) = match (column.is_left_out, column.certainty) {
            (true, _) => ("not used".to_owned(), Ink::Dim),
            (false, Certainty::Guess) => (column.field.clone(), Ink::Yellow),
            (false, _) => (column.field.clone(), Ink::Plain),
        };
        let why = match (column.is_left_out, column.check.as_str()) {
            (true, check) => format!("{}? {check}", column.field),
            (false, "") => column.why.clone(),
            (false, check) => format!("{}; {check}", column.why),
        };
        let certainty = if column.is_left_out { "" } else { column.certainty.name() };
        let cells = [Cell::from(name), Cell::ink(ink, field), Cell::ink(ink, certainty), Cell::from(why)];
        Row::new(cells.into_iter().chain([Cell::from(self.values(column))]))
    }

    fn values(&self, column: &Mapped) -> String {
        let dot = if self.look.unicode { " · " } else { " | " };
        let shown = |value: &String| cut(value, VALUE, self.look.ellipsis()).to_string();
        let mut values = column.first.iter().map(shown).collect::<Vec<_>>().join(dot);
        if column.blank > 0 {
            values.push_str(&format!("{dot}(blank in {} %)", column.blank));
        }
        values
    }

    /// Which channels the config has, and why these.
    fn channels(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.made.takes.is_empty() {
            return Ok(());
        }
        let takes = |(name, offers): &(String, u64)| format!("{name} {}", self.look.count(*offers));
        let all: Vec<String> = self.made.takes.iter().map(takes).collect();
        let names: Vec<&str> = self.made.channels.iter().map(|channel| channel.name.as_str()).collect();
        let why = match self.made.channels.iter().all(|channel| channel.export.is_some()) {
            true => "of which an export lies beside the master",
            false => "since none was named",
        };
        let what = format!(
            "channel {}, {why}; so many offers each would take as they are: {}",
            names.join(", "),
            all.join(", ")
        );
        Line::indented(self.look, 2).sentence(Ink::Plain, &what, 2, out)
    }
}

/// What was done, and what comes next.
pub(super) fn written(config: &Path, lines: usize, checks: usize, made: &Made, look: &Look) -> String {
    let lines = look.counted(lines as u64, "line", "lines");
    let marked = match checks {
        0 => String::new(),
        checks => format!(", {} of them marked «check this»", look.count(checks as u64)),
    };
    let named = config != Path::new(crate::config::discover::FILE_NAME);
    let which = if named { format!(" -c {}", config.display()) } else { String::new() };
    let invalid = match made.invalid {
        0 => String::new(),
        1 => " (1 offer would not go as it is)".to_owned(),
        some => format!(" ({} offers would not go as they are)", look.count(some)),
    };
    let diff = match made.channels.iter().any(|channel| channel.export.is_some() && channel.asks.is_empty()) {
        true => format!(", then offersync diff{which}"),
        false => String::new(),
    };
    format!("Wrote {} ({lines}{marked}). Next: offersync validate{which}{invalid}{diff}", config.display())
}
