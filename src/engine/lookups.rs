//! Reading the tables that a merchant supplies: a marketplace's codes by category,
//! attribute and value. They are opened as the file of categories is, and read by
//! the csv crate.

use std::path::Path;

use crate::channel::description::{Description, LookupTable};
use crate::channel::project::LookupData;
use crate::config::{ChannelConfig, Config};
use crate::finding::Refusal;
use crate::model::suggestion;
use crate::source::category_id;
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::input::Input;
use crate::wire::table::Whole;
use crate::wire::yaml::Problems;

use super::channels;

/// The tables of a channel, by number in its description.
pub fn read(
    config: &Config,
    channel: &ChannelConfig,
    description: &Description,
    problems: &Problems,
) -> Vec<Option<LookupData>> {
    let names = || description.lookups.iter().map(|table| table.name.as_str());
    for (name, _) in &channel.lookups {
        if !names().any(|table| table == name.text) {
            let what = format!("{} knows no lookup table `{}`", description.title, name.text);
            let label = suggestion(&name.text, names(), "its description");
            problems.add(config.problem(name.bytes.clone(), "config/unknown-lookup", what, label));
        }
    }
    let file_of =
        |table: &LookupTable| channel.lookups.iter().find(|given| given.0.text == table.name).map(|given| &given.1);
    let one = |table: &LookupTable| match file_of(table) {
        None => None,
        Some(file) => match table_of(&file.path, &file.shown, table) {
            Ok(data) => Some(data),
            Err(refusal) => {
                problems.add(channels::unreadable(config, file, &refusal));
                None
            }
        },
    };
    description.lookups.iter().map(one).collect()
}

fn table_of(path: &Path, shown_as: &str, table: &LookupTable) -> Result<LookupData, Refusal> {
    let input = Input::open(path, shown_as, EncodingChoice::Auto, Sniff::Text)?;
    let is_known = |name: &str| table.by.iter().chain(&table.gives).any(|known| known == name);
    let whole = Whole::read(&input, "a lookup table", is_known)?;
    let data = lines(&whole, shown_as, table)?;
    input.verify_unchanged()?;
    Ok(data)
}

/// The numbers of the columns that are asked by, and of those that are given. A column that it could give and does not
/// is a table that does not know these codes; one that gives nothing is refused.
fn columns(
    whole: &Whole<'_>,
    shown_as: &str,
    table: &LookupTable,
) -> Result<(Vec<usize>, Vec<Option<usize>>), Refusal> {
    let column = |name: &String| {
        whole.columns.iter().position(|cell| cell == name).ok_or_else(|| {
            let nearest = suggestion(name, whole.columns.iter().map(String::as_str), "its first line");
            let help = format!("it needs the columns {}, {}", table.by.join(", "), table.gives.join(", "));
            Refusal::whole(shown_as, format!("there is no column «{name}»; {nearest}"), help)
        })
    };
    let by = table.by.iter().map(column).collect::<Result<Vec<_>, _>>()?;
    let gives: Vec<Result<usize, Refusal>> = table.gives.iter().map(column).collect();
    if gives.iter().all(Result::is_err) {
        let missing = gives.into_iter().find_map(Result::err);
        return Err(missing.unwrap_or_else(|| Refusal::whole(shown_as, "it gives nothing", "")));
    }
    Ok((by, gives.into_iter().map(Result::ok).collect()))
}

fn lines(whole: &Whole<'_>, shown_as: &str, table: &LookupTable) -> Result<LookupData, Refusal> {
    let (by, gives) = columns(whole, shown_as, table)?;
    // what is cut or has a quote that is never closed is refused here, with its place; the crate would let it pass
    whole.rows()?;
    let mut separated = csv::ReaderBuilder::new();
    separated.delimiter(whole.dialect.delimiter).trim(csv::Trim::All).has_headers(false);
    let mut data = LookupData::default();
    let category = table.by.iter().position(|name| name == "category");
    let mut by_path: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for record in separated.from_reader(whole.text().as_bytes()).into_records() {
        let record = record.map_err(|error| Refusal::whole(shown_as, format!("it cannot be read: {error}"), ""))?;
        let cell = |number: usize| record.get(number).unwrap_or("").to_owned();
        let key: Vec<String> = by.iter().map(|number| cell(*number)).collect();
        let cells: Vec<String> = gives.iter().map(|number| number.map(cell).unwrap_or_default()).collect();
        if let Some(of_path) = category.and_then(|at| of_path(&key, at)) {
            by_path.push((of_path, cells.clone()));
        }
        if data.insert(key.clone(), cells.clone()).is_some_and(|before| before != cells) {
            let what = format!("«{}» stands in two lines that say different things", key.join(" / "));
            let at = whole.body() as u64 + record.position().map_or(0, csv::Position::byte);
            return Err(whole.input.refusal_at(at, what, "keep the line that is right"));
        }
    }
    by_path.into_iter().for_each(|(key, cells)| data.insert_further(key, cells));
    Ok(data)
}

/// A key with the id that is made of the path which stands at a category's place; any text may be one of a single level.
fn of_path(key: &[String], at: usize) -> Option<Vec<String>> {
    let path = key.get(at).filter(|path| !path.is_empty())?;
    let levels: Vec<&str> = path.split('>').map(str::trim).collect();
    let mut key = key.to_vec();
    *key.get_mut(at)? = category_id(&levels.join(" > "));
    Some(key)
}
