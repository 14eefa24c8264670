//! A channel's rules over one listing: what was asked for, and what is checked without
//! being asked. Rules of one test are a family: of each only the first that fails speaks.

use hashbrown::HashSet;

use crate::channel::demand::Within;
use crate::channel::plan::{ChannelPlan, Compared, FieldPlan, ListingRulePlan, ListingTestPlan, RulePlan};
use crate::channel::screen::Rules;
use crate::finding::{CodeNo, Found, Known, Sink};
use crate::model::text::short;
use crate::model::{Row, Value};

use super::broken::{broken, fault};
use super::unasked::unasked;
use super::unique::UniqueSets;
use super::verdicts::{self, Verdicts};

/// What a check is about and what it may look at.
#[derive(Debug)]
pub struct Context<'c> {
    /// The channel.
    pub plan: &'c ChannelPlan,
    /// For each field of the document that is a table: the keys that it declares; `None` where nobody says.
    pub declared: &'c [Option<HashSet<String>>],
    /// Where the record or node begins.
    pub offset: u64,
    /// What tells the listing from all others, for values that stand in one only.
    pub id: u64,
    /// The SKU or key, for messages.
    pub key: &'c str,
    /// Which fields the shape at hand carries; `need` speaks of no other.
    pub carried: &'c [bool],
    /// The record itself is wrong, and that is said already: what only follows from it is not said again.
    pub is_faulty: bool,
    /// Of a product: where the record of each row of its offers begins, and its SKU.
    pub offers: &'c [(u64, &'c str)],
}

/// The verdict on a listing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// The codes of the errors, in the order in which they were found; empty for a valid listing.
    pub errors: Vec<CodeNo>,
}

/// What people know a row by, from its key.
pub type RowNames<'c> = &'c dyn Fn(&str) -> Option<String>;

/// Where a failing test is said.
pub(super) struct Speaker<'c, 's, 'b> {
    pub(super) context: &'s Context<'c>,
    sink: &'s mut Sink,
    verdicts: &'s mut Verdicts<'b>,
    /// How often something was said.
    said: usize,
    checked: Checked,
    /// The key of the table's row at hand.
    row: Option<&'b str>,
    /// What people know such rows by, where that is not their key.
    row_names: Option<RowNames<'s>>,
    /// The offer whose row is at hand: where its record begins, and its SKU.
    offer: Option<(u64, &'c str)>,
}

impl Speaker<'_, '_, '_> {
    pub(super) fn say(&mut self, code: CodeNo, is_error: bool, field: &str, message: impl FnOnce() -> String) {
        self.said += 1;
        // a value so wrong that its field has no word for it comes from a record that is wrong, which was said
        if code == CodeNo::NONE {
            self.checked.errors.push(Known::Faulty.into());
            return;
        }
        if self.context.plan.levels.is_error(code, is_error) && !self.checked.errors.contains(&code) {
            self.checked.errors.push(code);
        }
        let (offset, key) = self.offer.unwrap_or((self.context.offset, self.context.key));
        let row = self.row.filter(|row| *row != key);
        self.sink.add(code, || {
            let said = message();
            // which row it is, unless its own words say that
            let message = match row {
                Some(row) => {
                    let name = self.row_names.and_then(|names| names(row)).unwrap_or_else(|| row.to_owned());
                    if said.contains(&format!("«{name}»")) { said } else { format!("«{}»: {said}", short(&name)) }
                }
                _ => said,
            };
            Found { offset, key: key.to_owned(), field: field.to_owned(), message }
        });
    }
}

/// Checks one listing.
pub fn check<'b>(
    context: &Context<'_>,
    values: &[Value<'b>],
    uniques: &mut UniqueSets,
    verdicts: &mut Verdicts<'b>,
    sink: &mut Sink,
) -> Checked {
    let mut speaker = Speaker {
        context,
        sink,
        verdicts,
        said: 0,
        checked: Checked::default(),
        row: None,
        row_names: None,
        offer: None,
    };
    let written = context.plan.shapes.get(context.plan.written);
    let compared = written.map_or(&[] as &[Compared], |shape| &shape.compared);
    every_field(&context.plan.fields, compared, values, &mut speaker, uniques);
    for rule in &context.plan.rules {
        listing_rule(rule, values, &mut speaker);
    }
    speaker.checked
}

