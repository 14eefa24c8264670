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
use crate::wire::table::{Whole, owned_cell};

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
        let is_known = |name: &str| matches!(name, "id" | "parent" | "parent_id" | "name") || name.starts_with("name.");
        let reading = Reading { input, table: Whole::read(input, "a file of categories", is_known)? };
        let columns = reading.header()?;
        reading.tree(&columns)
    }
}

struct Reading<'i> {
    input: &'i Input,
    table: Whole<'i>,
}

/// Where the fields of a category stand.
struct CategoryColumns {
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
    fn header(&self) -> Result<CategoryColumns, Refusal> {
        let mut columns = CategoryColumns { id: usize::MAX, parent: None, names: Vec::new() };
        for (column, name) in self.table.columns.iter().enumerate() {
            match name.as_str() {
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
            return Err(self.input.refusal_at(self.table.header_at, what, help));
        }
        Ok(columns)
    }

    fn tree(&self, columns: &CategoryColumns) -> Result<Tree, Refusal> {
        let (rows, text, body) = (self.table.rows()?, self.table.text(), self.table.body());
        let mut lines: HashMap<String, usize> = HashMap::new();
        let mut categories = Categories::default();
        let mut unwritable = Vec::new();
        for row in rows.iter(text) {
            let at = body + row.start() as usize;
            let mut cell = |name: &str, column: usize| {
                let text = owned_cell(row.raw(column), self.table.dialect);
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
