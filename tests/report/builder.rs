//! Outcomes made by hand. All shops, makers and goods are invented.

use std::time::Duration;

use offersync::channel::Absent;
use offersync::engine::outcome::*;
use offersync::finding::{Found, Severity};
use offersync::plan::{Cause, Change, ChangeKind, FieldChange, FieldSort, Items};
use rust_decimal::Decimal;

pub fn outcome(command: &str) -> Outcome {
    Outcome {
        command: command.into(),
        config: "offersync.yaml".into(),
        master: MasterSeen {
            path: "data/goods.csv".into(),
            digest: "xxh3:00c0ffee".into(),
            offers: 2_148,
            guesses: vec![],
        },
        elapsed: Duration::from_millis(24),
        ..Outcome::default()
    }
}

pub fn channel(id: &str, was: u64, changes: Vec<Change>, currency: &str) -> ChannelOutcome {
    let of_kind = |kind| changes.iter().filter(|change| change.kind == kind).count() as u64;
    let (create, update, delete) =
        (of_kind(ChangeKind::Create), of_kind(ChangeKind::Update), of_kind(ChangeKind::Delete));
    let counts = Counts { create, update, delete, same: was - update - delete };
    let changes = changes.into_iter().map(|change| Change { currency: currency.into(), ..change }).collect();
    ChannelOutcome {
        id: id.into(),
        title: id.into(),
        absent: Some(Absent::Withdrawn),
        existing: Some(ExistingSeen {
            path: format!("exports/{id}.xml"),
            shape: "feed".into(),
            listings: was,
            bytes: 4_096_000,
            complete: true,
            modified: "2026-11-21T08:00:04+02:00".into(),
            digest: format!("xxh3:{id}"),
            is_replaced: false,
        }),
        desired: was - delete + create,
        offers: was - delete + create,
        counts,
        changes,
        ..ChannelOutcome::default()
    }
}

pub fn delete(key: &str, stake: i64, cause: Cause) -> Change {
    Change { cause: Some(cause), at_stake: Some(stake.into()), ..Change::new(ChangeKind::Delete, key) }
}

pub fn create(key: &str, stake: i64, category: &str) -> Change {
    let title = format!("Плед вовняний {key}");
    Change {
        at_stake: Some(stake.into()),
        category: category.into(),
        title,
        brand: format!("Вовна {}", key.bytes().last().unwrap_or(0) % 3),
        ..Change::new(ChangeKind::Create, key)
    }
}

/// A price that moves: how much is at stake follows from the pieces in stock.
pub fn price(key: &str, title: &str, brand: &str, (from, to): (i64, i64), stock: i64) -> Change {
    Change {
        fields: vec![number("price", FieldSort::Price, from, to)],
        at_stake: Some(Decimal::from((to - from).abs() * stock.max(1))),
        stock: Some((stock.into(), stock.into())),
        title: title.into(),
        brand: brand.into(),
        category: "Туризм".into(),
        ..Change::new(ChangeKind::Update, key)
    }
}

pub fn stock(key: &str, name: &str, (from, to): (i64, i64)) -> Change {
    Change {
        fields: vec![number(name, FieldSort::Stock, from, to)],
        stock: Some((from.into(), to.into())),
        title: format!("Ліхтар налобний {key}"),
        ..Change::new(ChangeKind::Update, key)
    }
}

pub fn text(key: &str, name: &str, from: &str, to: &str) -> Change {
    Change { fields: vec![words(name, FieldSort::Text, from, to)], ..Change::new(ChangeKind::Update, key) }
}

pub fn number(name: &str, sort: FieldSort, from: i64, to: i64) -> FieldChange {
    FieldChange {
        name: name.into(),
        from: Some(from.to_string()),
        to: Some(to.to_string()),
        sort,
        numbers: Some((from.into(), to.into())),
        items: None,
    }
}

pub fn words(name: &str, sort: FieldSort, from: &str, to: &str) -> FieldChange {
    let side = |side: &str| (side != "none").then(|| side.to_owned());
    FieldChange { name: name.into(), from: side(from), to: side(to), sort, numbers: None, items: None }
}

pub fn list(name: &str, from: &[&str], to: &[&str]) -> FieldChange {
    let own = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    let items = Items { from: own(from), to: own(to) };
    let joined = |items: &[String]| Some(items.join(", "));
    FieldChange {
        name: name.into(),
        from: joined(&items.from),
        to: joined(&items.to),
        items: Some(Box::new(items)),
        ..FieldChange::default()
    }
}

pub fn guard(name: &'static str, value: &str, limit: &str, count: u64, examples: &[&str]) -> GuardVerdict {
    GuardVerdict {
        name,
        value: value.into(),
        limit: limit.into(),
        count,
        examples: examples.iter().map(|key| (*key).to_owned()).collect(),
        can_be_allowed: true,
        ..GuardVerdict::default()
    }
}

pub fn left_out(reason: &str, count: u64, first: &[&str]) -> LeftOut {
    LeftOut { reason: reason.into(), count, first: first.iter().map(|sku| (*sku).to_owned()).collect() }
}

pub fn finding(severity: Severity, code: &str, what: &str, fix: &str, file: &str, count: u64) -> FindingGroup {
    FindingGroup {
        code: code.into(),
        severity,
        what: what.into(),
        fix: fix.into(),
        in_common: String::new(),
        file: file.into(),
        count,
        places: vec![],
        prints: vec![],
    }
}

pub fn place(line: u64, column: u64, key: &str, field: &str, message: &str) -> PlaceSeen {
    let found = Found { offset: line * 100, key: key.into(), field: field.into(), message: message.into() };
    PlaceSeen { line, column, found, snippet: None }
}

/// The same place with its line, in which `marked` is marked.
pub fn with_snippet(place: PlaceSeen, text: &str, marked: &str) -> PlaceSeen {
    let start = text.find(marked).expect("the mark stands in the text");
    PlaceSeen { snippet: Some(Snippet { text: text.into(), mark: start..start + marked.len() }), ..place }
}
