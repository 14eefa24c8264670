//! Reading a listing from JSON: each field is looked for at its places, from the listing
//! or from the row at hand, and what stands there is told to the machine. Tables whose rows make one listing together
//! are read the same way, once they have been put together.

use bumpalo::Bump;

use super::super::description::{Field, FieldNo, Row, TableForm};
use super::super::path::{ItemNo, Path, ROW_NUMBER, Step};
use super::machine::Machine;
use super::plan::{Target, Tree, Usage, scope_plan};
use super::remark::Remark;
use crate::model::{Kind, Value};
use crate::wire::json::{Json, JsonValue, Member};

/// Numbered columns of a table go as far as this.
const NUMBERED_COLUMNS: usize = 20;

/// A row whose places are numbered has at most so many.
const MOST_NUMBERED: usize = 1_000;

/// Where the fields of a listing stand among members.
#[derive(Debug, Default)]
pub struct MembersRead {
    /// Where the listings stand in a document.
    pub listings: Vec<Path>,
    /// All names that places speak of.
    names: Vec<String>,
    /// The scopes of the fields; places name them by their numbers.
    pub(super) tree: Tree,
    root: ScopePlaces,
}

/// The places of one scope's fields.
#[derive(Debug, Default)]
struct ScopePlaces {
    scope: usize,
    places: Vec<Place>,
}

/// One place of one field.
#[derive(Debug)]
struct Place {
    path: Path,
    target: Target,
    holds: Holds,
}

#[derive(Debug)]
enum Holds {
    Value,
    /// A number whose unit stands elsewhere.
    Amount(Path),
    /// A list, joined or an item each.
    Items,
    /// Rows, by their number where their places are numbered.
    Rows {
        inner: ScopePlaces,
        is_numbered: bool,
    },
}

impl MembersRead {
    /// Compiles the rows of a shape.
    pub fn new(fields: &[Field], rows: &[(FieldNo, Vec<Row>)], missing_is_unsaid: bool) -> MembersRead {
        let mut tree = Tree::default();
        let root = scope(&mut tree, fields, rows, missing_is_unsaid);
        let mut names = Vec::new();
        root.names(&mut names);
        MembersRead { listings: Vec::new(), names, tree, root }
    }

    /// The same with listings that stand at these places of a document.
    pub fn in_a_document(self, listings: Vec<Path>) -> MembersRead {
        MembersRead { listings, ..self }
    }

    /// The name by which places speak of a column with this header.
    pub fn name_of(&self, header: &str, form: TableForm) -> String {
        let plain = form.name_of(header);
        let numbers = (1..=MOST_NUMBERED).map(|number| number.to_string());
        let number = numbers.take(NUMBERED_COLUMNS).find(|number| header.contains(number.as_str()));
        let of_number = |name: &String| number.as_ref().map(|number| name.replace(ROW_NUMBER, number));
        let named = |name: &String| match name.contains(ROW_NUMBER) {
            true => of_number(name).filter(|name| form.name_of(name) == plain),
            false => (form.name_of(name) == plain).then(|| name.clone()),
        };
        self.names.iter().find_map(named).unwrap_or_else(|| header.to_owned())
    }

    /// What listings of this shape are told to.
    pub fn machine<'p, 'b>(&'p self, arena: &'b Bump) -> Machine<'p, 'b> {
        Machine::new(&self.tree, arena)
    }

    /// Reads one listing: its values in the order of the fields.
    pub fn listing<'p, 'b>(&'p self, listing: Json<'b>, machine: &mut Machine<'p, 'b>) -> &'b [Value<'b>] {
        machine.begin_scopes();
        scope_at(&self.root, None, &Out { json: listing, outside: None }, 0, machine);
        machine.finish_scope()
    }
}

/// Whether anything stands at a path, in a listing.
pub fn stands(path: &Path, listing: Json<'_>) -> bool {
    !found(path, &Out { json: listing, outside: None }, 1).is_empty()
}

