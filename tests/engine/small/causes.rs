//! Why listings leave, and what changes in the document around them.

use offersync::plan::{Cause, ChangeKind};

use super::{BOTH, CATEGORIES, master, publish, row_of, rows, shop};
use crate::world::{Asked, changes_in_words};

#[test]
fn every_deletion_knows_its_cause() {
    let world = shop(BOTH, &rows());
    publish(&world);
    let mut changed = rows();
    changed.remove(7);
    changed[1] = changed[1].replace("1299.50", "0");
    changed[2] = changed[2].replace(",5,https", ",0,https");
    changed[3] = changed[3].replace("1299.50", "по запиту");
    world.write("master.csv", master(&changed));
    let config = world.text("offersync.yaml");
    let channels: String = BOTH.lines().map(|line| line.replace('}', ", where: stock > 0}\n")).collect();
    world.write("offersync.yaml", config.replace(BOTH, channels.trim_end()));
    let outcome = world.run(&Asked::DIFF);
    for found in &outcome.channels {
        let mut causes: Vec<(String, Option<Cause>)> =
            found.changes.iter().map(|change| (change.key.clone(), change.cause.clone())).collect();
        causes.sort();
        let invalid = |code: &str| Some(Cause::Invalid(vec![code.to_owned()]));
        let expected = [
            ("KT2".to_owned(), invalid("catalog/price-zero")),
            ("KT3".to_owned(), Some(Cause::Excluded("stock > 0".into()))),
            ("KT4".to_owned(), invalid("catalog/number")),
            ("KT8".to_owned(), Some(Cause::NotInMaster)),
        ];
        assert_eq!(causes, expected, "{}", changes_in_words(found));
        assert!(found.changes.iter().all(|change| change.kind == ChangeKind::Delete));
        assert_eq!((found.excluded[0].reason.as_str(), found.excluded[0].count), ("stock > 0", 1));
        assert_eq!(found.invalid.iter().map(|left| left.count).sum::<u64>(), 2);
    }
}

#[test]
fn nodes_of_the_document_are_named_with_their_keys() {
    let mut mixed = rows();
    mixed.push(row_of("KT20", 20, "3", "100").replace("UAH", "USD"));
    let world = shop(BOTH, &mixed);
    let config = world.text("offersync.yaml").replace("master:\n", "rates: {USD: 41.50}\nmaster:\n");
    world.write("offersync.yaml", &config);
    publish(&world);
    world.write("offersync.yaml", config.replace("41.50", "41.505").replace("Калина О.", "Калина Ольга"));
    world.write("categories.csv", CATEGORIES.replace("Намети", "Намети & тенти").replace("2,1,", "2,4,"));
    let outcome = world.run(&Asked::DIFF);
    for found in &outcome.channels {
        let side = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut changed: Vec<(String, String, String)> =
            found.document.iter().map(|field| (field.name.clone(), side(&field.from), side(&field.to))).collect();
        changed.sort();
        let expected = [
            ("category[2]@parentId", "1", "4"),
            ("category[3]", "Намети", "Намети & тенти"),
            ("category[4]", "", "Місто"),
            ("company", "ФОП Калина О.", "ФОП Калина Ольга"),
            ("currency[USD]@rate", "41.5", "41.505"),
        ];
        let expected = expected.map(|(name, from, to)| (name.to_owned(), from.to_owned(), to.to_owned()));
        assert_eq!(changed, expected, "{}", found.id);
        assert!(found.changes.is_empty(), "{}", changes_in_words(found));
        assert_eq!(found.counts.same, 9);
    }
}

/// A rate of three places is written, read back, and the same again.
#[test]
fn a_document_with_odd_rates_is_rendered_over_itself() {
    let mut mixed = rows();
    mixed.push(row_of("KT20", 20, "3", "100").replace("UAH", "USD"));
    let world = shop(BOTH, &mixed);
    let config = world.text("offersync.yaml").replace("master:\n", "rates: {USD: 41.505}\nmaster:\n");
    world.write("offersync.yaml", &config);
    publish(&world);
    publish(&world);
    let outcome = world.run(&Asked::DIFF);
    for found in &outcome.channels {
        assert!(!found.differs(), "{}", changes_in_words(found));
    }
}
