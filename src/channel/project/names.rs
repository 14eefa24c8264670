//! What a name in a source means: a field that the master says, one that follows from
//! others, or something known at load (the shop, settings, the clock).

use crate::model::{Categories, Said};

use super::Builder;
use super::step::{Constant, Step, ValueNo};

/// Columns of the table that a tree of categories is looked up in.
pub(super) const CATEGORY_NAME: usize = 0;
pub(super) const CATEGORY_PATH: usize = 1;

/// A name whose value is known at load: `shop.name`, `settings.firmId`, `now`.
#[derive(Debug, Clone)]
pub struct KnownName {
    /// The name.
    pub name: String,
    /// Its value.
    pub value: Constant,
    /// Row fields, where it is a table.
    pub rows: Vec<String>,
}

/// Everything that sources can speak of besides a row's own names.
#[derive(Debug, Clone)]
pub struct Known<'s> {
    /// What the master says of each offer; empty for the document's own fields.
    pub said: &'s [Said],
    /// What is known at load.
    pub constants: Vec<KnownName>,
    /// The language of bare names: `title` is `title.LANGUAGE`.
    pub language: String,
    /// The merchant's tree, where it is a file: its names and paths, by id.
    pub categories: Option<&'s Categories>,
}

impl Builder<'_> {
    /// The value that a name of the offer or of the document means. Names were checked when the description
    /// was read, so one that is found nowhere is one that nobody says.
    pub(super) fn name(&mut self, name: &str) -> ValueNo {
        if let Some(number) = self.said(name) {
            return match name {
                "availability" => self.availability(Some(number)),
                "currency" => self.currency(Some(number)),
                _ => number,
            };
        }
        if let Some(known) = self.known.constants.iter().find(|known| known.name == name) {
            let constant = known.value.clone();
            return self.constant(constant);
        }
        match name {
            "quantity" | "stock" => self.quantity(),
            "in_stock" => {
                let availability = self.availability(None);
                self.push(Step::IsInStock(availability))
            }
            "availability" => self.availability(None),
            "currency" => self.currency(None),
            "pictures.first" => self.of_pictures(Step::First),
            "pictures.rest" => self.of_pictures(Step::Rest),
            "category.name" => self.of_category(CATEGORY_NAME),
            "category.path" => self.of_category(CATEGORY_PATH),
            "role" => self.constant(Constant::Text("single".into())),
            "group.title" => {
                let either = ["group_title", "title"].map(|name| self.name(name)).to_vec();
                self.push(Step::FirstOf(either))
            }
            _ => self.constant(Constant::Unsaid),
        }
    }

    /// A table in which a value is found by its key: `stock[key]`, `attributes['Колір']`.
    pub(super) fn keyed(&mut self, name: &str) -> ValueNo {
        let name = name.strip_prefix("offer.").unwrap_or(name);
        let all = || self.known.said.iter().enumerate();
        if let Some((number, said)) = all().find(|(_, said)| said.name == name && !said.rows.is_empty()) {
            let column = |wanted: &str| said.rows.iter().position(|row| is_of(&row.name, wanted));
            let (Some(key), Some(value)) = (column("name"), column("value")) else {
                return self.constant(Constant::Unsaid);
            };
            return match [key, value] {
                [0, 1] => ValueNo::of_offer(number),
                columns => self.push_to_offer(Step::Columns(ValueNo::of_offer(number), columns)),
            };
        }
        let by_key = all().filter_map(|(number, said)| {
            let key = said.name.strip_prefix(name)?.strip_prefix('.')?;
            Some((key.to_owned(), ValueNo::of_offer(number)))
        });
        let by_key: Vec<(String, ValueNo)> = by_key.collect();
        match by_key.is_empty() {
            true => self.constant(Constant::Unsaid),
            false => self.push_to_offer(Step::ByKey(by_key)),
        }
    }

    /// What the master says under a name, or under it in the channel's language.
    pub(super) fn said(&self, name: &str) -> Option<ValueNo> {
        let exactly = |name: &str| self.known.said.iter().position(|said| said.name == name);
        let number = exactly(name).or_else(|| match name.contains('.') {
            true => self.table_in_language(name).map(|(number, _)| number),
            false => exactly(&format!("{name}.{}", self.known.language)),
        })?;
        Some(ValueNo::of_offer(number))
    }

    /// The table that a name like `attributes.ru` means, whose rows have fields in that language, and the language.
    pub(super) fn table_in_language<'n>(&self, name: &'n str) -> Option<(usize, &'n str)> {
        let (table, language) = name.split_once('.')?;
        let has = |row: &Said| match row.name.split_once('.') {
            Some((_, of_row)) => of_row == language,
            None => language == self.known.language,
        };
        let number = self.known.said.iter().position(|said| said.name == table && said.rows.iter().any(has))?;
        Some((number, language))
    }

    /// The pieces in all warehouses.
    fn quantity(&mut self) -> ValueNo {
        let of_stock = |said: &&Said| said.name == "stock" || said.name.starts_with("stock.");
        let all: Vec<ValueNo> = self
            .known
            .said
            .iter()
            .enumerate()
            .filter(|(_, said)| of_stock(said))
            .map(|(n, _)| ValueNo::of_offer(n))
            .collect();
        match all.as_slice() {
            [] => self.constant(Constant::Unsaid),
            // `stock` beside `stock.kyiv`: the bare one is the total
            _ if self.said("stock").is_some() => self.said("stock").unwrap_or(ValueNo(0)),
            [one] => *one,
            _ => self.push(Step::Sum(all)),
        }
    }

    /// Whether it can be bought: what the master says, else what follows from the stock.
    fn availability(&mut self, said: Option<ValueNo>) -> ValueNo {
        let quantity = self.quantity();
        let follows = self.push(Step::AvailabilityOf(quantity));
        match said.or_else(|| self.said("availability")) {
            Some(said) => self.push(Step::FirstOf(vec![said, follows])),
            None => follows,
        }
    }

    /// The currency of an offer's prices: its own, else the shop's.
    fn currency(&mut self, said: Option<ValueNo>) -> ValueNo {
        let of_shop = self.known.constants.iter().find(|known| known.name == "shop.currency");
        let of_shop = of_shop.map_or(Constant::Unsaid, |known| known.value.clone());
        let of_shop = self.constant(of_shop);
        match said {
            Some(said) => self.push(Step::FirstOf(vec![said, of_shop])),
            None => of_shop,
        }
    }

    /// What the tree says of the offer's category. A tree that paths make has the names in the paths themselves.
    fn of_category(&mut self, column: usize) -> ValueNo {
        let Some(categories) = self.known.categories else {
            let Some(path) = self.said("category_path") else { return self.constant(Constant::Unsaid) };
            return if column == CATEGORY_NAME { self.push(Step::LastOfPath(path)) } else { path };
        };
        let category = self.name("category");
        let table = self.table_of(categories);
        self.push(Step::Lookup { table, by: vec![category], column, quotes: false, path: None })
    }

    fn of_pictures(&mut self, part: fn(ValueNo) -> Step) -> ValueNo {
        let pictures = self.name("pictures");
        self.push(part(pictures))
    }
}

/// Whether a row's field is this one, in any language.
fn is_of(name: &str, wanted: &str) -> bool {
    name.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
