use bumpalo::Bump;
use proptest::prelude::*;

use super::super::{unescape, write};
use super::*;

/// All tokens in one line each, or why not: `cut`, or place and words.
fn lexed(text: &str) -> Result<String, String> {
    let mut lexer = Lexer::new(text, 0, 0, Namespaces::default()).map_err(words)?;
    lexer.declaration().map_err(words)?;
    let arena = Bump::new();
    let mut open: Vec<&str> = Vec::new();
    let mut out = String::new();
    loop {
        match lexer.next(open.last().copied().unwrap_or_default()).map_err(words)? {
            Token::Start(start) => {
                out.push_str(&format!("<{}", start.name));
                for attribute in start.attributes {
                    out.push_str(&format!(" {}={:?}", attribute.name, unescape(attribute.value, &arena)));
                }
                out.push_str(if start.empty { "/>" } else { ">" });
                if !start.empty {
                    open.push(start.name);
                }
            }
            Token::End => out.push_str(&format!("</{}>", open.pop().unwrap())),
            Token::Text(text) => out.push_str(&format!("{:?}", unescape(text, &arena))),
            Token::CData(text) => out.push_str(&format!("[{:?}]", unescape(text, &arena))),
            Token::Finish => return Ok(out),
        }
    }
}

fn words(stop: Stop) -> String {
    match stop {
        Stop::Cut => "cut".into(),
        Stop::Bad(fault) => format!("{}: {}", fault.offset, fault.what),
    }
}

