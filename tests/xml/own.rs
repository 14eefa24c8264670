//! Our own reader, writing down what a document means to it.

use std::sync::Mutex;

use bumpalo::Bump;
use offersync::finding::Refusal;
use offersync::wire::blocks::Reading;
use offersync::wire::input::{EncodingChoice, Input, Sniff};
use offersync::wire::xml::document::{self, Element, Envelope, ListingWork, Listings, Mode, Objection, Outcome};
use offersync::wire::xml::{Lexer, Start, Stop, Token, unescape};

use crate::second::Meaning;

/// Which elements are listings, by the names above them and their own.
pub type IsListing = fn(&[String], &str) -> bool;

/// Those of a feed of offers.
fn is_offer(path: &[String], name: &str) -> bool {
    name == "offer" && path == ["yml_catalog", "shop", "offers"]
}

struct Recorder<'m>(&'m Mutex<Meaning>, IsListing);

impl Envelope for Recorder<'_> {
    fn listing(&self, path: &[String], name: &str) -> Option<u32> {
        (self.1)(path, name).then_some(0)
    }

    fn start(&mut self, element: Element<'_>) -> Result<(), Objection> {
        let attributes = element.attributes.iter().map(|(name, value)| (name.to_string(), value.to_string()));
        self.0.lock().unwrap().start(element.path.last().unwrap(), attributes);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.0.lock().unwrap().text(text);
    }

    fn end(&mut self) {
        self.0.lock().unwrap().end();
    }
}

struct Work;

impl ListingWork for Work {
    type State = ();
    type Out = Meaning;

    fn state(&self) {}

    fn block<'b>(&self, (): &mut (), listings: &mut Listings<'b>, arena: &'b Bump) -> Result<Meaning, Stop> {
        let mut meaning = Meaning::default();
        while let Some(start) = listings.next_listing()? {
            element(listings.lexer(), start, arena, &mut meaning)?;
        }
        Ok(meaning)
    }
}

fn element<'b>(lexer: &mut Lexer<'b>, start: Start<'b>, arena: &'b Bump, meaning: &mut Meaning) -> Result<(), Stop> {
    let attributes = start.attributes.into_iter();
    meaning.start(start.name, attributes.map(|one| (one.name.to_string(), unescape(one.value, arena).to_string())));
    let mut open = !start.empty;
    while open {
        match lexer.next(start.name)? {
            Token::Start(inner) => element(lexer, inner, arena, meaning)?,
            Token::Text(text) | Token::CData(text) => meaning.text(unescape(text, arena)),
            Token::End => open = false,
            Token::Finish => return Err(Stop::Cut),
        }
    }
    meaning.end();
    Ok(())
}

/// What the document means; `None` for doubt.
pub fn read(document: &[u8], mode: Mode, block: usize) -> Result<Option<String>, Refusal> {
    let utf8 = EncodingChoice::named("utf-8").unwrap();
    let input = Input::from_bytes("document", document.to_vec(), utf8, Sniff::Xml)?;
    read_input(&input, mode, block, is_offer)
}

/// The same of an opened document with other listings.
pub fn read_input(input: &Input, mode: Mode, block: usize, listings: IsListing) -> Result<Option<String>, Refusal> {
    let meaning = Mutex::new(Meaning::default());
    let reading = Reading { block, ..Reading::of(input, 2) };
    let merge = |out: Meaning| {
        meaning.lock().unwrap().join(out);
        Ok::<_, Refusal>(())
    };
    match document::read(&reading, mode, &mut Recorder(&meaning, listings), &Work, merge)? {
        Outcome::Doubt => Ok(None),
        Outcome::Whole(_) => Ok(Some(meaning.into_inner().unwrap().into_words())),
    }
}