/// Checks the document's own fields. They belong to no listing; `row_names` says what people know their rows by.
pub fn check_head(context: &Context<'_>, head: &[Value<'_>], row_names: RowNames<'_>, sink: &mut Sink) -> Checked {
    let (mut verdicts, checked, row_names) = (Verdicts::default(), Checked::default(), Some(row_names));
    let verdicts = &mut verdicts;
    let mut speaker = Speaker { context, sink, verdicts, said: 0, checked, row: None, row_names, offer: None };
    every_field(&context.plan.head, &[], head, &mut speaker, &mut UniqueSets::default());
    speaker.checked
}

/// The rules of each field that the shape at hand carries. `compared` says how each stands there, where anybody does.
fn every_field<'b>(
    fields: &[FieldPlan],
    compared: &[Compared],
    values: &[Value<'b>],
    speaker: &mut Speaker<'_, '_, 'b>,
    uniques: &mut UniqueSets,
) {
    for (number, field) in fields.iter().enumerate() {
        let value = values.get(number).copied().unwrap_or_default();
        // a description speaks of far more than most masters say
        if matches!(value, Value::Unsaid) && field.may_be_missing {
            continue;
        }
        let how = compared.get(number);
        if !speaker.context.carried.get(number).copied().unwrap_or(true) {
            continue;
        }
        let print = match value {
            Value::Text(text) if is_known_again(field, text) => Some(verdicts::print(text)),
            _ => None,
        };
        let looked = Looked { field, how, value, scope: values, shown_as: &field.name };
        if let Some(spoken) = print.and_then(|print| speaker.verdicts.of(number, print)) {
            say_again(&looked, spoken, speaker);
            continue;
        }
        let asked = asked(field, how, &value, values);
        let spoken = if asked == Rules::NONE { asked } else { field_rules(&looked, asked, speaker, uniques) };
        if let Some(print) = print.filter(|_| spoken != Rules::ALL) {
            speaker.verdicts.note(number, print, spoken);
        }
        if let Value::Table(rows) = value {
            let of_offers = speaker.context.plan.variants.is_some_and(|variants| variants.field == number);
            table_rules(&Rows { field, number: Some(number), how, rows, of_offers }, &field.name, speaker, uniques);
        }
    }
}

/// The rows of a table.
struct Rows<'r, 'b> {
    field: &'r FieldPlan,
    /// The number of the table, where it stands in no other.
    number: Option<usize>,
    how: Option<&'r Compared>,
    rows: &'b [Row<'b>],
    /// Whether each is an offer of the product.
    of_offers: bool,
}

/// The keys of the rows so far.
struct Keys<'b> {
    keys: Vec<&'b str>,
    /// A bit for how a key that was there ends and how long it is: most differ in that.
    ends: u64,
}

impl<'b> Keys<'b> {
    fn of_so_many(rows: usize) -> Self {
        Keys { keys: Vec::with_capacity(rows), ends: 0 }
    }

    fn has(&self, key: &str) -> bool {
        let last = |key: &str| key.as_bytes().last_chunk::<2>().copied();
        let is_it = |other: &&str| other.len() == key.len() && last(other) == last(key) && **other == *key;
        self.ends & Self::end(key) != 0 && self.keys.iter().any(is_it)
    }

    fn add(&mut self, key: &'b str) {
        self.ends |= Self::end(key);
        self.keys.push(key);
    }

    fn end(key: &str) -> u64 {
        let last = key.as_bytes().last_chunk::<2>().map_or(0, |last| u16::from_le_bytes(*last).wrapping_mul(0x9E37));
        1 << ((usize::from(last >> 8) + key.len()) % 64)
    }
}

