//! Tables whose rows stand for the merchant's own names, of warehouses or of prices: with the setting
//! `stores: {kyiv: PP1}` what a row says of PP1 is `stock.kyiv`. A row of which no answer speaks goes by the channel's own
//! name for it.

use hashbrown::HashMap;

use crate::channel::description::{Field, FieldNo, From, Source};
use crate::channel::names::{SETTING_ROW, SETTINGS};
use crate::channel::project::{Constant, KnownName};
use crate::expression::What;
use crate::model::Value;
use crate::model::offer::offer_field;
use crate::model::text::trimmed;

use super::columns::Column;
use super::form::{Form, plain_name};
use super::offers::Said;
use super::written::{inside_of_text, written};

/// One such table.
#[derive(Debug)]
pub(super) struct Named {
    table: FieldNo,
    /// Where in its rows the channel's name stands.
    name: FieldNo,
    /// What its rows say: each the part of a field of an offer that has the name of the row.
    says: Vec<(FieldNo, Column)>,
    /// The merchant's names by those of the channel.
    own: HashMap<String, String>,
}

impl Named {
    /// A field as such a table, by what was answered.
    pub(super) fn of((table, field): (FieldNo, &Field), answers: &[KnownName]) -> Option<Named> {
        let setting = field.source.as_name().filter(|name| name.starts_with(SETTINGS))?;
        let [_, there] = SETTING_ROW else { return None };
        let name = field.fields.iter().position(|inner| plain_name(&inner.source) == Some(there.name))?;
        let says = field.fields.iter().enumerate().filter_map(|(number, inner)| {
            let (known, _) = offer_field(indexed(&inner.source)?)?;
            Some((number, Column::new(known.name.to_owned(), known.kind)))
        });
        let says: Vec<(FieldNo, Column)> = says.collect();
        let own = answers.iter().find(|answer| answer.name == setting).map(by_the_channel).unwrap_or_default();
        (!says.is_empty()).then_some(Named { table, name, says, own })
    }

    /// What its rows say.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        self.says.iter().map(|(_, column)| column)
    }

    /// Whether it says anything of a field.
    pub(super) fn has(&self, name: &str) -> bool {
        self.says.iter().any(|(_, column)| column.name == name)
    }

    /// Adds what its rows say; of two with one name the first.
    pub(super) fn say<'p>(&'p self, values: &[Value<'_>], said: &mut Said<'p>) {
        let Some(Value::Table(rows)) = values.get(self.table) else { return };
        for row in *rows {
            let there = row.get(self.name).and_then(Value::as_text).map(trimmed).unwrap_or_default();
            let name = self.own.get(there).map_or(there, String::as_str);
            for (number, column) in self.says.iter().filter(|_| !name.is_empty()) {
                let value = row.get(*number).filter(|value| value.is_there());
                if let Some(found) = value.and_then(|value| written(column, value, &Form::Value)) {
                    said.add(format!("{}.{}", column.name, inside_of_text(name)), found);
                }
            }
        }
    }
}

/// The merchant's names by those of the channel; of two for one the first.
fn by_the_channel(answer: &KnownName) -> HashMap<String, String> {
    let mut own = HashMap::new();
    if let Constant::Table(rows) = &answer.value {
        for row in rows {
            if let [Constant::Text(key), Constant::Text(value)] = row.as_slice() {
                own.entry(trimmed(value).to_owned()).or_insert_with(|| key.clone());
            }
        }
    }
    own
}

/// The field of which a source takes the part that has the name of the row: `stock` of `stock[key]`.
fn indexed(source: &Source) -> Option<&str> {
    let [own, _] = SETTING_ROW else { return None };
    match &source.from {
        From::FirstOf(members) => members.iter().find_map(indexed),
        From::Expression(expression) => match &expression.tree.what {
            What::Index(name, _, key) if matches!(&key.what, What::Name(key) if key == own.name) => Some(name),
            _ => None,
        },
        _ => None,
    }
}
