//! Printing and parsing agree on every tree.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::*;

fn tree(what: What) -> Tree {
    Tree { bytes: 0..0, what }
}

fn any_tree() -> impl Strategy<Value = Tree> {
    let operators = prop::sample::select(vec![
        Operator::Or,
        Operator::And,
        Operator::Equal,
        Operator::Differs,
        Operator::Below,
        Operator::AtMost,
        Operator::Above,
        Operator::AtLeast,
        Operator::Plus,
        Operator::Minus,
        Operator::Times,
        Operator::Over,
    ]);
    let leaf = prop_oneof![
        "[a-zї_][a-z0-9_]{0,3}(\\.[a-z0-9]{1,3})?"
            .prop_filter("a name", |name| !["or", "and", "not", "in", "true", "false"].contains(&name.as_str()))
            .prop_map(What::Name),
        (0..100_000i64, 0..4u32).prop_map(|(digits, scale)| What::Number(Decimal::new(digits, scale))),
        (0..1000i64, 0..2u32).prop_map(|(digits, scale)| What::Percent(Decimal::new(digits, scale))),
        "[a-zі \"«]{0,4}".prop_map(What::Text),
        "[a-z ']{0,4}".prop_map(What::Text),
        any::<bool>().prop_map(What::Flag),
    ]
    .prop_map(tree);
    leaf.prop_recursive(4, 40, 4, move |inner| {
        let one = || inner.clone().prop_map(Box::new);
        prop_oneof![
            4 => (operators.clone(), one(), one()).prop_map(|(operator, left, right)| What::Both(operator, left, right)),
            1 => one().prop_map(What::Negative),
            1 => one().prop_map(What::Not),
            1 => (one(), prop::collection::vec(inner.clone(), 1..4), any::<bool>())
                .prop_map(|(part, list, not)| What::In(part, Box::new(Among::These(list)), not)),
            1 => (one(), any::<bool>())
                .prop_map(|(part, not)| What::In(part, Box::new(Among::Name(tree(What::Name("tags".into())))), not)),
            1 => one().prop_map(|key| What::Index("stock".into(), 0..0, key)),
            1 => (one(), 0..4u32).prop_map(|(part, number)| {
                What::Call(if number > 0 { Function::First(number) } else { Function::Slug }, part)
            }),
        ]
        .prop_map(tree)
    })
}

/// The same tree without its places.
fn without_places(tree: &Tree) -> Tree {
    let of = |part: &Tree| Box::new(without_places(part));
    let what = match &tree.what {
        What::Index(name, _, key) => What::Index(name.clone(), 0..0, of(key)),
        What::Negative(part) => What::Negative(of(part)),
        What::Not(part) => What::Not(of(part)),
        What::Both(operator, left, right) => What::Both(*operator, of(left), of(right)),
        What::In(part, among, not) => {
            let among = match among.as_ref() {
                Among::These(list) => Among::These(list.iter().map(without_places).collect()),
                Among::Name(name) => Among::Name(without_places(name)),
            };
            What::In(of(part), Box::new(among), *not)
        }
        What::Call(function, part) => What::Call(*function, of(part)),
        other => other.clone(),
    };
    Tree { bytes: 0..0, what }
}

proptest! {
    #[test]
    fn printing_and_parsing_agree(tree in any_tree()) {
        let printed = tree.to_string();
        let parsed = parse(&printed).map_err(|error| TestCaseError::fail(format!("{printed}: {error:?}")))?;
        prop_assert_eq!(without_places(&parsed.tree), tree, "{}", printed);
    }

    #[test]
    fn no_text_panics_and_every_place_is_in_it(text in "\\PC{0,30}") {
        if let Err(error) = parse(&text) {
            prop_assert!(text.get(error.bytes.clone()).is_some(), "{:?}", error);
        }
    }
}
