//! In which encoding the bytes of an input stand: by its byte order mark, by what it
//! declares, by what it is, and only then by a guess that the report must name.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

/// Valid sequences of several bytes that make a text UTF-8 beyond doubt.
const SURELY_UTF8: usize = 8;
/// So many of them without a break are a word in UTF-8: in encodings of one byte a letter, capitals and small letters
/// would have to take turns.
const WORD: usize = 5;

/// Which encoding the person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EncodingChoice {
    /// Whatever the input says or shows.
    Auto,
    /// This one; only a byte order mark overrules it.
    Named(&'static Encoding),
}

impl EncodingChoice {
    /// The choice of this name: `auto`, `utf-8`, `windows-1251` …; `None` for a name that nobody knows.
    pub fn named(name: &str) -> Option<EncodingChoice> {
        if name.eq_ignore_ascii_case("auto") {
            return Some(EncodingChoice::Auto);
        }
        by_label(name).map(EncodingChoice::Named)
    }
}

/// How an input shows its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniff {
    /// By the label in its XML declaration; UTF-8 without one.
    Xml,
    /// Not at all: it is UTF-8, or it is guessed.
    Text,
}

/// What the first bytes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Head {
    /// A byte order mark of this length.
    Marked(&'static Encoding, usize),
    /// XML in UTF-16 without a mark.
    Wide(&'static Encoding),
    /// The label of an XML declaration, when it names an encoding that can hold a declaration in such bytes.
    Declared(&'static Encoding),
    /// A label that names nothing known.
    Unknown(String),
    /// A label of UTF-16 in a text of single bytes.
    Contradicted(String),
    /// Nothing.
    Silent,
}

/// The encoding of a label; none for the web's placeholders, which decode to nothing useful.
fn by_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).filter(|found| *found != REPLACEMENT && *found != X_USER_DEFINED)
}

/// Looks at the first bytes.
pub(crate) fn look(head: &[u8], sniff: Sniff) -> Head {
    if let Some((encoding, length)) = Encoding::for_bom(head) {
        return Head::Marked(encoding, length);
    }
    if sniff == Sniff::Text {
        return Head::Silent;
    }
    match head {
        [b'<', 0, second, 0, ..] if *second != 0 => return Head::Wide(UTF_16LE),
        [0, b'<', 0, second, ..] if *second != 0 => return Head::Wide(UTF_16BE),
        _ => {}
    }
    let Some(label) = declared_label(head) else { return Head::Silent };
    match by_label(&label) {
        None => Head::Unknown(label),
        Some(encoding) if !encoding.is_ascii_compatible() => Head::Contradicted(label),
        Some(encoding) => Head::Declared(encoding),
    }
}

/// The label in an XML declaration, as far as one can be made out; the XML reader judges the declaration itself.
fn declared_label(head: &[u8]) -> Option<String> {
    let declaration = head.strip_prefix(b"<?xml")?;
    let end = memchr::memmem::find(declaration, b"?>")?;
    let declaration = declaration.get(..end)?;
    let at = memchr::memmem::find(declaration, b"encoding")?;
    let value = declaration.get(at + b"encoding".len()..)?.trim_ascii_start();
    let value = value.strip_prefix(b"=")?.trim_ascii_start();
    let quote = *value.first().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let label = value.get(1..)?;
    let label = label.get(..memchr::memchr(quote, label)?)?;
    Some(String::from_utf8_lossy(label).into_owned())
}

/// What a file is that is no text at all, by its first bytes.
pub(crate) fn foreign(head: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a ZIP archive or an Excel workbook (.xlsx)"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Excel workbook (.xls)"),
        (b"%PDF-", "a PDF document"),
        (b"\x1F\x8B\x08", "a gzip archive inside of another"),
        (b"BZh91AY&SY", "a bzip2 archive"),
        (b"\xFD7zXZ\x00", "an xz archive"),
        (b"\x28\xB5\x2F\xFD", "a zstd archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"Rar!\x1A\x07", "a RAR archive"),
        (b"SQLite format 3\x00", "an SQLite database"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"\xFF\xFE\x00\x00", "text in UTF-32"),
        (b"\x00\x00\xFE\xFF", "text in UTF-32"),
    ];
    KINDS.iter().find(|kind| head.starts_with(kind.0)).map(|kind| kind.1)
}

/// How well bytes read as UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Likeness {
    /// Sequences of several bytes that are right.
    pub(crate) right: usize,
    /// Places that are wrong.
    pub(crate) wrong: usize,
    /// Words that can hardly be right by chance; not counted where nothing is wrong.
    pub(crate) words: usize,
}

