//! A look at a master before anybody has said which column is what: how it is written, what its columns are
//! called, and what stands first in each.

mod rows;

use super::header::addresses;
use super::objects;
use super::sample::Sample;
use super::{HeaderRows, MasterOptions, Notation};
use crate::finding::Refusal;
use crate::wire::encoding::Sniff;
use crate::wire::input::Input;

/// What a look shows.
#[derive(Debug)]
pub struct Looked {
    /// The columns, in the order of the file.
    pub columns: Vec<LookedColumn>,
    /// What stands between two cells of a table.
    pub delimiter: Option<u8>,
    /// In which rows of a table the names stand.
    pub header: HeaderRows,
    /// Which list of a document holds the offers, where there are several.
    pub items: Option<String>,
    /// The encoding of the text: `UTF-8`, `windows-1251`.
    pub encoding: &'static str,
    /// Whether that was guessed.
    pub encoding_is_guessed: bool,
}

/// A column and what stands in it.
#[derive(Debug, Clone, Default)]
pub struct LookedColumn {
    /// The name by which it can be mapped: of two columns of one name, each has its number.
    pub name: String,
    /// What the header calls it; empty where there is no header.
    pub title: String,
    /// Its first cells, blank ones too, without blanks around them.
    pub cells: Vec<String>,
    /// The keys of the rows of objects that stand in it.
    pub keys: Option<Vec<String>>,
}

/// Looks at a master. `is_name` says whether a text is what columns are called, so that a header is told from
/// what stands above it and from data.
pub fn look(options: &MasterOptions, is_name: &dyn Fn(&str) -> bool) -> Result<Looked, Refusal> {
    let input = Input::open(&options.path, &options.shown_as, options.encoding, Sniff::Text)?;
    let (sample, header, items) = match options.notation {
        Notation::Table => {
            let mut options = options.clone();
            if let Some(found) = rows::found(&input, &options, is_name)? {
                options.delimiter = Some(found.delimiter);
                options.header = found.header;
            }
            (Sample::of(&input, &options)?, options.header, None)
        }
        _ => {
            let (sample, items) = objects::sample(&input, options, is_name)?;
            (sample, HeaderRows::First, items)
        }
    };
    if sample.records.is_empty() {
        let what = "there are names of columns in it, and not one offer";
        return Err(Refusal::whole(input.shown_as(), what, "export the catalog again"));
    }
    let columns = addresses(&sample.names).into_iter().enumerate().map(|(number, name)| {
        let cell = |record: &Vec<String>| record.get(number).map_or_else(String::new, |cell| cell.trim().to_owned());
        LookedColumn {
            name,
            title: match header {
                HeaderRows::None => String::new(),
                _ => sample.names.get(number).cloned().unwrap_or_default(),
            },
            cells: sample.records.iter().map(cell).collect(),
            keys: sample.keys(number).map(<[String]>::to_vec),
        }
    });
    Ok(Looked {
        columns: columns.collect(),
        delimiter: (options.notation == Notation::Table).then_some(sample.dialect.delimiter),
        header,
        items,
        encoding: input.encoding(),
        encoding_is_guessed: input.guess().is_some(),
    })
}
