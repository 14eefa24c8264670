//! A table as listings, by a reader that is not ours: letter by letter, as the channel's help describes it.

use offersync::channel::description::{Lines, TableForm};

use crate::tree::Node;

/// The rows of a table, each an element whose children are its cells that are not empty.
pub fn rows(document: &str, form: TableForm) -> Vec<Node> {
    let mut rows = split(document, char::from(form.separator)).into_iter();
    // a line break that stands as two letters; a backslash before an n is doubled
    let with_breaks = |text: &str| match form.lines {
        Lines::Backslash => text.replace("\\\\n", "\u{0}").replace("\\n", "\n").replace('\u{0}', "\\n"),
        _ => text.to_owned(),
    };
    let header = rows.next().unwrap();
    rows.map(|cells| {
        assert_eq!(cells.len(), header.len(), "{cells:?}");
        let cell =
            |(name, text): (&String, &String)| Node { name: name.clone(), text: with_breaks(text), ..Node::default() };
        let children = header.iter().zip(&cells).filter(|(_, text)| !text.is_empty()).map(cell).collect();
        Node { name: "row".into(), children, ..Node::default() }
    })
    .collect()
}

/// Cells without the quotes that stand around them or around their values.
fn split(document: &str, separator: char) -> Vec<Vec<String>> {
    let (mut rows, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut letters = document.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' => quoted = !quoted,
            '\n' if !quoted => {
                cells.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut cells));
            }
            letter if letter == separator && !quoted => cells.push(std::mem::take(&mut cell)),
            letter => cell.push(letter),
        }
    }
    assert!(!quoted && cells.is_empty() && cell.is_empty(), "the document ends with a row");
    rows
}
