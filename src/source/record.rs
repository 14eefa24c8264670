//! From a record's cells to an offer's values.

mod attributes;
mod numbers;
mod options;
mod rows;
mod tables;

use bumpalo::Bump;

use super::categories::Tree;
use super::layout::{Layout, ListTake, PairsTake, Take};
use super::objects::OTHER_FORM;
use super::pieces::{Piece, Split, trimmed, writable};
use super::trouble::{Trouble, Why};
use super::{category_id, words};
use crate::finding::Known;
use crate::model::amount::{currency_word, looks_eaten};
use crate::model::moment::moment;
use crate::model::text::name_carries_unwritable;
use crate::model::{DecimalStyle, Marks, Remembered, Row as OfferRow, TextFrom, Value};
use crate::wire::table::{Dialect, Row, unquoted};

/// What is known of the file while its records are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'m> {
    pub(super) layout: &'m Layout,
    pub(super) dialect: Dialect,
    pub(super) marks: Marks,
    /// Where both decimal marks were seen, the rarer one.
    pub(super) rarer: Option<DecimalStyle>,
    pub(super) tree: Option<&'m Tree>,
    /// Whether the records are objects in the file.
    pub(super) objects: bool,
}

/// Reads the records of one block.
pub(super) struct Reader<'m, 'b> {
    pub(super) ground: Ground<'m>,
    pub(super) arena: &'b Bump,
    /// What is wrong with the record at work.
    pub(super) troubles: Vec<Trouble<'b>>,
    items: Vec<&'b str>,
    names: Vec<&'b str>,
    cells: Vec<Value<'b>>,
    rows: Vec<OfferRow<'b>>,
    /// The attributes that stood in the block before.
    known_attributes: Remembered<TextFrom<'b>, OfferRow<'b>>,
    marks: Vec<u32>,
    field: usize,
    /// Whether the text may hold characters that no feed may carry.
    unclean: bool,
}

