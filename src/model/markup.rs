//! Markup as people read it: its tags, its entities, and the text that is left without
//! them.

use super::text::is_unwritable;
use super::words::in_single_blanks;

/// Entities by name that descriptions use; others stay as they are.
const ENTITIES: [(&str, char); 24] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("laquo", '«'),
    ("raquo", '»'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("deg", '°'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("times", '×'),
    ("bull", '•'),
    ("middot", '·'),
    ("plusmn", '±'),
    ("frac12", '½'),
    ("euro", '€'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
];

/// The character that an entity stands for, by what is between `&` and `;`.
pub fn letter(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(|letter| if letter == '\u{A0}' { ' ' } else { letter });
    }
    ENTITIES.iter().find(|known| known.0 == entity).map(|known| known.1)
}

/// Whether a browser takes the `<` before this text for the beginning of a tag or comment, even of one without an end.
pub fn opens_markup(after: &str) -> bool {
    after.starts_with(|letter: char| letter.is_ascii_alphabetic() || matches!(letter, '/' | '!' | '?'))
}

/// The tag that a text begins with, without its brackets, and what follows it.
pub fn tag(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('<')?;
    if !inside.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/') {
        return None;
    }
    let mut quote = None;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return Some((inside.get(..at)?, inside.get(at + 1..)?)),
            _ => {}
        }
    }
    None
}

/// The name of a tag.
pub fn name(tag: &str) -> &str {
    let tag = tag.trim_start_matches('/');
    let ends = |byte: u8| byte == b'/' || byte.is_ascii_whitespace() || byte == 0x0B;
    let end = tag.bytes().position(|byte| ends(byte) || !byte.is_ascii());
    match end.and_then(|end| tag.as_bytes().get(end)) {
        // a letter beyond ASCII may be a blank
        Some(byte) if !byte.is_ascii() => {
            tag.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or("")
        }
        _ => tag.get(..end.unwrap_or(tag.len())).unwrap_or(""),
    }
}

/// Elements around which blanks show nothing.
pub fn is_block(tag: &str) -> bool {
    const BLOCKS: [&str; 18] = [
        "p", "div", "ul", "ol", "li", "br", "hr", "table", "tbody", "thead", "tr", "td", "th", "h1", "h2", "h3", "h4",
        "h5",
    ];
    is_one_of(name(tag), &BLOCKS)
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// What a text says without its markup: tags are gone, entities are letters, paragraphs stand in lines of their own.
/// A text without markup stays as it is.
pub fn plain(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let (mut rest, mut is_markup, mut closes) = (text, false, true);
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        let (before, behind) = rest.split_at(at);
        said.push_str(before);
        let mark = if behind.starts_with('&') { entity(behind) } else { markup(behind, &mut closes) };
        is_markup |= mark.is_some();
        rest = match mark {
            Some((letter, after)) => {
                said.extend(letter);
                after
            }
            None => {
                said.push_str(behind.get(..1).unwrap_or(""));
                behind.get(1..).unwrap_or("")
            }
        };
    }
    said.push_str(rest);
    if is_markup { in_lines_of_words(&said) } else { text.trim().to_owned() }
}

/// A text with one blank between words, and without empty lines.
fn in_lines_of_words(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for line in text.lines().map(in_single_blanks).filter(|line| !line.is_empty()) {
        if !said.is_empty() {
            said.push('\n');
        }
        said.push_str(&line);
    }
    said
}

/// Elements that stand in lines of their own, beside those around which blanks show nothing.
const OWN_LINES: [&str; 15] = [
    "h6",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "main",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "tfoot",
    "option",
    "figure",
];