impl Likeness {
    /// Looks at a sample; a sequence that its end cuts is not counted.
    pub(crate) fn of(sample: &[u8]) -> Self {
        // nearly every sample is all UTF-8, but for the sequence that its end cuts
        let whole = match simdutf8::compat::from_utf8(sample) {
            Ok(text) => Some(text),
            Err(cut) if cut.error_len().is_none() => {
                sample.get(..cut.valid_up_to()).and_then(|whole| std::str::from_utf8(whole).ok())
            }
            Err(_) => None,
        };
        if let Some(whole) = whole {
            // more than enough is not counted
            let right = whole.bytes().filter(|byte| *byte >= 0xC0).take(SURELY_UTF8).count();
            return Likeness { right, ..Likeness::default() };
        }
        sample.utf8_chunks().fold(Likeness::default(), |likeness, chunk| Likeness {
            right: likeness.right + sequences(chunk.valid()),
            wrong: likeness.wrong + usize::from(!chunk.invalid().is_empty()),
            words: likeness.words + words(chunk.valid()),
        })
    }

    /// UTF-8, perhaps damaged in places: so many sequences are right by chance in no other encoding.
    pub(crate) fn is_utf8(self) -> bool {
        self.wrong == 0 || self.right >= 4 * self.wrong
    }

    /// A text in two encodings, of which UTF-8 is one and this, by a guess, the other. Only in encodings of several
    /// bytes a letter do such words come by chance.
    pub(crate) fn is_mixed(self, guess: &'static Encoding) -> bool {
        self.wrong > 0 && self.words > 0 && (guess.is_single_byte() || self.words * 4 * WORD >= self.wrong)
    }

    /// UTF-8 for sure, whatever label it bears.
    pub(crate) fn is_surely_utf8(self) -> bool {
        self.wrong == 0 && self.right >= SURELY_UTF8
    }
}

/// How many characters of several bytes a text holds: each begins with one byte from 0xC0 on.
fn sequences(text: &str) -> usize {
    text.bytes().filter(|byte| *byte >= 0xC0).count()
}

/// How many words of such characters a text holds.
fn words(text: &str) -> usize {
    let pieces = text.split(|letter: char| letter.is_ascii());
    pieces.filter(|piece| piece.chars().nth(WORD - 1).is_some()).count()
}

/// The best guess for bytes that are not UTF-8.
pub(crate) fn guess(sample: &[u8], whole: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, whole);
    // the shops that this is written for decide between two readings that are equally likely
    detector.guess(Some(b"ua"), Utf8Detection::Deny)
}

