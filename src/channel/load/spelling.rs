//! How a field is spelled: the keys that stand beside a field for all shapes and in a
//! shape's row for one.

use rust_decimal::Decimal;

use crate::channel::description::{EmptyAs, Field, Form, Spelling};
use crate::channel::names::CHOICE_WORDS;
use crate::model::{Kind, Unit, suggestion};
use crate::wire::yaml::{Key, Map, Node, Problems, Scalar, key};

/// The keys of a spelling.
pub const KEYS: [Key; 16] = [
    key("values", "our word → the channel's, one to one; or a list of words that are the same on both sides"),
    key("fold", "our word → our word, where the channel has fewer"),
    key("also", "further words of the channel → ours, when reading"),
    key("default", "a value equal to it is not written; nothing written means it"),
    key("empty", "how an empty value stands: omit, null in JSON, or a text"),
    key("unsaid", "of a number, when reading: a word in its place by which nothing is said"),
    key("decimals", "exactly so many places"),
    key("unit", "the unit that it is converted to; of several the value's own if it is among them, else the first"),
    key("spell", "how amount and unit stand together: \"{number} {unit}\""),
    key("units", "unit → the channel's word for it, where units stand by themselves"),
    key("before", "what stands before a text in the document, and not in the catalog; taken off when reading"),
    key("format", "a date or time, by strftime"),
    key("join", "a list in one node, with this between the items"),
    key("divide", "of a list with a node for each item, when reading: a mark at which one node is several items"),
    key("escape", "the mark before a separator inside of an item: \\ or quote"),
    key("as", "how it stands: cdata or text in XML, string or number in JSON"),
];

struct Reader<'n, 'f> {
    map: &'f Map<'n>,
    field: &'f Field,
    problems: &'n Problems,
}

/// The spelling that a map says for a field of this name and kind.
pub fn load(map: &Map<'_>, field: &Field) -> Spelling {
    let reader = Reader { map, field, problems: map.problems() };
    let values = reader.values();
    let words = if values.is_empty() { &field.spelling.values } else { &values };
    Spelling {
        fold: reader.fold(words),
        also: reader.also(words),
        default: reader.default(words),
        values,
        empty: reader.empty(),
        unsaid: reader.unsaid(),
        decimals: reader.decimals(),
        unit: reader.unit(),
        units: reader.units(),
        spell: reader.spell(),
        before: reader.before(),
        format: reader.format(),
        zone: None,
        join: reader.join(),
        divide: reader.divide(),
        escape: reader.escape(),
        form: reader.form(),
    }
}

