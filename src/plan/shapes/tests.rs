use proptest::prelude::*;

use super::*;
use crate::plan::{ChangeKind, Items};

const CAPS: Caps = Caps { worth_a_line: 20, of_a_field: 4, in_all: 12, fields: 8 };

fn field(sort: FieldSort, name: &str, from: &str, to: &str) -> FieldChange {
    let numbers = from.parse().ok().zip(to.parse().ok());
    let side = |text: &str| (text != "none").then(|| text.to_owned());
    FieldChange { name: name.into(), from: side(from), to: side(to), sort, numbers, items: None::<Box<Items>> }
}

fn update(key: String, fields: Vec<FieldChange>) -> Change {
    let moved = fields.first().and_then(|field| field.numbers).map(|(from, to)| (to - from).abs());
    Change {
        fields,
        at_stake: moved,
        currency: "UAH".into(),
        brand: "Karpaty".into(),
        ..Change::new(ChangeKind::Update, key)
    }
}

fn price(number: usize, from: i64, to: i64) -> Change {
    update(format!("K{number:05}"), vec![field(FieldSort::Price, "price", &from.to_string(), &to.to_string())])
}

fn all(changes: &[Change], caps: Caps) -> Vec<Shape<'_>> {
    shapes(changes, |_| true, caps)
}

#[test]
fn twenty_alike_have_their_line_and_the_others_merge_with_their_range() {
    let mut changes: Vec<Change> = (0..25).map(|number| price(number, 1000, 950)).collect();
    changes.extend((0..19).map(|number| price(100 + number, 1000, 1100)));
    changes.push(price(200, 1000, 876));
    let shapes = all(&changes, CAPS);
    let likes: Vec<_> = shapes.iter().map(|shape| (shape.like.clone(), shape.changes.len())).collect();
    assert_eq!(likes, [(Like::Move { tenths: -50, falls: true }, 25), (Like::Mixed(Some((-124, 100))), 20)]);
    assert_eq!(shapes[0].traits.cover(), Some(("brand", "Karpaty")));
    assert_eq!(shapes[1].changes[0].key, "K00200", "by money, then by key");
    assert_eq!(shapes[1].changes[1].key, "K00100");
}

#[test]
fn few_that_are_all_alike_are_a_shape_too() {
    let changes = [price(1, 1000, 900), price(2, 500, 450)];
    assert_eq!(all(&changes, CAPS)[0].like, Like::Move { tenths: -100, falls: true });
}

#[test]
fn a_listing_counts_under_its_weightiest_field_only() {
    let stock = || field(FieldSort::Stock, "stock_quantity", "9", "14");
    let text = || field(FieldSort::Text, "name", "a", "b");
    let old = || field(FieldSort::Money, "price_old", "none", "1299");
    let cost = || field(FieldSort::Price, "price", "1299", "1169");
    let changes = [
        update("A".into(), vec![stock()]),
        update("B".into(), vec![stock(), text()]),
        update("C".into(), vec![stock(), text(), old()]),
        update("D".into(), vec![stock(), text(), old(), cost()]),
    ];
    let shapes = all(&changes, CAPS);
    let seen: Vec<_> =
        shapes.iter().map(|shape| (shape.field, shape.changes[0].key.as_str(), shape.with_others)).collect();
    assert_eq!(seen, [("price", "D", 1), ("price_old", "C", 1), ("name", "B", 1), ("stock_quantity", "A", 0)]);
    assert_eq!(shapes[1].like, Like::Appears);
    assert_eq!(shapes[3].pieces(), Some((9.into(), 14.into())));
    let only_stock = super::shapes(&changes, |field| field.sort == FieldSort::Stock, CAPS);
    assert_eq!(only_stock.len(), 1);
    assert_eq!(only_stock[0].changes.len(), 4);
}