/// The byte order of a text of 16-bit units without a mark: its blanks and line ends leave zeros on one side only, and
/// the bytes on that side are small, as no letters of a text of single bytes are.
pub(crate) fn wide(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let is_high = |parity: usize| {
        let small = sample.iter().skip(parity).step_by(2).filter(|byte| **byte < b'\t').count();
        small * 4 >= sample.len()
    };
    match (zeros(0), zeros(1)) {
        (0, 1..) if is_high(1) => Some(UTF_16LE),
        (1.., 0) if is_high(0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether this encoding needs no decoding.
pub(crate) fn is_utf8(encoding: &'static Encoding) -> bool {
    encoding == UTF_8
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{KOI8_U, WINDOWS_1251};
    use proptest::prelude::*;

    fn xml(head: &str) -> Head {
        look(head.as_bytes(), Sniff::Xml)
    }

    #[test]
    fn the_label_is_read_as_people_write_it() {
        assert_eq!(xml("<?xml version='1.0' encoding='CP1251'?><a/>"), Head::Declared(WINDOWS_1251));
        assert_eq!(xml("<?xml version=\"1.0\" encoding = \"Windows-1251\" ?><a/>"), Head::Declared(WINDOWS_1251));
        assert_eq!(xml("<?xml version=\"1.0\"?><a encoding=\"koi8-u\"/>"), Head::Silent);
        assert_eq!(xml("<a/>"), Head::Silent);
        assert_eq!(xml("<?xml encoding=\"klingon\"?>"), Head::Unknown("klingon".into()));
        assert_eq!(xml("<?xml encoding=\"iso-2022-kr\"?>"), Head::Unknown("iso-2022-kr".into()));
        assert_eq!(xml("<?xml encoding=\"utf-16\"?>"), Head::Contradicted("utf-16".into()));
    }

    #[test]
    fn a_mark_wins_over_the_label() {
        assert_eq!(xml("\u{feff}<?xml encoding=\"windows-1251\"?>"), Head::Marked(UTF_8, 3));
        assert_eq!(look(b"\xFF\xFEa\0", Sniff::Text), Head::Marked(UTF_16LE, 2));
        assert_eq!(look(b"\xFE\xFF\0a", Sniff::Text), Head::Marked(UTF_16BE, 2));
        assert_eq!(look(b"<\0?\0", Sniff::Xml), Head::Wide(UTF_16LE));
        assert_eq!(look(b"\0<\0a", Sniff::Xml), Head::Wide(UTF_16BE));
    }

    #[test]
    fn short_headers_of_shops_are_guessed_right() {
        for text in [
            "Артикул;Назва;Ціна\nK1;Термос;10\n",
            "Код;Наименование;Остаток\n1;Кружка;4\n",
            "sku;Кількість\n1;5\n",
            "id;Їжа\n",
            "SKU;НАЗВА ТОВАРУ;ЦІНА, ГРН\n",
        ] {
            let (bytes, _, _) = WINDOWS_1251.encode(text);
            assert!(!Likeness::of(&bytes).is_utf8(), "{text}");
            assert_eq!(guess(&bytes, true), WINDOWS_1251, "{text}");
        }
        let (bytes, _, _) = KOI8_U.encode("Артикул;Назва;Ціна\nK1;Термос для чаю, зелений;10\n");
        assert_eq!(guess(&bytes, true), KOI8_U);
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = "Термокружка нержавіюча".as_bytes().to_vec();
        assert_eq!(Likeness::of(&bytes).wrong, 0);
        bytes.truncate(bytes.len() - 1);
        assert_eq!(Likeness::of(&bytes).wrong, 0, "a cut end is no damage");
        bytes.insert(0, 0xCF);
        let likeness = Likeness::of(&bytes);
        assert!(likeness.wrong > 0 && likeness.is_utf8());
        assert!(!likeness.is_surely_utf8());
        assert!(Likeness::of("Термокружка".as_bytes()).is_surely_utf8());
    }

    #[test]
    fn two_encodings_in_one_text_are_noticed() {
        let old = |text: &str| WINDOWS_1251.encode(text).0.into_owned();
        for (one, other) in [(3, 1), (100, 50), (1, 100)] {
            let text = ["Товар їжак;1\n".repeat(one).into_bytes(), old(&"Ґудзик український\n".repeat(other))].concat();
            let likeness = Likeness::of(&text);
            assert!(likeness.is_utf8() || likeness.is_mixed(guess(&text, true)), "{one} {other} {likeness:?}");
        }
        let text = old("МІСІСІПІ;МІЛІЦІЯ «СІЦІЛІЇ» № 1 — ПІДПІЛЬНІ ЛІНІЇ…");
        assert!(!Likeness::of(&text).is_mixed(WINDOWS_1251), "capitals before і are right by chance, but not for long");
    }

    #[test]
    fn the_choice_has_names() {
        assert_eq!(EncodingChoice::named("AUTO"), Some(EncodingChoice::Auto));
        assert_eq!(EncodingChoice::named("cp1251"), Some(EncodingChoice::Named(WINDOWS_1251)));
        assert_eq!(EncodingChoice::named("utf8"), Some(EncodingChoice::Named(UTF_8)));
        assert_eq!(EncodingChoice::named("utf-9"), None);
    }

    #[test]
    fn wide_texts_show_their_order() {
        let little: Vec<u8> = "sku;Ціна\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "sku;Ціна\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(wide(&little), Some(UTF_16LE));
        assert_eq!(wide(&big), Some(UTF_16BE));
        assert_eq!(wide(b"a\0\0b"), None);
        assert_eq!(wide(b"sku;title\nK1;ab\0c\n"), None, "a zero byte in a text of single bytes");
    }

    const WORDS: [&str; 24] = [
        "термокружка",
        "Сіль",
        "мільйонів",
        "її",
        "лінії",
        "ПІВНІЧ",
        "міліція",
        "Їжак",
        "об'єм",
        "кольору",
        "єдина",
        "ґудзик",
        "Чайник",
        "ёлка",
        "подъём",
        "Ёмкость",
        "нержавеющая",
        "сталь",
        "«Київ»",
        "№ 5",
        "—",
        "“лапки”",
        "…",
        "із серії",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn true_texts_of_one_byte_a_letter_are_never_taken_for_two_encodings(
            words in proptest::collection::vec((0..WORDS.len(), 0..3_u8, "[ ;,\n]"), 12..200),
            koi8 in any::<bool>(),
        ) {
            let word = |(word, case, end): &(usize, u8, String)| {
                let word = WORDS[*word];
                let word = if *case == 0 { word.to_uppercase() } else { word.to_owned() };
                format!("{word}{end}")
            };
            let mut text: String = words.iter().map(word).collect();
            let encoding = if koi8 { KOI8_U } else { WINDOWS_1251 };
            if koi8 {
                // it has none of these
                text.retain(|letter| !"«»№—“”…".contains(letter));
            }
            let bytes = encoding.encode(&text).0;
            let likeness = Likeness::of(&bytes);
            prop_assert!(!likeness.is_utf8() && !likeness.is_mixed(encoding), "{likeness:?} {text}");
            if !koi8 {
                prop_assert_eq!(guess(&bytes, true), WINDOWS_1251, "{}", text);
            }
        }
    }
}
