//! What the admin's export button saves: a row for each variant and each further picture, with the headers of old or
//! those of today.

use super::{Product, Variant};

/// Whose words the first line is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headers {
    Old,
    New,
}

/// Columns by their names of old and of today.
const COLUMNS: [(&str, &str); 33] = [
    ("Handle", "URL handle"),
    ("Title", "Title"),
    ("Body (HTML)", "Description"),
    ("Vendor", "Vendor"),
    ("Product Category", "Product category"),
    ("Type", "Type"),
    ("Tags", "Tags"),
    ("Published", "Published on online store"),
    ("Option1 Name", "Option1 name"),
    ("Option1 Value", "Option1 value"),
    ("Option1 Linked To", "Option1 Linked To"),
    ("Option2 Name", "Option2 name"),
    ("Option2 Value", "Option2 value"),
    ("Option2 Linked To", "Option2 Linked To"),
    ("Option3 Name", "Option3 name"),
    ("Option3 Value", "Option3 value"),
    ("Variant SKU", "SKU"),
    ("Variant Grams", "Weight value (grams)"),
    ("Variant Inventory Tracker", "Inventory tracker"),
    ("Variant Inventory Qty", "Inventory quantity"),
    ("Variant Inventory Policy", "Continue selling when out of stock"),
    ("Variant Fulfillment Service", "Fulfillment service"),
    ("Variant Price", "Price"),
    ("Variant Compare At Price", "Compare-at price"),
    ("Variant Requires Shipping", "Requires shipping"),
    ("Variant Barcode", "Barcode"),
    ("Image Src", "Product image URL"),
    ("Image Position", "Image position"),
    ("Image Alt Text", "Image alt text"),
    ("Cost per item", "Cost per item"),
    ("Price / Казахстан", "Price / Казахстан"),
    ("Матеріал (product.metafields.custom.material)", "Матеріал (product.metafields.custom.material)"),
    ("Status", "Status"),
];

/// The table; with `apart` no two rows of a product with several stand beside each other.
pub fn table(products: &[Product], headers: Headers, apart: bool) -> String {
    let of_today = headers == Headers::New;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS.iter().map(|(old, new)| if of_today { *new } else { *old })).unwrap();
    let mut all: Vec<(usize, Vec<String>)> = Vec::new();
    for product in products {
        all.extend(rows(product, headers).into_iter().enumerate());
    }
    if apart {
        all.sort_by_key(|row| row.0);
    }
    for (_, row) in all {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// As many rows as there are variants, or pictures where there are more of them.
fn rows(product: &Product, headers: Headers) -> Vec<Vec<String>> {
    let rows = 0..product.variants.len().max(product.pictures.len());
    let cells = |at: usize| {
        let cell = |column: &(&str, &str)| cell(product, at, column.0, headers);
        COLUMNS.iter().map(cell).collect()
    };
    rows.map(cells).collect()
}

fn cell(product: &Product, at: usize, column: &str, headers: Headers) -> String {
    let first = |text: &str| if at == 0 { text.to_owned() } else { String::new() };
    let picture = |text: String| if at < product.pictures.len() { text } else { String::new() };
    match column {
        "Handle" => product.handle.clone(),
        "Title" => first(&product.title),
        "Body (HTML)" => first(product.body.as_deref().unwrap_or("")),
        "Vendor" => first(&product.vendor),
        "Type" => first(&product.kind),
        "Tags" => first(&product.tags.join(", ")),
        "Published" => first(if product.status == "active" { "true" } else { "false" }),
        "Status" => first(&product.status),
        "Image Src" => picture(format!("https://cdn.shopify.com/s/files/1/{}/{at}.jpg?v=1700000000", product.id)),
        "Image Position" => picture((at + 1).to_string()),
        column => match product.variants.get(at) {
            Some(variant) => of_variant(product, variant, at, column, headers),
            None => String::new(),
        },
    }
}

fn of_variant(product: &Product, variant: &Variant, at: usize, column: &str, headers: Headers) -> String {
    let of_option = |number: usize, is_name: bool| match (product.options.get(number), is_name) {
        // a name stands in the first row alone
        (Some((name, _)), true) if at == 0 => name.clone(),
        (Some(_), false) => variant.values[number].clone(),
        _ => String::new(),
    };
    let policy = match (headers, variant.continues) {
        (Headers::Old, false) => "deny",
        (Headers::Old, true) => "continue",
        (Headers::New, false) => "FALSE",
        (Headers::New, true) => "TRUE",
    };
    match column {
        "Option1 Name" => of_option(0, true),
        "Option1 Value" => of_option(0, false),
        "Option2 Name" => of_option(1, true),
        "Option2 Value" => of_option(1, false),
        "Option3 Name" => of_option(2, true),
        "Option3 Value" => of_option(2, false),
        // what looks like a number is guarded from spreadsheets
        "Variant SKU" if variant.sku.starts_with(|one: char| one.is_ascii_digit()) => format!("'{}", variant.sku),
        "Variant SKU" => variant.sku.clone(),
        "Variant Grams" => format!("{}.0", variant.grams.unwrap_or(0)),
        "Variant Inventory Tracker" => "shopify".to_owned(),
        "Variant Inventory Qty" => variant.pieces.to_string(),
        "Variant Inventory Policy" => policy.to_owned(),
        "Variant Fulfillment Service" => "manual".to_owned(),
        "Variant Price" => variant.price.clone(),
        "Variant Compare At Price" => variant.compare_at.clone().unwrap_or_default(),
        "Variant Requires Shipping" => "true".to_owned(),
        "Variant Barcode" => variant.barcode.clone().unwrap_or_default(),
        "Cost per item" => variant.cost.clone().unwrap_or_default(),
        "Price / Казахстан" => "99999.00".to_owned(),
        _ => String::new(),
    }
}
