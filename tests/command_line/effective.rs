//! `--print-config`: every value with where it comes from.

use std::path::Path;

use offersync::cli::Exit;

use super::golden;
use super::world::World;

fn world(folder: &Path) -> World {
    let mut world = World::at(folder);
    world.env.push(("STALL_TOKEN", "not-to-be-seen".into()));
    world
}

fn shop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = "version: 1\nshop: {name: \"Калина: посуд\", language: uk, currency: UAH}\nmaster:\n  file: m.csv\n  fields:\n    \
                  sku: Артикул\n    stock: {kyiv: \"Склад, Київ\"}\n    attributes: [{column: Х, split: \"|\", pair: \"=\"}]\n\
                  channels:\n  prom:\n  stall:\n    use: ./stall.yaml\n    feed: out/stall.xml\n    where: stock > 0 and brand != 'X'\n    \
                  settings: {token: env:STALL_TOKEN, stores: {kyiv: PP1}}\n    guards: {max-delete: 10%}\n";
    std::fs::write(folder.path().join("offersync.yaml"), config).unwrap();
    folder
}

fn print(world: &World, arguments: &[&str]) -> String {
    let ran = world.run(arguments, &|_| panic!("nothing is computed here"));
    assert_eq!((ran.exit, ran.stderr.as_str()), (Exit::Clean, ""), "{arguments:?}");
    ran.stdout
}

#[test]
fn every_value_says_where_it_comes_from() {
    let folder = shop();
    let said = print(&world(folder.path()), &["--print-config", "--master", "other.csv"]);
    assert!(!said.contains("not-to-be-seen"));
    golden::check("print-config.txt", &said);
    assert_eq!(
        print(&world(folder.path()), &["diff", "--print-config", "--master", "other.csv"]),
        said,
        "for every command"
    );
}

#[test]
fn what_is_printed_is_the_same_config() {
    let (folder, again) = (shop(), tempfile::tempdir().unwrap());
    let first = print(&world(folder.path()), &["--print-config"]);
    std::fs::write(again.path().join("offersync.yaml"), &first).unwrap();
    let second = print(&world(again.path()), &["--print-config"]);
    let values = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        lines.map(|line| line.split("  # ").next().unwrap_or("").trim_end().to_owned()).collect()
    };
    assert_eq!(values(&first), values(&second));
}

#[test]
fn the_variable_that_names_a_config_is_told() {
    let folder = shop();
    let mut elsewhere = world(Path::new("/nowhere"));
    elsewhere.env.push(("OFFERSYNC_CONFIG", folder.path().join("offersync.yaml").into_os_string()));
    assert!(print(&elsewhere, &["--print-config"]).lines().next().unwrap().contains("named by OFFERSYNC_CONFIG"));
}
