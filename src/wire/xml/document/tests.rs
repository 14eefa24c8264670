use std::sync::Mutex;

use proptest::prelude::*;

use super::*;
use crate::wire::input::{EncodingChoice, Sniff};
use crate::wire::xml::{Lexer, Token, unescape};

/// Writes down all that it is told.
struct Recorder<'l> {
    log: &'l Mutex<String>,
    /// Path of a listing, and its kind.
    listings: &'l [(&'l str, u32)],
    root: &'l str,
}

impl Envelope for Recorder<'_> {
    fn listing(&self, path: &[String], name: &str) -> Option<u32> {
        let path = format!("{}/{name}", path.join("/"));
        self.listings.iter().find(|listing| listing.0 == path).map(|listing| listing.1)
    }

    fn start(&mut self, element: Element<'_>) -> Result<(), Objection> {
        if element.path.len() == 1 && element.path[0] != self.root {
            let what = format!("the root is <{}>, not <{}>", element.path[0], self.root);
            return Err(Objection { what, help: String::new() });
        }
        let path = element.path.join("/");
        self.log.lock().unwrap().push_str(&format!("{path}@{} {:?}\n", element.place, element.attributes));
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.log.lock().unwrap().push_str(&format!("{text:?}\n"));
    }

    fn end(&mut self) {
        self.log.lock().unwrap().push_str("end\n");
    }
}

/// Writes down the tokens of listings.
struct Tokens;

impl ListingWork for Tokens {
    type State = ();
    type Out = String;

    fn state(&self) {}

    fn block<'b>(&self, (): &mut (), listings: &mut Listings<'b>, arena: &'b Bump) -> Result<String, Stop> {
        let mut out = String::new();
        while let Some(start) = listings.next_listing()? {
            out.push_str(&format!(
                "listing {} {}@{}",
                listings.kind(),
                start.name,
                listings.lexer().place(start.offset)
            ));
            for attribute in start.attributes {
                out.push_str(&format!(" {}={}", attribute.name, unescape(attribute.value, arena)));
            }
            if !start.empty {
                tokens(listings.lexer(), start.name, arena, &mut out)?;
            }
            out.push('\n');
        }
        Ok(out)
    }
}

fn tokens<'b>(lexer: &mut Lexer<'b>, open: &str, arena: &'b Bump, out: &mut String) -> Result<(), Stop> {
    loop {
        match lexer.next(open)? {
            Token::Start(start) => {
                out.push_str(&format!(" <{}>", start.name));
                if !start.empty {
                    tokens(lexer, start.name, arena, out)?;
                }
            }
            Token::Text(text) | Token::CData(text) => out.push_str(&format!(" {:?}", unescape(text, arena))),
            Token::End => return Ok(()),
            Token::Finish => return Err(Stop::Cut),
        }
    }
}

const LISTINGS: &[(&str, u32)] = &[("c/s/offers/offer", 0), ("c/s/offer", 1)];

fn input(text: impl Into<Vec<u8>>) -> Input {
    let named = EncodingChoice::Named(encoding_rs::UTF_8);
    Input::from_bytes("feed.xml", text.into(), named, Sniff::Xml).unwrap()
}

/// The log and the digest; `None` for doubt.
fn read_as(input: &Input, mode: Mode, threads: usize, block: usize) -> Result<Option<(String, String)>, Refusal> {
    let log = Mutex::new(String::new());
    let mut envelope = Recorder { log: &log, listings: LISTINGS, root: "c" };
    let reading = Reading { block, ..Reading::of(input, threads) };
    let outcome = read(&reading, mode, &mut envelope, &Tokens, |out: String| {
        log.lock().unwrap().push_str(&out);
        Ok::<_, Refusal>(())
    })?;
    let digest = match outcome {
        Outcome::Doubt => return Ok(None),
        Outcome::Whole(digest) => digest.to_string(),
    };
    Ok(Some((log.into_inner().unwrap(), digest)))
}

