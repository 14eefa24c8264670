use super::*;
use crate::finding::Sink;
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::input::Input;

fn tree(text: &str) -> Result<Tree, String> {
    let input = Input::from_bytes("c.csv", text.as_bytes().to_vec(), EncodingChoice::Auto, Sniff::Text).unwrap();
    Tree::of(&input).map_err(|refusal| refusal.to_string())
}

#[test]
fn a_tree_has_names_in_languages_and_is_found_by_id_and_by_path() {
    let tree = tree("id;parent;name;name.ru\n1;;Одяг;Одежда\n2;1;Куртки;Куртки\n3;0;Дім;\n").unwrap();
    assert_eq!(tree.categories.with_ancestors("2"), ["1", "2"]);
    assert_eq!(tree.categories.by_id["1"].name("ru"), Some("Одежда"));
    assert_eq!(tree.categories.by_id["1"].name("kk"), Some("Одяг"));
    assert_eq!(tree.categories.by_id["3"].parent, None);
    assert_eq!(tree.find("2"), Some("2"));
    assert_eq!(tree.find("Одяг > Куртки"), Some("2"));
    assert_eq!(tree.find("Одежда>Куртки"), Some("2"));
    assert_eq!(tree.find("Куртки"), None);
}

#[test]
fn an_unsound_tree_is_refused_with_its_line() {
    for (text, said) in [
        ("id,parent,name\n1,9,A\n", "line 2, column 1: its parent 9 is in no line of the file"),
        ("id,parent,name\n1,2,A\n2,1,B\n", "line 2, column 1: the category lies in itself: 1 in 2 in 1"),
        ("id,parent,name\n1,1,A\n", "line 2, column 1: the category lies in itself: 1 in 1"),
        ("id,parent,name\n1,,A\n1,,B\n", "line 3, column 1: the id 1 stands already in line 2"),
        ("id,parent,name\n,,A\n", "line 2, column 1: the category has no id"),
        ("id,parent,name\n1,,\n", "line 2, column 1: the category 1 has no name"),
        ("id,parent\n1,\n", "line 1, column 1: the header has no column `name`"),
        (
            "id,parent,name\n1,,A,B\n",
            "line 2, column 1: this row has 4 cells, the header has 3: «,» stands inside of a cell",
        ),
        ("id,parent,name\n", "it has no category"),
        ("", "the file is empty"),
    ] {
        assert_eq!(tree(text).map(|_| ()), Err(format!("cannot read c.csv: {said}")), "{text:?}");
    }
}

#[test]
fn ids_of_paths_do_not_change_between_releases() {
    assert_eq!(category_id("Одяг > Куртки"), category_id("Одяг > Куртки"));
    assert_ne!(category_id("Одяг"), category_id("Одяг > Куртки"));
    assert_eq!(category_id("A > B > C"), "934665324985730");
    let levels: Vec<_> = category_levels("A > B > C").collect();
    assert_eq!(levels, [("A", "A"), ("A > B", "B"), ("A > B > C", "C")]);
}

fn new(path: &str, id: Option<&str>) -> NewPath {
    NewPath { path: path.into(), id: id.map(str::to_owned), offset: 5, sku: "K1".into() }
}

fn grown(paths: Vec<NewPath>) -> (Categories, Vec<String>) {
    let mut all = Paths::default();
    all.add(paths);
    let mut sink = Sink::new(9);
    let categories = all.into_categories("m.csv", &mut sink).unwrap();
    let found = sink.into_groups().into_iter().flat_map(|group| group.1.first).map(|found| found.message);
    (categories, found.collect())
}

#[test]
fn paths_make_a_tree_in_the_order_of_their_offers() {
    let mut seen = SeenPaths::default();
    let paths = ["B > X", "A", "B > X", "B > Y"].into_iter().filter(|path| seen.is_new(path, None));
    let (categories, found) = grown(paths.map(|path| new(path, None)).collect());
    let names: Vec<_> = categories.by_id.values().map(|category| category.names[0].1.as_str()).collect();
    assert_eq!(names, ["B", "X", "A", "Y"]);
    let y = category_id("B > Y");
    assert_eq!(categories.with_ancestors(&y), [category_id("B"), y.clone()]);
    assert!(found.is_empty());
}

#[test]
fn ids_beside_paths_count() {
    let (categories, found) = grown(vec![new("A > B", Some("7")), new("A", Some("3")), new("A > B", Some("8"))]);
    assert_eq!(categories.with_ancestors("7"), ["3", "7"], "the id of a level is known once an offer has said it");
    assert_eq!(categories.with_ancestors("8"), ["3", "8"], "a second id of one path is a category too");
    assert!(found.is_empty());
    let (categories, found) = grown(vec![new("A > B", Some("7")), new("A > C", Some("7"))]);
    assert_eq!(categories.by_id["7"].names[0].1, "B");
    assert_eq!(found, ["category 7 is «A > C» here, and «A > B» before"]);
}

#[test]
fn a_tree_is_made_without_what_no_feed_may_carry_and_tells_it() {
    let tree = tree("id,parent,name,name.ru\n1,,A\u{1}B,\u{feff}В\n2\u{202e},1,C,\n").unwrap();
    assert_eq!(tree.categories.by_id["1"].names, [(String::new(), "AB".to_owned()), ("ru".to_owned(), "В".to_owned())]);
    assert_eq!(tree.find("AB > C"), Some("2"));
    let told: Vec<_> = tree.unwritable.iter().map(|found| (found.offset, found.message.as_str())).collect();
    let said = ["name «A\u{1}B» holds U+0001", "name «\u{feff}В» holds U+FEFF", "id «2\u{202e}» holds U+202E"];
    assert_eq!(told.iter().map(|one| one.1).collect::<Vec<_>>(), said);
    assert_eq!(told[0].0, 26);
}
