//! What comes of sources, from a description's text to a listing's values.

use bumpalo::Bump;

use super::{Builder, Known, MadeBefore, Projection, Step};
use crate::channel::load;
use crate::model::{Kind, Said, Value};
use crate::wire::yaml::{Document, Problems, parse};

const ROW: &[Value<'static>] =
    &[Value::Text("см"), Value::Text("Довжина"), Value::List(&["15", "16"]), Value::Text("Длина")];

fn said(name: &str, kind: Kind, rows: &[&str]) -> Said {
    let rows = rows.iter().map(|row| said(row, Kind::Text, &[])).collect();
    Said { name: name.into(), kind, rows }
}

/// The value that a source gives for one offer, as it is shown by `Debug`.
fn shown(source: &str) -> String {
    shown_of(source, "")
}

/// The same where `x.text` of the offer is this.
fn shown_of(source: &str, text: &'static str) -> String {
    let (projection, mut offer) = projection_of(source);
    offer[6] = Value::of_text(text);
    let (arena, mut values) = (Bump::new(), Vec::new());
    projection.values(&offer, &arena, &mut values);
    let listing = projection.listing(&projection.channels[0], &values, &arena);
    match listing[1] {
        Value::Number(number) => number.amount.to_string(),
        other => format!("{other:?}"),
    }
}

/// The projection of a source, and an offer for it.
fn projection_of(source: &str) -> (Projection, [Value<'static>; 7]) {
    let text = format!(
        "id: bazar\ntitle: Bazar\nchecked: {{on: 2026-11-21, at: a page}}\nfields: {{id: sku, x: {source}}}\n\
         shapes: {{feed: {{wire: xml, listings: a/b, at: [id, x]}}}}\n"
    );
    let problems = Problems::default();
    let document = Document { name: "bazar.yaml".into(), text };
    let description = parse(document, &problems).and_then(|node| load(&node, &problems));
    let description = description.unwrap_or_else(|| panic!("{:?}", problems.take()));
    let master = [
        said("sku", Kind::Text, &[]),
        said("stock.kyiv", Kind::Count, &[]),
        said("stock.lviv", Kind::Count, &[]),
        said("attributes", Kind::Table, &["unit", "name.uk", "value.uk", "name.ru"]),
        said("pictures", Kind::List, &[]),
        said("brand", Kind::Text, &[]),
        said("x.text", Kind::Text, &[]),
    ];
    let offer = [
        Value::Text("K1"),
        Value::number(2.into(), Box::leak(Box::default())),
        Value::Empty,
        Value::Table(&[ROW]),
        Value::List(&["https://a.example/1.jpg", "https://a.example/2.jpg"]),
        Value::Text("lviv"),
        Value::Empty,
    ];
    let mut builder =
        Builder::new(Known { said: &master, constants: Vec::new(), language: "uk".into(), categories: None });
    builder.channel(&description.fields, &description, Vec::new(), None);
    (builder.finish(), offer)
}

#[test]
fn what_nobody_says_is_found_out_once() {
    let steps = |source: &str| projection_of(source).0.steps;
    for (source, same) in [
        ("{from: [mpn, gtin, brand]}", "brand"),
        ("{from: brand, when: not (mpn and gtin)}", "brand"),
        ("{from: mpn, when: gtin}", "{from: gtin, when: mpn}"),
        ("[\"{{ brand }}, {{ mpn }}\", gtin, brand]", "brand"),
    ] {
        let (steps, same) = (steps(source), steps(same));
        let computed = |step: &&Step| !matches!(step, Step::Said(_) | Step::Constant(_));
        assert_eq!(
            steps.iter().filter(computed).collect::<Vec<_>>(),
            same.iter().filter(computed).collect::<Vec<_>>(),
            "{source}"
        );
    }
    assert_eq!(shown("{from: mpn, when: gtin}"), "Unsaid");
    assert_eq!(shown("[mpn, gtin]"), "Unsaid");
}

#[test]
fn a_condition_on_what_nobody_says_takes_nothing_away() {
    for (source, expected) in [
        ("{from: brand, when: mpn}", "Unsaid"),
        ("{value: maker, when: warranty}", "Unsaid"),
        ("{value: maker, when: warranty and brand == 'lviv'}", "Unsaid"),
        ("{value: maker, when: warranty or brand == 'lviv'}", "Text(\"maker\")"),
        ("{value: maker, when: warranty or brand == 'kyiv'}", "Empty"),
        ("{value: maker, when: not warranty}", "Text(\"maker\")"),
        ("{value: maker, when: brand == 'kyiv'}", "Empty"),
        ("{from: brand, when: old_price > 3}", "Unsaid"),
        ("[{from: brand, when: mpn}, {value: none}]", "Text(\"none\")"),
        ("{from: attributes, when: mpn, fields: {a: name}}", "Unsaid"),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn where_a_condition_fails_no_other_word_stands_in() {
    assert_eq!(shown("{from: mpn, else: lost}"), "Text(\"lost\")");
    assert_eq!(shown("{from: mpn, else: lost, when: brand == 'lviv'}"), "Text(\"lost\")");
    assert_eq!(shown("{from: mpn, else: lost, when: brand == 'kyiv'}"), "Empty");
}

#[test]
fn a_key_finds_one_of_several_values() {
    for (source, expected) in [
        ("{from: \"stock['kyiv']\", kind: count}", "2"),
        ("{from: \"stock['lviv']\", kind: count}", "Empty"),
        ("{from: 'stock[brand]', kind: count}", "Empty"),
        ("{from: \"stock['odesa']\", kind: count}", "Empty"),
        ("{from: \"stock['kyiv'] > 1\", kind: flag}", "Flag(true)"),
        ("{from: \"price['kyiv']\", kind: money}", "Unsaid"),
        // the columns of a table are found wherever they stand
        ("{from: \"attributes['Довжина']\"}", "Text(\"15\")"),
        ("{from: \"attributes['Ширина']\"}", "Empty"),
        ("{from: sku, when: \"attributes['Довжина'] == '15'\"}", "Text(\"K1\")"),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn a_list_is_cut_to_its_first_items() {
    for (source, expected) in [
        ("{from: 'first(pictures, 1)', kind: list}", "List([\"https://a.example/1.jpg\"])"),
        (
            "{from: 'first(pictures, 9)', kind: list}",
            "List([\"https://a.example/1.jpg\", \"https://a.example/2.jpg\"])",
        ),
        ("{from: 'first(pictures.rest, 1)', kind: list}", "List([\"https://a.example/2.jpg\"])"),
        ("{from: 'first(tags, 2)', kind: list}", "Unsaid"),
        ("{from: ['first(tags, 2)', 'first(pictures, 1)'], kind: list}", "List([\"https://a.example/1.jpg\"])"),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn a_row_reaches_past_itself() {
    let source = "{from: attributes, fields: {a: name, b: \"offer.stock['kyiv']\", c: position, d: unit}}";
    let row = "[Text(\"Довжина\"), Text(\"2\"), Text(\"1\"), Text(\"см\")]";
    assert_eq!(shown(source), format!("Table([{row}])"));
}

#[test]
fn only_rows_that_follow_from_their_old_ones_are_made_once() {
    for (fields, alone) in [
        ("a: name, b: unit, c: \"'{{ name }}, {{ unit }}'\"", true),
        ("a: name, b: position", false),
        ("a: name, b: offer.brand", false),
        ("a: {from: name, when: \"offer.stock['kyiv'] > 1\"}", false),
    ] {
        let (projection, offer) = projection_of(&format!("{{from: attributes, fields: {{{fields}}}}}"));
        let steps = projection.steps.iter().filter_map(|step| match step {
            Step::Rows(rows) => Some(rows.of_row_alone),
            _ => None,
        });
        assert_eq!(steps.collect::<Vec<_>>(), [alone], "{fields}");
        let (arena, made_before) = (Bump::new(), MadeBefore::default());
        let (first, mut other) = (only_row(&projection, &offer, &made_before, &arena), offer);
        (other[1], other[5]) = (Value::number(0.into(), Box::leak(Box::default())), Value::Text("Other"));
        let second = only_row(&projection, &other, &made_before, &arena);
        assert_eq!(first.as_ptr() == second.as_ptr(), alone, "{fields}");
        assert_eq!(second, only_row(&projection, &other, &MadeBefore::default(), &arena), "{fields}");
    }
}

fn only_row<'b>(
    projection: &'b Projection,
    offer: &[Value<'b>],
    made_before: &MadeBefore<'b>,
    arena: &'b Bump,
) -> &'b [Value<'b>] {
    let mut values = Vec::new();
    projection.values_of_next(offer, arena, made_before, &mut values);
    let listing = projection.listing(&projection.channels[0], &values, arena);
    let Value::Table([row]) = listing[1] else { panic!("{:?}", listing[1]) };
    row
}

#[test]
fn a_table_in_a_language_has_the_rows_of_that_language() {
    let source = "{from: attributes.uk, fields: {a: name, b: value.uk}}";
    assert_eq!(shown(source), "Table([[Text(\"Довжина\"), Text(\"15, 16\")]])");
    let source = "{from: attributes.ru, fields: {a: name, b: value, c: value.uk, d: name.uk, e: unit}}";
    let row = "[Text(\"Длина\"), Unsaid, Text(\"15, 16\"), Text(\"Довжина\"), Text(\"см\")]";
    assert_eq!(shown(source), format!("Table([{row}])"));
    assert_eq!(shown("{from: attributes.pl, fields: {a: name}}"), "Unsaid");
}

#[test]
fn a_table_without_a_source_is_one_row_of_what_is_around_it() {
    for (source, expected) in [
        ("{fields: {a: brand, b: mpn}}", "Table([[Text(\"lviv\"), Unsaid]])"),
        ("{fields: {a: mpn, b: gtin}}", "Unsaid"),
        ("{fields: {a: stock.lviv, b: gtin}}", "Empty"),
        ("{when: brand == 'kyiv', fields: {a: brand}}", "Empty"),
        ("{when: mpn, fields: {a: brand}}", "Unsaid"),
        ("{when: brand, fields: {a: {value: z}}}", "Table([[Text(\"z\")]])"),
        ("{fields: {a: gtin}, else: [{a: none}]}", "Table([[Text(\"none\")]])"),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
}

#[test]
fn texts_are_taken_for_what_the_field_is() {
    for (text, kind, expected) in [
        ("30 mm", "quantity, unit: cm", "3"),
        ("1,5", "number", "1.5"),
        ("many", "count", "Bad(\"many\")"),
        ("15.12.2026 20:30", "time", "Text(\"2026-12-15T20:30:00\")"),
        ("2026-12-15T20:30:00+02:00[Europe/Kyiv]", "time", "Text(\"2026-12-15T20:30:00+02:00\")"),
        (
            "2026-12-15T20:30:00+02:00[Europe/Kyiv]",
            "time, format: \"%Y-%m-%d %H:%M\"",
            "Text(\"2026-12-15T20:30:00+02:00[Europe/Kyiv]\")",
        ),
        (" ", "date", "Empty"),
        ("tomorrow", "date", "Bad(\"tomorrow\")"),
        ("12/15/2026", "date", "Bad(\"12/15/2026\")"),
    ] {
        assert_eq!(shown_of(&format!("{{from: x.text, kind: {kind}}}"), text), expected, "{text}");
    }
}

#[test]
fn the_items_of_a_list_can_be_rows() {
    let source =
        "{from: pictures, where: position > 1, fields: {a: value, b: {from: position, kind: count}, c: brand}}";
    assert!(shown(source).starts_with("Table([[Text(\"https://a.example/2.jpg\"), Number("), "{}", shown(source));
    assert!(shown(source).ends_with("Text(\"lviv\")]])"), "{}", shown(source));
}