fn strictly(text: &str) -> Result<String, Refusal> {
    read_as(&input(text), Mode::Strict, 1, 64).map(|read| read.unwrap().0)
}

/// What, line, column and help of the refusal; the same at any size of the window.
fn refused(text: &str) -> (String, u64, u64, String) {
    let refusal = strictly(text).unwrap_err();
    for block in [1, 7, 4096] {
        assert_eq!(read_as(&input(text), Mode::Strict, 1, block).unwrap_err(), refusal, "{text}");
    }
    (refusal.what, refusal.line.unwrap_or(0), refusal.column.unwrap_or(0), refusal.help)
}

const FEED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE c SYSTEM \"shops.dtd\">
<c date=\"2026&amp;\" xmlns:g=\"u\">
<s><name>Їжак &amp; Ко<!-- x --><![CDATA[ <b> ]]></name><empty a='1'/>
<offers>
<offer id=\"1\"><price>10</price><g:d><![CDATA[<p>один</p>]]></g:d></offer>
<!-- між -->
<offer id=\"2\"/><offer id=\"3\">два</offer >
<offer id=\"4\"><offers/>\r\nтри</offer>
</offers>
<more>x</more></s>
</c>
<!-- end -->
";

/// A log without the places in it, and those.
fn without_places(log: &str) -> (String, Vec<usize>) {
    let mut parts = log.split('@');
    let mut told = parts.next().unwrap().to_string();
    let mut places = Vec::new();
    for part in parts {
        let digits = part.find(|character: char| !character.is_ascii_digit()).unwrap();
        places.push(part[..digits].parse().unwrap());
        told.push_str(&part[digits..]);
    }
    (told, places)
}

