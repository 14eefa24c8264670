//! What the updates of a shape have in common, in a line.

use std::collections::BTreeSet;

use super::{Sheet, keys, number, values};
use crate::model::listed;
use crate::plan::{FieldSort, Like, Shape};
use crate::report::text::{Ink, Line, Spans};

/// Names of fields that are shown of those put together.
const NAMES: usize = 3;

/// A shape that is to be said.
pub(super) struct Saying<'s, 'c> {
    pub(super) sheet: Sheet<'s>,
    pub(super) shape: &'c Shape<'c>,
    /// How many of its listings follow below.
    pub(super) shown: usize,
    /// Whether the brand or category that covers it is named.
    pub(super) with_trait: bool,
}

impl<'s> Saying<'s, '_> {
    /// Says it.
    pub(super) fn say(&self, line: Line<'s>) -> Line<'s> {
        let look = self.sheet.look;
        let field = values::name(self.shape.field, look);
        let plain = |said: String| format!("{field}{said}{}", self.cover());
        match &self.shape.like {
            Like::Over(guard) => line.say(format!("{field}, over {guard}{}", self.these())),
            Like::Move { tenths, falls } => {
                self.example(line.say(plain(format!(" {}", look.percent(*tenths, *falls)))))
            }
            Like::Appears => self.example(line.say(plain(", new".into()))),
            Like::Vanishes => self.example(line.say(plain(", gone".into()))),
            Like::Pieces => line.say(self.pieces(&field)),
            Like::Words => self.words(line, &field),
            Like::Order => line.say(plain(", the same in another order".into())).say(self.these()),
            Like::Blanks => line.say(plain(", only blanks differ".into())).say(self.these()),
            Like::Mixed(range) => line.say(self.mixed(&field, *range)),
            Like::Fields(names) => {
                let fields = look.counted(number(names.len()), "other field", "other fields");
                line.say(format!("{fields}: {}{}", first_of(names), self.these()))
            }
        }
    }

    /// The title of the example, where the line has one.
    pub(super) fn title(&self) -> Spans {
        let has_example = match self.shape.like {
            Like::Move { .. } | Like::Appears | Like::Vanishes => true,
            Like::Words => self.shape.uniform && is_short(self.sheet, self.shape),
            _ => false,
        };
        match self.shape.changes.first() {
            Some(first) if has_example && self.shown == 0 && !first.title.is_empty() => {
                vec![(Ink::Plain, first.title.clone())]
            }
            _ => Spans::new(),
        }
    }

    /// `, as K10233 2399 → 2279`; without `as` where it is the only one, nothing where it follows below.
    fn example(&self, line: Line<'s>) -> Line<'s> {
        let look = self.sheet.look;
        let Some(first) = self.shape.changes.first().filter(|_| self.shown == 0) else { return line.say(self.these()) };
        let begun = if self.shape.changes.len() == 1 { ", " } else { ", as " };
        let line = line.say(begun).say(keys::key(&first.key, look));
        match self.shape.field_of(first).and_then(|field| values::short(field, look)) {
            // of one value in place of one other both were named before
            Some((from, to)) if !matches!(self.shape.like, Like::Words) => {
                line.say(format!(" {from} {} {to}", look.arrow()))
            }
            _ => line,
        }
    }

    /// Texts that lose and win the same words; one value in place of another where it is the same in all.
    fn words(&self, line: Line<'s>, field: &str) -> Line<'s> {
        let look = self.sheet.look;
        let changed = self.shape.changes.first().and_then(|first| self.shape.field_of(first));
        let Some(changed) = changed else { return line.say(field) };
        match values::short(changed, look) {
            Some((from, to)) if self.shape.uniform => {
                self.example(line.say(format!("{field} {from} {} {to}{}", look.arrow(), self.cover())))
            }
            // the row below tells what becomes of a list
            _ if self.shape.changes.len() == 1 && values::many(changed).is_some() => line.say(field),
            _ if self.shape.changes.len() == 1 => {
                let places = values::diff(changed).places();
                line.say(format!("{field}, {}", look.counted(number(places), "place", "places")))
            }
            _ => {
                let line = line.say(format!("{field}, the same words: "));
                let reserve = look.sums(&self.shape.at_stake).chars().count() + self.cover().chars().count() + 2;
                let room = line.room().saturating_sub(reserve);
                line.text(&values::moved_words(changed, look), room).say(self.cover()).say(self.these())
            }
        }
    }

    fn pieces(&self, field: &str) -> String {
        let look = self.sheet.look;
        let names = self.shape.changes.iter().flat_map(|change| &change.fields).map(|field| field.name.as_str());
        let others: BTreeSet<&str> = names.filter(|name| *name != self.shape.field).collect();
        let with = if others.is_empty() {
            " only".to_owned()
        } else {
            let names: Vec<String> = others.iter().map(|name| values::name(name, look)).collect();
            format!(", {} with {}", look.count(number(self.shape.with_others)), first_of(&names))
        };
        let pieces = self.shape.pieces().map_or(String::new(), |(before, after)| {
            format!(", {} {} {} pieces", look.amount(before), look.arrow(), look.amount(after))
        });
        format!("{field}{with}{pieces}{}", self.these())
    }

    fn mixed(&self, field: &str, range: Option<(i64, i64)>) -> String {
        let look = self.sheet.look;
        let percent = |tenths: i64| look.percent(tenths, tenths < 0);
        let said = match range {
            _ if field.is_empty() => "fields that are not named".to_owned(),
            Some((low, high)) if low == high => format!("{field} {}", percent(low)),
            Some((low, high)) => format!("{field}, from {} to {}", percent(low), percent(high)),
            None => {
                let first = self.shape.changes.first().and_then(|first| self.shape.field_of(first));
                let is_text = first.is_some_and(|field| field.sort == FieldSort::Text);
                format!("{field}, other {}", if is_text { "words" } else { "values" })
            }
        };
        let brands = self.shape.traits.brand.distinct;
        if self.shown == 0 && brands > 1 {
            return format!("{said}, {} brands", look.count(number(brands)));
        }
        format!("{said}{}{}", self.cover(), self.these())
    }

    /// That the rows below are not all of them.
    fn these(&self) -> String {
        match self.shape.changes.len().saturating_sub(self.shown) {
            more @ 1.. if self.shown > 0 => format!(", these and {} more", self.sheet.look.count(number(more))),
            _ => String::new(),
        }
    }

    /// The brand or category that all of them share.
    fn cover(&self) -> String {
        match self.shape.traits.cover().filter(|_| self.with_trait) {
            Some((name, value)) if self.shape.changes.len() > 1 => format!(", {name} {value}"),
            _ => String::new(),
        }
    }
}

/// Whether both sides of the example stand side by side.
pub(super) fn is_short(sheet: Sheet<'_>, shape: &Shape<'_>) -> bool {
    let changed = shape.changes.first().and_then(|first| shape.field_of(first));
    changed.is_some_and(|field| values::short(field, sheet.look).is_some())
}

/// The first few names, and how many more there are.
fn first_of(names: &[String]) -> String {
    listed(names, NAMES, " (--full)")
}
