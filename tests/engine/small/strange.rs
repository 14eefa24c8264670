//! What an export has that its channel's description does not know: told once, and only where there is something.

use offersync::engine::outcome::{ChannelOutcome, FindingGroup};
use offersync::finding::Severity;

use super::{BOTH, publish, rows, shop};
use crate::world::{Asked, World, channel};

fn told(channel: &ChannelOutcome) -> Vec<&FindingGroup> {
    channel.findings.iter().filter(|group| group.code == "export/unknown-nodes").collect()
}

/// A shop whose channels have what it would write, changed like this.
fn changed(name: &str, change: impl Fn(&str) -> String) -> World {
    let world = shop(BOTH, &rows());
    publish(&world);
    let path = format!("now/{name}.xml");
    world.write(&path, change(&world.text(&path)));
    world
}

#[test]
fn what_nobody_knows_is_one_note_with_the_most_frequent() {
    let world = changed("prom", |text| {
        let text = text.replace("<price>", "<loyalty>5</loyalty><box><side a=\"1\">3</side><box/></box><price>");
        let text =
            text.replace("<offer id", "<offer mark=\"1\" xml:lang=\"uk\" id").replace("<vendor>", "<vendor at=\"1\">");
        text.replacen("<loyalty>", "<once/><also/><loyalty>", 1)
    });
    for threads in [1, 2] {
        let outcome = world.run(&Asked { threads, ..Asked::DIFF });
        let prom = channel(&outcome, "prom");
        assert!(!prom.differs());
        let [note] = told(prom).try_into().unwrap();
        assert_eq!((note.severity, note.count, note.places.len()), (Severity::Note, 1, 1));
        let said = "`@mark` 8 ×, `loyalty` 8 ×, `box` 8 ×, `vendor/@at` 8 ×, `once` 1 ×, `also` 1 ×";
        assert_eq!(note.places[0].found.message, said);
        assert!(note.places[0].line > 10, "the first listing that has any");
        assert!(told(channel(&outcome, "rozetka")).is_empty());
    }
}

#[test]
fn what_is_known_anywhere_is_not_told() {
    // another channel's old price is under `ignored`, and has a finding of its own; rows and heads are not looked into
    let world = changed("prom", |text| {
        let text =
            text.replace("<price>", "<price_old>9999</price_old><price>").replace("<param ", "<param more=\"1\" ");
        text.replace("<categories>", "<platform>A</platform><categories>")
    });
    let outcome = world.run(&Asked::DIFF);
    assert!(told(channel(&outcome, "prom")).is_empty());
    // its own export is read without what the feed has
    let world = changed("prom", |text| {
        let text = text.replace("rate=\"1\"", "rate=\"CB\"");
        (1..=8).fold(text, |text, number| text.replace(&format!("id=\"KT{number}\""), &format!("id=\"9{number}\"")))
    });
    let outcome = world.run(&Asked::DIFF);
    let prom = channel(&outcome, "prom");
    assert_eq!(prom.existing.as_ref().map(|existing| existing.shape.as_str()), Some("export"));
    assert!(world.text("now/prom.xml").contains("quantity_in_stock") && told(prom).is_empty());
}

#[test]
fn columns_that_nobody_knows_are_named() {
    let channels = "  meta: {feed: out/meta.csv, export: now/meta.xml}";
    let world = shop(channels, &rows());
    std::fs::create_dir_all(world.path("out")).unwrap();
    world.run_first(&Asked::RENDER);
    let text = world.text("out/meta.csv");
    let longer = text.lines().enumerate().map(|(number, line)| match number {
        0 => format!("{line},margin,\"shelf, left\",\n"),
        _ => format!("{line},1,,\n"),
    });
    let longer: String = longer.collect();
    world.write("now/meta.xml", longer);
    let outcome = world.run(&Asked::DIFF);
    let [note] = told(channel(&outcome, "meta")).try_into().unwrap();
    assert_eq!(note.places[0].found.message, "`margin`, `shelf, left`");
}
