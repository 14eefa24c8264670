//! What GraphQL answers: pages of nodes or edges, and the lines of a bulk query.

use serde_json::{Value, json};

use super::rest::{kilograms, said};
use super::{Known, Product, Variant};
use crate::generator::Random;

/// How a list of objects stands in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    Nodes,
    Edges,
}

impl Connection {
    fn of(self, list: Vec<Value>) -> Value {
        let info = json!({"hasNextPage": false, "endCursor": null});
        match self {
            Connection::Nodes => json!({ "nodes": list, "pageInfo": info }),
            Connection::Edges => {
                let edge = |node| json!({"cursor": "eyJsYXN0", "node": node});
                json!({ "edges": list.into_iter().map(edge).collect::<Vec<_>>(), "pageInfo": info })
            }
        }
    }
}

/// An ordinary answer.
pub fn page(products: &[Product], known: Known, connection: Connection) -> String {
    let node = |one: &Product| {
        let mut node = product(one);
        if known != Known::FirstSku {
            node["offerId"] = Value::Null;
        }
        node["variants"] = connection.of(one.variants.iter().map(|variant| self::variant(one, variant)).collect());
        node
    };
    let products = connection.of(products.iter().map(node).collect());
    let cost = json!({"requestedQueryCost": 12, "actualQueryCost": 9});
    json!({"data": {"products": products}, "extensions": {"cost": cost}}).to_string()
}

/// A line for each object; those inside of another name it. In the order of the tree, or in none.
pub fn bulk(products: &[Product], known: Known, shuffled: Option<u64>) -> String {
    let mut lines: Vec<Value> = Vec::new();
    for one in products {
        let mut own = product(one);
        own["__typename"] = json!("Product");
        own["offerId"] = match known {
            Known::FirstSku => json!({ "value": one.offer_id }),
            Known::Handle | Known::Ids => Value::Null,
        };
        lines.push(own);
        let parent = json!(id_of_product(one));
        for variant in &one.variants {
            let mut line = self::variant(one, variant);
            line["__typename"] = json!("ProductVariant");
            line["__parentId"] = parent.clone();
            lines.push(line);
        }
        for at in 0..one.pictures.len() {
            let url = format!("https://cdn.shopify.com/s/files/1/{}/{at}.jpg?v=17", one.id);
            lines.push(json!({
                "__typename": "MediaImage", "id": format!("gid://shopify/MediaImage/{}{at:02}", one.id), "alt": null,
                "image": {"url": url}, "__parentId": parent,
            }));
        }
    }
    if let Some(seed) = shuffled {
        shuffle(&mut lines, seed);
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// An order that looks like none; objects that belong to one product keep theirs, as Shopify's files do.
fn shuffle(lines: &mut Vec<Value>, seed: u64) {
    let mut random = Random::new(seed);
    let families: Vec<String> = lines.iter().map(|line| line["__parentId"].as_str().unwrap_or("").to_owned()).collect();
    let mut places: Vec<usize> = (0..lines.len()).collect();
    for at in (1..places.len()).rev() {
        places.swap(at, random.place(at + 1));
    }
    let mut of_family: std::collections::BTreeMap<&str, std::collections::VecDeque<usize>> = Default::default();
    for (number, family) in families.iter().enumerate() {
        of_family.entry(family).or_default().push_back(number);
    }
    let next = |place: &usize| of_family.get_mut(families[*place].as_str()).unwrap().pop_front().unwrap();
    let order: Vec<usize> = places.iter().map(next).collect();
    *lines = order.into_iter().map(|number| lines[number].clone()).collect();
}

fn id_of_product(product: &Product) -> String {
    format!("gid://shopify/Product/{}", product.id)
}

/// The fields of a product.
fn product(product: &Product) -> Value {
    let option = |(name, values): &(String, Vec<String>)| {
        let values: Vec<Value> = values.iter().map(|value| json!({ "name": value })).collect();
        json!({"name": name, "optionValues": values})
    };
    let mut tags = product.tags.clone();
    tags.sort();
    json!({
        "id": id_of_product(product), "handle": product.handle, "title": product.title,
        "descriptionHtml": product.body.as_deref().unwrap_or(""), "vendor": product.vendor, "productType": product.kind,
        "tags": tags, "status": product.status.to_uppercase(), "updatedAt": "2026-11-20T06:00:00Z",
        "options": product.options.iter().map(option).collect::<Vec<_>>(),
    })
}

fn variant(product: &Product, variant: &Variant) -> Value {
    let option = |((name, _), value): (&(String, Vec<String>), &String)| json!({"name": name, "value": value});
    let weight = match variant.grams {
        Some(grams) if grams.is_multiple_of(2) => json!({"value": grams, "unit": "GRAMS"}),
        Some(grams) => json!({"value": kilograms(grams), "unit": "KILOGRAMS"}),
        None => json!({"value": 0.0, "unit": "KILOGRAMS"}),
    };
    json!({
        "id": format!("gid://shopify/ProductVariant/{}", variant.id), "sku": said(&variant.sku), "barcode": variant.barcode,
        "price": variant.price, "compareAtPrice": variant.compare_at,
        "inventoryPolicy": if variant.continues { "CONTINUE" } else { "DENY" },
        "selectedOptions": product.options.iter().zip(&variant.values).map(option).collect::<Vec<_>>(),
        "inventoryItem": {
            "unitCost": variant.cost.as_ref().map(|amount| json!({"amount": amount, "currencyCode": "UAH"})),
            "measurement": {"weight": weight},
        },
    })
}
