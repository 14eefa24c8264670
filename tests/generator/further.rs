//! What only some channels ask of an offer: columns that are called after the field they are, `x.NAME`.

/// Columns with the values that offers have there, one after the other; those of a group are there together. `#` is
/// the offer's number.
const COLUMNS: &[(&str, [&str; 3])] = &[
    ("x.structured_title_digital_source_type", ["", "trained_algorithmic_media", ""]),
    ("x.structured_title_content", ["", "Назва, що її склала програма: №#", ""]),
    ("x.structured_description_digital_source_type", ["", "", "default"]),
    ("x.structured_description_content", ["", "", "Опис: \"дослівно\", з комою, №#"]),
    ("x.short_title", ["", "Коротко #", "Коротко, #"]),
    ("x.product_highlight", ["Тепла|Легка, мов пух", "", "Тепла|Легка|«Своя»: 100 %"]),
    ("x.mobile_link", ["https://m.kalyna.example/p/#", "", "https://m.kalyna.example/p/#?a=1&b=2"]),
    ("x.canonical_link", ["", "https://kalyna.example/p/#", ""]),
    ("x.ads_redirect", ["https://kalyna.example/ads?p=#", "", ""]),
    ("x.link_template", ["", "", "https://kalyna.example/p/#?store={store_code}"]),
    ("x.mobile_link_template", ["", "", "https://m.kalyna.example/p/#?store={store_code}"]),
    ("x.lifestyle_image_link", ["", "https://img.kalyna.example/l/#.jpg|https://img.kalyna.example/l/#-2.jpg", ""]),
    ("x.virtual_model_link", ["", "", "https://img.kalyna.example/m/#.glb"]),
    ("x.expiration_date", ["2026-12-15", "15.12.2026 20:30", ""]),
    ("x.maximum_retail_price", ["", "199999.50", "EUR 1000000"]),
    ("x.unit_pricing_measure", ["750 ml", "", "1.5kg"]),
    ("x.unit_pricing_base_measure", ["100 ml", "", "1kg"]),
    ("x.installment_months", ["", "12", "24"]),
    ("x.installment_amount", ["", "100.5", "1000 UAH"]),
    ("x.installment_downpayment", ["", "", "50"]),
    ("x.installment_credit_type", ["", "finance", ""]),
    ("x.subscription_cost_period", ["month", "", ""]),
    ("x.subscription_cost_period_length", ["12", "", ""]),
    ("x.subscription_cost_amount", ["35", "", ""]),
    (
        "x.loyalty_program",
        [
            "",
            "",
            "калина:срібло:95,калина:\"золото: 1, 2\":90:5.5:15:\"2026-12-01T00:00+02:00/2026-12-31T23:59+02:00\":своя",
        ],
    ),
    ("x.loyalty_program_program_label", ["", "калина", ""]),
    ("x.loyalty_program_tier_label", ["", "", "ніде"]),
    ("x.loyalty_program_price", ["", "90", ""]),
    ("x.loyalty_program_loyalty_points", ["", "15", ""]),
    ("x.loyalty_program_member_price_effective_date", ["", "2026-12-01T00:00+02:00/2026-12-31T23:59+02:00", ""]),
    ("x.size_type", ["", "regular|big", "tall"]),
    ("x.size_system", ["EU", "", "MEX"]),
    ("x.multipack", ["", "6", ""]),
    ("x.is_bundle", ["", "yes", "no"]),
    ("x.question_and_answer", ["", "", "\"Чи є \"\"вона\"\": синя, №#?\":Так,А червона?:Ні"]),
    ("x.question_and_answer_question", ["Чи є \"гарантія\", і яка: рік?", "", ""]),
    ("x.question_and_answer_answer", ["Так, рік", "", ""]),
    ("x.related_product", ["", "", "part_of_set:gtin:4820024700016,accessory::S0000000#"]),
    ("x.related_product_relationship_type", ["", "accessory", ""]),
    ("x.related_product_identifier_type", ["", "", ""]),
    ("x.related_product_identifier", ["", "S0000000#", ""]),
    ("x.popularity_rank", ["", "99.5", "0"]),
    ("x.certification", ["", "", "EPA:ENERGY_STAR,EC:EPREL:1#:A"]),
    ("x.certification_authority", ["", "EC", ""]),
    ("x.certification_name", ["", "EPREL", ""]),
    ("x.certification_code", ["", "1#", ""]),
    ("x.energy_efficiency_class", ["A++", "", "G"]),
    ("x.min_energy_efficiency_class", ["D", "", ""]),
    ("x.max_energy_efficiency_class", ["A+++", "", ""]),
    ("x.promotion_id", ["SUMMER_#", "", "SUMMER|winter-2026"]),
    ("x.external_seller_id", ["", "", "seller-7"]),
    ("x.included_destination", ["Shopping_ads|Free_listings", "", ""]),
    ("x.excluded_destination", ["", "Display_ads", ""]),
    ("x.shopping_ads_excluded_country", ["", "PL|CZ", "PL"]),
    ("x.pause", ["", "", "ads"]),
    ("x.pickup_method", ["buy", "not supported", "ship_to_store"]),
    ("x.pickup_sla", ["2-day", "", "multi-week"]),
    ("x.shipping_length", ["400 mm", "12 in", ""]),
    ("x.shipping_width", ["30 cm", "6.5 in", ""]),
    ("x.shipping_height", ["7.25", "1 in", ""]),
    ("x.pickup_cost_flat_rate", ["", "", "25"]),
    ("x.pickup_cost_free_threshold", ["", "", "500 UAH"]),
    (
        "x.carrier_shipping",
        [
            "US:80302:USPS_MEDIA_MAIL:1:3:2:5,US:94043::0:1:::CA:94*:10 USD,GB:SW1A:DPD_NEXT_DAY:::::::::-12.5:DPD_EXPRESS",
            "",
            "",
        ],
    ),
    (
        "x.returns",
        [
            "",
            "UA:14:NEW:BY_MAIL:80,PL:30:like_new:IN_STORE:0 PLN:LIFETIME:refund:DEDUCTED_FROM_REFUND::7.5:\"https://kalyna.example/r?a=1,2\"",
            "UA:::::NO_RETURNS",
        ],
    ),
    ("x.shipping_label", ["", "oversize", "крихке"]),
    ("x.return_policy_label", ["", "", "no-return"]),
    ("x.transit_time_label", ["from-lviv", "", ""]),
    ("x.ships_from_country", ["UA", "", "PL"]),
    ("x.min_handling_time", ["0", "", "1"]),
    ("x.shipping_handling_business_days", ["", "", "UA:Mon-Fri;Sun,PL:MTWRF"]),
    ("x.shipping_handling_business_days_country", ["UA", "", ""]),
    ("x.shipping_handling_business_days_business_days", ["Mon-Fri;Sun", "", ""]),
    ("x.shipping_transit_business_days_country", ["", "UA", ""]),
    ("x.shipping_transit_business_days_business_days", ["", "Mon-Sat", ""]),
    ("x.handling_cutoff_time", ["", "PL:1400:Europe/Warsaw:yes,:2359", ""]),
    ("x.handling_cutoff_time_country", ["UA", "", ""]),
    ("x.handling_cutoff_time_cutoff_time", ["1530", "", ""]),
    ("x.handling_cutoff_time_cutoff_timezone", ["Europe/Kyiv", "", ""]),
    ("x.minimum_order_value", ["", "", "UA:\"Нова Пошта: відділення, поштомат\":online:250.50,PL:::90 PLN"]),
    ("x.minimum_order_value_country", ["", "UA", ""]),
    ("x.minimum_order_value_price", ["", "300", ""]),
    ("x.free_shipping_threshold", ["", "UA:1500 UAH,PL:200 PLN,CZ:900.5 CZK", ""]),
    ("x.free_shipping_threshold_country", ["UA", "", ""]),
    ("x.free_shipping_threshold_price_threshold", ["1500", "", ""]),
];

/// The columns whose cells hold several values, with `|` between them.
pub const LISTS: [&str; 7] = [
    "x.product_highlight",
    "x.lifestyle_image_link",
    "x.size_type",
    "x.promotion_id",
    "x.included_destination",
    "x.excluded_destination",
    "x.shopping_ads_excluded_country",
];

/// All columns with what the offer of a number has there.
pub fn cells(number: u64) -> impl Iterator<Item = (&'static str, String)> {
    COLUMNS.iter().map(move |(column, values)| {
        let nth = usize::try_from(number % 3).unwrap_or(0);
        (*column, values.get(nth).unwrap_or(&"").replace('#', &number.to_string()))
    })
}

/// What maps the lists among them.
pub fn mapping() -> String {
    LISTS.iter().map(|list| format!("    {list}: {{column: {list}, split: \"|\"}}\n")).collect()
}
