//! What the index alone can tell, and what it cannot.

use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};

use offersync::engine::{Progress, Stop};

use super::{BOTH, master, publish, row, row_of, rows, shop};
use crate::world::{Asked, World, channel, fields, stopped};

/// Makes all records of the master unreadable once the channels are compared: from then on only the index can tell.
struct Eraser<'w> {
    world: &'w World,
    erased: AtomicU32,
}

impl Progress for Eraser<'_> {
    fn phase(&self, name: &str, _: u64) {
        if name == "rozetka" {
            let bytes = fs::read(self.world.path("master.csv")).unwrap();
            let erased: Vec<u8> = bytes.iter().map(|byte| if *byte == b'\n' { b'\n' } else { b'x' }).collect();
            fs::write(self.world.path("master.csv"), erased).unwrap();
            self.erased.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn advance(&self, _: u64) {}

    fn done(&self) {}
}

#[test]
fn prices_and_stock_need_no_second_look_into_the_master() {
    let world = shop(BOTH, &rows());
    publish(&world);
    let mut changed = rows();
    changed[2] = changed[2].replace("1299.50", "1250").replace(",5,", ",7,");
    changed[4] = changed[4].replace("1299.50,,", "1200,1299.50,");
    world.write("master.csv", master(&changed));
    let eraser = Eraser { world: &world, erased: AtomicU32::new(0) };
    let outcome = world.run(&Asked { progress: &eraser, ..Asked::DIFF });
    assert_eq!(eraser.erased.into_inner(), 1, "the master was gone before anything was compared");
    for (id, old_price, stock) in
        [("rozetka", "price_old", "stock_quantity"), ("prom", "oldprice", "quantity_in_stock")]
    {
        let changes = channel(&outcome, id).changes.iter();
        let mut seen: Vec<(&str, Vec<&str>)> = changes.map(|one| (one.key.as_str(), fields(one))).collect();
        seen.sort();
        let mut both = [old_price, "price"];
        both.sort_unstable();
        assert_eq!(seen, [("KT3", vec!["price", stock]), ("KT5", both.to_vec())]);
    }
}

#[test]
fn a_text_needs_it_and_a_master_that_is_gone_is_noticed() {
    let world = shop(BOTH, &rows());
    publish(&world);
    let mut changed = rows();
    changed[2] = changed[2].replace("Опис 3", "Новий опис");
    world.write("master.csv", master(&changed));
    let eraser = Eraser { world: &world, erased: AtomicU32::new(0) };
    match world.try_to(&Asked { progress: &eraser, ..Asked::DIFF }) {
        Err(Stop::Refused(refusal)) => assert_eq!(refusal.input, "master.csv"),
        Err(stop) => panic!("{}", stopped(&stop)),
        Ok(outcome) => panic!("{:?}", outcome.channels),
    }
}

#[test]
fn rows_in_another_order_with_other_prices_are_matched_by_their_keys() {
    let world = shop(BOTH, &rows());
    publish(&world);
    let mut turned: Vec<String> = rows().into_iter().rev().collect();
    turned[0] = row_of("KT8", 8, "2", "1300");
    turned.push(row(9));
    world.write("master.csv", master(&turned));
    for threads in [1, 2] {
        let outcome = world.run(&Asked { threads, ..Asked::DIFF });
        for found in &outcome.channels {
            let seen: Vec<(String, String)> =
                found.changes.iter().map(|one| (one.key.clone(), fields(one).join(" "))).collect();
            assert_eq!(seen, [("KT9".into(), String::new()), ("KT8".into(), "price".to_owned())], "{}", found.id);
        }
    }
}
