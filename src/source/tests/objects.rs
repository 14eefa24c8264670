//! Masters of objects: what they say, what is refused, and where things stand.

use super::*;
use crate::source::Notation;

fn of(notation: Notation, fields: Vec<FieldMapping>) -> MasterOptions {
    MasterOptions { notation, ..options(fields) }
}

fn read(text: &str, notation: Notation, fields: Vec<FieldMapping>) -> (Master, All) {
    let master = open(text, &of(notation, fields)).unwrap();
    let all = all(&master, 1).unwrap();
    (master, all)
}

/// The values of the only offer, by the names of what is said.
fn only(text: &str, notation: Notation, fields: Vec<FieldMapping>) -> Vec<(String, String)> {
    let (master, all) = read(text, notation, fields);
    assert_eq!(all.offers.len(), 1, "{all:?}");
    master.said().iter().map(|said| said.name.clone()).zip(all.offers[0].2.clone()).collect()
}

fn refused_of(text: &str, notation: Notation) -> String {
    match open(text, &of(notation, Vec::new())) {
        Err(OpenError::Refused(refusal)) => format!("{refusal}: {}", refusal.help),
        Err(OpenError::Mapping(problems)) => panic!("{problems:?}"),
        Ok(_) => panic!("{text} opens"),
    }
}

const ALL_FORMS: &str = r#"{"sku": "00123", "title": {"uk": "Лійка, \"8\" л", "ru": null}, "price": 1299.90,
  "stock": {"kyiv": 3}, "pictures": ["https://x.example/a,b|c", "https://x.example/d"], "adult": false,
  "attributes": {"Колір": ["синій|темний", "чорний"], "Вага": {"value": 0.50, "unit": "кг"}},
  "options": [{"name": "Розмір", "value": "M=L"}], "tiers": [{"quantity": 10, "price": 1.2e3}]}"#;

#[test]
fn every_form_is_read_and_nothing_is_parted_by_what_stands_in_it() {
    let yaml = "- sku: 00123\n  title: {uk: 'Лійка, \"8\" л', ru: ~}\n  price: 1299.90\n  stock:\n    kyiv: 3\n  \
                pictures:\n  - https://x.example/a,b|c\n  - https://x.example/d\n  adult: false\n  attributes:\n    \
                Колір: [синій|темний, чорний]\n    Вага: {value: 0.50, unit: кг}\n  options:\n  - {name: Розмір, value: M=L}\n  \
                tiers: [{quantity: 10, price: 1.2e3}]\n";
    let (from_json, from_yaml) =
        (only(&format!("[{ALL_FORMS}]"), Notation::Json, Vec::new()), only(yaml, Notation::Yaml, Vec::new()));
    let lines = only(&ALL_FORMS.replace('\n', " "), Notation::JsonLines, Vec::new());
    let within = format!("{{\"a\": [1], \"b\": {{\"c\": [{ALL_FORMS}]}}, \"d\": \"[]\"}}");
    assert_eq!(from_json, only(&within, Notation::Json, Vec::new()));
    assert_eq!(from_json, lines);
    assert_eq!(from_json, from_yaml);
    let said: Vec<String> = from_json.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    assert_eq!(
        said,
        [
            "sku: 00123",
            "title.uk: Лійка, \"8\" л",
            "title.ru: -",
            "price: 1299.90",
            "stock.kyiv: 3",
            "pictures: [https://x.example/a,b|c, https://x.example/d]",
            "adult: false",
            "attributes: {Колір: [синій|темний, чорний]: -; Вага: [0.50]: кг}",
            "options: {Розмір: M=L}",
            "tiers: {10: 1200}",
        ]
    );
}

#[test]
fn a_table_reads_as_its_objects_do() {
    let table = "sku,title.uk,price,pictures,attributes\nA1,\"Лійка, 8 л\",\"1299,90\",x|y,Колір=синій|Об'єм=8 л\n";
    let objects = r#"[{"sku": "A1", "title": {"uk": "Лійка, 8 л"}, "price": "1299,90", "pictures": ["x", "y"],
        "attributes": {"Колір": "синій", "Об'єм": "8 л"}}]"#;
    let of_table = all(&master(table, vec![listed("pictures", "pictures", "|")]), 1).unwrap();
    let of_objects = read(objects, Notation::Json, vec![from("pictures", "pictures")]).1;
    assert_eq!(of_table.offers, of_objects.offers);
    assert_eq!(of_table.findings, of_objects.findings);
}

