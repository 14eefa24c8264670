//! Limits that a plan must not pass unasked: their defaults, and what the config
//! may say instead.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::wire::yaml::reading::{is_no, is_yes};
use crate::wire::yaml::{Node, Problem};

use super::amount::{self, percent};
use super::keys;
use super::load::Reading;

/// Below so many listings shares say little: there, losing more than half is refused.
pub const FEW: u64 = 20;
/// A category counts as gone only if so many listings stood in it: of one or two nobody can tell whether they were
/// all of it by chance.
pub const CATEGORY_OF: u64 = 3;

/// How many of some listings may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// At most this share of them, in percent; the merchant wrote it, so it is exact at every size.
    Percent(Decimal),
    /// The same where nobody wrote anything; it gives way where there are few listings.
    Usual(Decimal),
    /// At most this many.
    Count(u64),
}

/// How far prices may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceMove {
    /// How far one price may move, up or down, in percent of the old one.
    pub limit: Decimal,
    /// How many offers may move further.
    pub share: Limit,
}

/// The guards of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guards {
    /// How many listings may go.
    pub max_delete: Limit,
    /// How many may change in content, price and stock aside.
    pub max_update: Limit,
    /// How far prices may move; a channel's own quarantine holds beside it.
    pub max_price_move: PriceMove,
    /// How many offers may go out of stock at once.
    pub zero_stock: Limit,
    /// How many categories may lose all their listings; `None` where nobody watches.
    pub category_gone: Option<u64>,
    /// How small a feed may become, in percent of the last one's bytes.
    pub shrink: Decimal,
    /// How many offers may be invalid.
    pub max_invalid: Limit,
}

impl Default for PriceMove {
    fn default() -> Self {
        PriceMove { limit: Decimal::from(40), share: Limit::Count(0) }
    }
}

impl Default for Guards {
    fn default() -> Self {
        let share = |percent: i64| Limit::Usual(Decimal::from(percent));
        Guards {
            max_delete: share(20),
            max_update: share(50),
            max_price_move: PriceMove::default(),
            zero_stock: share(30),
            category_gone: Some(0),
            shrink: Decimal::from(70),
            max_invalid: share(2),
        }
    }
}

/// What a guard goes by where the config says nothing, as it would be written there; `None` for one that has no limit.
pub fn usual(name: &str) -> Option<String> {
    let guards = Guards::default();
    let limit = |limit: Limit| match limit {
        Limit::Percent(share) | Limit::Usual(share) => format!("{share}%"),
        Limit::Count(count) => count.to_string(),
    };
    let moves = guards.max_price_move;
    Some(match name {
        "max-delete" => limit(guards.max_delete),
        "max-update" => limit(guards.max_update),
        "max-price-move" => format!("{{limit: {}%, share: {}}}", moves.limit, limit(moves.share)),
        "zero-stock" => limit(guards.zero_stock),
        "category-gone" => match guards.category_gone {
            Some(0) => "true".to_owned(),
            Some(count) => count.to_string(),
            None => "false".to_owned(),
        },
        "shrink" => format!("{}%", guards.shrink),
        "max-invalid" => limit(guards.max_invalid),
        _ => return None,
    })
}

/// What `--allow` can say of a guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowing {
    /// So many listings, offers or categories, and not one more.
    Count,
    /// Only as a whole: it has no figure of listings.
    Bare,
    /// Nothing opens it.
    Never,
}

/// Every guard with what can open it, in the order in which they are shown.
pub const GUARD_NAMES: [(&str, Allowing); 8] = [
    ("empty", Allowing::Never),
    ("max-delete", Allowing::Count),
    ("max-update", Allowing::Count),
    ("max-price-move", Allowing::Count),
    ("zero-stock", Allowing::Count),
    ("category-gone", Allowing::Count),
    ("shrink", Allowing::Bare),
    ("max-invalid", Allowing::Count),
];

/// The guards of a channel.
pub(super) fn read(node: &Node, reading: &Reading<'_>) -> Option<Guards> {
    let map = node.map("`guards`", keys::GUARDS, reading.problems)?;
    if let Some(empty) = map.key_text("empty") {
        let what = "the guard `empty` cannot be changed: a feed without listings is never written";
        reading.problem(node.problem_at(empty.bytes.clone(), "config/value", what, "remove it"));
    }
    let mut guards = Guards::default();
    let limits = [
        ("max-delete", &mut guards.max_delete),
        ("max-update", &mut guards.max_update),
        ("zero-stock", &mut guards.zero_stock),
        ("max-invalid", &mut guards.max_invalid),
    ];
    for (name, limit) in limits {
        if let Some(read) = map.get(name).and_then(|node| read_limit(node, name, reading)) {
            *limit = read;
        }
    }
    if let Some(moves) = map.get("max-price-move").and_then(|node| price_move(node, reading)) {
        guards.max_price_move = moves;
    }
    if let Some(node) = map.get("category-gone") {
        guards.category_gone = category_gone(node, reading);
    }
    if let Some(share) = map.get("shrink").and_then(|node| share_of_bytes(node, reading)) {
        guards.shrink = share;
    }
    Some(guards)
}

