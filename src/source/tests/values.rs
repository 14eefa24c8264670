use super::*;
use crate::model::{DecimalStyle, Unit};

fn value(field: &str, cell: &str) -> String {
    let text = format!("sku\tcell\tproof\nK1\t\"{}\"\t1299.90\n", cell.replace('"', "\"\""));
    values(&text, vec![from(field, "cell"), from("cost", "proof")]).remove(0)
}

#[test]
fn texts_stand_as_they_are_and_blank_is_empty() {
    assert_eq!(value("title", " Термос «Stan», 6,7\" "), " Термос «Stan», 6,7\" ");
    assert_eq!(value("title", " \u{a0} "), "-");
    assert_eq!(value("title", ""), "-");
    assert_eq!(value("description", "<p>\r\n</p>"), "<p>\r\n</p>");
    assert_eq!(value("url", " https://a.ua/ "), "https://a.ua/");
    assert_eq!(value("gtin", "0482000000001 "), "0482000000001");
    assert_eq!(value("x.docket", "00123"), "00123");
}

#[test]
fn numbers_are_exact_and_keep_their_unit() {
    assert_eq!(value("price", "1299.90"), "1299.90");
    assert_eq!(value("price", "1 299,90 грн"), "1299.90 UAH");
    assert_eq!(value("price", "$5"), "5 USD");
    assert_eq!(value("price", "12.345"), "12.345", "the file shows a decimal point");
    assert_eq!(value("price", "1,234"), "bad 1,234");
    assert_eq!(value("price", "по запросу"), "bad по запросу");
    assert_eq!(value("price", "5 kg"), "bad 5 kg");
    assert_eq!(value("stock", "5 шт."), "5");
    assert_eq!(value("stock", "-3"), "-3");
    assert_eq!(value("stock", "12.000"), "12.000");
    assert_eq!(value("stock", "5 kg"), "bad 5 kg");
    assert_eq!(value("weight", "500 г"), "500 g");
    assert_eq!(value("weight", "5 грн"), "-", "the goods are known without it");
    let fields = vec![mapped("weight", Columns::Column { column: "w".into(), unit: Unit::new("kg"), split: None })];
    assert_eq!(values("sku,w\n1,0.25\n", fields.clone())[0], "0.25 kg");
    assert_eq!(values("sku,w\n1,250 g\n", fields)[0], "250 g");
}

#[test]
fn words_of_choices_and_dates_become_ours() {
    assert_eq!(value("availability", "В наявності"), "in_stock");
    assert_eq!(value("availability", "може бути"), "bad може бути");
    assert_eq!(value("condition", "Б/в"), "used");
    assert_eq!(value("adult", "так"), "true");
    assert_eq!(value("adult", "0"), "false");
    assert_eq!(value("promo_start", "03.04.2027 9:00"), "2027-04-03T09:00:00");
    assert_eq!(value("available_on", "2027-04-03"), "2027-04-03");
    assert_eq!(value("promo_end", "03/04/2027"), "bad 03/04/2027");
    assert_eq!(value("currency", "грн."), "UAH");
    assert_eq!(value("currency", "XAU"), "XAU");
}

#[test]
fn lists_and_tables_leave_out_what_is_blank() {
    let text = "sku;photos;size;colour;p\nK1;a.jpg | b.jpg||;M; ;Колір=синій|Вага=|x= 1 \n";
    let fields = vec![
        listed("pictures", "photos", "|"),
        mapped("options", Columns::Options(vec![("Розмір".into(), "size".into()), ("Колір".into(), "colour".into())])),
        mapped("attributes", Columns::Pairs { column: "p".into(), split: "|".into(), pair: "=".into() }),
    ];
    assert_eq!(values(text, fields)[..3], ["[a.jpg, b.jpg]", "{Розмір: M}", "{Колір: [синій]; x: [1]}"]);
    let blank = "sku;photos;size;p\nK1;|;;\n";
    let fields = vec![
        listed("pictures", "photos", "|"),
        mapped("options", Columns::Options(vec![("Розмір".into(), "size".into())])),
        mapped("attributes", Columns::Pairs { column: "p".into(), split: "|".into(), pair: "=".into() }),
    ];
    assert_eq!(values(blank, fields)[..3], ["-", "-", "-"]);
    assert_eq!(values("sku,pictures\nK1,a b\n", Vec::new()), ["K1", "[a b]"]);
    let own = "sku;attributes;options\nK1;Колір=синій|Матеріал=льон;Розмір=M\n";
    assert_eq!(values(own, Vec::new()), ["K1", "{Колір: [синій]; Матеріал: [льон]}", "{Розмір: M}"]);
}

#[test]
fn a_declared_style_reads_what_is_ambiguous() {
    let text = "sku;price;weight\nK1;1.234,50;12,345\n";
    let comma = MasterOptions { decimal: Some(DecimalStyle::Comma), ..options(Vec::new()) };
    let read = all(&open(text, &comma).unwrap(), 1).unwrap();
    assert_eq!(read.offers[0].2, ["K1", "1234.50", "12.345"]);
    assert!(read.findings.is_empty());
    let point = MasterOptions { decimal: Some(DecimalStyle::Point), ..options(Vec::new()) };
    let read = all(&open(text, &point).unwrap(), 1).unwrap();
    assert_eq!(read.offers[0].2, ["K1", "bad 1.234,50", "12345"]);
}

#[test]
fn a_path_is_spelled_one_way_and_gives_the_id() {
    let text = "sku,category_path\nK1,Одяг > Куртки\nK2,Одяг>Куртки \nK3,\nK4,Дім\n";
    let master = master(text, Vec::new());
    assert_eq!(names(&master), ["sku", "category_path", "category"]);
    let id = category_id("Одяг > Куртки");
    let offers = all(&master, 1).unwrap().offers;
    assert_eq!(offers[0].2, ["K1", "Одяг > Куртки", id.as_str()]);
    assert_eq!(offers[1].2, ["K2", "Одяг > Куртки", id.as_str()]);
    assert_eq!(offers[2].2, ["K3", "-", "-"]);
    let read = master.read(1, 1, || (), |(), _| Ok::<_, Refusal>(()), |()| Ok(())).unwrap();
    let tree: Vec<_> = read.categories.by_id.values().map(|one| one.names[0].1.as_str()).collect();
    assert_eq!(tree, ["Одяг", "Куртки", "Дім"]);
    assert_eq!(read.categories.with_ancestors(&id).len(), 2);
}

#[test]
fn a_tree_of_its_own_resolves_ids_and_paths() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.csv");
    std::fs::write(&path, "id;parent;name\n1;;Одяг\n7;1;Куртки\n").unwrap();
    let options =
        MasterOptions { categories: Some(CategoriesFile { path, shown_as: "c.csv".into() }), ..options(Vec::new()) };
    let master = open("sku;category\nK1;7\nK2;Одяг > Куртки\nK3;9\nK4;\n", &options).unwrap();
    assert_eq!(master.categories().unwrap().by_id.len(), 2);
    let read = all(&master, 1).unwrap();
    let categories: Vec<_> = read.offers.iter().map(|offer| (offer.1, offer.2[1].as_str())).collect();
    assert_eq!(categories, [(false, "7"), (false, "7"), (true, "bad 9"), (false, "-")]);
    assert_eq!(read.messages("catalog/category-unknown"), ["category «9» is not in the tree of categories"]);
}
