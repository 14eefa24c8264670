//! `init` with a person at the terminal: what is asked, and what becomes of the answers.

use offersync::cli::Exit;
use offersync::engine;

use super::world::{Ran, World};

const UNDECIDED: &str = "Артикул;Назва;Ціна 1;Ціна 2\nA-1;Їжа для котів;32,00;41,00\nA-2;Їжа для псів;61,00;77,50\n";

/// Runs `init` where a person types these answers; what came of it, and the config.
fn asked(files: &[(&str, &str)], arguments: &[&str], answers: &'static str) -> (Ran, String) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut world = World::at(folder.path());
    (world.is_terminal, world.answers) = (true, answers);
    let ran = world.run(arguments, &engine::run);
    (ran, std::fs::read_to_string(folder.path().join("offersync.yaml")).unwrap_or_default())
}

#[test]
fn a_person_says_which_price_is_paid_and_where_it_is_sold() {
    let (ran, config) = asked(&[("goods.csv", UNDECIDED)], &["init"], "2\nshopify, 2\n");
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.stderr);
    assert!(ran.stderr.contains("Which price does the customer pay?") && ran.stderr.contains("Where do you sell?"));
    assert!(config.contains("\n    price: Ціна 2 ") && config.contains("# sure: said by you"), "{config}");
    assert!(config.contains("\n  shopify:\n") && config.contains("\n  prom:\n"), "{config}");
}

#[test]
fn nothing_said_leaves_it_open() {
    let (ran, config) = asked(&[("goods.csv", UNDECIDED)], &["init"], "what?\n\n\n");
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.stderr);
    assert!(ran.stderr.contains("one of the numbers or names above"), "an answer that is none is asked for again");
    assert!(config.contains("\n    # price: Ціна 1 ") && !config.contains("\n    price: "), "{config}");
}

#[test]
fn a_person_says_which_file_it_is() {
    let one = "Артикул;Назва;Ціна\nA-1;Їжа;32,00\nA-2;Їжак;30,00\n";
    let (ran, config) = asked(&[("a.csv", one), ("b.csv", one)], &["init", "--channel", "shopify"], "b.csv\n");
    assert_eq!(ran.exit, Exit::Clean, "{}", ran.stderr);
    assert!(config.contains("\n  file: b.csv\n"), "{config}");
    let (ran, config) = asked(&[("a.csv", one), ("b.csv", one)], &["init"], "");
    assert_eq!((ran.exit, config.as_str()), (Exit::Refused, ""), "who says nothing has chosen none");
}

#[test]
fn what_is_asked_shows_no_control_characters() {
    let odd = UNDECIDED.replace("Ціна 1", "Ціна \u{1b}[31m1");
    let (ran, _) = asked(&[("goods.csv", &odd)], &["init", "--color", "never"], "\n\n");
    assert!(!ran.stderr.contains('\u{1b}') && !ran.stdout.contains('\u{1b}'), "{}{}", ran.stderr, ran.stdout);
}
