//! Texts that break programs, one beside the other.

use crate::catalog::{Catalog, Offer, PAIR, good};
use crate::registered::Registered;

/// Each with a word for what it is.
pub const TEXTS: &[(&str, &str)] = &[
    ("the five characters", "<>&\"' a<b>c&d\"e'f"),
    ("the end of a section", "a]]>b"),
    ("nothing but the end of a section", "]]>"),
    ("brackets", "]]]]>>]]&gt;]"),
    ("a section as text", "<![CDATA[Термос <b>1</b>]]>"),
    ("the beginning of a section", "<![CDATA["),
    ("a section within", "x<![CDATA[y]]>z"),
    ("markup of ours", "</offer></offers><offer id=\"X\">"),
    ("comments and instructions", "<!-- x --> <?pi ?> <!DOCTYPE a [<!ENTITY b \"c\">]>"),
    ("entities", "&nbsp;&amp;&#0;&lt;b&gt;&undefined;&#xD800; &"),
    ("control characters", "Т\u{1}е\u{8}р\u{b}м\u{1f}о\u{7f}с"),
    ("nothing but control characters", "\u{1}\u{2}\u{1b}"),
    ("control characters of the second set", "Те\u{80}рм\u{9b}31mо\u{9f}с"),
    ("an escape for terminals", "\u{1b}[31mТермос\u{1b}]0;x\u{7}"),
    ("emoji of four bytes", "🔥 👨\u{200d}👩\u{200d}👧🏽 🇺🇦"),
    ("right to left", "שלום עולם مرحبا بالعالم abc"),
    ("marks that turn the direction", "Терм\u{202e}со\u{202c} \u{2066}x\u{2069}\u{202a}y\u{202b}\u{2067}\u{2068}"),
    ("marks of direction that turn nothing", "a\u{200e}b\u{200f}c\u{61c}"),
    ("letters of two languages", "і ї є ґ ә ғ қ ң ө ұ ү һ Ї Є Ґ Ә Ғ Қ Ң Ө Ұ Ү Һ"),
    ("blanks that do not break", "\u{a0}1\u{a0}299\u{202f}грн\u{a0}"),
    ("line ends of all sorts", "a\r\nb\rc\nd\n\ne\r"),
    ("tabs", "\ta\tb\t"),
    ("separators of Unicode", "a\u{2028}b\u{2029}c\u{85}d"),
    ("letters in two forms", "й и\u{306} ї і\u{308} é e\u{301}"),
    ("characters that are none", "a\u{fffe}b\u{ffff}c\u{fffd}d\u{feff}e\u{10ffff}"),
    ("joiners that nobody sees", "a\u{200b}b\u{200c}c\u{200d}d\u{ad}e"),
    ("commas", "a, b,c,, d ,"),
    ("a comma", ","),
    ("bars", "a|b | c||d|"),
    ("a bar", "|"),
    ("semicolons", "a; b;c;;"),
    ("breaks", "a<br>b<br/>c <br> d<br>"),
    ("a break", "<br>"),
    ("quotes", "\"\"quoted\" 'x' \\\" \\"),
    ("formulas", "=1+1"),
    ("a sign of a command", "@SUM(A1)|cmd"),
    ("a word of programs", "null"),
    ("a number with zeros", "00123.400"),
    ("a number with an exponent", "1.2E+11"),
    ("a date", "2027-03-28"),
    ("templates", "{{ title }} ${x} %s %n {0}"),
    ("paths", "../../etc/passwd\\..\\C:\\CON"),
];

/// Columns whose cells no channel is likely to take as they are: each hostile text stands in each of them.
const COLUMNS: &[&str] = &[
    "sku",
    "group",
    "gtin",
    "mpn",
    "brand",
    "model",
    "title.uk",
    "title.ru",
    "description.uk",
    "description.ru",
    "short_description.uk",
    "keywords.uk",
    "keywords.ru",
    "category",
    "currency",
    "price",
    "availability",
    "condition",
    "unit",
    "pictures",
    "url",
    "country",
    "warranty",
    "volume",
];

/// An offer with something odd in one of its columns.
pub struct Odd {
    pub what: &'static str,
    /// The column, or `attributes.name`, `attributes.value`.
    pub column: String,
    pub text: String,
    pub offer: Offer,
}

/// Every hostile text in every column that a channel reads.
pub fn offers(channel: &Registered) -> Vec<Odd> {
    let mut odd = Vec::new();
    for column in columns(channel) {
        for (what, text) in TEXTS {
            odd.push(of(&column, what, text, odd.len()));
        }
    }
    odd
}

/// One text in one column.
pub fn of(column: &str, what: &'static str, text: &str, number: usize) -> Odd {
    let mut offer = good(10_000 + number);
    match column {
        "attributes.name" => offer.insert("attributes".into(), format!("{text}{PAIR}синій")),
        "attributes.value" => offer.insert("attributes".into(), format!("Колір{PAIR}{text}")),
        // a key of its own for each
        "sku" => offer.insert("sku".into(), format!("{text}{number}{text}")),
        column => offer.insert(column.into(), text.into()),
    };
    let text = if column == "sku" { offer["sku"].clone() } else { text.to_owned() };
    Odd { what, column: column.into(), text, offer }
}

/// The columns that a channel's sources speak of.
pub fn columns(channel: &Registered) -> Vec<String> {
    let names = channel.names();
    let speaks_of = |column: &str| {
        let base = column.split('.').next().unwrap_or(column);
        names.contains(column) || names.contains(base) || column == "volume"
    };
    let mut columns: Vec<String> =
        COLUMNS.iter().filter(|column| speaks_of(column)).map(|column| (*column).to_owned()).collect();
    columns.extend(names.iter().filter(|name| name.starts_with("x.") || name.starts_with("ids.")).cloned());
    if names.contains("attributes") {
        columns.extend(["attributes.name".into(), "attributes.value".into()]);
    }
    columns
}

/// A master of them.
pub fn catalog(odd: &[Odd]) -> Catalog {
    Catalog { offers: odd.iter().map(|odd| odd.offer.clone()).collect() }
}

/// Whether no document may carry a character, by Unicode and not by our own list of them.
pub fn is_unwritable(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\t' | '\n' | '\r'))
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

/// A text as it has to arrive: without what nobody may write, trimmed, line ends alike.
pub fn arrives_as(text: &str) -> String {
    let written: String = text.chars().filter(|letter| !is_unwritable(*letter)).collect();
    written.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}