#[test]
fn numbers_keep_their_text_and_their_point() {
    let price = |value: &str, decimal| {
        let text = format!("[{{\"sku\": \"A\", \"price\": {value}}}, {{\"sku\": \"B\", \"price\": \"1,50\"}}]");
        let mut options = of(Notation::Json, Vec::new());
        options.decimal = decimal;
        let master = open(&text, &options).unwrap();
        all(&master, 1).unwrap().offers[0].2[1].clone()
    };
    for (value, read) in [("1.299", "1.299"), ("1299.90", "1299.90"), ("12", "12"), ("1e3", "1000"), ("5e-1", "0.5")] {
        assert_eq!(price(value, Some(DecimalStyle::Comma)), read, "{value}");
        assert_eq!(price(value, None), read, "{value}");
    }
}

#[test]
fn languages_of_rows_are_those_of_attributes() {
    let text = r#"[{"sku": "A", "specs": [{"name": {"uk": "Колір", "ru": "Цвет"}, "value": {"uk": "синій", "ru": "синий"}},
        {"name": {"uk": "Вага", "ru": "Вес"}, "value": 5}]}]"#;
    let fields = vec![mapped("attributes", Columns::Rows("specs".into()))];
    let master = open(text, &of(Notation::Json, fields)).unwrap();
    let rows: Vec<&str> = master.said()[0].rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(rows, ["name.uk", "value.uk", "name.ru", "value.ru"]);
    // a value without a language holds in every one
    let found = all(&master, 1).unwrap();
    assert_eq!(found.offers[0].2[0], "{Колір: [синій]: Цвет: [синий]; Вага: [5]: Вес: [5]}");
}

#[test]
fn what_stands_nowhere_is_unsaid_and_told() {
    let text = "{\"sku\": \"A\", \"price\": null}\n\n{\"sku\": \"B\"}\n";
    let (master, all) = read(text, Notation::JsonLines, vec![from("old_price", "before")]);
    let said: Vec<&str> = master.said().iter().map(|said| said.name.as_str()).collect();
    assert_eq!(said, ["sku", "price"]);
    assert!(all.offers.iter().all(|offer| offer.2[1] == "-"), "{all:?}");
    assert!(format!("{all:?}").contains("the key «before» stands in no object"), "{all:?}");
    // a name that looks like a slip is one
    let slip = open("{\"sku\": \"A\", \"befor\": 1}", &of(Notation::JsonLines, vec![from("old_price", "before")]));
    assert!(matches!(slip, Err(OpenError::Mapping(_))));
}

#[test]
fn what_is_no_catalog_is_refused() {
    for (text, notation, said) in [
        ("", Notation::Json, "the file is empty"),
        ("[]", Notation::Json, "no list of objects stands in it"),
        ("{\"a\": 1}", Notation::Json, "no list of objects stands in it"),
        ("\"x\"", Notation::Json, "no list of objects stands in it"),
        ("[{\"sku\": \"A\"}, 5]", Notation::Json, "line 1, column 16: a number stands where the object of an offer"),
        ("[{\"sku\": \"A\"}", Notation::Json, "line 1, column 1: the list that begins here is never closed"),
        ("[{\"sku\": \"A\"},\n]", Notation::Json, "line 2, column 1: «]» stands where a value was expected"),
        ("[{\"sku\": \"A\"} {}]", Notation::Json, "line 1, column 15: «{» stands where «,» or «]» was expected"),
        ("[{\"sku\": \"A\", \"sku\": \"B\"}]", Notation::Json, "the key «sku» stands twice in one object"),
        ("{\"a\": [], \"a\": [{}]}", Notation::Json, "line 1, column 11: the key «a» stands twice in one object"),
        ("[{\"a\": {\"b\": 1}, \"a.b\": 2}]", Notation::Json, "two values of one object go by the path «a.b»"),
        ("[{\"price\": NaN}]", Notation::Json, "line 1, column 12: «NaN» is no value"),
        ("[{\"sku\": 1}] // x", Notation::Json, "line 1, column 14: «//» stands behind the end"),
        ("[{\"sku\": \"A\", \"pictures\": [\"\u{FDD0}\"]}]", Notation::Json, "is no character"),
        (
            "{\"a\": [{\"x\": 1}], \"b\": [{\"x\": 1}]}",
            Notation::Json,
            "several lists of objects stand in it: «a», «b»",
        ),
        (
            "{\"sku\": \"A\"}\n{\"sku\": \n",
            Notation::JsonLines,
            "line 2, column 1: the object that begins here is never",
        ),
        ("{\"sku\": \"A\"}\n[1]\n", Notation::JsonLines, "line 2, column 1: «[» stands where an object was expected"),
        ("{\n\"sku\": \"A\"}\n", Notation::JsonLines, "if all lines are one document, say `format: json`"),
        ("- sku: A\n  sku: B\n", Notation::Yaml, "line 2, column 3: the key «sku» stands twice in one object"),
        ("- sku: A\n- *x\n", Notation::Yaml, "line 2"),
        ("a: &a {x: 1}\nb:\n- {sku: A}\n- *a\n", Notation::Yaml, "line 4, column 3: an alias stands here"),
        ("- sku: A\n  price: .nan\n", Notation::Yaml, "line 2, column 10: «.nan» is no value"),
        ("- sku: [A\n", Notation::Yaml, "this is not YAML"),
        ("- sku: A\n---\n- sku: B\n", Notation::Yaml, "a second document begins here"),
        ("- sku: !x A\n", Notation::Yaml, "a tag stands here"),
        ("# nothing\n", Notation::Yaml, "nothing stands in it"),
    ] {
        let refusal = refused_of(text, notation);
        assert!(refusal.contains(said), "{text:?}: {refusal}");
    }
    let deep = format!("[{{\"sku\": {}}}]", "[".repeat(1000));
    assert!(refused_of(&deep, Notation::Json).contains("nested more than"));
    for (levels, said) in [(100, "nests deeper than"), (1000, "nests too deep")] {
        let nested = format!("- sku: {}{}\n", "[".repeat(levels), "]".repeat(levels));
        let refusal = refused_of(&nested, Notation::Yaml);
        assert!(refusal.contains(said), "{refusal}");
    }
}

