//! A master of one's own: how it is written, and what only a person can say of it.

use hashbrown::HashSet;

use crate::config::schema::Format;
use crate::finding::Refusal;
use crate::proposal::{self, Certainty, Proposal, Reading, is_name};
use crate::source::{HeaderRows, Looked, MasterOptions, Notation, look};
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::input::Input;

use super::super::voice::Voice;
use super::ask::Person;
use super::candidates::Master;

/// A look, and what the config has to say of how the file is read.
pub(super) struct LookedAt {
    pub looked: Looked,
    pub reading: Reading,
}

/// Looks at a master.
pub(super) fn looked(master: &Master) -> Result<LookedAt, Refusal> {
    let by_ending = Format::by_ending(&master.path);
    let format = match by_ending {
        // tables have all kinds of endings, and objects sometimes theirs
        Format::Csv | Format::Tsv => of_objects(master)?.unwrap_or(by_ending),
        other => other,
    };
    let mut options = MasterOptions::new(&master.path, &master.shown);
    options.notation = format.notation();
    if by_ending == Format::Tsv {
        options.delimiter = Some(b'\t');
    }
    let looked = look(&options, &is_name)?;
    let is_table = options.notation == Notation::Table;
    let reading = Reading {
        encoding: looked.encoding_is_guessed.then(|| looked.encoding.to_lowercase()),
        delimiter: looked
            .delimiter
            .filter(|_| is_table && (looked.columns.len() > 1 || looked.header != HeaderRows::First)),
        header: looked.header,
        items: looked.items.clone(),
        categories: None,
        format: (format != by_ending).then(|| format.name()),
    };
    Ok(LookedAt { looked, reading })
}

/// Whether a file may hold offers: some column of it may be a price. What is no table and no list of objects may be a
/// channel's export.
pub(super) fn may_hold_offers(master: &Master) -> bool {
    match looked(master) {
        Ok(found) => {
            proposal::propose(&found.looked, &HashSet::new()).columns.iter().any(|column| column.field == "price")
        }
        Err(_) => master.path.extension().is_some_and(|ending| ending == "xml" || ending == "yml"),
    }
}

/// The format of a file that begins as JSON does, whatever it is called.
fn of_objects(master: &Master) -> Result<Option<Format>, Refusal> {
    let input = Input::open(&master.path, &master.shown, EncodingChoice::Auto, Sniff::Text)?;
    let mut bytes = Vec::new();
    input.read_at(0, usize::try_from(input.len()).unwrap_or(usize::MAX).min(64 * 1024), &mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("");
    let is_line = |line: &str| line.starts_with('{') && line.ends_with('}');
    Ok(match first {
        first if is_line(first) && lines.next().is_none_or(is_line) => Some(Format::JsonLines),
        first if first.starts_with("{\"") || first == "{" || first.starts_with('[') => Some(Format::Json),
        _ => None,
    })
}

/// Asks which of several prices the customer pays, where nothing says it.
pub(super) fn ask_for_the_price(proposal: &mut Proposal, person: &mut Person<'_>, voice: &mut Voice<'_>) {
    let is_open = |column: &crate::proposal::Mapped| column.field == "price" && column.is_left_out;
    if proposal.columns.iter().any(|column| column.field == "price" && !column.is_left_out) {
        return;
    }
    let open: Vec<usize> =
        (0..).zip(&proposal.columns).filter(|(_, column)| is_open(column)).map(|found| found.0).collect();
    let choice = |number: &usize| {
        let column = proposal.columns.get(*number);
        column.map_or_else(Default::default, |column| (column.column.clone(), column.first.join(" · ")))
    };
    let choices: Vec<(String, String)> = open.iter().map(choice).collect();
    if choices.is_empty() {
        return;
    }
    let chosen = person.choose("Which price does the customer pay? Nothing leaves it open", &choices, voice);
    let chosen = chosen.and_then(|chosen| open.get(*chosen.first()?).copied());
    if let Some(column) = chosen.and_then(|number| proposal.columns.get_mut(number)) {
        column.is_left_out = false;
        column.certainty = Certainty::Sure;
        column.why = "said by you".to_owned();
        column.check.clear();
    }
}
