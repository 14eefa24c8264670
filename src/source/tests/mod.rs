mod findings;
mod mapping;
mod objects;
mod streams;
mod tables;
mod values;

use super::*;
use crate::finding::{Codes, Found, Refusal};
use crate::model::{DecimalStyle, Value};
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::input::Input;

/// A field from a column.
fn from(field: &str, column: &str) -> FieldMapping {
    mapped(field, Columns::Column { column: column.into(), unit: None, split: None })
}

/// A list from a column.
fn listed(field: &str, column: &str, split: &str) -> FieldMapping {
    mapped(field, Columns::Column { column: column.into(), unit: None, split: Some(split.into()) })
}

fn mapped(field: &str, from: Columns) -> FieldMapping {
    FieldMapping { field: field.into(), from, bytes: 0..0 }
}

fn options(fields: Vec<FieldMapping>) -> MasterOptions {
    MasterOptions { fields, language: "uk".into(), ..MasterOptions::new("m.csv", "m.csv") }
}

fn input(bytes: &[u8]) -> Input {
    Input::from_bytes("m.csv", bytes.to_vec(), EncodingChoice::Auto, Sniff::Text).unwrap()
}

fn open(text: &str, options: &MasterOptions) -> Result<Master, OpenError> {
    Master::of(input(text.as_bytes()), options)
}

/// A master that opens; what is not mapped goes by its own name.
fn master(text: &str, fields: Vec<FieldMapping>) -> Master {
    open(text, &options(fields)).unwrap()
}

/// What a text is refused with, whether at opening or at reading.
fn refused(text: &str, fields: Vec<FieldMapping>) -> String {
    match open(text, &options(fields)) {
        Err(OpenError::Refused(refusal)) => refusal.to_string(),
        Err(OpenError::Mapping(problems)) => panic!("{problems:?}"),
        Ok(master) => all(&master, 1).map(|all| all.offers).unwrap_err().to_string(),
    }
}

/// An offer as plain text: its SKU, whether it is faulty, its values.
type Plain = (String, bool, Vec<String>);

/// A whole master as plain data.
#[derive(Debug, PartialEq)]
struct All {
    offers: Vec<Plain>,
    /// Code, how many, the places that were kept.
    findings: Vec<(String, u64, Vec<Found>)>,
    digest: String,
    equal: EqualSkus,
}

impl All {
    /// The messages of a code.
    fn messages(&self, code: &str) -> Vec<&str> {
        let of_code = self.findings.iter().filter(|group| group.0 == code);
        of_code.flat_map(|group| group.2.iter().map(|found| found.message.as_str())).collect()
    }

    fn codes(&self) -> Vec<&str> {
        self.findings.iter().map(|group| group.0.as_str()).collect()
    }
}

fn all(master: &Master, threads: usize) -> Result<All, Refusal> {
    let mut offers: Vec<Plain> = Vec::new();
    let read = master.read(
        threads,
        10,
        || (),
        |(), block| Ok::<_, Refusal>(block.offers.iter().map(plain).collect::<Vec<_>>()),
        |mut block| {
            offers.append(&mut block);
            Ok(())
        },
    )?;
    assert_eq!(read.offers, offers.len() as u64);
    let codes = Codes::new();
    let groups = read.sink.into_groups().into_iter();
    let findings = groups.map(|(code, group)| (codes.get(code).unwrap().id.clone(), group.count, group.first));
    Ok(All { offers, findings: findings.collect(), digest: read.digest.to_string(), equal: read.equal })
}

fn plain(offer: &Offer<'_>) -> Plain {
    assert_eq!(offer.sku_hash, sku_hash(offer.sku));
    (offer.sku.to_owned(), offer.fault.is_some(), offer.values.iter().map(shown).collect())
}

fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Unsaid => "unsaid".into(),
        Value::Empty => "-".into(),
        Value::Text(text) => (*text).into(),
        Value::Number(number) if number.unit.is_said() => format!("{} {}", number.amount, number.unit.as_str()),
        Value::Number(number) => number.amount.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(items) => format!("[{}]", items.join(", ")),
        Value::Table(rows) => {
            let row = |row: &&[Value<'_>]| row.iter().map(shown).collect::<Vec<_>>().join(": ");
            format!("{{{}}}", rows.iter().map(row).collect::<Vec<_>>().join("; "))
        }
        Value::Bad(text) => format!("bad {text}"),
    }
}

/// The names of what a master says.
fn names(master: &Master) -> Vec<&str> {
    master.said().iter().map(|said| said.name.as_str()).collect()
}

/// The only offer's values, as text.
fn values(text: &str, fields: Vec<FieldMapping>) -> Vec<String> {
    let mut all = all(&master(text, fields), 1).unwrap();
    assert_eq!(all.offers.len(), 1);
    all.offers.remove(0).2
}
