//! The outline of a YAML document of any size: which node is a text, a list or a map, and where
//! it stands. Nothing is built; whoever reads the texts goes by it, and finds every place in it.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};

use super::node::in_plain_words;
use super::values::Broken;

/// How deep nodes may nest.
const DEEPEST: usize = 64;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A text without quotes: a word, a number, nothing.
    Plain,
    /// A text in quotes, or in a block.
    Quoted,
    List,
    Map,
}

/// A node in the order of the document, keys among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) shape: Shape,
    pub(super) bytes: Range<usize>,
}

/// The nodes of a document in their order.
pub(super) fn outline(text: &str) -> Result<Vec<Mark>, Broken> {
    let mut outline = Outline { marks: Vec::new(), open: Vec::new(), documents: 0 };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => outline.event(&event, span.byte_range().unwrap_or(0..0))?,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
                let (what, help) = in_plain_words(&error.info());
                return Err(Broken { at, what, help });
            }
        }
    }
    Ok(outline.marks)
}

struct Outline {
    marks: Vec<Mark>,
    /// Lists and maps that are not closed: the number of their node, and of a map how many nodes stand in it.
    open: Vec<(usize, Option<usize>)>,
    documents: usize,
}

impl Outline {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) -> Result<(), Broken> {
        let refuse = |what: &str, help| Err(Broken { at: range.start, what: what.to_owned(), help });
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return refuse(
                        "a second document begins here",
                        "give all offers in one, without `---` between them",
                    );
                }
            }
            Event::Alias(_) => {
                let help = "write out what it stands for; programs that write YAML can be told to use no aliases";
                return refuse("an alias stands here, and a catalog is read without them", help);
            }
            Event::Scalar(_, style, _, tag) => {
                if tag.as_ref().is_some_and(|tag| tag.core_suffix() != Some("str")) {
                    return refuse("a tag stands here, and no value of a catalog needs one", "remove it");
                }
                let plain = matches!(style, ScalarStyle::Plain) && tag.is_none();
                self.node(if plain { Shape::Plain } else { Shape::Quoted }, range)?;
            }
            Event::SequenceStart(..) => self.begin(Shape::List, range)?,
            Event::MappingStart(..) => self.begin(Shape::Map, range)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((number, _)) = self.open.pop()
                    && let Some(mark) = self.marks.get_mut(number)
                {
                    mark.bytes.end = range.end.max(mark.bytes.start);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, shape: Shape, range: Range<usize>) -> Result<(), Broken> {
        if self.open.len() >= DEEPEST {
            let what = format!("this nests deeper than {DEEPEST} levels");
            return Err(Broken { at: range.start, what, help: "no offer needs so many: write it flatter" });
        }
        let number = self.marks.len();
        self.node(shape, range)?;
        self.open.push((number, (shape == Shape::Map).then_some(0)));
        Ok(())
    }

    fn node(&mut self, shape: Shape, bytes: Range<usize>) -> Result<(), Broken> {
        if let Some((_, Some(inside))) = self.open.last_mut() {
            if *inside % 2 == 0 && matches!(shape, Shape::List | Shape::Map) {
                let what = "a key must be a text".to_owned();
                return Err(Broken { at: bytes.start, what, help: "put it in quotes if it is one" });
            }
            *inside += 1;
        }
        self.marks.push(Mark { shape, bytes });
        Ok(())
    }
}
