//! One offer, made from the seed and its number alone, so that a catalog can be
//! walked in any order without being kept.

use super::prose::{Tongue, describe, describe_in_kazakh, push_number, push_padded};
use super::random::Random;
use super::words::{Axes, BRANDS, COLOURS, COUNTRIES, Leaf, MATERIALS, TRAITS};
use super::{categories, topic};

/// Products and their variants stand in rows of twelve offers, split in one of these ways.
const SPLITS: [&[u64]; 6] =
    [&[1; 12], &[1, 1, 1, 1, 2, 6], &[3, 3, 1, 1, 4], &[6, 6], &[12], &[1, 1, 1, 1, 1, 1, 2, 2, 2]];
const ROW: u64 = 12;

/// One offer as its merchant knows it.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    pub sku: String,
    /// Empty for a product without variants.
    pub group: String,
    /// Empty for about 4 %.
    pub gtin: String,
    pub brand: &'static str,
    pub mpn: String,
    /// Ukrainian, Russian, Kazakh.
    pub title: [String; 3],
    pub description: [String; 3],
    pub category: u64,
    /// In kopecks.
    pub price: u64,
    pub old_price: Option<u64>,
    /// Kyiv, Lviv, Odesa.
    pub stock: [u64; 3],
    pub colour: &'static str,
    pub size: &'static str,
    pub country: &'static str,
    pub grams: u64,
    pub url: String,
    pub pictures: Vec<String>,
    /// Name, value, unit.
    pub attributes: Vec<(&'static str, String, &'static str)>,
}

/// Where an offer stands among its product's variants.
struct Place {
    product: u64,
    variants: u64,
    nth: u64,
}

fn place(seed: u64, index: u64) -> Place {
    let row = index / ROW;
    let split = Random::of(seed, topic::SPLIT, row).pick(&SPLITS);
    let mut first = 0;
    for variants in split {
        let nth = index % ROW - first;
        if nth < *variants {
            return Place { product: row * ROW + first, variants: *variants, nth };
        }
        first += variants;
    }
    Place { product: index, variants: 1, nth: 0 }
}

/// The category of an offer, without making the offer.
pub fn category_of(seed: u64, index: u64) -> u64 {
    let mut random = Random::of(seed, topic::PRODUCT, place(seed, index).product);
    categories::leaf(&mut random).0
}

impl Offer {
    /// Becomes the offer of this number; what it was before is only memory to be used again.
    pub fn become_nth(&mut self, seed: u64, index: u64, letter: char) {
        let place = place(seed, index);
        let mut product = Random::of(seed, topic::PRODUCT, place.product);
        let mut own = Random::of(seed, topic::OFFER, index);
        let (category, leaf) = categories::leaf(&mut product);
        self.category = category;
        self.brand = product.pick(&BRANDS);
        self.country = product.pick(&COUNTRIES);
        self.name(index, letter, &place);
        self.choose_variant(leaf, &place, &mut product);
        self.set_amounts(leaf, index, &mut product, &mut own);
        self.set_attributes(leaf, &mut product);
        self.set_titles(leaf);
        self.set_texts(&mut product);
        self.set_addresses(&place, &mut product, &mut own);
    }

    fn name(&mut self, index: u64, letter: char, place: &Place) {
        self.sku.clear();
        self.sku.push(letter);
        push_padded(&mut self.sku, index, 8);
        self.group.clear();
        if place.variants > 1 {
            push_padded(&mut self.group, 7_000_000_000 + place.product, 10);
        }
        self.mpn.clear();
        self.mpn.extend(self.brand.chars().filter(char::is_ascii_uppercase).take(2));
        push_number(&mut self.mpn, 1000 + place.product);
        self.mpn.push('-');
        push_number(&mut self.mpn, place.nth + 1);
    }

    fn choose_variant(&mut self, leaf: &Leaf, place: &Place, product: &mut Random) {
        let first_colour = product.place(COLOURS.len());
        let nth = place.nth as usize;
        (self.colour, self.size) = match leaf.axes {
            Axes::None => ("", ""),
            Axes::Colour => (COLOURS[(first_colour + nth) % COLOURS.len()][0], ""),
            Axes::ColourAndSize(sizes) => {
                (COLOURS[(first_colour + nth / sizes.len()) % COLOURS.len()][0], sizes[nth % sizes.len()])
            }
        };
        if leaf.axes == Axes::None {
            self.group.clear();
        }
    }

