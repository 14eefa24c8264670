//! The fields of an offer that a listing says, each with the ways in which it does.

use bumpalo::Bump;

use crate::channel::description::{Field, FieldNo, From, Otherwise, Part, Source};
use crate::channel::names::ROLE;
use crate::expression::{Expression, Program};
use crate::model::offer::offer_field;
use crate::model::{Kind, Value};

use super::form::{Form, Target, form_of, full_name, plain_name, target};
use super::written::places;

/// One field of an offer.
#[derive(Debug)]
pub(super) struct Column {
    /// Its full name.
    pub(super) name: String,
    /// What it holds.
    pub(super) kind: Kind,
    /// Where its value stands: the first of these that is there.
    pub(super) ways: Vec<Way>,
    /// A product says it for its variants, whose own listings never do.
    pub(super) of_product: bool,
    /// A list that goes on in the product's listing: its variants have there what they share.
    pub(super) is_shared: bool,
    /// A variant has from its product what it does not say; of a table the rows of further names.
    pub(super) inherits: bool,
    /// Parts of a list that are joined again where it stands nowhere as a whole.
    pub(super) parts: Vec<FieldNo>,
}

impl Column {
    /// One of which nothing is known yet but what it holds.
    pub(super) fn new(name: String, kind: Kind) -> Column {
        Column { name, kind, ways: Vec::new(), of_product: false, is_shared: false, inherits: false, parts: Vec::new() }
    }
}

/// One way in which a listing says a field.
#[derive(Debug)]
pub(super) struct Way {
    /// Only where all of these hold.
    when: Vec<Program>,
    what: What,
}

/// What is taken.
#[derive(Debug)]
enum What {
    /// The value of a field.
    Field(FieldNo, Form),
    /// A part of the one row of a table.
    Part(FieldNo, FieldNo, Form),
    /// What is computed.
    Program(Program),
    /// A word.
    Constant(String),
    /// Texts and names joined; there only if every part is.
    Template(Vec<Result<String, Program>>),
}

/// Fields that a document carries.
pub(super) struct Places<'p> {
    pub(super) fields: &'p [Field],
    pub(super) is_carried: &'p dyn Fn(FieldNo) -> bool,
    pub(super) language: &'p str,
}

impl Places<'_> {
    fn number(&self, name: &str) -> Option<FieldNo> {
        self.fields.iter().position(|field| field.name == name)
    }

    fn program(&self, expression: &Expression) -> Program {
        let number = |name: &str| self.number(name).filter(|number| (self.is_carried)(*number));
        expression.compile(&mut |name| number(name).and_then(|number| u32::try_from(number).ok()).unwrap_or(u32::MAX))
    }
}

/// All fields of an offer that go back, in the order of the description; what `back` says counts alone.
pub(super) fn columns(places: &Places<'_>, back: &[(String, Source)]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (name, source) in back {
        let Some((field, suffix)) = offer_field(name) else { continue };
        let mut ways = Vec::new();
        source_ways(places, source, field, &[], &mut ways);
        let name = full_name(field, suffix, places.language);
        if !ways.is_empty() {
            columns.push(Column { ways, ..Column::new(name, field.kind) });
        }
    }
    let said: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    let mut parts: Vec<&str> = Vec::new();
    for (number, field) in places.fields.iter().enumerate().filter(|one| (places.is_carried)(one.0)) {
        // the main picture may stand in several places
        let name = plain_name(&field.source).filter(|name| !field.is_of_offers() && !parts.contains(name));
        parts.extend(name.filter(|name| name.starts_with("pictures.")));
        let to = field.source.to.as_deref().and_then(plain_name).filter(|_| field.kind == Kind::Interval);
        let targets = name.into_iter().filter_map(|name| target(name, field, places.language));
        let ends = to.and_then(|name| target(name, field, places.language));
        let ends = ends.map(|end| Target { form: Form::End, ..end });
        for found in targets.chain(ends).filter(|found| !said.contains(&found.name)) {
            add(&mut columns, found, number, None);
        }
        for (part, inner) in field.fields.iter().enumerate().filter(|_| field.is_one_row()) {
            let targets = plain_name(&inner.source).into_iter().filter_map(|name| target(name, inner, places.language));
            for found in targets.filter(|found| !said.contains(&found.name)) {
                add(&mut columns, found, number, Some(part));
            }
        }
    }
    for column in &mut columns {
        let numbers = column.ways.iter().filter_map(Way::field).chain(column.parts.iter().copied());
        let fields: Vec<&Field> = numbers.filter_map(|number| places.fields.get(number)).collect();
        column.of_product = fields.iter().any(|field| is_of_product(field));
        column.is_shared = fields.iter().any(|field| is_shared(field, &column.name));
        // what tells variants apart is nobody's but theirs
        column.inherits = column.name != "options" && fields.iter().any(|field| field.inherits);
    }
    columns
}

