//! A YAML document as values with places. serde_yaml reads it: every scalar as the text that is
//! written, so that `1.10`, `00123` and `1e3` stay what they are, and `no` stays a word, as in YAML 1.2.
//! The outline says beforehand what stands where.

use std::cell::{Cell, RefCell};
use std::fmt;

use bumpalo::Bump;
use bumpalo::collections::Vec as BumpVec;
use hashbrown::HashSet;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::outline::{Mark, Shape, outline};
use crate::wire::json::{Json, JsonValue, Member};
use crate::wire::wording::shown;

/// What helps where nobody can say more.
const LOOK: &str = "look at the indentation and the quotes here";
/// What helps where a key stands twice.
const TWICE: &str = "keep one of the two: readers do not agree on which one counts";

/// Why a document cannot be read, at a place of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Where, in bytes from the front.
    pub at: usize,
    /// What stands there.
    pub what: String,
    /// What helps.
    pub help: &'static str,
}

/// Reads a document.
pub fn values<'t>(text: &str, arena: &'t Bump) -> Result<Json<'t>, Broken> {
    let marks = outline(text)?;
    if marks.is_empty() {
        return Err(Broken { at: 0, what: "nothing stands in it".to_owned(), help: "export the catalog again" });
    }
    let reading = Reading { marks: &marks, next: Cell::new(0), arena, broken: RefCell::new(None) };
    let read = Seed(&reading).deserialize(serde_yaml::Deserializer::from_str(text));
    let root = read.map_err(|error| reading.broken.take().unwrap_or_else(|| in_words(&error)))?;
    match marks.get(reading.next.get()) {
        None => Ok(root),
        Some(mark) => Err(Broken { at: mark.bytes.start, what: "this belongs to nothing".to_owned(), help: LOOK }),
    }
}

fn in_words(error: &serde_yaml::Error) -> Broken {
    let at = error.location().map_or(0, |place| place.index());
    Broken { at, what: format!("this is not YAML: {error}"), help: LOOK }
}

struct Reading<'r, 't> {
    marks: &'r [Mark],
    /// The number of the node that comes next.
    next: Cell<usize>,
    arena: &'t Bump,
    /// What is wrong, in words of our own: the error that travels has none.
    broken: RefCell<Option<Broken>>,
}

impl<'t> Reading<'_, 't> {
    /// What the outline says of the node that comes.
    fn mark<E: serde::de::Error>(&self) -> Result<&Mark, E> {
        let number = self.next.get();
        self.next.set(number + 1);
        self.marks.get(number).ok_or_else(|| E::custom("more stands here than its outline has"))
    }

    fn refuse<E: serde::de::Error>(&self, at: usize, what: String, help: &'static str) -> E {
        self.broken.replace(Some(Broken { at, what, help }));
        E::custom("refused")
    }

    /// A text without quotes may be nothing, a word or a number.
    fn plain<E: serde::de::Error>(&self, text: &'t str, at: usize) -> Result<JsonValue<'t>, E> {
        Ok(match text {
            "" | "~" | "null" | "Null" | "NULL" => JsonValue::Null,
            "true" | "True" | "TRUE" => JsonValue::Flag(true),
            "false" | "False" | "FALSE" => JsonValue::Flag(false),
            _ if is_no_number(text) => {
                return Err(self.refuse(
                    at,
                    format!("«{text}» is no value"),
                    "leave the key out, or put a text in quotes",
                ));
            }
            _ if is_number(text) => JsonValue::Number(text),
            _ => JsonValue::Text(text),
        })
    }
}

/// What YAML writes for numbers that are none.
fn is_no_number(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    matches!(lower.trim_start_matches(['+', '-']), ".nan" | ".inf")
}

/// Whether a text is a number as JSON writes it; what begins with a nought, like `00123`, is none.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let unsigned = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

/// Reads the next node.
struct Seed<'s, 'r, 't>(&'s Reading<'r, 't>);

impl<'de, 't> DeserializeSeed<'de> for Seed<'_, '_, 't> {
    type Value = Json<'t>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'t>, D::Error> {
        let reading = self.0;
        let mark = reading.mark::<D::Error>()?;
        let value = match mark.shape {
            Shape::List => deserializer.deserialize_seq(Items(reading))?,
            Shape::Map => deserializer.deserialize_map(Members(reading))?,
            Shape::Quoted => JsonValue::Text(deserializer.deserialize_str(Letters(reading.arena))?),
            Shape::Plain => {
                let text = deserializer.deserialize_str(Letters(reading.arena))?;
                reading.plain(text, mark.bytes.start)?
            }
        };
        Ok(Json { offset: mark.bytes.start, value })
    }
}

struct Letters<'t>(&'t Bump);

impl<'de, 't> Visitor<'de> for Letters<'t> {
    type Value = &'t str;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<&'t str, E> {
        Ok(self.0.alloc_str(text))
    }
}

