//! A file of categories: `id`, `parent`, `name` or `name.LANGUAGE`. A tree that is not
//! sound would make every feed's head wrong, so it is refused with the line.

use std::collections::HashMap;

use super::Tree;
use crate::finding::{Found, Refusal};
use crate::model::category::{DEEPEST, TreeFault};
use crate::model::text::{held, name_carries_unwritable, name_without_unwritable};
use crate::model::{Categories, Category};
use crate::source::CategoriesFile;
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::input::Input;
use crate::wire::table::{Broken, Dialect, Records, Rows, Sniffed, owned_cell, refusal, sniff};

/// More than any tree of categories: a file that is longer is another file.
const MOST_BYTES: u64 = 64 << 20;

impl Tree {
    /// Reads a file of categories.
    pub(in crate::source) fn open(file: &CategoriesFile) -> Result<Tree, Refusal> {
        let input = Input::open(&file.path, &file.shown_as, EncodingChoice::Auto, Sniff::Text)?;
        let tree = Tree::of(&input)?;
        input.verify_unchanged()?;
        Ok(Tree { input: Some(input), ..tree })
    }

    /// Reads the text of a file of categories.
    pub(in crate::source) fn of(input: &Input) -> Result<Tree, Refusal> {
        if input.len() > MOST_BYTES {
            return Err(Refusal::whole(input.shown_as(), "it is too long for a file of categories", ""));
        }
        let mut bytes = Vec::new();
        input.read_at(0, usize::try_from(input.len()).unwrap_or(0), &mut bytes)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| input.not_utf8(error.valid_up_to() as u64))?;
        let reading = Reading { input, text, dialect: dialect(input, text)? };
        let (columns, body) = reading.header()?;
        reading.tree(&columns, body)
    }
}

fn dialect(input: &Input, text: &str) -> Result<Dialect, Refusal> {
    let quote = Some(b'"');
    match sniff(text, true, quote, |_| 0) {
        Sniffed::Delimiter(delimiter) => Ok(Dialect::new(delimiter, quote)),
        Sniffed::OneColumn => Ok(Dialect::new(b',', quote)),
        Sniffed::Either(..) | Sniffed::None => {
            let what = "its cells may be parted in more than one way, or in none";
            Err(input.refusal_at(0, what, "save it as CSV with commas and cells in quotes"))
        }
    }
}

struct Reading<'i> {
    input: &'i Input,
    text: &'i str,
    dialect: Dialect,
}

/// Where the fields of a category stand.
struct CategoryColumns {
    count: usize,
    id: usize,
    parent: Option<usize>,
    /// By language; the empty one is the shop's own.
    names: Vec<(String, usize)>,
}

/// One category with the place of its line.
struct Line {
    at: usize,
    id: String,
    category: Category,
}