/// Whether listings of products have a field, and those of variants never.
fn is_of_product(field: &Field) -> bool {
    let Some(when) = &field.source.when else { return false };
    let program = when.compile(&mut |name| if name == ROLE { 0 } else { u32::MAX });
    let holds = |role: &'static str| {
        program.holds(&move |number: u32| if number == 0 { Value::Text(role) } else { Value::Unsaid })
    };
    holds("product") && !holds("variant")
}

/// Whether the listing of a product has all that its variants have of a list, and theirs only some of it.
fn is_shared(field: &Field, name: &str) -> bool {
    let is_of_all = |source: &Source| source.as_name().and_then(|own| own.strip_prefix("group.")) == Some(name);
    match &field.source.from {
        From::FirstOf(members) => field.kind == Kind::List && members.iter().skip(1).any(is_of_all),
        _ => false,
    }
}

/// Adds one more place where a field is said: a field of the listing, or a part of the one row of a table.
fn add(columns: &mut Vec<Column>, target: Target, number: FieldNo, in_row: Option<FieldNo>) {
    let Target { name, field, form, part } = target;
    let at = columns.iter().position(|column| column.name == name).unwrap_or_else(|| {
        columns.push(Column::new(name, field.kind));
        columns.len() - 1
    });
    let Some(column) = columns.get_mut(at) else { return };
    let what = match in_row {
        None if part => return column.parts.push(number),
        None => What::Field(number, form),
        Some(inner) => What::Part(number, inner, form),
    };
    column.ways.push(Way { when: Vec::new(), what });
}

/// The ways of a source over the listing's names.
fn source_ways(
    places: &Places<'_>,
    source: &Source,
    target: &'static crate::model::OfferField,
    outer: &[&Expression],
    ways: &mut Vec<Way>,
) {
    let conditions: Vec<&Expression> = outer.iter().copied().chain(source.when.as_deref()).collect();
    let when = || conditions.iter().map(|condition| places.program(condition)).collect::<Vec<_>>();
    let what = match &source.from {
        From::FirstOf(members) => {
            members.iter().for_each(|member| source_ways(places, member, target, &conditions, ways));
            None
        }
        From::Expression(expression) => match expression.as_name().and_then(|name| places.number(name)) {
            Some(number) => {
                let field = places.fields.get(number).filter(|_| (places.is_carried)(number));
                field.and_then(|field| form_of(field, target, places.language)).map(|form| What::Field(number, form))
            }
            None => Some(What::Program(places.program(expression))),
        },
        From::Constant(text) => Some(What::Constant(text.clone())),
        From::Template(parts) => Some(What::Template(parts.iter().map(|part| template_part(places, part)).collect())),
        From::Nothing | From::Lookup { .. } => None,
    };
    ways.extend(what.map(|what| Way { when: when(), what }));
    if let Some(Otherwise::Text(text)) = &source.otherwise {
        ways.push(Way { when: when(), what: What::Constant(text.clone()) });
    }
}

fn template_part(places: &Places<'_>, part: &Part) -> Result<String, Program> {
    match part {
        Part::Text(text) => Ok(text.clone()),
        Part::Name(name) => Err(places.program(name)),
    }
}

impl Way {
    /// The field whose value it takes.
    fn field(&self) -> Option<FieldNo> {
        match &self.what {
            What::Field(number, _) => Some(*number),
            _ => None,
        }
    }

    /// The places in a tree that a listing says in this way.
    pub(super) fn places<'v>(&self, values: &[Value<'v>]) -> Option<Vec<&'v str>> {
        match &self.what {
            What::Field(number, Form::Path) => Some(places(values.get(*number)?)),
            _ => None,
        }
    }

    /// What a listing says in this way; the form in which its value goes back.
    pub(super) fn value<'v>(&self, values: &[Value<'v>], arena: &'v Bump) -> Option<(Value<'v>, &Form)> {
        let of = |number: u32| values.get(number as usize).copied().unwrap_or_default();
        if !self.when.iter().all(|when| when.holds(&of)) {
            return None;
        }
        let (value, form) = match &self.what {
            What::Field(number, form) => (values.get(*number).copied().unwrap_or_default(), form),
            What::Part(table, part, form) => match values.get(*table) {
                Some(Value::Table([row, ..])) => (row.get(*part).copied().unwrap_or_default(), form),
                _ => return None,
            },
            What::Program(program) => (program.value(&of, arena), &Form::Value),
            What::Constant(text) => (Value::Text(arena.alloc_str(text)), &Form::Value),
            What::Template(parts) => (joined(parts, &of, arena), &Form::Value),
        };
        value.is_there().then_some((value, form))
    }
}

/// The parts of a template, where all of them are there.
fn joined<'v>(parts: &[Result<String, Program>], of: &dyn Fn(u32) -> Value<'v>, arena: &'v Bump) -> Value<'v> {
    let mut text = String::new();
    for part in parts {
        match part {
            Ok(fixed) => text.push_str(fixed),
            Err(program) => match program.value(of, arena) {
                Value::Text(said) => text.push_str(said),
                Value::Number(number) => text.push_str(&crate::model::amount::spell(number.amount)),
                _ => return Value::Empty,
            },
        }
    }
    Value::Text(arena.alloc_str(&text))
}