#[test]
fn those_over_a_guard_come_first_and_stay_together() {
    let mut changes: Vec<Change> = (0..30).map(|number| price(number, 1000, 950)).collect();
    for number in [3, 4] {
        changes[number] = Change { over: Some("max-price-move"), ..price(number, 13_000, 1_300 + number as i64) };
    }
    let shapes = all(&changes, CAPS);
    assert_eq!(shapes[0].like, Like::Over("max-price-move"));
    assert_eq!((shapes[0].changes.len(), shapes[1].changes.len()), (2, 28));
}

#[test]
fn texts_that_lose_the_same_words_are_alike() {
    let changes: Vec<Change> = (0..40)
        .map(|number| {
            let to = format!("Термос номер {number}, зелений");
            let from = if number % 2 == 0 {
                format!("{to} Безкоштовна доставка!")
            } else {
                format!("Увага! {to}")
            };
            update(format!("K{number}"), vec![field(FieldSort::Text, "description_ua", &from, &to)])
        })
        .collect();
    let shapes = all(&changes, CAPS);
    let seen: Vec<_> = shapes.iter().map(|shape| (shape.like.clone(), shape.changes.len(), shape.uniform)).collect();
    assert_eq!(seen, [(Like::Words, 20, false), (Like::Words, 20, false)]);
}

#[test]
fn many_fields_and_shapes_stay_within_their_caps_and_stock_is_never_among_the_rest() {
    let mut changes: Vec<Change> = Vec::new();
    for number in 0..2000 {
        let name = format!("param[{}]", number % 100);
        changes
            .push(update(format!("P{number}"), vec![field(FieldSort::Other, &name, "x", &format!("y{}", number % 3))]));
        changes.push(price(number, 100_000, 100_000 + 100 * (1 + number as i64 / 25)));
    }
    changes.push(update("S".into(), vec![field(FieldSort::Stock, "stock", "1", "0")]));
    let shapes = all(&changes, CAPS);
    assert!(shapes.len() <= 12 + 8 + 2 + 1, "{} lines", shapes.len());
    assert!(matches!(&shapes[shapes.len() - 2].like, Like::Fields(names) if names.len() == 92));
    assert_eq!(shapes[shapes.len() - 1].field, "stock");
    assert_eq!(shapes.iter().map(|shape| shape.changes.len()).sum::<usize>(), changes.len());
}

fn any_change(number: usize) -> impl Strategy<Value = Change> {
    let sides = ("[1-3]00|none", "[1-3]00|none|слово|два слова");
    let names = prop::sample::subsequence(vec!["price", "old", "name", "param", "stock"], 0..=5);
    (names, sides, any::<bool>()).prop_map(move |(names, (from, to), over)| {
        let sort = |name: &str| match name {
            "price" => FieldSort::Price,
            "old" => FieldSort::Money,
            "name" => FieldSort::Text,
            "param" => FieldSort::Other,
            _ => FieldSort::Stock,
        };
        let fields = names.into_iter().map(|name| field(sort(name), name, &from, &to)).collect();
        Change { over: over.then_some("max-price-move"), ..update(format!("K{number}"), fields) }
    })
}

proptest! {
    #[test]
    fn shapes_are_a_partition_in_an_order_of_their_own(
        changes in (0usize..60).prop_flat_map(|count| (0..count).map(any_change).collect::<Vec<_>>()),
        turn in any::<prop::sample::Index>(), a in 0usize..3, b in 0usize..4, c in 0usize..3,
    ) {
        let caps = Caps { worth_a_line: 2, of_a_field: a, in_all: b, fields: c };
        let shapes = all(&changes, caps);
        let mut keys: Vec<&str> = shapes.iter().flat_map(|shape| shape.changes.iter().map(|one| one.key.as_str())).collect();
        let mut expected: Vec<&str> = changes.iter().map(|one| one.key.as_str()).collect();
        keys.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(keys, expected);
        let mut turned = changes.clone();
        if !turned.is_empty() {
            turned.rotate_left(turn.index(changes.len()));
        }
        let show = |shapes: Vec<Shape<'_>>| shapes.iter().map(|shape| format!("{} {:?} {:?}", shape.field, shape.like, shape.changes)).collect::<Vec<_>>();
        prop_assert_eq!(show(all(&turned, caps)), show(shapes));
    }
}