/// A mark that some programs put before texts that look like numbers or formulas.
#[derive(Debug, Clone, Copy)]
pub struct Strip(pub(super) char);

impl Strip {
    /// The text without the mark.
    pub fn off(self, text: &str) -> &str {
        let is_guarded = |rest: &&str| rest.starts_with(|one: char| one.is_ascii_digit() || "=+-@".contains(one));
        text.strip_prefix(self.0).filter(is_guarded).unwrap_or(text)
    }
}

impl ScopePlaces {
    fn names(&self, into: &mut Vec<String>) {
        for place in &self.places {
            into.extend(place.path.steps.iter().map(|step| step.name.clone()));
            if let Holds::Rows { inner, .. } = &place.holds {
                inner.names(into);
            }
        }
    }
}

fn scope(tree: &mut Tree, fields: &[Field], rows: &[(FieldNo, Vec<Row>)], missing_is_unsaid: bool) -> ScopePlaces {
    let number = tree.scopes.len();
    tree.scopes.push(scope_plan(fields, rows, missing_is_unsaid));
    let mut places = Vec::new();
    for (field_no, rows) in rows {
        let Some(field) = fields.get(*field_no) else { continue };
        for (alternative, row) in rows.iter().enumerate() {
            let repeats = field.kind == Kind::List && row.spelling.join.is_none() && field.spelling.join.is_none();
            let usages = [(&row.read, Usage::Reads), (&row.ignored, Usage::Ignores), (&row.refused, Usage::Refuses)];
            let others = usages.iter().flat_map(|(paths, usage)| paths.iter().map(|path| (path, *usage)));
            for (path, usage) in std::iter::once((&row.path, Usage::Reads)).chain(others) {
                let target = Target { field: *field_no, alternative, repeats, usage };
                places.push(Place {
                    path: path.clone(),
                    target,
                    holds: holds(tree, field, row, path, missing_is_unsaid),
                });
            }
        }
    }
    ScopePlaces { scope: number, places }
}

fn holds(tree: &mut Tree, field: &Field, row: &Row, path: &Path, missing_is_unsaid: bool) -> Holds {
    match (field.kind, &row.unit_at) {
        (Kind::Table, _) => {
            let inner = scope(tree, &field.fields, &row.at, missing_is_unsaid);
            // among the rows of a product some hold nothing but a picture
            if path.steps.first().is_none_or(|step| step.name != ROWS) {
                tree.set_key(inner.scope, &field.key);
            }
            // columns of one row are rows of their own: `Option1 Name`, `Option2 Name`
            let of_row = |place: &Place| place.path.out == 0 && place.path.is_numbered();
            let is_numbered = path.is_numbered() || (path.steps.is_empty() && inner.places.iter().any(of_row));
            Holds::Rows { inner, is_numbered }
        }
        (Kind::List, _) => Holds::Items,
        (_, Some(unit_at)) => Holds::Amount(unit_at.clone()),
        _ => Holds::Value,
    }
}

/// A value with those that it stands in.
struct Out<'o, 'b> {
    json: Json<'b>,
    outside: Option<&'o Out<'o, 'b>>,
}

/// Reads the fields of one scope from the value at hand; `number` is the row's, from 1.
fn scope_at<'p, 'b>(
    places: &'p ScopePlaces,
    row_of: Option<FieldNo>,
    at: &Out<'_, 'b>,
    number: usize,
    machine: &mut Machine<'p, 'b>,
) {
    machine.open_scope(places.scope, row_of);
    for place in &places.places {
        read_place(place, at, number, machine);
    }
}