impl Reading<'_> {
    fn header(&self) -> Result<(CategoryColumns, usize), Refusal> {
        let mut records = Records::new(self.text, self.dialect);
        let mut ends = Vec::new();
        let broken = |malformed| refusal(self.input, 0, Broken::Malformed(malformed), self.dialect, 0);
        let Some(record) = records.read(|end| ends.push(end)).map_err(broken)? else {
            return Err(Refusal::whole(self.input.shown_as(), "the file is empty", "export the categories again"));
        };
        let mut start = record.start;
        let mut columns = CategoryColumns { count: ends.len(), id: usize::MAX, parent: None, names: Vec::new() };
        for (column, end) in ends.iter().enumerate() {
            let name = owned_cell(self.text.get(start..*end).unwrap_or(""), self.dialect);
            start = end + 1;
            match name.trim() {
                "id" => columns.id = column,
                "parent" | "parent_id" => columns.parent = Some(column),
                "name" => columns.names.push((String::new(), column)),
                other => {
                    columns.names.extend(other.strip_prefix("name.").map(|language| (language.to_owned(), column)));
                }
            }
        }
        if columns.id == usize::MAX || columns.names.is_empty() {
            let missing = if columns.id == usize::MAX { "id" } else { "name" };
            let what = format!("the header has no column `{missing}`");
            let help = "the columns are id, parent, and name or name.LANGUAGE";
            return Err(self.input.refusal_at(record.start as u64, what, help));
        }
        Ok((columns, record.next))
    }

    fn tree(&self, columns: &CategoryColumns, body: usize) -> Result<Tree, Refusal> {
        let text = self.text.get(body..).unwrap_or("");
        let mut rows = Rows::new(columns.count);
        let broken = |broken| refusal(self.input, body as u64, broken, self.dialect, columns.count);
        rows.split(text, self.dialect).map_err(broken)?;
        let mut lines: HashMap<String, usize> = HashMap::new();
        let mut categories = Categories::default();
        let mut unwritable = Vec::new();
        for row in rows.iter(text) {
            let at = body + row.start() as usize;
            let mut cell = |name: &str, column: usize| {
                let text = owned_cell(row.raw(column), self.dialect);
                let start = body + row.cell_start(column) as usize;
                written(&text, name, start, &mut unwritable)
            };
            let id = cell("id", columns.id);
            let parent = columns.parent.map(|column| cell("parent", column));
            let parent = parent.filter(|parent| !parent.is_empty() && parent != "0");
            let names = columns.names.iter().map(|(language, column)| (language.clone(), cell("name", *column)));
            let names = names.filter(|name| !name.1.is_empty()).collect();
            self.take(Line { at, id, category: Category { parent, names } }, &mut lines, &mut categories)?;
        }
        if categories.by_id.is_empty() {
            return Err(Refusal::whole(self.input.shown_as(), "it has no category", "export the categories again"));
        }
        self.check(&categories, &lines)?;
        Ok(Tree::new(categories, unwritable))
    }

    fn take(&self, line: Line, lines: &mut HashMap<String, usize>, categories: &mut Categories) -> Result<(), Refusal> {
        if line.id.is_empty() {
            return Err(self.refused(line.at, "the category has no id".to_owned(), "give it one"));
        }
        if line.category.names.is_empty() {
            return Err(self.refused(line.at, format!("the category {} has no name", line.id), "give it one"));
        }
        if let Some(first) = lines.insert(line.id.clone(), line.at) {
            let first = self.input.lines(&[first as u64])?.first().copied().unwrap_or(0);
            let what = format!("the id {} stands already in line {first}", line.id);
            return Err(self.refused(line.at, what, "give every category an id of its own"));
        }
        categories.by_id.insert(line.id, line.category);
        Ok(())
    }

    /// Every parent is there, and no category lies in itself.
    fn check(&self, categories: &Categories, lines: &HashMap<String, usize>) -> Result<(), Refusal> {
        let Some((id, fault)) = categories.fault() else { return Ok(()) };
        let (what, help) = match fault {
            TreeFault::NoParent(parent) => {
                (format!("its parent {parent} is in no line of the file"), "add the parent, or leave the cell blank")
            }
            TreeFault::Ring(ring) => {
                (format!("the category lies in itself: {}", ring.join(" in ")), "correct the parent of one of them")
            }
            TreeFault::TooDeep => (format!("it lies deeper than {DEEPEST} levels"), "correct its parent"),
        };
        Err(self.refused(lines.get(id).copied().unwrap_or(0), what, help))
    }

    fn refused(&self, at: usize, what: String, help: &str) -> Refusal {
        self.input.refusal_at(at as u64, what, help)
    }
}

/// What a cell says, without blanks around it and without what no feed may carry; the latter is told.
fn written(text: &str, name: &str, start: usize, unwritable: &mut Vec<Found>) -> String {
    if !name_carries_unwritable(text) {
        return text.trim().to_owned();
    }
    let mut removed = Vec::new();
    let clean = name_without_unwritable(text, &mut removed);
    let message = format!("{name} {}", held(text, &removed));
    unwritable.push(Found { offset: start as u64, field: name.to_owned(), message, ..Found::default() });
    clean.trim().to_owned()
}