#[test]
fn all_is_told_in_order() {
    let (told, places) = without_places(&strictly(FEED).unwrap());
    let expected = "c [(\"date\", \"2026&\"), (\"xmlns:g\", \"u\")]
\"\\n\"
c/s []
c/s/name []
\"Їжак & Ко\"
\" <b> \"
end
c/s/empty [(\"a\", \"1\")]
end
\"\\n\"
c/s/offers []
\"\\n\"
listing 0 offer id=1 <price> \"10\" <g:d> \"<p>один</p>\"
listing 0 offer id=2
listing 0 offer id=3 \"два\"
listing 0 offer id=4 <offers> \"\\nтри\"
end
\"\\n\"
c/s/more []
\"x\"
end
end
\"\\n\"
end
";
    assert_eq!(told, expected);
    let tags = ["<c date", "<s>", "<name>", "<empty", "<offers>", "<offer id=\"1", "<offer id=\"2", "<offer id=\"3"];
    assert_eq!(places[..tags.len()], tags.map(|tag| FEED.find(tag).unwrap()));
}

#[test]
fn modes_threads_and_sizes_change_nothing() {
    let expected = (strictly(FEED).unwrap(), Digest::of(FEED.as_bytes()).to_string());
    for block in [1, 2, 3, 10, 50, 100, 200, 1000, 100_000] {
        for threads in [1, 3] {
            for mode in [Mode::Blocks, Mode::Strict] {
                let read = read_as(&input(FEED), mode, threads, block).unwrap();
                assert_eq!(read.as_ref(), Some(&expected), "{mode:?} {threads} {block}");
            }
        }
    }
}

#[test]
fn a_cut_document_is_refused_wherever_it_is_cut() {
    let end = FEED.find("</c>").unwrap() + "</c>".len();
    for length in 0..end {
        let prefix = input(&FEED.as_bytes()[..length]);
        let refusal = read_as(&prefix, Mode::Strict, 1, 50).unwrap_err();
        assert!(!refusal.what.is_empty(), "{length}");
        for block in [1, 40, 100_000] {
            // the blocks may doubt, but they may not accept
            assert!(!matches!(read_as(&prefix, Mode::Blocks, 2, block), Ok(Some(_))), "{length} in blocks of {block}");
        }
    }
    let rest = FEED.len() - "-->\n".len();
    assert!((end..rest).all(|length| strictly(&FEED[..length]).is_err() == FEED[end..length].contains('<')));
}

#[test]
fn a_cut_that_fell_wrong_is_noticed() {
    for inside in ["<!-- </offer> -->", "<![CDATA[</offer>]]>", "<offer>x</offer>", "<?p </offer> ?>"] {
        let offers = format!("<offer><d>{inside}</d></offer>\n").repeat(20);
        let text = format!("<c><s><offers>{offers}</offers></s></c>");
        let strict = read_as(&input(text.clone()), Mode::Strict, 1, 64).unwrap();
        for block in 60..90 {
            let read = read_as(&input(text.clone()), Mode::Blocks, 2, block).unwrap();
            assert!(read.is_none() || read == strict, "{inside} in blocks of {block}");
        }
        assert_eq!(read_as(&input(text.clone()), Mode::Blocks, 2, 100_000).unwrap(), strict, "{inside}");
    }
}

#[test]
fn anything_else_among_the_listings_is_left_to_the_strict_pass() {
    for odd in ["text", "<group/>", "<![CDATA[ ]]>", "</offers><offers>", "&#32;"] {
        let text = format!("<c><s><offers><offer>1</offer>{odd}<offer>2</offer></offers></s></c>");
        assert_eq!(read_as(&input(text.clone()), Mode::Blocks, 2, 1000), Ok(None), "{odd}");
        let told = strictly(&text).unwrap();
        assert_eq!(told.matches("listing 0").count(), 2, "{odd}");
    }
}

#[test]
fn listings_of_several_places_have_their_kind() {
    let text = "<c><s><offer id='1'>x</offer><offers><offer id='2'>y</offer></offers></s></c>";
    let (told, _) = without_places(&strictly(text).unwrap());
    assert!(told.contains("listing 1 offer id=1"), "{told}");
    assert!(told.contains("listing 0 offer id=2"), "{told}");
}

#[test]
fn the_root_is_refused_by_whoever_expects_another() {
    let (what, line, column, _) = refused("<!DOCTYPE html>\n<html><body><br></body></html>");
    assert_eq!((what.as_str(), line, column), ("the root is <html>, not <c>", 2, 1));
}

#[test]
fn refusals_say_what_where_and_what_was_open() {
    let told = |text: &str| {
        let (what, line, column, _) = refused(text);
        format!("{line}:{column} {what}")
    };
    let offer =
        |inside: &str| told(&format!("<c><s><offers>\n<offer>\n<price>{inside}</price></offer>\n</offers></s></c>"));
    for (found, expected) in [
        (offer("1</offer>"), "3:9 the end tag </offer> where </price> was expected (opened in line 3)"),
        (offer("a &nbsp; b"), "3:10 «&nbsp;» is no entity of XML"),
        (offer("\u{1}"), "3:8 the character U+0001, which no XML may hold"),
        (offer("<x:y/>"), "3:8 the prefix of «x:y» is declared nowhere"),
        (told("<c>\n<s>\n<offers>\n</s></c>"), "4:1 the end tag </s> where </offers> was expected (opened in line 3)"),
        (told("<c>\n<s>x"), "2:5 the document ends where </s> was still expected (opened in line 2)"),
        (
            told("<c><s><offers>\n<offer>\n<price>1"),
            "3:9 the document ends where </price> was still expected (opened in line 3)",
        ),
        (
            told("<c><s a='1"),
            "1:11 the document ends in the middle of a tag, where </c> was still expected (opened in line 1)",
        ),
        (told("<c a='1"), "1:1 the document ends in the middle of a tag"),
        (told("<c>\n<!-- x </c>"), "2:1 the comment that begins here never ends"),
        (told("<c>\n<![CDATA[ </c>"), "2:1 the CDATA section that begins here never ends"),
        (told("<c/>\n<c/>"), "2:1 <c> begins behind the end of the root"),
        (told("<c/><!-- x -->\nrest <d/>"), "2:1 «rest» behind the end of the root"),
        (told("{\"error\": 1}"), "1:1 «{\"error\": 1}» where the root of an XML document was expected"),
        (told("\n<?xml version='1.0'?><c/>"), "2:1 an XML declaration that does not stand at the very beginning"),
        (told("<c/>\n<![CDATA[x]]>"), "2:10 «x]]>» behind the end of the root"),
        (told(" \n"), "2:1 the document has no root element"),
        (told("<!-- only -->"), "1:14 the document has no root element"),
        (told("\u{feff}\u{feff}<c/>"), "1:1 «U+FEFF» where the root of an XML document was expected"),
    ] {
        assert_eq!(found, expected);
    }
    assert_eq!(strictly("").unwrap_err().what, "the file is empty");
    let (_, _, _, help) = refused("<c><s></s&gt;</c>");
    assert_eq!(help, "write </s>");
}

#[test]
fn bytes_that_are_no_utf8_are_refused_in_both_modes() {
    let mut bytes = FEED.replace("<p>один</p>", "<p>XX один</p>").into_bytes();
    let at = bytes.windows(2).position(|two| two == b"XX").unwrap();
    bytes[at] = 0xCF;
    let input = input(bytes);
    for block in [1, 30, 100_000] {
        let refusal = read_as(&input, Mode::Strict, 1, block).unwrap_err();
        assert_eq!((refusal.line, refusal.column), (Some(6), Some(49)), "{block}");
        assert_eq!(read_as(&input, Mode::Blocks, 2, block), Ok(None), "{block}");
    }
}

#[test]
fn a_file_that_changes_is_refused_whatever_else_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.xml");
    std::fs::write(&path, &FEED[..300]).unwrap();
    let input = Input::open(&path, "feed.xml", EncodingChoice::Auto, Sniff::Xml).unwrap();
    std::fs::write(&path, FEED).unwrap();
    for mode in [Mode::Blocks, Mode::Strict] {
        let refusal = read_as(&input, mode, 1, 1000).unwrap_err();
        assert!(refusal.what.contains("it changed while it was read"), "{}", refusal.what);
    }
}

#[test]
fn a_listing_without_end_is_refused() {
    let text = format!("<c><s><offers>\n<offer>{}", "x".repeat(65 << 20));
    let refusal = read_as(&input(text), Mode::Strict, 1, 1 << 20).unwrap_err();
    assert_eq!((refusal.line, refusal.column), (Some(2), Some(1)));
    assert!(refusal.what.contains("does not end within 64 MiB"), "{}", refusal.what);
}

#[test]
fn the_head_ends_behind_the_first_listing() {
    let log = Mutex::new(String::new());
    let mut envelope = Recorder { log: &log, listings: LISTINGS, root: "c" };
    let broken_later = FEED.replace("<more>x</more>", "<more>x");
    let first = read_head(&input(broken_later), &mut envelope, &Tokens).unwrap();
    let (first, _) = without_places(&first.unwrap());
    assert_eq!(first, "listing 0 offer id=1 <price> \"10\" <g:d> \"<p>один</p>\"\n");
    assert!(log.lock().unwrap().contains("c/s/empty"));
    let none = read_head(&input("<c><s/></c>"), &mut envelope, &Tokens).unwrap();
    assert_eq!(none, None);
}

proptest! {
    #[test]
    fn a_window_of_any_size_tells_the_same(block in 1usize..400, threads in 1usize..4) {
        let expected = strictly(FEED).unwrap();
        for mode in [Mode::Blocks, Mode::Strict] {
            let read = read_as(&input(FEED), mode, threads, block).unwrap().map(|read| read.0);
            prop_assert_eq!(read.as_ref(), Some(&expected));
        }
    }
}