fn price_move(node: &Node, reading: &Reading<'_>) -> Option<PriceMove> {
    let limit = |node: &Node| {
        let read = amount::text(node).and_then(percent).filter(|limit| *limit > Decimal::ZERO);
        let wanted = "a percentage above zero like `40%` is expected here";
        or_problem(read, node, "the limit of max-price-move", wanted, reading)
    };
    let share = PriceMove::default().share;
    if amount::text(node).is_some() {
        return Some(PriceMove { limit: limit(node)?, share });
    }
    let map = node.map("`max-price-move`", keys::PRICE_MOVE, reading.problems)?;
    let limit = limit(reading.required(&map, "`max-price-move`", keys::PRICE_MOVE, "limit")?)?;
    let share =
        map.get("share").map_or(Some(share), |node| read_limit(node, "the share of max-price-move", reading))?;
    Some(PriceMove { limit, share })
}

fn read_limit(node: &Node, what: &str, reading: &Reading<'_>) -> Option<Limit> {
    let text = amount::text(node);
    let read = text
        .and_then(amount::whole)
        .map(Limit::Count)
        .or_else(|| text.and_then(percent).filter(|share| *share <= Decimal::ONE_HUNDRED).map(Limit::Percent));
    or_problem(read, node, what, "`20%` or a whole number like `50` is expected here", reading)
}

fn category_gone(node: &Node, reading: &Reading<'_>) -> Option<u64> {
    match amount::text(node) {
        Some("true") => Some(0),
        Some("false") => None,
        text => {
            let read = text.and_then(amount::whole);
            let wanted = "true, false or how many categories may go is expected here";
            or_problem(read, node, "category-gone", wanted, reading)
        }
    }
}

fn share_of_bytes(node: &Node, reading: &Reading<'_>) -> Option<Decimal> {
    let read = amount::text(node).and_then(percent).filter(|share| *share <= Decimal::ONE_HUNDRED);
    or_problem(read, node, "shrink", "a percentage of the last feed's bytes, like `70%`, is expected here", reading)
}

fn or_problem<T>(read: Option<T>, node: &Node, what: &str, wanted: &str, reading: &Reading<'_>) -> Option<T> {
    if read.is_none() {
        let stands = amount::text(node).map_or(node.in_words().to_owned(), |text| format!("`{text}`"));
        let problem = node.problem("config/value", format!("{what} cannot be {stands}"), wanted);
        reading.problem(Problem { help: hint(node, wanted), ..problem });
    }
    read
}

/// What was probably meant by a value that is not possible, where `wanted` is what is: a share that is written otherwise,
/// an older word for true or false.
fn hint(node: &Node, wanted: &str) -> String {
    let Some(text) = amount::text(node) else { return String::new() };
    let takes_words = wanted.starts_with("true");
    match Decimal::from_str(text) {
        _ if takes_words && is_yes(text) => "YAML's word for it is `true`".to_owned(),
        _ if takes_words && is_no(text) => "YAML's word for it is `false`".to_owned(),
        Ok(share) if share > Decimal::ZERO && share < Decimal::ONE => {
            format!("for this share write {}%", (share * Decimal::ONE_HUNDRED).normalize())
        }
        Ok(figure) if figure.fract().is_zero() && figure > Decimal::ZERO && figure <= Decimal::ONE_HUNDRED => {
            format!("for a share write {text}%")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guard_of_the_config_has_its_name_here() {
        let known: Vec<&str> = keys::GUARDS.iter().filter(|key| !key.later).map(|key| key.name).collect();
        let names: Vec<&str> = GUARD_NAMES.iter().map(|guard| guard.0).collect();
        assert_eq!(known, names);
    }

    #[test]
    fn what_is_not_said_has_its_default() {
        let guards = Guards::default();
        assert_eq!(guards.max_delete, Limit::Usual(Decimal::from(20)));
        assert_eq!(guards.category_gone, Some(0), "watched, and none may go");
        assert_eq!(guards.max_price_move, PriceMove::default());
        assert_eq!(PriceMove::default().share, Limit::Count(0));
    }
}
