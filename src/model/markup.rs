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
    let (mut rest, mut is_markup, mut closes) = (text, false, true);
    while let Some(at) = rest.find(['<', '&']) {
        let (before, behind) = rest.split_at(at);
        said.push_str(before);
        let mark = if behind.starts_with('&') { entity(behind) } else { markup(behind, &mut closes) };
        is_markup |= mark.is_some();
        rest = match mark {
            Some((word, after)) => {
                said.push_str(&word);
                after
            }
            None => {
                said.push_str(behind.get(..1).unwrap_or(""));
                behind.get(1..).unwrap_or("")
            }
        };
    }
    said.push_str(rest);
    if !is_markup {
        return text.trim().to_owned();
    }
    let lines = said.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
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
fn markup<'t>(text: &'t str, closes: &mut bool) -> Option<(String, &'t str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let at_once = comment.strip_prefix('>').or(comment.strip_prefix("->"));
        return Some((String::new(), at_once.unwrap_or(comment.split_once("-->").map_or("", |parts| parts.1))));
    }
    if !*closes || !opens_markup(text.get(1..)?) {
        return None;
    }
    if text.starts_with("<!") || text.starts_with("<?") {
        return Some((String::new(), text.split_once('>').map_or("", |parts| parts.1)));
    }
    let Some((tag, after)) = tag(text) else {
        *closes = false;
        return None;
    };
    let is = |names: &[&str]| names.iter().any(|one| name(tag).eq_ignore_ascii_case(one));
    if is(&["script", "style"]) && !tag.starts_with('/') {
        return Some((String::new(), behind_end_tag(after, name(tag))));
    }
    Some((if is_block(tag) || is(&OWN_LINES) { "\n".into() } else { String::new() }, after))
}

/// The letter that an entity at the beginning of a text stands for, and what follows it.
fn entity(text: &str) -> Option<(String, &str)> {
    /// Bytes of the longest entity, with its `&` and `;`.
    const LONGEST: usize = 12;
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let letter = letter(text.get(1..end)?)?;
    // one that no feed may carry shows nothing
    let word = if is_unwritable(letter) { String::new() } else { letter.to_string() };
    Some((word, text.get(end + 1..).unwrap_or("")))
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
    }
}