fn table_rules<'b>(table: &Rows<'_, 'b>, shown_as: &str, speaker: &mut Speaker<'_, '_, 'b>, uniques: &mut UniqueSets) {
    let Rows { field, number, rows, of_offers, .. } = *table;
    let mut keys = Keys::of_so_many(rows.len());
    let outside = (speaker.row, speaker.offer);
    // what a faulty record says is not judged, and values that stand once only have to be counted each time
    let number = number.filter(|_| !speaker.context.is_faulty && !field.holds_unique && !of_offers);
    for (position, row) in rows.iter().enumerate() {
        let key = field.key.iter().find_map(|number| row.get(*number).and_then(Value::as_text));
        speaker.row = key;
        let offer = speaker.context.offers.get(position).filter(|_| of_offers);
        speaker.offer = offer.copied().or(outside.1);
        if !number.is_some_and(|number| speaker.verdicts.is_clean(number, row)) {
            let before = speaker.said;
            row_rules(table, row, shown_as, speaker, uniques);
            if let Some(number) = number.filter(|_| speaker.said == before) {
                speaker.verdicts.note_clean(number, row);
            }
        }
        if let Some(key) = key {
            if keys.has(key) {
                speaker.say(field.codes.key, false, shown_as, || format!("«{key}» stands in two rows"));
            }
            keys.add(key);
        }
    }
    (speaker.row, speaker.offer) = outside;
}

/// The rules of the fields of one row.
fn row_rules<'b>(
    table: &Rows<'_, 'b>,
    row: Row<'b>,
    shown_as: &str,
    speaker: &mut Speaker<'_, '_, 'b>,
    uniques: &mut UniqueSets,
) {
    let key = speaker.row;
    for (number, (inner, value)) in table.field.fields.iter().zip(row).enumerate() {
        let how = table.how.and_then(|how| how.fields.get(number));
        let asked = asked(inner, how, value, row);
        if asked == Rules::NONE {
            continue;
        }
        let value = *value;
        // what an offer says is known by its own name
        let shown_as = if table.of_offers { &inner.name } else { shown_as };
        let looked = Looked { field: inner, how, value, scope: row, shown_as };
        field_rules(&looked, asked, speaker, uniques);
        if let Value::Table(rows) = value {
            let inside = Rows { field: inner, number: None, how, rows, of_offers: false };
            table_rules(&inside, shown_as, speaker, uniques);
            speaker.row = key;
        }
    }
}

/// A value with all that its rules may look at.
pub(super) struct Looked<'l, 'b> {
    pub(super) field: &'l FieldPlan,
    /// How it stands in the document that is written; nobody says for the document's own fields.
    pub(super) how: Option<&'l Compared>,
    pub(super) value: Value<'b>,
    /// The values beside it.
    pub(super) scope: &'l [Value<'b>],
    /// The field that messages name: a row's is its table.
    pub(super) shown_as: &'l str,
}

/// Whether what is found of a text is worth keeping for the next one: long texts come again, as variants of a product do.
#[inline]
fn is_known_again(field: &FieldPlan, text: &str) -> bool {
    let is_looked_through = || field.screen.as_ref().is_some_and(|screen| !screen.is_of_length_only());
    field.judged_by_text && text.len() >= verdicts::LONG && is_looked_through()
}

/// The rules that a value has to be asked by: none of most, since a glance shows that they have nothing to say.
#[inline]
fn asked(field: &FieldPlan, how: Option<&Compared>, value: &Value<'_>, scope: &[Value<'_>]) -> Rules {
    match (value, &field.screen) {
        (Value::Text(text), Some(screen)) => screen.of_text(text),
        (Value::List(items), Some(screen)) => {
            let stay_what_they_are = how.is_none_or(|how| how.not_one_item(items, scope).is_none());
            if stay_what_they_are { screen.of_list(items) } else { Rules::ALL }
        }
        (Value::Unsaid | Value::Empty, _) if field.may_be_missing => Rules::NONE,
        _ => Rules::ALL,
    }
}

