//! Tables in documents that the program knows better than anybody: they stand between two marks, and are written anew
//! where somebody asks for it.

use std::fs;

/// What the tables between the marks of one name have to be in a document; `OFFERSYNC_BLESS=1` writes them.
pub fn keep(document: &str, tables: &[(&str, String)]) {
    let bless = std::env::var_os("OFFERSYNC_BLESS").is_some_and(|value| value == "1");
    let path = super::root().join(document);
    let text = fs::read_to_string(&path).unwrap();
    let wanted = tables.iter().fold(text.clone(), |text, (name, table)| with(&text, name, table));
    if bless && std::env::var_os("CI").is_none() {
        fs::write(&path, &wanted).unwrap();
        return;
    }
    assert!(text == wanted, "write {document} anew: OFFERSYNC_BLESS=1 cargo test --test docs\n{wanted}");
}

/// A document with this table between its marks.
fn with(document: &str, name: &str, table: &str) -> String {
    let begin = document.find(&format!("<!-- {name}:begin")).expect("the document says where the table begins");
    let first = begin + document[begin..].find('\n').expect("the table begins in the next line") + 1;
    let end = document[first..].find(&format!("<!-- {name}:end -->"));
    let end = first + end.expect("the document says where the table ends");
    format!("{}{table}{}", &document[..first], &document[end..])
}

#[test]
fn a_table_is_put_between_its_marks_alone() {
    let document = "a\n<!-- x:begin; why -->\nold\n<!-- x:end -->\n<!-- y:begin -->\nold\n<!-- y:end -->\n";
    let wanted = "a\n<!-- x:begin; why -->\nold\n<!-- x:end -->\n<!-- y:begin -->\nnew\n<!-- y:end -->\n";
    assert_eq!(with(document, "y", "new\n"), wanted);
}