impl<'m, 'b> Reader<'m, 'b>
where
    'm: 'b,
{
    pub(super) fn new(ground: Ground<'m>, arena: &'b Bump, unclean: bool) -> Self {
        Reader {
            ground,
            arena,
            troubles: Vec::new(),
            items: Vec::new(),
            names: Vec::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            known_attributes: Remembered::default(),
            marks: Vec::new(),
            field: 0,
            unclean,
        }
    }

    /// The values of a record, in the order of what is said.
    pub(super) fn values(&mut self, row: Row<'_, 'b>) -> &'b [Value<'b>] {
        let takes = self.ground.layout.takes.as_slice();
        // written in place: handing whole values about costs more than filling twice
        let values = self.arena.alloc_slice_fill_copy(takes.len(), Value::Unsaid);
        let others = self.ground.objects && row.text().contains(OTHER_FORM);
        for (field, (value, take)) in values.iter_mut().zip(takes).enumerate() {
            self.field = field;
            if others && let Some(other) = self.other_form(take, row) {
                *value = other;
                continue;
            }
            // the two that most columns are go by a way of their own, straight to their place
            match take {
                Take::Text(column) => *value = self.text(row, *column),
                Take::Number(number) => self.number(number, row, value),
                _ => *value = self.value(take, row),
            }
        }
        values
    }

    /// A cell's text without its quotes.
    #[inline(always)]
    pub(super) fn cell(&self, row: Row<'_, 'b>, column: usize) -> &'b str {
        unquoted(row.raw(column), self.ground.dialect.quote, self.arena)
    }

    /// The text of a cell that is not blank, without blanks around it.
    #[inline(always)]
    fn trimmed(&self, row: Row<'_, 'b>, column: usize) -> Option<&'b str> {
        Some(trimmed(self.cell(row, column))).filter(|text| !text.is_empty())
    }

    /// A cell as it stands.
    #[inline(always)]
    fn text(&self, row: Row<'_, 'b>, column: usize) -> Value<'b> {
        Value::of_text(self.cell(row, column))
    }

    #[inline(never)]
    fn value(&mut self, take: &'m Take, row: Row<'_, 'b>) -> Value<'b> {
        match take {
            Take::Text(column) => self.text(row, *column),
            Take::Trimmed(column) => self.trimmed(row, *column).map_or(Value::Empty, Value::Text),
            Take::Number(number) => {
                let mut value = Value::Empty;
                self.number(number, row, &mut value);
                value
            }
            Take::List(list) => self.list(list, row),
            Take::Attributes(takes, shape) => self.attributes(takes, *shape, row),
            Take::Translated(take) => self.translated(take, row),
            Take::Prices(take) => self.prices(take, row),
            Take::Rows(rows) => self.rows(rows, row),
            Take::Options(axes) => self.options(axes, row),
            Take::OptionPairs(pairs) => self.option_pairs(pairs, row),
            Take::Path(column, split) => {
                let path = self.path(*column, split, row);
                self.unwritable(*column, self.cell(row, *column));
                path.map_or(Value::Empty, Value::Text)
            }
            Take::CategoryOfPath(column, split) => match self.path(*column, split, row) {
                Some(path) => Value::Text(self.arena.alloc_str(&category_id(path))),
                None => Value::Empty,
            },
            Take::Gtin(column)
            | Take::Currency(column)
            | Take::Flag(column)
            | Take::Choice(column, _)
            | Take::Moment(column, _)
            | Take::Category(column) => match self.trimmed(row, *column) {
                Some(text) => {
                    if matches!(take, Take::Category(_)) {
                        self.unwritable(*column, text);
                    }
                    self.word(take, *column, text)
                }
                None => Value::Empty,
            },
        }
    }

    /// Values that are one word of a closed set, or are checked like one.
    #[inline(never)]
    fn word(&mut self, take: &Take, column: usize, text: &'b str) -> Value<'b> {
        match take {
            Take::Currency(_) if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) => {
                Value::Text(text)
            }
            Take::Currency(_) => match currency_word(text) {
                Some(code) => Value::Text(self.arena.alloc_str(code.as_str())),
                None => Value::Text(text),
            },
            Take::Gtin(_) if looks_eaten(text) => self.bad(Known::GtinEaten, column, text, Why::Eaten),
            Take::Flag(_) => match words::flag(text) {
                Some(flag) => Value::Flag(flag),
                None => self.bad(Known::Choice, column, text, Why::NotYesOrNo),
            },
            Take::Choice(_, field) => match words::choice(words::words_of(field), text) {
                Some(word) => Value::Text(word),
                None if matches!(*field, "age_group" | "gender") => {
                    self.bad(Known::Detail, column, text, Why::NoWord(field))
                }
                None => self.bad(Known::Choice, column, text, Why::NoWord(field)),
            },
            Take::Moment(_, detail) => match moment(text) {
                Some(spelled) if spelled == text => Value::Text(text),
                Some(spelled) => Value::Text(self.arena.alloc_str(&spelled)),
                None if *detail => self.bad(Known::Detail, column, text, Why::NoDate),
                None => self.bad(Known::Date, column, text, Why::NoDate),
            },
            Take::Category(_) => self.category(column, self.writable(text)),
            _ => Value::Text(text),
        }
    }

    /// The id of a category, from its cell.
    fn category(&mut self, column: usize, text: &'b str) -> Value<'b> {
        match self.ground.tree.map(|tree| tree.find(text)) {
            _ if text.is_empty() => Value::Empty,
            Some(Some(id)) => Value::Text(id),
            Some(None) => self.bad(Known::CategoryUnknown, column, text, Why::NoCategory),
            None => Value::Text(text),
        }
    }

    /// Tells of a cell of categories that holds what no feed may carry. It is taken out here already, since the
    /// tree is made of these cells.
    fn unwritable(&mut self, column: usize, text: &'b str) {
        if self.unclean && name_carries_unwritable(text) {
            self.trouble(Known::Unwritable, column, text, Why::Unwritable);
        }
    }

    /// The name of a category without what no feed may carry.
    fn writable(&self, text: &'b str) -> &'b str {
        if self.unclean { writable(text, self.arena) } else { text }
    }

    /// What a cell is that cannot be read: bad, or where the offer can do without it, nothing.
    fn bad(&mut self, code: Known, column: usize, text: &'b str, why: Why) -> Value<'b> {
        self.trouble(code, column, text, why);
        if matches!(code, Known::Detail | Known::GtinEaten) { Value::Empty } else { Value::Bad(text) }
    }

    pub(super) fn trouble(&mut self, code: Known, column: usize, text: &'b str, why: Why) {
        let field = self.field;
        self.troubles.push(Trouble { code, field, column, text, why });
    }

    /// A trouble of the SKU, whatever is at work.
    pub(super) fn sku_trouble(&mut self, code: Known, column: usize, text: &'b str, why: Why) {
        let said = &self.ground.layout.said;
        self.field = said.iter().position(|said| said.name == "sku").unwrap_or(0);
        self.trouble(code, column, text, why);
    }

    /// Tells of cells in which an earlier program has lost letters.
    pub(super) fn lost_letters(&mut self, row: Row<'_, 'b>) {
        let takes = self.ground.layout.takes.as_slice();
        for (field, take) in takes.iter().enumerate() {
            for column in take.columns() {
                let raw = row.raw(column);
                if let Some(at) = raw.find('\u{FFFD}') {
                    let start = raw.char_indices().map(|letter| letter.0).find(|start| *start + 24 >= at);
                    self.field = field;
                    self.trouble(Known::Replacement, column, raw.get(start.unwrap_or(0)..).unwrap_or(raw), Why::Lost);
                }
            }
        }
    }

    fn list(&mut self, take: &'m ListTake, row: Row<'_, 'b>) -> Value<'b> {
        let Some(text) = self.trimmed(row, take.column) else { return Value::Empty };
        let Some(split) = &take.split else {
            if take.addresses && text.matches("://").nth(1).is_some() {
                self.trouble(Known::ListUnsplit, take.column, text, Why::SeveralAddresses);
            }
            return Value::List(self.arena.alloc_slice_copy(&[text]));
        };
        self.items.clear();
        split.items(text, &mut self.marks, |item| self.items.push(item));
        let several = |item: &&&str| item.matches("://").nth(1).is_some();
        if take.apart
            && take.addresses
            && let Some(item) = self.items.iter().find(several).copied()
        {
            self.trouble(Known::ListUnsplit, take.column, item, Why::SeveralAddresses);
        }
        if self.items.is_empty() { Value::Empty } else { Value::List(self.arena.alloc_slice_copy(&self.items)) }
    }

    /// Names and values of a cell of pairs; a pair that lacks one of them says nothing.
    fn take_pairs(&mut self, take: &'m PairsTake, row: Row<'_, 'b>) {
        self.names.clear();
        self.items.clear();
        let Some(text) = self.trimmed(row, take.column) else { return };
        let mut items = std::mem::take(&mut self.items);
        take.split.items(text, &mut self.marks, |item| items.push(item));
        for item in items.drain(..) {
            if let Some((name, value)) = self.pair(take, item) {
                self.names.push(name);
                self.items.push(value);
            }
        }
    }

    /// The name and the value of an item.
    fn pair(&mut self, take: &PairsTake, item: &'b str) -> Option<(&'b str, &'b str)> {
        match take.pair.of(item) {
            Piece::Pair(name, "") => self.trouble(Known::PairBlank, take.column, name, Why::NoValue),
            Piece::Pair(name, value) => return Some((name, value)),
            Piece::Odd(text) => self.trouble(Known::Pair, take.column, text, Why::NoPair),
        }
        None
    }

    /// The cells so far as rows of a table.
    fn table(&mut self, columns: usize) -> Value<'b> {
        if self.cells.is_empty() {
            return Value::Empty;
        }
        let cells: &'b [Value<'b>] = self.arena.alloc_slice_copy(&self.cells);
        Value::Table(self.arena.alloc_slice_fill_iter(cells.chunks_exact(columns)))
    }

    /// The path of a category with ` > ` between its levels.
    pub(super) fn path(&mut self, column: usize, split: &'m Split, row: Row<'_, 'b>) -> Option<&'b str> {
        let text = self.writable(self.trimmed(row, column)?);
        if text.is_empty() {
            return None;
        }
        if split.parts_levels(text) {
            return Some(text);
        }
        self.items.clear();
        split.items(text, &mut self.marks, |level| self.items.push(level));
        (!self.items.is_empty()).then(|| &*self.arena.alloc_str(&self.items.join(" > ")))
    }
}

fn text_or_empty(text: Option<&str>) -> Value<'_> {
    text.map_or(Value::Empty, Value::Text)
}