struct Items<'s, 'r, 't>(&'s Reading<'r, 't>);

impl<'de, 't> Visitor<'de> for Items<'_, '_, 't> {
    type Value = JsonValue<'t>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonValue<'t>, A::Error> {
        let mut items = BumpVec::new_in(self.0.arena);
        while let Some(item) = list.next_element_seed(Seed(self.0))? {
            items.push(item);
        }
        Ok(JsonValue::List(items.into_bump_slice()))
    }
}

struct Members<'s, 'r, 't>(&'s Reading<'r, 't>);

impl<'de, 't> Visitor<'de> for Members<'_, '_, 't> {
    type Value = JsonValue<'t>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonValue<'t>, A::Error> {
        let reading = self.0;
        let mut members: BumpVec<'_, Member<'t>> = BumpVec::new_in(reading.arena);
        let mut seen: HashSet<&str> = HashSet::new();
        while let Some(key) = map.next_key_seed(Seed(reading))? {
            let name = match key.value {
                JsonValue::Text(name) | JsonValue::Number(name) => name,
                JsonValue::Flag(true) => "true",
                JsonValue::Flag(false) => "false",
                _ => {
                    return Err(reading.refuse(
                        key.offset,
                        "a key is missing here".to_owned(),
                        "name it before the colon",
                    ));
                }
            };
            if !seen.insert(name) {
                let what = format!("the key «{}» stands twice in one object", shown(name));
                return Err(reading.refuse(key.offset, what, TWICE));
            }
            members.push(Member { name, value: map.next_value_seed(Seed(reading))? });
        }
        Ok(JsonValue::Object(members.into_bump_slice()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wire::json;

    fn read(text: &str) -> String {
        let arena = Bump::new();
        match values(text, &arena) {
            Ok(root) => format!("{root:?}"),
            Err(broken) => format!("{}: {}", broken.at, broken.what),
        }
    }

    fn scalar(text: &str) -> String {
        let arena = Bump::new();
        let value = values(text, &arena).unwrap().value;
        format!("{value:?}")
    }

    #[test]
    fn scalars_are_the_text_that_is_written() {
        for (text, value) in [
            ("1.10", "Number(\"1.10\")"),
            ("1e3", "Number(\"1e3\")"),
            ("4820000510011", "Number(\"4820000510011\")"),
            ("00123", "Text(\"00123\")"),
            ("0x1F", "Text(\"0x1F\")"),
            ("1_000", "Text(\"1_000\")"),
            ("no", "Text(\"no\")"),
            ("On", "Text(\"On\")"),
            ("2026-11-20", "Text(\"2026-11-20\")"),
            ("!!str 5", "Text(\"5\")"),
            ("'5'", "Text(\"5\")"),
            ("\"null\"", "Text(\"null\")"),
            ("~", "Null"),
            ("true", "Flag(true)"),
            ("|-\n  a\n  b", "Text(\"a\\nb\")"),
            (">-\n  a\n  b", "Text(\"a b\")"),
        ] {
            assert_eq!(scalar(text), value, "{text}");
        }
    }

    #[test]
    fn everything_knows_its_place() {
        let arena = Bump::new();
        let root = values("- sku: A\n  price: 5\n- {sku: \"Ї\", price: }\n", &arena).unwrap();
        let places: Vec<usize> = root.list().unwrap().iter().map(|item| item.offset).collect();
        assert_eq!(places, [2, 22]);
        let price = root.list().unwrap()[0].member("price").unwrap();
        assert_eq!(price.offset, 18);
    }

    proptest! {
        /// JSON is YAML: both readers, of different makers, must find the same in it.
        #[test]
        fn json_reads_the_same_as_yaml(
            keys in prop::collection::hash_set("[a-zа-я]{1,6}", 0..5),
            texts in prop::collection::vec("[a-zа-яїґ,:#|\\- \\[{'&*!%@`\u{1F525}]{0,12}", 5),
            numbers in prop::collection::vec("-?(0|[1-9][0-9]{0,12})(\\.[0-9]{1,4})?(e-?[0-9])?", 5),
        ) {
            let members = keys.iter().zip(texts.iter().zip(&numbers));
            let members = members.map(|(key, (text, number))| format!("\"{key}\": [{number}, \"{text}\", null, {{}}]"));
            let text = format!("[{{{}}}, true]", members.collect::<Vec<_>>().join(", "));
            let arena = Bump::new();
            let expected = format!("{:?}", json::parse(&text, &arena).unwrap());
            prop_assert_eq!(read(&text), expected);
        }

        #[test]
        fn no_text_is_too_odd(text in "[-a-c:,\\[\\]{}#&*!|>'\"%@`?~0-9 \n\t]{0,40}") {
            read(&text);
        }
    }
}
