//! Markup as people read it: its tags, its entities, and the text that is left without
//! them.

use super::text::is_unwritable;

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
    tag.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or("")
}

/// Elements around which blanks show nothing.
pub fn is_block(tag: &str) -> bool {
    const BLOCKS: [&str; 18] = [
        "p", "div", "ul", "ol", "li", "br", "hr", "table", "tbody", "thead", "tr", "td", "th", "h1", "h2", "h3", "h4",
        "h5",
    ];
    BLOCKS.iter().any(|block| block.eq_ignore_ascii_case(name(tag)))
}

/// What a text says without its markup: tags are gone, entities are letters, paragraphs stand in lines of their own.
/// A text without markup stays as it is.
pub fn plain(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let (mut rest, mut is_markup) = (text, false);
    while let Some(at) = rest.find(['<', '&']) {
        let (before, behind) = rest.split_at(at);
        said.push_str(before);
        let (word, after) = read_mark(behind);
        is_markup |= word.is_some();
        match word {
            Some(word) => said.push_str(&word),
            None => said.push_str(behind.get(..1).unwrap_or("")),
        }
        rest = after;
    }
    said.push_str(rest);
    if !is_markup {
        return text.trim().to_owned();
    }
    let lines = said.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What a tag, a comment or an entity at the beginning of a text says, and what follows it; nothing where it is none.
fn read_mark(text: &str) -> (Option<String>, &str) {
    let one = text.get(1..).unwrap_or("");
    if let Some(comment) = text.strip_prefix("<!--") {
        return (Some(String::new()), comment.split_once("-->").map_or("", |(_, after)| after));
    }
    if let Some((tag, after)) = tag(text) {
        let hidden = ["script", "style"].into_iter().find(|hidden| name(tag).eq_ignore_ascii_case(hidden));
        return match hidden.filter(|_| !tag.starts_with('/')) {
            Some(hidden) => (Some(String::new()), behind_end_tag(after, hidden)),
            None => (Some(if is_block(tag) { "\n".into() } else { String::new() }), after),
        };
    }
    let entity = one.split_once(';').filter(|(entity, _)| text.starts_with('&') && entity.len() <= 10);
    match entity.and_then(|(entity, after)| Some((letter(entity)?, after))) {
        // one that no feed may carry shows nothing
        Some((letter, after)) if is_unwritable(letter) => (Some(String::new()), after),
        Some((letter, after)) => (Some(letter.to_string()), after),
        None => (None, one),
    }
}

/// What follows the end tag of an element whose content nobody sees; nothing where it has none.
fn behind_end_tag<'t>(text: &'t str, element: &str) -> &'t str {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once("</") {
        match tag(&format!("</{behind}")) {
            Some((end, after)) if name(end).eq_ignore_ascii_case(element) => {
                return behind.get(behind.len() - after.len()..).unwrap_or("");
            }
            _ => rest = behind,
        }
    }
    ""
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
    }
}