/// What a tag, a comment or a declaration at the beginning of a text says, and what follows it; nothing where it is
/// none. `closes` is whether tags may still be closed: behind one that is not, `<` is a letter.
fn markup<'t>(text: &'t str, closes: &mut bool) -> Option<(Option<char>, &'t str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let at_once = comment.strip_prefix('>').or(comment.strip_prefix("->"));
        return Some((None, at_once.unwrap_or(comment.split_once("-->").map_or("", |parts| parts.1))));
    }
    if !*closes || !opens_markup(text.get(1..)?) {
        return None;
    }
    if text.starts_with("<!") || text.starts_with("<?") {
        return Some((None, text.split_once('>').map_or("", |parts| parts.1)));
    }
    let Some((tag, after)) = tag(text) else {
        *closes = false;
        return None;
    };
    let name = name(tag);
    if is_one_of(name, &["script", "style"]) && !tag.starts_with('/') {
        return Some((None, behind_end_tag(after, name)));
    }
    let is_own_line = is_block(name) || is_one_of(name, &OWN_LINES);
    Some((is_own_line.then_some('\n'), after))
}

/// The letter that an entity at the beginning of a text stands for, and what follows it.
fn entity(text: &str) -> Option<(Option<char>, &str)> {
    /// Bytes of the longest entity, with its `&` and `;`.
    const LONGEST: usize = 12;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let letter = letter(text.get(1..end)?)?;
    // one that no feed may carry shows nothing
    let said = (!is_unwritable(letter)).then_some(letter);
    Some((said, text.get(end + 1..).unwrap_or("")))
}

/// What follows the end tag of an element whose content nobody sees; nothing where it has none.
fn behind_end_tag<'t>(text: &'t str, element: &str) -> &'t str {
    let ends = |at: &usize| {
        let name = text.get(at + 2..at + 2 + element.len());
        let behind = text.as_bytes().get(at + 2 + element.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(element))
            && behind.is_none_or(|byte| !byte.is_ascii_alphanumeric())
    };
    let end = text.match_indices("</").map(|found| found.0).find(ends);
    end.and_then(|at| text.get(at..)?.split_once('>')).map_or("", |parts| parts.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_says_what_people_read() {
        for (markup, said) in [
            (
                "<p>Тримає <b>тепло</b> 12&nbsp;годин.</p>\n<ul><li>сталь</li><li>6&quot;</li></ul>",
                "Тримає тепло 12 годин.\nсталь\n6\"",
            ),
            ("a<br>b<br/>c", "a\nb\nc"),
            ("t &lt; 40 °C &amp; x &#8212; y", "t < 40 °C & x — y"),
            ("a<script>if (a < b) { x() }</script>b<STYLE>p {}</style >c", "abc"),
            ("a <!-- <p>ні</p> --> b", "a b"),
            ("<p title=\"a > b\">a</p>", "a"),
            ("  t < 40 & x;\n\n  y ", "t < 40 & x;\n\n  y"),
            ("AT&T; R&D", "AT&T; R&D"),
            ("<h6>a</h6>b<section>c</section>d", "a\nb\nc\nd"),
            ("<!DOCTYPE html><p>x</p> y <?php echo ?> z", "x\ny z"),
            ("a <!--> b <!---> c", "a b c"),
            ("a <b c", "a <b c"),
            ("<p>a</p> <b c <i>d</i>", "a\nd"),
            ("a&#0;b&#x202E;c&#xD800;", "abc&#xD800;"),
            ("", ""),
        ] {
            assert_eq!(plain(markup), said, "{markup}");
        }
    }

    proptest! {
        #[test]
        fn what_has_no_markup_stays_as_it_is(text in "[a-zа-я .,;>\n\"'-]{0,40}") {
            prop_assert_eq!(plain(&text), text.trim());
        }

        #[test]
        fn a_name_ends_at_a_blank_or_slash(tag in "/{0,2}[a-c]{0,3}[ /\t\u{b}\u{a0}б\n]{0,2}[a-c]{0,2}") {
            let by_letters = tag.trim_start_matches('/').split(|letter: char| letter.is_whitespace() || letter == '/');
            prop_assert_eq!(name(&tag), by_letters.into_iter().next().unwrap_or(""));
        }
    }
}
