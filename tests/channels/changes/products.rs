//! Channels whose listings are products. What has to be found is worked out from both sides' products as the tests
//! know them, in words of its own: `text`, `pictures`, `option Колір`, `K1 price`, `+K2` for a variant that comes.

use std::collections::{BTreeMap, BTreeSet};

use super::mutation::{Mutated, mutated};
use super::{SEEDS, Truth, finds, written};
use crate::given_out::{self, Known, Product, Variant, products};
use crate::registered::all;

/// What a shape says of a product beside what all of them say.
struct Says {
    /// By what a product is called that only the channel has.
    called: fn(&Product) -> String,
    options: bool,
    /// The addresses of pictures, how many there are, or nothing of them.
    pictures: fn(&Product) -> Vec<String>,
    stock: bool,
}

fn says(shape: &str) -> Says {
    let id: fn(&Product) -> String = |product| product.id.to_string();
    let handle: fn(&Product) -> String = |product| product.handle.clone();
    let all: fn(&Product) -> Vec<String> = |product| product.pictures.clone();
    let count: fn(&Product) -> Vec<String> = |product| product.pictures.iter().map(|_| String::new()).collect();
    match shape {
        "feed" => Says { called: |product| product.offer_id.clone(), options: true, pictures: all, stock: false },
        "by_handle" => Says { called: handle, options: true, pictures: all, stock: false },
        "rest" => Says { called: id, options: true, pictures: count, stock: true },
        "bulk" => Says { called: id, options: true, pictures: count, stock: false },
        "csv" => Says { called: handle, options: false, pictures: |_| Vec::new(), stock: true },
        other => panic!("say here what the shape `{other}` says"),
    }
}

/// Both sides know a product by its handle, and the product's own name is the same for all of its variants.
pub fn with_handles(mut mutated: Mutated) -> Mutated {
    for offer in mutated.master.offers.iter_mut().chain(&mut mutated.channel.offers) {
        let key = if offer["group"].is_empty() { offer["sku"].clone() } else { offer["group"].clone() };
        offer.insert("handle".into(), format!("виріб-{}", key.to_lowercase()));
        offer.insert("group_title".into(), format!("Виріб {key}"));
    }
    mutated
}

fn truth(desired: &[Product], existing: &[Product], says: &Says) -> Truth {
    let mut truth = Truth::default();
    for product in desired {
        match existing.iter().find(|one| one.handle == product.handle) {
            None => truth.create.push(product.offer_id.clone()),
            Some(there) => {
                let differing = differing(product, there, says);
                if !differing.is_empty() {
                    truth.update.insert(product.offer_id.clone(), differing.into_iter().collect());
                }
            }
        }
    }
    let is_gone = |product: &&Product| desired.iter().all(|one| one.handle != product.handle);
    truth.delete = existing.iter().filter(is_gone).map(says.called).collect();
    truth.create.sort();
    truth.delete.sort();
    truth
}

fn differing(desired: &Product, existing: &Product, says: &Says) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut note = |differs: bool, word: &str| words.extend(differs.then(|| word.to_owned()));
    note(desired.title != existing.title, "title");
    note(desired.body != existing.body, "text");
    note(desired.vendor != existing.vendor, "vendor");
    note(desired.kind != existing.kind, "kind");
    note((says.pictures)(desired) != (says.pictures)(existing), "pictures");
    for (name, values) in desired.options.iter().chain(&existing.options).filter(|_| says.options) {
        let same = |one: &&(String, Vec<String>)| one.0 == *name && as_set(&one.1) == as_set(values);
        let is_equal = desired.options.iter().any(|one| same(&one)) && existing.options.iter().any(|one| same(&one));
        note(!is_equal, &format!("option {name}"));
    }
    for variant in &desired.variants {
        match existing.variants.iter().find(|one| one.sku == variant.sku) {
            None => note(true, &format!("+{}", variant.sku)),
            Some(there) => {
                note(variant.price != there.price, &format!("{} price", variant.sku));
                note(says.stock && variant.pieces != there.pieces, &format!("{} stock", variant.sku));
                for name in different_options((desired, variant), (existing, there)) {
                    note(true, &format!("{} {name}", variant.sku));
                }
            }
        }
    }
    let is_gone = |variant: &&Variant| desired.variants.iter().all(|one| one.sku != variant.sku);
    existing.variants.iter().filter(is_gone).for_each(|variant| note(true, &format!("-{}", variant.sku)));
    words
}