#[test]
fn the_list_may_be_named() {
    let text = "{\"data\": {\"products\": [{\"sku\": \"A\"}], \"brands\": [{\"id\": 1}]}}";
    let named = |items: &str| {
        let mut options = of(Notation::Json, Vec::new());
        options.items = Some(items.to_owned());
        open(text, &options)
    };
    assert_eq!(all(&named("data/products").unwrap(), 1).unwrap().offers[0].0, "A");
    let Err(OpenError::Refused(refusal)) = named("data/product") else { panic!() };
    assert_eq!(refusal.help, "did you mean `items: data/products`?");
}

#[test]
fn places_are_those_of_the_file() {
    let text =
        "[\n {\"sku\": \"A\", \"price\": 1},\n {\"price\": \"x\", \"sku\": \"B\", \"title\": {\"uk\": \"y\"}}\n]";
    let master = open(text, &of(Notation::Json, Vec::new())).unwrap();
    let mut first = Vec::new();
    let read = master.read(
        1,
        9,
        || (),
        |(), block| Ok::<_, Refusal>(block.offers[1].place),
        |place| {
            first.push(place);
            Ok(())
        },
    );
    let spot = |field: &str| {
        let at = master.spot(first[0].offset, &[field]).unwrap();
        text[at.at as usize..].chars().take(5).collect::<String>()
    };
    assert_eq!(spot("price"), "\"x\", ");
    assert_eq!(spot("title"), "\"y\"}}");
    assert_eq!(spot("brand"), "{\"pri");
    assert_eq!(master.lines(&[first[0].offset]).unwrap(), [3]);
    let groups = read.unwrap().sink.into_groups();
    let number = groups.iter().find(|group| group.0 == crate::finding::Known::Number.into()).unwrap();
    let spot = master.spot(number.1.first[0].offset, &[]).unwrap();
    assert_eq!(spot.cell.map(|cell| &text[cell.start as usize..cell.end as usize]), Some("\"x\""));
}

#[test]
fn several_values_for_one_field_keep_the_offer_back() {
    let text =
        r#"[{"sku": "A", "brand": ["Kord"], "price": 1}, {"sku": "B", "brand": ["Kord", "K"], "price": {"x": [1]}}]"#;
    let (_, all) = read(text, Notation::Json, Vec::new());
    assert_eq!(all.offers[0].2[1], "Kord");
    assert!(!all.offers[0].1 && all.offers[1].1, "{all:?}");
    assert!(format!("{all:?}").contains("is not one value"), "{all:?}");
}

/// Nobody knows the kind of what goes to `x`: where the file has lists, it is one.
#[test]
fn what_no_field_fits_may_be_a_list() {
    let text = r#"[{"sku": "A", "x": {"ids": ["K, 1", "K2"]}, "n": "a|b"}, {"sku": "B", "x": {"ids": "K3"}}]"#;
    let (_, all) = read(text, Notation::Json, vec![listed("x.n", "n", "|")]);
    let said: Vec<_> = all.offers.iter().map(|offer| offer.2.join(" ")).collect();
    assert!(all.offers.iter().all(|offer| !offer.1), "{all:?}");
    assert_eq!(said, ["[a, b] A [K, 1, K2]", "- B [K3]"]);
}