#[test]
fn tokens_come_as_they_are_meant() {
    for (text, expected) in [
        ("<a/>", "<a/>"),
        ("<?xml version=\"1.0\" encoding='UTF-8' standalone = 'yes' ?>\n<a></a >", "\"\\n\"<a></a>"),
        ("<!DOCTYPE a SYSTEM \"shops.dtd\"><a/>", "<a/>"),
        ("<!-- x --><!DOCTYPE a PUBLIC \"-//X\" 'y' [ ] ><a/>", "<a/>"),
        ("<!DOCTYPE a[]><a/>", "<a/>"),
        ("<a b = 'c' d=\"&quot;e\"\n/>", "<a b=\"c\" d=\"\\\"e\"/>"),
        ("<a b='x\ty\r\nz'>1</a>", "<a b=\"x y z\">\"1\"</a>"),
        ("<a>x<!-- c - d -->y<?pi any <thing?>z</a>", "<a>\"x\"\"y\"\"z\"</a>"),
        ("<a><![CDATA[<b>&amp;]] >]]]></a>", "<a>[\"<b>&amp;]] >]\"]</a>"),
        ("<a>\r\n<b>x\ry</b></a>", "<a>\"\\n\"<b>\"x\\ny\"</b></a>"),
        ("<ціна>5 ]] > 4 &gt; 3</ціна>", "<ціна>\"5 ]] > 4 > 3\"</ціна>"),
        ("<a xmlns:g='u'><g:id g:x='1' x='2'/></a>", "<a xmlns:g=\"u\"><g:id g:x=\"1\" x=\"2\"/></a>"),
        ("<a xml:lang='uk'/>", "<a xml:lang=\"uk\"/>"),
    ] {
        assert_eq!(lexed(text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_not_well_formed_is_named() {
    for (text, expected) in [
        ("<offers></offers&gt;\n", "8: the end tag </offers&gt;> where </offers> was expected"),
        ("<a><price>1</a>", "11: the end tag </a> where </price> was expected"),
        ("</a>", "0: the end tag </a> closes nothing"),
        ("</>", "0: the end tag </> closes nothing"),
        ("<a></a b>", "3: the end tag </a> is not closed by >"),
        ("<a>&nbsp;</a>", "3: «&nbsp;» is no entity of XML"),
        ("<a>Tom & Jerry</a>", "7: an ampersand that begins no entity"),
        ("<a>]]></a>", "3: «]]>» stands outside of a CDATA section"),
        ("<a b=\"1\" b='2'/>", "9: the attribute «b» stands twice in <a>"),
        ("<a b='<'/>", "6: a < in the value of the attribute «b»"),
        ("<a b=1/>", "5: the value of the attribute «b» does not stand in quotes"),
        ("<a b/>", "4: the attribute «b» has no value"),
        ("<a b='1'c='2'/>", "8: «c» where white space or > was expected in the tag <a>"),
        ("<a/ >", "2: «/» where white space or > was expected in the tag <a>"),
        ("<a>1 < 2</a>", "6: « » where the name of an element was expected"),
        ("<a>\u{1}</a>", "3: the character U+0001, which no XML may hold"),
        ("<a>\u{ffff}</a>", "3: the character U+FFFF, which no XML may hold"),
        ("<a><!-- x -- y --></a>", "10: two hyphens inside of a comment"),
        (" <?xml version='1.0'?><a/>", "1: an XML declaration that does not stand at the very beginning"),
        ("<?xml version='2.0'?><a/>", "0: this XML declaration is not in order: <?xml version='2.0'?>"),
        ("<?XML version='1.0'?><a/>", "0: an XML declaration that does not stand at the very beginning"),
        ("<a><?a:b ?></a>", "5: «a:b» cannot be the name of a processing instruction"),
        ("<a><!DOCTYPE a></a>", "3: a DOCTYPE in this place"),
        ("<!DOCTYPE a><!DOCTYPE a><a/>", "12: a DOCTYPE in this place"),
        ("<a/><!DOCTYPE a>", "4: a DOCTYPE in this place"),
        ("<!doctype html><html/>", "0: this begins an HTML page, not a feed"),
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "13: the DOCTYPE has declarations of its own"),
        ("<!DOCTYPE a SYSTEM><a/>", "0: this DOCTYPE is not in order"),
        ("<a><!ELEMENT b></a>", "3: «<!ELEMENT» begins nothing that XML knows"),
        ("<g:a/>", "0: the prefix of «g:a» is declared nowhere"),
        ("<a g:b='1'/>", "0: the prefix of «g:b» is declared nowhere"),
        ("<a xmlns:g='u'/><g:b/>", "16: the prefix of «g:b» is declared nowhere"),
        ("<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>", "0: the attribute «y:b» stands twice in <a>"),
        ("<a xmlns:xml='u'/>", "0: the prefix «xml» cannot stand for the namespace «u»"),
        ("<a xmlns:b=''/>", "0: the prefix «b» cannot stand for the namespace «»"),
        ("<1a/>", "1: «1a» cannot be the name of an element"),
    ] {
        assert_eq!(lexed(text), Err(expected.into()), "{text}");
    }
}

#[test]
fn declarations_are_read_by_the_letter() {
    for bad in [
        "",
        " ",
        "version='1.0'encoding='x'",
        " encoding='x'",
        " encoding='x' version='1.0'",
        " version='1.'",
        " version=1.0",
        " version='1.0' standalone='Yes'",
        " version='1.0' encoding='1x'",
        " version='1.0' encoding=''",
        " version='1.0' standalone='no' encoding='x'",
        " version='1.0' version='1.0'",
        " version='1.0' x='y'",
        " version='10'",
    ] {
        assert!(lexed(&format!("<?xml{bad}?><a/>")).is_err(), "{bad}");
    }
    for good in [" version='1.0'", " version='1.1' encoding='UTF-8'", "\tversion = \"1.0\"\nstandalone='no' "] {
        assert_eq!(lexed(&format!("<?xml{good}?><a/>")).as_deref(), Ok("<a/>"), "{good}");
    }
    assert_eq!(lexed("<?xml-stylesheet href='x'?><a/>").as_deref(), Ok("<a/>"));
}

#[test]
fn budgets_hold() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(lexed(&nested(DEEPEST)).is_ok());
    assert!(lexed(&nested(DEEPEST + 1)).unwrap_err().contains("nest deeper than 64"));
    let many = |count: usize| (0..count).fold("<a".to_string(), |tag, n| tag + &format!(" b{n}=''")) + "/>";
    assert!(lexed(&many(MOST_ATTRIBUTES)).is_ok());
    assert!(lexed(&many(MOST_ATTRIBUTES + 1)).unwrap_err().contains("more than 256 attributes"));
}

#[test]
fn namespaces_are_in_scope_where_they_should_be() {
    let text = "<a xmlns='d' xmlns:g='one'><b xmlns:g='two'><c/></b><d/></a>";
    let mut lexer = Lexer::new(text, 0, 0, Namespaces::default()).unwrap();
    let mut seen = Vec::new();
    for open in ["", "a", "b", "b", "a"] {
        if let Token::Start(start) = lexer.next(open).unwrap() {
            seen.push((start.name, lexer.namespaces().address("g").unwrap().to_string()));
        }
    }
    let expected = [("a", "one"), ("b", "two"), ("c", "two"), ("d", "one")].map(|(name, to)| (name, to.to_string()));
    assert_eq!(seen, expected);
    assert_eq!(lexer.namespaces().address(""), Some("d"));
    assert_eq!(lexer.namespaces().address("h"), None);
}

const FEED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE yml_catalog SYSTEM \"shops.dtd\">\n<!-- c -->\
<yml_catalog date='2026'><?pi x?><shop xmlns:g=\"u\"><g:n>a &amp; b&#13;</g:n >\
<d a=\"&lt;\tx\" b='y'><![CDATA[<p>]]]]><![CDATA[>]]></d></shop><ціна/></yml_catalog>";

#[test]
fn every_prefix_is_cut_and_nothing_else() {
    for length in (0..FEED.len()).filter(|length| FEED.is_char_boundary(*length)) {
        let prefix = &FEED[..length];
        // between the parts of the prologue the text may end as far as the lexer knows
        if FEED.find("<yml_catalog ").is_some_and(|root| length > root) {
            assert_eq!(lexed(prefix), Err("cut".into()), "{prefix}");
        } else {
            assert!(lexed(prefix).is_ok() || lexed(prefix) == Err("cut".into()), "{prefix}");
        }
    }
    assert!(lexed(FEED).is_ok());
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(value in "[ -~\t\n\rїЖ😀\u{fffd}\u{85}\\]>]{0,60}") {
        let arena = Bump::new();
        let mut document = b"<a b=\"".to_vec();
        write::attribute(&mut document, &value);
        document.extend(b"\">");
        write::text(&mut document, &value);
        document.extend(b"</a>");
        let document = String::from_utf8(document).unwrap();
        let mut lexer = Lexer::new(&document, 0, 0, Namespaces::default()).unwrap();
        let Token::Start(start) = lexer.next("").unwrap() else { panic!() };
        prop_assert_eq!(unescape(start.attributes.get("b").unwrap(), &arena), value.as_str());
        match lexer.next("a").unwrap() {
            Token::Text(text) => prop_assert_eq!(unescape(text, &arena), value.as_str()),
            Token::End => prop_assert_eq!("", value.as_str()),
            other => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn sections_are_read_back_but_for_line_ends(value in "[\\]>a\r\n<&ї!\\[]{0,40}") {
        let arena = Bump::new();
        let mut document = b"<a>".to_vec();
        write::cdata(&mut document, &value);
        document.extend(b"</a>");
        let document = String::from_utf8(document).unwrap();
        let mut lexer = Lexer::new(&document, 0, 0, Namespaces::default()).unwrap();
        lexer.next("").unwrap();
        let mut read = String::new();
        while let Token::CData(text) = lexer.next("a").unwrap() {
            read.push_str(unescape(text, &arena));
        }
        prop_assert_eq!(read, value.replace("\r\n", "\n").replace('\r', "\n"));
    }

    #[test]
    fn nothing_panics(text in "(<|>|/|a|b|\"|'|=| |&|;|amp|#x?|1|!|\\[|\\]|CDATA|--|\\?|xml|:|ї|\n|\r){0,40}") {
        let _ = lexed(&text);
    }

    #[test]
    fn cleaned_text_is_legal(text in "\\PC{0,20}[\u{0}-\u{20}\u{fff0}-\u{ffff}]{0,20}") {
        let arena = Bump::new();
        let (clean, removed) = write::clean(&text, &arena);
        prop_assert_eq!(Characters::of(clean).illegal, None);
        prop_assert_eq!(clean.chars().count() + removed, text.chars().count());
    }
}
