use super::*;
use crate::model::Kind;

pub(super) fn problems(text: &str, fields: Vec<FieldMapping>) -> Vec<(&'static str, Option<usize>, String, String)> {
    match open(text, &options(fields)) {
        Err(OpenError::Mapping(problems)) => {
            problems.into_iter().map(|problem| (problem.code, problem.mapping, problem.what, problem.label)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_mapped_comes_first_and_the_rest_by_its_own_name() {
    let text = "sku;Назва;title.ru;price;stock.kyiv;x.docket;note;brand\nK1;a;b;5;1;d;n;Z\n";
    let master = master(text, vec![from("title", "Назва"), from("model", "brand")]);
    assert_eq!(names(&master), ["title.uk", "model", "sku", "title.ru", "price", "stock.kyiv", "x.docket"]);
    assert_eq!(master.unread_columns(), ["note"]);
    assert_eq!(master.guesses(), ["delimiter ;"]);
    assert_eq!(all(&master, 1).unwrap().offers[0].2, ["a", "Z", "K1", "b", "5", "1", "d"]);
}

#[test]
fn a_column_without_language_gives_way_to_one_with_it() {
    let master = master("sku,title,title.uk\n1,a,b\n", Vec::new());
    assert_eq!(names(&master), ["sku", "title.uk"]);
    assert_eq!(all(&master, 1).unwrap().offers[0].2, ["1", "b"]);
    let no_language = MasterOptions { language: String::new(), ..options(Vec::new()) };
    assert_eq!(names(&open("sku,title,title.uk\n1,a,b\n", &no_language).unwrap()), ["sku", "title", "title.uk"]);
}

#[test]
fn an_unknown_column_names_the_nearest_with_values() {
    let text = "Артикул;Ціна, грн\nK1;1 043,00\nK2;12 990,00\nK3;1 043,00\nK4;1 899,00\n";
    assert_eq!(
        problems(text, vec![from("sku", "Артикул"), from("price", "Ціна")]),
        [(
            "config/unknown-column",
            Some(1),
            "m.csv has no column «Ціна»".to_owned(),
            "nearest: «Ціна, грн» (1 043,00 · 12 990,00 · 1 899,00)".to_owned()
        )]
    );
    let far = problems(text, vec![from("sku", "Артикул"), from("brand", "Виробник")]);
    assert_eq!(far[0].3, "its columns: «Артикул», «Ціна, грн»");
}

#[test]
fn mappings_that_cannot_be_are_problems_together() {
    let text = "sku,a,b,b\n1,2,3,4\n";
    let fields = vec![
        from("title", "a"),
        from("title.uk", "a"),
        from("brand", "b"),
        from("brnd", "a"),
        from("attributes", "a"),
        mapped("price", Columns::Options(vec![("x".into(), "a".into())])),
        from("tiers", "a"),
        mapped("shipping", Columns::Pairs { column: "a".into(), split: "|".into(), pair: "=".into() }),
    ];
    let found = problems(text, fields);
    let said: Vec<_> = found.iter().map(|problem| (problem.0, problem.1, problem.2.as_str())).collect();
    assert_eq!(
        said,
        [
            ("config/equal-keys", Some(1), "the field `title.uk` is mapped twice"),
            ("config/column-twice", Some(2), "the header names the column «b» twice"),
            ("config/unknown-field", Some(3), "an offer has no field `brnd`"),
            ("config/value", Some(4), "`attributes` cannot be taken from columns like this"),
            ("config/value", Some(5), "`price` cannot be taken from columns like this"),
            ("config/value", Some(6), "`tiers` cannot be taken from columns like this"),
            ("config/value", Some(7), "`shipping` cannot be taken from columns like this"),
        ]
    );
    assert_eq!(found[1].3, "columns 3 and 4: say which, «b #1» or «b #2»");
}

#[test]
fn columns_of_one_name_matter_only_where_they_are_read() {
    assert_eq!(names(&master("sku,note,note\n1,2,3\n", Vec::new())), ["sku"]);
    assert_eq!(problems("sku,price,price\n1,2,3\n", Vec::new())[0].0, "config/column-twice");
    assert_eq!(problems("sku,price,price\n1,2,3\n", Vec::new()).len(), 1);
}

#[test]
fn somebody_must_say_the_sku() {
    assert_eq!(
        problems("Артикул,Назва\n1,2\n", vec![from("title", "Назва")]),
        [(
            "config/missing-key",
            None,
            "nothing says which column of m.csv is the SKU".to_owned(),
            "its columns: «Артикул», «Назва»".to_owned()
        )]
    );
}

#[test]
fn headers_lose_the_blanks_around_their_names() {
    let master = master("\u{feff} sku\u{a0};\"price \"\n1;2\n", Vec::new());
    assert_eq!(names(&master), ["sku", "price"]);
}

#[test]
fn attributes_come_from_all_their_columns_in_order() {
    let pairs = Columns::Pairs { column: "all".into(), split: "|".into(), pair: "=".into() };
    let one = Columns::Attribute {
        name: "Вага нетто".into(),
        column: "w".into(),
        unit: Some("кг".into()),
        section: None,
        split: Some("/".into()),
    };
    let master = master(
        "sku,all,w\n1,Колір=синій|Розмір = M,2/3\n",
        vec![mapped("attributes", pairs), mapped("attributes", one)],
    );
    assert_eq!(names(&master), ["attributes", "sku"]);
    let rows: Vec<_> = master.said()[0].rows.iter().map(|row| (row.name.as_str(), row.kind)).collect();
    assert_eq!(rows, [("name", Kind::Text), ("value", Kind::List), ("unit", Kind::Text)]);
    let offers = all(&master, 1).unwrap().offers;
    assert_eq!(offers[0].2[0], "{Колір: [синій]: -; Розмір: [M]: -; Вага нетто: [2, 3]: кг}");
}

#[test]
fn the_mapping_can_settle_the_delimiter() {
    let text = "Артикул;Ціна, грн\nK1;12,50\nK2;13,50\n";
    let master = master(text, vec![from("sku", "Артикул"), from("price", "Ціна, грн")]);
    assert_eq!(all(&master, 1).unwrap().offers[0].2, ["K1", "12.50"]);
    let Err(OpenError::Refused(refusal)) = open("A;B, C\n1;2,3\n", &options(Vec::new())) else { panic!() };
    assert_eq!(refusal.what, "the cells may be parted by «,» or by «;»");
}
