//! One spelling for every number: what is written can be read back and compared as text.

use rust_decimal::Decimal;

/// The number without exponent and without trailing zeros: `1299.5`, `1299`, `0`.
pub fn spell(value: Decimal) -> String {
    value.normalize().to_string()
}

/// The number as money: whole, or with two places, or with all of its places where it has more.
pub fn spell_money(value: Decimal) -> String {
    let value = value.normalize();
    match value.scale() {
        1 => format!("{value}0"),
        _ => value.to_string(),
    }
}