    fn set_amounts(&mut self, leaf: &Leaf, index: u64, product: &mut Random, own: &mut Random) {
        let (lowest, spread) = leaf.price;
        self.price = (lowest + product.below(spread)) * 100 + own.below(4) * 2_500;
        if own.chance(1_500) {
            self.price += own.below(100);
        }
        self.old_price = own.chance(3_000).then(|| self.price + (1 + own.below(self.price / 300)) * 100);
        let sold_out = own.chance(1_200);
        self.stock = [(); 3].map(|()| if sold_out || own.chance(3_500) { 0 } else { own.below(40) });
        self.grams = 40 + product.below(9_000);
        self.gtin.clear();
        if !own.chance(400) {
            push_gtin(&mut self.gtin, index);
        }
    }

    fn set_attributes(&mut self, leaf: &Leaf, product: &mut Random) {
        self.attributes.clear();
        self.attributes.push(("Матеріал", product.pick(&MATERIALS).to_owned(), ""));
        let first = product.place(TRAITS.len());
        for nth in 0..2 + product.place(5) {
            let (name, values) = TRAITS[(first + nth) % TRAITS.len()];
            self.attributes.push((name, product.pick(values).to_owned(), ""));
        }
        if !self.colour.is_empty() {
            self.attributes.push(("Колір", self.colour.to_owned(), ""));
        }
        if !self.size.is_empty() {
            self.attributes.push(("Розмір", self.size.to_owned(), ""));
        }
        if let Some((name, unit, lowest, steps, width)) = leaf.measure {
            self.attributes.push((name, (lowest + product.below(steps) * width).to_string(), unit));
        }
    }

    fn set_titles(&mut self, leaf: &Leaf) {
        let colour = COLOURS.iter().find(|names| names[0] == self.colour);
        for (nth, title) in self.title.iter_mut().enumerate() {
            title.clear();
            title.push_str(leaf.noun[nth]);
            for word in [self.brand, &self.mpn] {
                title.push(' ');
                title.push_str(word);
            }
            if let Some((_, value, unit)) = self.attributes.last().filter(|last| !last.2.is_empty()) {
                title.extend([" ", value, "\u{a0}", unit]);
            }
            for part in [colour.map_or("", |names| names[nth]), self.size] {
                if !part.is_empty() {
                    title.extend([", ", part]);
                }
            }
        }
    }

    fn set_texts(&mut self, product: &mut Random) {
        let [uk, ru, kk] = &mut self.description;
        describe(uk, &mut product.clone(), Tongue::Ukrainian, self.brand);
        describe(ru, product, Tongue::Russian, self.brand);
        describe_in_kazakh(kk, product, self.brand);
    }

    fn set_addresses(&mut self, place: &Place, product: &mut Random, own: &mut Random) {
        self.url.clear();
        self.url.push_str("https://kalyna.example/p/");
        push_number(&mut self.url, place.product);
        self.url.push_str("?utm_source=feed&v=");
        push_number(&mut self.url, place.nth);
        let shared = 1 + product.place(5);
        self.pictures.resize_with(shared + own.place(2), String::new);
        for (nth, picture) in self.pictures.iter_mut().enumerate() {
            picture.clear();
            picture.push_str("https://img.kalyna.example/");
            push_number(picture, place.product);
            picture.push('-');
            push_number(picture, nth as u64 + if nth == 0 { place.nth * 100 } else { 1 });
            picture.push_str(if nth == 2 { ".jpg?w=1200&h=1200" } else { ".jpg" });
        }
    }

    /// All that lies in the warehouses.
    pub fn pieces(&self) -> u64 {
        self.stock.iter().sum()
    }
}

/// A GTIN-13 of a Ukrainian or Kazakh maker with a right last digit; no two offers share one.
fn push_gtin(into: &mut String, index: u64) {
    let prefix = if index.is_multiple_of(5) { 487 } else { 482 };
    // the factor has no divisor in common with 10, so that numbers come back only after 10^9
    let number = index.wrapping_mul(618_033_989) % 1_000_000_000;
    push_padded(into, prefix * 1_000_000_000 + number, 12);
    let digits = into.bytes().map(|digit| u64::from(digit - b'0'));
    let sum: u64 = digits.zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    push_number(into, (10 - sum % 10) % 10);
}