fn as_set(values: &[String]) -> BTreeSet<&String> {
    values.iter().collect()
}

/// The options on which a variant stands elsewhere.
fn different_options<'p>(desired: (&'p Product, &Variant), existing: (&'p Product, &Variant)) -> Vec<&'p str> {
    let values = |side: (&'p Product, &Variant)| -> BTreeMap<&'p str, String> {
        side.0.options.iter().map(|option| option.0.as_str()).zip(side.1.values.iter().cloned()).collect()
    };
    let (desired, existing) = (values(desired), values(existing));
    let names: BTreeSet<&str> = desired.keys().chain(existing.keys()).copied().collect();
    names.into_iter().filter(|name| desired.get(name) != existing.get(name)).collect()
}

/// The program's names of fields in the same words.
fn in_words(found: Truth, desired: &[Product], existing: &[Product]) -> Truth {
    let known = |key: &String| desired.iter().find(|product| product.offer_id == *key).unwrap();
    let there = |product: &Product| existing.iter().find(|one| one.handle == product.handle).unwrap();
    let update = found.update.iter().map(|(key, names)| {
        let product = known(key);
        let words: BTreeSet<String> = names.iter().map(|name| word(name, product, there(product))).collect();
        (key.clone(), words.into_iter().collect())
    });
    Truth { update: update.collect(), ..found }
}

fn word(name: &str, desired: &Product, existing: &Product) -> String {
    let behind = |starts: &[&str]| starts.iter().find_map(|start| name.strip_prefix(start)).map(str::to_owned);
    if let Some(rest) = behind(&["variants[", "children[ProductVariant]["]) {
        let (row, field) = rest.split_once(']').unwrap();
        // one that goes may be called by its id
        let has_sku = |variant: &&Variant| variant.sku == row;
        let is_it = |variant: &&Variant| variant.sku == row || variant.id.to_string() == row;
        return match (desired.variants.iter().find(has_sku), existing.variants.iter().find(is_it)) {
            (Some(comes), None) => format!("+{}", comes.sku),
            (None, Some(goes)) => format!("-{}", goes.sku),
            _ => format!("{row} {}", of_variant(field)),
        };
    }
    if behind(&["files", "images", "children[MediaImage]"]).is_some() {
        return "pictures".to_owned();
    }
    if let Some(rest) = behind(&["options[", "productOptions["]) {
        return format!("option {}", rest.split(']').next().unwrap());
    }
    let word = match name {
        "title" | "Title" => "title",
        "descriptionHtml" | "body_html" | "Body (HTML)" => "text",
        "vendor" | "Vendor" => "vendor",
        "product_type" | "productType" | "Type" | "category" => "kind",
        other => other,
    };
    word.to_owned()
}

fn of_variant(field: &str) -> &str {
    match field.trim_start_matches('/') {
        "price" | "Variant Price" => "price",
        "inventory_quantity" | "Variant Inventory Qty" => "stock",
        other if other.contains('[') => other.split(['[', ']']).nth(1).unwrap(),
        other => other,
    }
}

#[test]
fn every_change_of_a_product_is_found_and_none_is_invented() {
    for channel in all().iter().filter(|channel| channel.lists_products()) {
        for seed in SEEDS {
            let mutated = with_handles(mutated(seed));
            let (desired, existing) = (products(&mutated.master), products(&mutated.channel));
            let mut documents: Vec<(&str, Vec<u8>)> = given_out::all(&existing, Known::Handle, seed)
                .into_iter()
                .map(|given| (given.shape, given.text.into_bytes()))
                .collect();
            for shape in ["feed", "by_handle"] {
                documents.push((shape, written(channel, shape, &mutated.channel)));
            }
            // where a listing that is missing is nothing that could be said
            let is_complete =
                |shape: &str| channel.description.shapes.iter().any(|one| one.name == shape && one.complete);
            for (shape, document) in documents.iter().filter(|document| is_complete(document.0)) {
                let truth = truth(&desired, &existing, &says(shape));
                let told = |found| in_words(found, &desired, &existing);
                finds((channel, shape), &mutated.master, document, &truth, told, seed);
            }
        }
    }
}
