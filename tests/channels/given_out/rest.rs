//! REST's `products.json` in its three nestings, and the one that every storefront answers.

use serde_json::{Value, json};

use super::{Product, Variant};

/// `{"products": […]}`.
pub fn products(products: &[Product]) -> String {
    let list: Vec<Value> = products.iter().map(product).collect();
    serde_json::to_string_pretty(&json!({ "products": list })).unwrap()
}

/// The list alone, as scripts save it.
pub fn array(products: &[Product]) -> String {
    Value::Array(products.iter().map(product).collect()).to_string()
}

/// `{"product": {…}}`.
pub fn one(one: &Product) -> String {
    json!({ "product": product(one) }).to_string()
}

/// What anybody sees.
pub fn storefront(products: &[Product]) -> String {
    let list: Vec<Value> = products.iter().map(on_the_storefront).collect();
    json!({ "products": list }).to_string()
}

fn product(product: &Product) -> Value {
    let mut tags = product.tags.clone();
    // Shopify keeps them in an order of its own
    tags.sort();
    json!({
        "id": product.id,
        "title": product.title,
        "body_html": product.body,
        "vendor": product.vendor,
        "product_type": product.kind,
        "created_at": "2026-05-04T12:11:45+03:00",
        "handle": product.handle,
        "updated_at": "2026-11-20T08:00:01+02:00",
        "published_at": null,
        "template_suffix": "",
        "published_scope": "web",
        "tags": tags.join(", "),
        "status": product.status,
        "admin_graphql_api_id": format!("gid://shopify/Product/{}", product.id),
        "variants": product.variants.iter().enumerate().map(|(at, one)| variant(product, at, one)).collect::<Vec<_>>(),
        "options": options(product, true),
        "images": images(product),
        "image": images(product).first(),
    })
}

fn options(product: &Product, has_ids: bool) -> Vec<Value> {
    let option = |(at, (name, values)): (usize, &(String, Vec<String>))| match has_ids {
        true => {
            json!({"id": 9_100_000_000_u64 + at as u64, "product_id": product.id, "name": name, "position": at + 1, "values": values})
        }
        false => json!({"name": name, "position": at + 1, "values": values}),
    };
    product.options.iter().enumerate().map(option).collect()
}

fn images(product: &Product) -> Vec<Value> {
    let image = |at: usize| {
        json!({
            "id": product.id * 1_000 + at as u64, "product_id": product.id, "position": at + 1, "alt": null,
            "width": 1200, "height": 1200, "variant_ids": [],
            "src": format!("https://cdn.shopify.com/s/files/1/{}/{at}.jpg?v=1700000000", product.id),
        })
    };
    (0..product.pictures.len()).map(image).collect()
}

fn variant(product: &Product, at: usize, variant: &Variant) -> Value {
    let grams = variant.grams.unwrap_or(0);
    // a weight in either unit is the same weight, and none is a weight of nothing
    let (weight, unit) = match at % 2 {
        0 => (kilograms(grams), "kg"),
        _ => (json!(grams), "g"),
    };
    let nothing = if at.is_multiple_of(2) { Value::Null } else { json!("0.00") };
    let option = |number: usize| variant.values.get(number).map_or(Value::Null, |value| json!(value));
    json!({
        "id": variant.id, "product_id": product.id, "title": variant.values.join(" / "),
        "price": variant.price, "position": at + 1,
        "inventory_policy": if variant.continues { "continue" } else { "deny" },
        "compare_at_price": variant.compare_at.as_ref().map_or(nothing, |amount| json!(amount)),
        "option1": option(0), "option2": option(1), "option3": option(2),
        "taxable": true, "barcode": variant.barcode, "fulfillment_service": "manual", "grams": grams,
        "inventory_management": "shopify", "requires_shipping": true, "sku": said(&variant.sku),
        "weight": weight, "weight_unit": unit,
        "inventory_item_id": variant.id + 7, "inventory_quantity": variant.pieces, "old_inventory_quantity": 1,
        "admin_graphql_api_id": format!("gid://shopify/ProductVariant/{}", variant.id), "image_id": null,
    })
}

/// A text that may be blank; then Shopify says nothing.
pub fn said(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

/// Grams as a number of kilograms, digit by digit.
pub fn kilograms(grams: u64) -> Value {
    serde_json::from_str(&format!("{}.{:03}", grams / 1000, grams % 1000)).unwrap()
}

fn on_the_storefront(product: &Product) -> Value {
    let variant = |(at, variant): (usize, &Variant)| {
        let option = |number: usize| variant.values.get(number).map_or(Value::Null, |value| json!(value));
        json!({
            "id": variant.id, "title": variant.values.join(" / "), "option1": option(0), "option2": option(1),
            "option3": option(2), "sku": said(&variant.sku), "requires_shipping": true, "taxable": true, "featured_image": null,
            "available": variant.continues || variant.pieces > 0, "price": variant.price,
            "grams": variant.grams.unwrap_or(0), "compare_at_price": variant.compare_at, "position": at + 1,
            "product_id": product.id, "created_at": "2026-05-04T12:11:45+03:00",
        })
    };
    let mut tags = product.tags.clone();
    tags.reverse();
    json!({
        "id": product.id, "title": product.title, "handle": product.handle, "body_html": product.body,
        "published_at": "2026-05-04T12:11:45+03:00", "vendor": product.vendor, "product_type": product.kind,
        "tags": tags, "variants": product.variants.iter().enumerate().map(variant).collect::<Vec<_>>(),
        "images": images(product), "options": options(product, false),
    })
}
