//! Values at limits, and the values beside them for which a rule counts.

use bumpalo::Bump;
use offersync::channel::description::{Field, Limit, Rule, Test};
use offersync::model::{Kind, Number, Unit, Value};
use rust_decimal::Decimal;

/// A value that a limit allows and one that it does not, with what must stand beside them.
pub struct Pair<'a> {
    pub within: Value<'a>,
    pub beyond: Value<'a>,
    pub others: Vec<(usize, Value<'a>)>,
}

const STEP: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Both ends of a limit.
pub fn pairs<'a>(rule: &Rule, field: &Field, beside: &[Field], arena: &'a Bump) -> Vec<Pair<'a>> {
    let alone = |within, beyond| Pair { within, beyond, others: Vec::new() };
    let sized = |from: Option<Decimal>, to: Option<Decimal>, make: &dyn Fn(usize) -> Value<'a>| {
        let size = |limit: Decimal| limit.to_string().parse::<usize>().unwrap();
        let upper = to.map(|to| alone(make(size(to)), make(size(to) + 1)));
        let lower = from.filter(|from| *from > Decimal::ONE).map(|from| alone(make(size(from)), make(size(from) - 1)));
        upper.into_iter().chain(lower).collect::<Vec<_>>()
    };
    let text = |letter: &str, count: usize| -> Value<'a> {
        let text: &'a str = arena.alloc_str(&letter.repeat(count));
        if field.kind == Kind::List { Value::List(arena.alloc_slice_copy(&[text])) } else { Value::Text(text) }
    };
    match &rule.test {
        Test::Chars(range) if rule.whole => sized(range.from, range.to, &|count| {
            let items: Vec<&str> = whole(field, count).into_iter().map(|item| &*arena.alloc_str(&item)).collect();
            Value::List(arena.alloc_slice_copy(&items))
        }),
        Test::Chars(range) => sized(range.from, range.to, &|count| text("ї", count)),
        Test::Bytes(range) => sized(range.from, range.to, &|count| text("x", count)),
        Test::Items(range) => sized(range.from, range.to, &|count| items(field, count, arena)),
        Test::Range(range) => {
            let amount = |amount: Decimal| {
                Value::of_number(Number { amount, unit: rule.unit.unwrap_or(Unit::NONE), text: "" }, arena)
            };
            let lower = range.from.map(|from| alone(amount(from), amount(from - STEP)));
            let upper = range.to.map(|to| alone(amount(to), amount(to + STEP)));
            lower.into_iter().chain(upper).collect()
        }
        Test::Above(limit) => vec![beside_limit(limit, STEP, beside, arena)],
        Test::Below(limit) => vec![beside_limit(limit, -STEP, beside, arena)],
        _ => Vec::new(),
    }
}

/// Short items that have so many characters once they are joined.
pub fn whole(field: &Field, count: usize) -> Vec<String> {
    let join = field.spelling.join.as_deref().map_or(0, |join| join.chars().count());
    if join == 0 {
        // who joins it is for a shape to say
        return vec!["ї".repeat(count)];
    }
    let each = 10 - join;
    let full = (count - 1) / 10;
    let mut items = vec!["ї".repeat(each); full];
    items.push("ї".repeat(count - full * 10));
    items
}

/// Strictly above or below: the limit itself is beyond.
fn beside_limit<'a>(limit: &Limit, step: Decimal, beside: &[Field], arena: &'a Bump) -> Pair<'a> {
    match limit {
        Limit::Number(number) => Pair {
            within: Value::number(number + step, arena),
            beyond: Value::number(*number, arena),
            others: Vec::new(),
        },
        Limit::Field(number) => {
            assert!(beside[*number].kind.is_number());
            let at = Value::number(Decimal::ONE_HUNDRED, arena);
            Pair { within: Value::number(Decimal::ONE_HUNDRED + step, arena), beyond: at, others: vec![(*number, at)] }
        }
    }
}

fn items<'a>(field: &Field, count: usize, arena: &'a Bump) -> Value<'a> {
    if field.kind == Kind::Table {
        let row: &'a [Value<'a>] = arena.alloc_slice_fill_copy(field.fields.len(), Value::Unsaid);
        return Value::Table(arena.alloc_slice_fill_copy(count, row));
    }
    Value::List(arena.alloc_slice_fill_with(count, |number| &*arena.alloc_str(&format!("https://x.example/{number}"))))
}

/// Values beside a field for which the rule counts; `None` where none was found.
pub fn condition<'f>(rule: &'f Rule, beside: &'f [Field], own: usize, arena: &'f Bump) -> Option<Vec<Value<'f>>> {
    let nothing = vec![Value::Unsaid; beside.len()];
    let Some(when) = &rule.when else { return Some(nothing) };
    let number = |name: &str| beside.iter().position(|field| field.name == name);
    let program = when.compile(&mut |name| number(name).map_or(u32::MAX, |number| u32::try_from(number).unwrap()));
    let names: Vec<usize> = when.names().iter().filter_map(|used| number(used.name)).filter(|n| *n != own).collect();
    let words = when.text.split('\'').skip(1).step_by(2).chain(["UAH", "USD"]);
    let mut candidates: Vec<Value<'f>> = words.map(Value::Text).collect();
    candidates.extend([Value::Unsaid, Value::Flag(true), Value::Flag(false), Value::number(Decimal::ONE, arena)]);
    let mut tries = vec![nothing];
    for name in names {
        let with = |values: &Vec<Value<'f>>| {
            let values = values.clone();
            candidates.iter().map(move |candidate| {
                let mut values = values.clone();
                values[name] = *candidate;
                values
            })
        };
        tries = tries.iter().flat_map(with).collect();
    }
    tries.into_iter().find(|values| program.holds(&|number| values.get(number as usize).copied().unwrap_or_default()))
}

/// A value that lives as long as the arena.
pub fn lent<'a>(value: &Value<'_>, arena: &'a Bump) -> Value<'a> {
    match value {
        Value::Text(text) => Value::Text(arena.alloc_str(text)),
        Value::List(items) => {
            Value::List(arena.alloc_slice_fill_iter(items.iter().map(|item| &*arena.alloc_str(item))))
        }
        Value::Number(number) => Value::of_number(Number { text: "", ..**number }, arena),
        Value::Flag(flag) => Value::Flag(*flag),
        Value::Table(rows) => {
            let row = |row: &&[Value<'_>]| -> &'a [Value<'a>] {
                arena.alloc_slice_fill_iter(row.iter().map(|value| lent(value, arena)).collect::<Vec<_>>())
            };
            Value::Table(arena.alloc_slice_fill_iter(rows.iter().map(row)))
        }
        Value::Unsaid | Value::Empty | Value::Bad(_) => Value::Unsaid,
    }
}
