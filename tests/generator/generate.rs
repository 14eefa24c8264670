//! Writes a shop of any size into a folder:
//! `cargo run --release --example generate -- FOLDER [--offers N] [--seed N] [--mutation-seed N] [--same]
//! [--sheet] [--further] [--shuffled] [--escaped] [--foreign]`.
//!
//! The folder gets a config, a master, categories and an export for each of two channels; what a diff must find is
//! printed, one line per channel.

#![allow(clippy::print_stdout, reason = "a program")]

#[path = "mod.rs"]
mod generator;

use std::error::Error;
use std::path::Path;

use generator::shop::{Shop, channel_of};
use generator::{Dialect, ExportStyle, MasterStyle, Mutation, Order, Recipe, TextStyle};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("which folder? generate FOLDER [--offers N] …")?;
    let mut recipe = Recipe::new(1, 2_000).mutated(Mutation::NIGHT);
    let mut master = MasterStyle::PLAIN;
    let mut exports = [Dialect::Rozetka, Dialect::Prom].map(ExportStyle::plain);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().ok_or("a number is missing")?.parse().map_err(Box::<dyn Error>::from);
        match argument.as_str() {
            "--offers" => recipe.offers = number()?,
            "--seed" => recipe.seed = number()?,
            "--mutation-seed" => recipe.mutation.seed = number()?,
            "--same" => recipe.mutation = Mutation::NONE,
            "--sheet" => master = MasterStyle::SHEET,
            "--further" => master.further = true,
            "--shuffled" => exports.iter_mut().for_each(|style| style.order = Order::Shuffled),
            "--escaped" => exports.iter_mut().for_each(|style| style.text = TextStyle::Escaped),
            "--foreign" => exports[0].dialect = Dialect::Foreign,
            other => return Err(format!("no such flag: {other}").into()),
        }
    }
    let shop = Shop { recipe, master, exports: exports.to_vec() };
    let found = shop.lay_out(Path::new(&folder))?;
    for (style, counts) in shop.exports.iter().zip(found) {
        println!(
            "{} delete {} create {} update {} same {}",
            channel_of(style.dialect),
            counts.delete,
            counts.create,
            counts.update,
            counts.same
        );
    }
    Ok(())
}