/// Says of a text what was said of the same one before.
fn say_again(looked: &Looked<'_, '_>, spoken: Rules, speaker: &mut Speaker<'_, '_, '_>) {
    if spoken == Rules::NONE || follows_from_the_record(speaker.context, &looked.value) {
        return;
    }
    for (_, rule) in looked.field.rules.iter().enumerate().filter(|one| spoken.has(one.0)) {
        let message = || fault(rule, looked).unwrap_or_default();
        speaker.say(rule.code, rule.is_error, looked.shown_as, message);
    }
}

/// What is checked without being asked, then the rules that may speak; those that do, or all where nothing else needs to
/// be said.
fn field_rules(
    looked: &Looked<'_, '_>,
    may_speak: Rules,
    speaker: &mut Speaker<'_, '_, '_>,
    uniques: &mut UniqueSets,
) -> Rules {
    if follows_from_the_record(speaker.context, &looked.value) || !unasked(looked, speaker) {
        return Rules::ALL;
    }
    let mut spoken: u32 = 0;
    let mut verdict = Rules::NONE;
    for (number, rule) in looked.field.rules.iter().enumerate().filter(|one| may_speak.has(one.0)) {
        let family = 1_u32 << (rule.family % 32);
        if !rule.may_speak(&looked.value) || spoken & family != 0 || !applies(rule, looked.scope) {
            continue;
        }
        if broken(rule, looked, speaker, uniques) {
            // one that nobody hears leaves the word to the others
            spoken |= if rule.is_allowed { 0 } else { family };
            verdict.add(number);
        }
    }
    verdict
}

/// Whether whatever is wrong with a value is most likely what was said of its record.
fn follows_from_the_record(context: &Context<'_>, value: &Value<'_>) -> bool {
    context.is_faulty
        && match value {
            Value::Text(text) => *text == context.key,
            Value::Bad(_) | Value::Number(_) | Value::Empty | Value::Unsaid => true,
            Value::Flag(_) | Value::List(_) | Value::Table(_) => false,
        }
}

fn applies(rule: &RulePlan, scope: &[Value<'_>]) -> bool {
    let of = |number: u32| scope.get(number as usize).copied().unwrap_or_default();
    rule.when.as_ref().is_none_or(|when| when.holds(&of))
        && rule.within.as_ref().is_none_or(|one| lies_within(one, scope))
}

/// Whether the category of a field lies in one of those that a rule counts for.
fn lies_within(within: &Within, scope: &[Value<'_>]) -> bool {
    let Some(category) = scope.get(within.field).and_then(Value::as_text) else { return false };
    within.under.iter().any(|outer| within.among.list.lies_in(category, outer))
}

/// A demand over several fields.
fn listing_rule(rule: &ListingRulePlan, values: &[Value<'_>], speaker: &mut Speaker<'_, '_, '_>) {
    let of = |number: u32| values.get(number as usize).copied().unwrap_or_default();
    if rule.when.as_ref().is_some_and(|when| !when.holds(&of)) {
        return;
    }
    let there =
        |fields: &[usize]| fields.iter().filter(|number| values.get(**number).is_some_and(Value::is_there)).count();
    let holds = match &rule.test {
        ListingTestPlan::Together(fields) => matches!(there(fields), 0) || there(fields) == fields.len(),
        ListingTestPlan::AnyOf(fields) => there(fields) > 0,
        ListingTestPlan::OneOf(fields) => there(fields) == 1,
        ListingTestPlan::Assert(condition) => condition.holds(&of),
    };
    if holds {
        return;
    }
    let plan = &speaker.context.plan.fields;
    let names: Vec<&str> = match &rule.test {
        ListingTestPlan::Together(fields) | ListingTestPlan::AnyOf(fields) | ListingTestPlan::OneOf(fields) => {
            fields.iter().filter_map(|number| plan.get(*number)).map(|field| field.name.as_str()).collect()
        }
        ListingTestPlan::Assert(_) => Vec::new(),
    };
    let shown_as = rule.field.and_then(|number| plan.get(number)).map_or("", |field| field.name.as_str());
    speaker.say(rule.code, rule.is_error, shown_as, || names.join(", "));
}