fn read_place<'p, 'b>(place: &'p Place, at: &Out<'_, 'b>, number: usize, machine: &mut Machine<'p, 'b>) {
    let field = place.target.field;
    match &place.holds {
        Holds::Rows { inner, is_numbered: true } => numbered_rows(place, inner, at, machine),
        Holds::Rows { inner, .. } => {
            let found = found(&place.path, at, number);
            if !found.is_empty() {
                // a list without rows says that there are none
                machine.note_there(field);
            }
            for json in found.into_iter().flat_map(items).filter(|json| text_of(*json) != Some("")) {
                row(place, inner, json, at, machine, 0);
            }
        }
        Holds::Items => read_items(place, at, number, machine),
        Holds::Amount(unit_at) => {
            let unit = found(unit_at, at, number).first().and_then(|json| text_of(*json));
            for text in found(&place.path, at, number).into_iter().filter_map(text_of) {
                let text = machine.with_unit(&place.target, text, unit);
                machine.put(&place.target, text);
            }
        }
        Holds::Value => {
            for json in found(&place.path, at, number) {
                match text_of(json) {
                    Some(text) => machine.put(&place.target, text),
                    None => machine.notice(Remark::Markup, Some(field), kind_of(json)),
                }
            }
        }
    }
}

/// Rows whose places are numbered: as long as one of them is there.
fn numbered_rows<'p, 'b>(place: &'p Place, inner: &'p ScopePlaces, at: &Out<'_, 'b>, machine: &mut Machine<'p, 'b>) {
    for number in 1..=MOST_NUMBERED {
        let Some(json) = found(&place.path, at, number).first().copied() else { return };
        let here = Out { json, outside: Some(at) };
        let is_there = |inner: &Place| {
            let own = inner.path.out == 0 && (inner.path.is_numbered() || place.path.is_numbered());
            own && found(&inner.path, &here, number).into_iter().any(|json| text_of(json) != Some(""))
        };
        if !inner.places.iter().any(is_there) {
            return;
        }
        row(place, inner, json, at, machine, number);
    }
}

fn row<'p, 'b>(
    place: &'p Place,
    inner: &'p ScopePlaces,
    json: Json<'b>,
    at: &Out<'_, 'b>,
    machine: &mut Machine<'p, 'b>,
    number: usize,
) {
    // a row that is the value at hand itself is no level of its own
    let outside = if place.path.steps.is_empty() { at.outside } else { Some(at) };
    scope_at(inner, Some(place.target.field), &Out { json, outside }, number, machine);
    machine.end_row();
}

/// A list stands as one, or as a text in which the items are joined.
fn read_items<'p, 'b>(place: &'p Place, at: &Out<'_, 'b>, number: usize, machine: &mut Machine<'p, 'b>) {
    let field = place.target.field;
    let found = found(&place.path, at, number);
    let is_list = |json: &Json<'b>| matches!(json.value, JsonValue::List(_));
    let is_one = found.len() == 1 && !found.iter().any(is_list);
    // without a list of JSON's own the text is one of joined items
    let target = Target { repeats: place.target.repeats || !is_one, ..place.target.clone() };
    for json in found {
        if is_list(&json) {
            machine.note_there(field);
        }
        for item in items(json) {
            match text_of(item) {
                Some("") => machine.note_there(field),
                Some(text) => machine.put(&target, text),
                None => machine.notice(Remark::Markup, Some(field), kind_of(item)),
            }
        }
    }
}

/// What stands at a path.
fn found<'b>(path: &Path, at: &Out<'_, 'b>, number: usize) -> Vec<Json<'b>> {
    let mut from = at;
    for _ in 0..path.out {
        let Some(outside) = from.outside else { return Vec::new() };
        from = outside;
    }
    let mut found = vec![from.json];
    for one in &path.steps {
        found = found.into_iter().flat_map(|json| step(one, json, number)).collect();
    }
    found
}

