//! Reading the tables that a merchant supplies: a marketplace's codes by category,
//! attribute and value. Small files, read by the csv crate.

use std::path::Path;

use crate::channel::description::{Description, LookupTable};
use crate::channel::project::LookupData;
use crate::config::{ChannelConfig, Config};
use crate::finding::Refusal;
use crate::model::suggestion;
use crate::wire::yaml::Problems;

use super::channels;

/// The tables of a channel, by number in its description.
pub fn read(
    config: &Config,
    channel: &ChannelConfig,
    description: &Description,
    problems: &Problems,
) -> Result<Vec<Option<LookupData>>, Refusal> {
    let names = || description.lookups.iter().map(|table| table.name.as_str());
    for (name, _) in &channel.lookups {
        if !names().any(|table| table == name.text) {
            let what = format!("{} knows no lookup table `{}`", description.title, name.text);
            let label = suggestion(&name.text, names());
            problems.add(config.problem(name.bytes.clone(), "config/unknown-lookup", what, label));
        }
    }
    let file_of =
        |table: &LookupTable| channel.lookups.iter().find(|given| given.0.text == table.name).map(|given| &given.1);
    let one = |table: &LookupTable| match file_of(table) {
        None => Ok(None),
        Some(file) if !file.path.exists() => {
            let refusal = Refusal::whole(&file.shown, "there is no such file", "check the path and its spelling");
            problems.add(channels::unreadable(config, file, &refusal));
            Ok(None)
        }
        Some(file) => table_of(&file.path, &file.shown, table).map(Some),
    };
    description.lookups.iter().map(one).collect()
}

fn table_of(path: &Path, shown_as: &str, table: &LookupTable) -> Result<LookupData, Refusal> {
    let refuse = |error: csv::Error| {
        let line = error.position().map(csv::Position::line);
        let help = "a lookup table is CSV in UTF-8, with a header";
        Refusal { line, ..Refusal::whole(shown_as, plain(&error), help) }
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).map_err(refuse)?;
    let header = reader.headers().map_err(refuse)?.clone();
    let column = |name: &str| {
        let clean = |cell: &str| cell.trim_start_matches('\u{FEFF}').to_owned();
        header.iter().position(|cell| clean(cell) == name).ok_or_else(|| {
            let nearest = suggestion(name, header.iter());
            let help = format!("it needs the columns {}, {}", table.by.join(", "), table.gives.join(", "));
            Refusal::whole(shown_as, format!("there is no column «{name}»; {nearest}"), help)
        })
    };
    let by = table.by.iter().map(|name| column(name)).collect::<Result<Vec<_>, _>>()?;
    // a column that it could give and does not is a table that does not know these codes
    let gives: Vec<Option<usize>> = table.gives.iter().map(|name| column(name).ok()).collect();
    if gives.iter().all(Option::is_none) {
        return Err(table
            .gives
            .first()
            .map(|name| column(name))
            .and_then(Result::err)
            .unwrap_or_else(|| Refusal::whole(shown_as, "it gives nothing", "")));
    }
    let mut data = LookupData::default();
    for record in reader.records() {
        let record = record.map_err(refuse)?;
        let cell = |number: usize| record.get(number).unwrap_or("").to_owned();
        let key: Vec<String> = by.iter().map(|number| cell(*number)).collect();
        let cells: Vec<String> = gives.iter().map(|number| number.map(cell).unwrap_or_default()).collect();
        let line = record.position().map(csv::Position::line);
        if data.insert(key.clone(), cells.clone()).is_some_and(|before| before != cells) {
            let what = format!("«{}» stands in two lines that say different things", key.join(" / "));
            return Err(Refusal { line, ..Refusal::whole(shown_as, what, "keep the line that is right") });
        }
    }
    Ok(data)
}

/// What the csv crate found wrong, without its own words for it.
fn plain(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::NotFound => "there is no such file".into(),
        csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::IsADirectory => "it is a folder".into(),
        csv::ErrorKind::Io(error) => format!("it cannot be read: {error}"),
        csv::ErrorKind::Utf8 { .. } => "it is not UTF-8".into(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("a line of {len} cells where the header has {expected_len}")
        }
        other => format!("{other:?}"),
    }
}