impl<'n> Reader<'n, '_> {
    /// The node of a key, where the field's kind can have it; another kind is a problem.
    fn get(&self, name: &str, fits: impl Fn(Kind) -> bool, whom: &str) -> Option<&'n Node> {
        let node = self.map.get(name)?;
        if fits(self.field.kind) {
            return Some(node);
        }
        let what = format!("`{name}` is for {whom}, `{}` is {}", self.field.name, self.field.kind.in_words());
        let place = self.map.key_text(name).map_or(node.bytes.clone(), |text| text.bytes.clone());
        self.problems.add(node.problem_at(place, "config/value", what, "remove it, or give the field another `kind`"));
        None
    }

    fn refuse<T>(&self, node: &Node, what: String, label: impl Into<String>) -> Option<T> {
        self.problems.add(node.problem("config/value", what, label));
        None
    }

    fn values(&self) -> Vec<(String, String)> {
        let Some(node) = self.get("values", is_word, "choices and flags") else { return Vec::new() };
        let pairs = match &node.value {
            Scalar::List(items) => self.same_words(items),
            _ => self.pairs(node, "`values`"),
        };
        for (number, (_, theirs, at)) in pairs.iter().enumerate() {
            if pairs.iter().take(number).any(|pair| pair.1 == *theirs) {
                let what =
                    format!("«{theirs}» stands for two words of ours: reading it back could not tell them apart");
                self.refuse::<()>(at, what, "use `fold` where the channel has fewer words");
            }
        }
        self.are_the_offers_words(&pairs);
        let words: Vec<(String, String)> = pairs.into_iter().map(|pair| (pair.0, pair.1)).collect();
        if self.field.kind == Kind::Flag && !words.is_empty() {
            let mut ours: Vec<&str> = words.iter().map(|pair| pair.0.as_str()).collect();
            ours.sort_unstable();
            if ours != ["no", "yes"] {
                self.refuse::<()>(node, "the words of a flag are `yes` and `no`".into(), "{yes: …, no: …}");
            }
        }
        words
    }

    /// A word that the offer's field never holds would be one that no listing is given.
    fn are_the_offers_words(&self, pairs: &[(String, String, &'n Node)]) {
        let words = self.field.source.as_name().and_then(|name| CHOICE_WORDS.iter().find(|entry| entry.0 == name));
        let Some((name, words)) = words.filter(|_| self.field.kind == Kind::Choice) else { return };
        for (word, _, at) in pairs.iter().filter(|pair| !words.contains(&pair.0.as_str())) {
            let what = format!("`{word}` is no word that an offer's `{name}` has");
            self.refuse::<()>(at, what, suggestion(word, words.iter().copied(), "this file"));
        }
    }

    fn same_words(&self, items: &'n [Node]) -> Vec<(String, String, &'n Node)> {
        let words = items.iter().filter_map(|item| Some((item.text("a word", self.problems)?, item)));
        words.map(|(word, item)| (word.to_owned(), word.to_owned(), item)).collect()
    }

    fn pairs(&self, node: &'n Node, what: &str) -> Vec<(String, String, &'n Node)> {
        let Some(map) = node.open_map(what, self.problems) else { return Vec::new() };
        let pairs = map.pairs().iter().filter_map(|(from, to)| Some((from, to.text(what, self.problems)?, to)));
        pairs.map(|(from, to, at)| (from.text.clone(), to.to_owned(), at)).collect()
    }

    /// Pairs whose right side must be one of our words.
    fn pairs_to_ours(&self, name: &str, words: &[(String, String)]) -> Vec<(String, String)> {
        let Some(node) = self.get(name, is_word, "choices and flags") else { return Vec::new() };
        let pairs = self.pairs(node, &format!("`{name}`"));
        for (_, to, at) in &pairs {
            self.is_ours(to, words, at);
        }
        pairs.into_iter().map(|pair| (pair.0, pair.1)).collect()
    }

    fn fold(&self, words: &[(String, String)]) -> Vec<(String, String)> {
        let pairs = self.pairs_to_ours("fold", words);
        for pair in &pairs {
            if words.iter().any(|word| word.0 == pair.0)
                && let Some(node) = self.map.get("fold")
            {
                let what = format!("`{}` has a word of its own in `values`, and is folded", pair.0);
                self.refuse::<()>(node, what, "leave it in one of the two");
            }
        }
        pairs
    }

    fn also(&self, words: &[(String, String)]) -> Vec<(String, String)> {
        self.pairs_to_ours("also", words)
    }

    /// Whether a word is one of ours; where no words are listed any goes, but for flags.
    fn is_ours(&self, word: &str, words: &[(String, String)], at: &Node) -> bool {
        let ours: Vec<&str> = match self.field.kind {
            Kind::Flag => vec!["yes", "no"],
            _ => words.iter().map(|pair| pair.0.as_str()).collect(),
        };
        let known = ours.is_empty() || ours.contains(&word);
        if !known {
            let what = format!("`{word}` is no word of ours for `{}`", self.field.name);
            self.refuse::<()>(at, what, suggestion(word, ours, "this file"));
        }
        known
    }

    fn default(&self, words: &[(String, String)]) -> Option<String> {
        let scalar = |kind| !matches!(kind, Kind::List | Kind::Table | Kind::Interval);
        let node = self.get("default", scalar, "single values")?;
        let text = node.text("`default`", self.problems)?;
        let fits = match self.field.kind {
            Kind::Choice | Kind::Flag => return self.is_ours(text, words, node).then(|| text.to_owned()),
            kind if kind.is_number() => text.parse::<Decimal>().is_ok(),
            _ => true,
        };
        if fits {
            return Some(text.to_owned());
        }
        self.refuse(node, format!("`{text}` is not {}", self.field.kind.in_words()), "")
    }

    fn empty(&self) -> Option<EmptyAs> {
        let node = self.map.get("empty")?;
        if node.is_null() {
            return Some(EmptyAs::Null);
        }
        match node.text("`empty`", self.problems)? {
            "omit" => Some(EmptyAs::Omit),
            text => Some(EmptyAs::Text(text.to_owned())),
        }
    }

    fn unsaid(&self) -> Option<String> {
        let node = self.get("unsaid", Kind::is_number, "numbers")?;
        Some(node.text("`unsaid`", self.problems)?.trim().to_owned())
    }

    fn divide(&self) -> Option<String> {
        let node = self.get("divide", |kind| kind == Kind::List, "lists")?;
        let mark = node.text("`divide`", self.problems)?;
        if mark.is_empty() {
            return self.refuse(node, "nothing divides no items".to_owned(), "a mark: divide: \",\"");
        }
        Some(mark.to_owned())
    }

    fn decimals(&self) -> Option<u32> {
        let node = self.get("decimals", Kind::is_number, "numbers")?;
        let places: u32 = node.parsed("`decimals`", "a whole number", self.problems)?;
        if places > 20 {
            return self.refuse(node, format!("{places} places are too many"), "at most 20");
        }
        Some(places)
    }

    fn unit(&self) -> Vec<Unit> {
        let Some(node) = self.get("unit", |kind| kind == Kind::Quantity, "quantities") else { return Vec::new() };
        let mut units = Vec::new();
        for item in node.one_or_list() {
            let Some(text) = item.text("a unit", self.problems) else { continue };
            match Unit::new(text).filter(|unit| unit.is_of_measure()) {
                Some(unit) => units.push(unit),
                None => drop(self.refuse::<()>(item, format!("`{text}` is no unit of measure"), "kg, g, cm, mm, l, …")),
            }
        }
        units
    }

    fn units(&self) -> Vec<(String, String)> {
        let Some(node) = self.get("units", |kind| kind == Kind::Quantity, "quantities") else { return Vec::new() };
        let pairs = self.pairs(node, "`units`");
        for (unit, _, at) in pairs.iter().filter(|pair| !Unit::new(&pair.0).is_some_and(|unit| unit.is_of_measure())) {
            self.refuse::<()>(at, format!("`{unit}` is no unit of measure"), "kg, g, cm, mm, l, …");
        }
        pairs.into_iter().map(|pair| (pair.0, pair.1)).collect()
    }

    fn spell(&self) -> Option<String> {
        let fits = |kind| matches!(kind, Kind::Money | Kind::Quantity);
        let node = self.get("spell", fits, "amounts of money and quantities")?;
        let text = node.text("`spell`", self.problems)?;
        if text.matches("{number}").count() != 1 || text.matches("{unit}").count() > 1 {
            return self.refuse(
                node,
                "`spell` holds {number} once, and {unit} at most once".into(),
                "\"{number} {unit}\"",
            );
        }
        Some(text.to_owned())
    }

    fn before(&self) -> Option<String> {
        let node = self.get("before", |kind| kind == Kind::Text, "texts")?;
        node.text("`before`", self.problems).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn format(&self) -> Option<String> {
        let fits = |kind| matches!(kind, Kind::Date | Kind::Time | Kind::Interval);
        let node = self.get("format", fits, "dates and times")?;
        let text = node.text("`format`", self.problems)?;
        if tells_the_day(text) {
            return Some(text.to_owned());
        }
        self.refuse(node, format!("`{text}` is no format of a date or time"), "as strftime: %Y-%m-%d %H:%M")
    }

    fn join(&self) -> Option<String> {
        let node = self.get("join", |kind| kind == Kind::List, "lists")?;
        let text = node.text("`join`", self.problems)?;
        match text {
            "" => self.refuse(node, "nothing between the items: they could not be told apart".into(), ""),
            _ => Some(text.to_owned()),
        }
    }

    fn escape(&self) -> Option<String> {
        let node = self.get("escape", |kind| kind == Kind::List, "lists with `join`")?;
        let words = [("\\", "\\"), ("quote", "quote")];
        node.word("`escape`", words, self.problems).map(str::to_owned)
    }

    fn form(&self) -> Option<Form> {
        let node = self.map.get("as")?;
        let words = [("cdata", Form::CData), ("text", Form::Text), ("string", Form::String), ("number", Form::Number)];
        let form = node.word("`as`", words, self.problems)?;
        if form == Form::Number && !self.field.kind.is_number() {
            let what = format!("`{}` is {}: it is no number", self.field.name, self.field.kind.in_words());
            return self.refuse(node, what, "remove it");
        }
        Some(form)
    }
}

fn is_word(kind: Kind) -> bool {
    matches!(kind, Kind::Choice | Kind::Flag)
}

/// Whether a day that is written in a format can be read back from it: `yyyy-mm-dd` would be written as it stands.
fn tells_the_day(format: &str) -> bool {
    let day = jiff::civil::date(2023, 11, 28);
    let Ok(sample) = day.at(13, 45, 6, 0).to_zoned(jiff::tz::TimeZone::UTC) else { return false };
    let Ok(written) = jiff::fmt::strtime::format(format, &sample) else { return false };
    jiff::fmt::strtime::parse(format, &written).is_ok_and(|read| {
        read.to_date().is_ok_and(|read| read == day) || read.to_timestamp().is_ok_and(|read| read == sample.timestamp())
    })
}
