//! The master as a CSV file, in the dialects in which shops keep theirs.

use std::io::{self, Write};

use super::offer::Offer;
use super::prose::{push_money, push_number, push_padded};
use super::random::Shuffle;
use super::{Recipe, further};

/// How the file is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MasterStyle {
    pub delimiter: char,
    /// The decimal sign.
    pub point: char,
    pub line_end: &'static str,
    pub bom: bool,
    /// Rows in an order that looks like none.
    pub shuffled: bool,
    /// With the columns that only some channels ask for.
    pub further: bool,
}

impl MasterStyle {
    /// As a program writes it.
    pub const PLAIN: MasterStyle =
        MasterStyle { delimiter: ',', point: '.', line_end: "\n", bom: false, shuffled: false, further: false };

    /// As a spreadsheet of these lands saves it.
    pub const SHEET: MasterStyle =
        MasterStyle { delimiter: ';', point: ',', line_end: "\r\n", bom: true, shuffled: false, further: false };
}

/// The columns, in order.
pub const COLUMNS: [&str; 27] = [
    "Артикул",
    "Група",
    "Штрихкод",
    "Бренд",
    "Код виробника",
    "Назва",
    "Назва рос",
    "Назва қаз",
    "Опис",
    "Опис рос",
    "Опис қаз",
    "Категорія",
    "Ціна",
    "Стара ціна",
    "Склад Київ",
    "Склад Львів",
    "Склад Одеса",
    "Колір",
    "Розмір",
    "Країна",
    "Вага кг",
    "Сторінка",
    "Фото",
    "Характеристики",
    "Об'єм, мл",
    "Потужність, Вт",
    "Довжина, см",
];

/// The attributes that have a column of their own, with their unit.
pub const MEASURES: [&str; 3] = ["Об'єм", "Потужність", "Довжина"];

impl Recipe {
    /// Writes the master.
    pub fn write_master(&self, style: MasterStyle, into: &mut dyn Write) -> io::Result<()> {
        let mut row = RowWriter { style, line: String::new(), cell: String::new(), first: true };
        if style.bom {
            row.line.push('\u{feff}');
        }
        for column in COLUMNS {
            row.text(column);
        }
        if style.further {
            further::cells(0).for_each(|(column, _)| row.text(column));
        }
        row.end(into)?;
        let shuffle = Shuffle::new(self.seed, self.offers);
        let mut offer = Offer::default();
        for place in 0..self.offers {
            let index = if style.shuffled { shuffle.at(place) } else { place };
            offer.become_nth(self.seed, index, 'S');
            row.offer(&offer);
            if style.further {
                further::cells(index).for_each(|(_, cell)| row.text(&cell));
            }
            row.end(into)?;
        }
        into.flush()
    }
}

struct RowWriter {
    style: MasterStyle,
    line: String,
    cell: String,
    first: bool,
}

impl RowWriter {
    fn offer(&mut self, offer: &Offer) {
        for text in [&offer.sku, &offer.group, &offer.gtin, offer.brand, &offer.mpn] {
            self.text(text);
        }
        for text in offer.title.iter().chain(&offer.description) {
            self.text(text);
        }
        self.put(|cell, _| push_number(cell, offer.category));
        self.put(|cell, point| push_money(cell, offer.price, point));
        self.put(|cell, point| offer.old_price.into_iter().for_each(|price| push_money(cell, price, point)));
        for pieces in offer.stock {
            self.put(|cell, _| push_number(cell, pieces));
        }
        for text in [offer.colour, offer.size, offer.country] {
            self.text(text);
        }
        self.put(|cell, point| {
            push_number(cell, offer.grams / 1000);
            cell.push(point);
            push_padded(cell, offer.grams % 1000, 3);
        });
        self.text(&offer.url);
        self.put(|cell, _| join(cell, offer.pictures.iter().map(|picture| [picture.as_str(), "", ""])));
        self.put(|cell, _| join(cell, pairs(offer)));
        for measure in MEASURES {
            let value = offer.attributes.iter().find(|attribute| attribute.0 == measure);
            self.text(value.map_or("", |attribute| attribute.1.as_str()));
        }
    }

    fn put(&mut self, fill: impl FnOnce(&mut String, char)) {
        let mut cell = std::mem::take(&mut self.cell);
        cell.clear();
        fill(&mut cell, self.style.point);
        self.text(&cell);
        self.cell = cell;
    }

    fn text(&mut self, text: &str) {
        if !std::mem::take(&mut self.first) {
            self.line.push(self.style.delimiter);
        }
        if text.contains([self.style.delimiter, '"', '\n', '\r']) {
            self.line.push('"');
            for (nth, part) in text.split('"').enumerate() {
                self.line.push_str(if nth == 0 { "" } else { "\"\"" });
                self.line.push_str(part);
            }
            self.line.push('"');
        } else {
            self.line.push_str(text);
        }
    }

    fn end(&mut self, into: &mut dyn Write) -> io::Result<()> {
        self.line.push_str(self.style.line_end);
        self.first = true;
        into.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

/// Whether an attribute has no column of its own, but shares one.
pub fn is_shared(name: &str) -> bool {
    !MEASURES.contains(&name) && name != "Колір" && name != "Розмір"
}

/// The attributes that share one column.
fn pairs(offer: &Offer) -> impl Iterator<Item = [&str; 3]> {
    let pairs = offer.attributes.iter().filter(|attribute| is_shared(attribute.0));
    pairs.map(|attribute| [attribute.0, "=", attribute.1.as_str()])
}

fn join<'t>(cell: &mut String, items: impl Iterator<Item = [&'t str; 3]>) {
    for (nth, item) in items.enumerate() {
        if nth > 0 {
            cell.push('|');
        }
        cell.extend(item);
    }
}