fn step<'b>(step: &Step, json: Json<'b>, number: usize) -> Vec<Json<'b>> {
    let of_row = step.name.contains(ROW_NUMBER).then(|| step.name.replace(ROW_NUMBER, &number.to_string()));
    let name = of_row.as_deref().unwrap_or(&step.name);
    // a list on the way is gone through item by item
    let members: Vec<Json<'b>> = items(json).into_iter().filter_map(|json| json.member(name)).collect();
    match step.item {
        Some(ItemNo::Fixed(at)) => return nth(&members, at),
        Some(ItemNo::OfRow) => return nth(&members, number),
        None if step.told_by.is_empty() => return members,
        None => {}
    }
    let is_told = |json: &Json<'b>| {
        step.told_by.iter().all(|(name, value)| json.member(name).and_then(text_of) == Some(value.as_str()))
    };
    members.into_iter().flat_map(items).filter(is_told).collect()
}

/// The item of this number, from 1, of each list.
fn nth<'b>(lists: &[Json<'b>], number: usize) -> Vec<Json<'b>> {
    let one = |json: &Json<'b>| match json.value {
        JsonValue::List(items) => items.get(number.checked_sub(1)?).copied(),
        _ => None,
    };
    lists.iter().filter_map(one).collect()
}

/// The items of a list; of anything else, itself.
fn items(json: Json<'_>) -> Vec<Json<'_>> {
    match json.value {
        JsonValue::List(items) => items.to_vec(),
        _ => vec![json],
    }
}

/// A single value as a text; null is an empty one.
fn text_of(json: Json<'_>) -> Option<&str> {
    match json.value {
        JsonValue::Null => Some(""),
        JsonValue::Flag(true) => Some("true"),
        JsonValue::Flag(false) => Some("false"),
        JsonValue::Number(text) | JsonValue::Text(text) => Some(text),
        JsonValue::List(_) | JsonValue::Object(_) => None,
    }
}

fn kind_of(json: Json<'_>) -> &'static str {
    match json.value {
        JsonValue::List(_) => "a list",
        _ => "an object",
    }
}

/// One listing of several rows of a table: the product says of each column what the first row with something in it
/// says, and has its rows as a list without a name.
pub fn of_rows<'b>(header: &[&'b str], rows: &[&'b [&'b str]], offset: usize, arena: &'b Bump) -> Json<'b> {
    let text = |text: &'b str| Json { offset, value: JsonValue::Text(text) };
    let object = |members: Vec<Member<'b>>| Json { offset, value: JsonValue::Object(arena.alloc_slice_copy(&members)) };
    let row = |cells: &&'b [&'b str]| {
        object(header.iter().zip(*cells).map(|(name, cell)| Member { name, value: text(cell) }).collect())
    };
    let all: Vec<Json<'b>> = rows.iter().map(row).collect();
    let said = |column: usize| rows.iter().filter_map(|row| row.get(column)).find(|cell| !cell.trim().is_empty());
    let mut members: Vec<Member<'b>> = Vec::with_capacity(header.len() + 1);
    for (column, name) in header.iter().enumerate() {
        members.push(Member { name, value: text(said(column).copied().unwrap_or("")) });
    }
    members.push(Member { name: ROWS, value: Json { offset, value: JsonValue::List(arena.alloc_slice_copy(&all)) } });
    object(members)
}

/// The member under which the rows of such a listing stand.
pub const ROWS: &str = "";

/// The scope of a listing in a table whose rows are gathered: `.` means its rows.
pub(super) fn with_rows_by_name(rows: &[(FieldNo, Vec<Row>)], fields: &[Field]) -> Vec<(FieldNo, Vec<Row>)> {
    let named = |(field, alternatives): &(FieldNo, Vec<Row>)| {
        let is_table = fields.get(*field).is_some_and(|field| field.kind == Kind::Table);
        let row = |row: &Row| match is_table && row.path.steps.is_empty() {
            true => Row { path: Path { text: row.path.text.clone(), ..Path::of_name(ROWS) }, ..row.clone() },
            false => row.clone(),
        };
        (*field, alternatives.iter().map(row).collect())
    };
    rows.iter().map(named).collect()
}