/// Every cut of a file: refused, told, or a shop with fewer offers that was never longer.
#[test]
fn every_cut_of_a_file_is_seen_where_its_notation_shows_it() {
    let object = |sku: &str| {
        format!("{{\"sku\": \"{sku}\", \"price\": 12.50, \"pictures\": [\"x,ї\"], \"stock\": {{\"kyiv\": 5}}}}")
    };
    let json = format!("{{\"a\": 1, \"b\": [\n{},\n{}\n], \"c\": [1]}}", object("A"), object("B"));
    let lines = format!("{}\n{}\n", object("A"), object("B"));
    let yaml = format!("- {}\n- sku: B\n  price: 12.50\n  pictures:\n  - x,ї\n  stock: {{kyiv: 5}}\n", object("A"));
    for (text, notation) in [(json, Notation::Json), (lines, Notation::JsonLines), (yaml, Notation::Yaml)] {
        assert_eq!(read(&text, notation, Vec::new()).1.offers.len(), 2);
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            let cut = &text[..end];
            let Ok(master) = open(cut, &of(notation, Vec::new())) else { continue };
            let all = all(&master, 1).unwrap();
            let is_told = all.codes().contains(&"catalog/no-final-newline");
            match notation {
                Notation::Json => panic!("{cut} was read"),
                // a line that ends with its object is whole
                Notation::JsonLines => assert!(all.offers.len() == cut.matches('}').count() / 2, "{cut}"),
                _ => assert!(is_told || cut.ends_with('\n'), "{cut}"),
            }
        }
    }
}

#[test]
fn several_sources_of_attributes_join() {
    let text = r#"[{"sku": "A", "specs": {"Колір": "синій"}, "length": 5, "pairs": "a=b|c=d"}]"#;
    let attribute = Columns::Attribute {
        name: "Довжина".into(),
        column: "length".into(),
        unit: Some("см".into()),
        section: None,
        split: None,
    };
    let pairs = Columns::Pairs { column: "pairs".into(), split: "|".into(), pair: "=".into() };
    let fields = [Columns::Rows("specs".into()), attribute, pairs].map(|from| mapped("attributes", from));
    let said = only(text, Notation::Json, fields.to_vec());
    assert_eq!(said[0].1, "{Колір: [синій]: -; Довжина: [5]: см; a: [b]: -; c: [d]: -}");
}

#[test]
fn rows_that_lack_what_they_need_are_told() {
    let tables = |text: &str| read(text, Notation::Json, Vec::new()).1;
    let all = tables(r#"[{"sku": "A", "tiers": [{"quantity": null, "price": 5}, {"quantity": 2, "price": null}]}]"#);
    assert_eq!(all.messages("catalog/number"), ["tiers «5» has no quantity beside it"]);
    let all = tables(r#"[{"sku": "A", "attributes": [{"name": "a", "value": ""}, {"value": "x", "name": null}]}]"#);
    assert_eq!(all.messages("catalog/pair-blank"), ["attributes «a» has no value behind its name"]);
    assert_eq!(all.messages("catalog/pair"), ["attributes «x» has no name before its value"]);
    let all = tables(r#"[{"sku": "A", "options": {"a": ["x", "y"]}, "attributes": {"b": [["z"]]}}]"#);
    assert_eq!(
        all.messages("catalog/form"),
        [r#"options «[x, y]» is not one value; attributes «[["z"]]» is not one value"#]
    );
    let wrong = |fields: Vec<FieldMapping>| match open(
        r#"[{"sku": "A", "t": [{"x": 1}], "u": "x", "v": {"a": 1}, "title": [{"y": 1}]}]"#,
        &of(Notation::Json, fields),
    ) {
        Err(OpenError::Mapping(problems)) => format!("{}: {}", problems[0].what, problems[0].label),
        other => panic!("{other:?}"),
    };
    let rows = |field: &str, column: &str| vec![mapped(field, Columns::Rows(column.into()))];
    assert_eq!(
        wrong(rows("tiers", "t")),
        "the objects for `tiers` have not the keys that it needs: it needs `quantity` and `price`, they have «x»"
    );
    assert!(wrong(rows("attributes", "u")).starts_with("`attributes` cannot be taken from columns like this"));
    assert!(wrong(vec![from("brand", "t")]).contains("objects stand there"));
    let mut both = rows("attributes", "v");
    both.extend(rows("attributes.ru", "v"));
    assert!(wrong(both).contains("say its languages"));
}

#[test]
fn one_column_as_a_list_and_as_a_text_is_no_mapping() {
    let text = r#"[{"sku": "A", "images": ["x", "y"], "one": "z"}]"#;
    let clash = open(text, &of(Notation::Json, vec![from("pictures", "images"), from("model", "images")]));
    assert!(format!("{clash:?}").contains("holds lists or objects for one field"), "{clash:?}");
    let said = only(text, Notation::Json, vec![listed("pictures", "one", "|"), from("x.one", "one")]);
    assert_eq!(said[0].1, "[z]");
}
