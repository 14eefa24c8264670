//! What holds of every report for people, whatever it says.

use std::collections::BTreeSet;

use offersync::engine::Outcome;
use offersync::engine::outcome::*;
use offersync::finding::Severity;
use offersync::plan::{Cause, Change, ChangeKind, Changes, FieldSort};
use offersync::report::text::cells;
use offersync::report::{By, Format, Look, Only, Options, View};

use crate::builder::*;
use crate::{human, report, shops, terminal};

/// Every outcome that the golden files show.
fn outcomes() -> Vec<Outcome> {
    vec![
        shops::four_channels(),
        shops::one_channel(),
        shops::every_sort(),
        shops::findings(),
        shops::feed_by_itself(),
        shops::rendered(),
    ]
}

/// Every way to look at one.
fn ways() -> Vec<Options> {
    let by = |by| Options { by: Some(by), ..Options::default() };
    let view = |view| Options { view, ..Options::default() };
    let only =
        |names: &[&str]| Options { only: names.iter().map(|name| Only::named(name)).collect(), ..Options::default() };
    vec![
        Options::default(),
        view(View::Stat),
        view(View::NameOnly),
        view(View::Full),
        Options { limit: Some(1), ..Options::default() },
        Options { limit: Some(0), ..Options::default() },
        Options { quiet: true, ..Options::default() },
        by(By::Brand),
        by(By::Category),
        by(By::Field),
        by(By::Cause),
        only(&["delete"]),
        only(&["price", "create"]),
    ]
}

/// The number that begins a line, grouped or not, after its mark.
fn count_of(line: &str) -> Option<u64> {
    let words = line.trim_start_matches([' ', '-', '+', '~', '·']);
    let digits: String = words.chars().take_while(|letter| letter.is_ascii_digit() || *letter == '\u{a0}').collect();
    digits.replace('\u{a0}', "").parse().ok()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[test]
fn lines_under_a_heading_add_up_to_it() {
    let groupings = [
        Options::default(),
        Options { by: Some(By::Brand), ..Options::default() },
        Options { by: Some(By::Field), ..Options::default() },
        Options { limit: Some(1), ..Options::default() },
    ];
    let mut headings = 0;
    for outcome in [shops::four_channels(), shops::one_channel(), shops::large()] {
        for options in &groupings {
            let text = human(&outcome, options, &terminal(100));
            let mut open: Option<(&str, u64, u64)> = None;
            // a group's line has a count that ends before its words do, a row's key begins further to the right
            for line in text.lines().chain([""]) {
                let is_heading = indent(line) == 2
                    && [" delete", " update"].iter().any(|kind| line.contains(kind))
                    && !line.contains(" node");
                if is_heading || indent(line) <= 2 {
                    if let Some((heading, expected, sum)) = open.take() {
                        assert_eq!(sum, expected, "{heading}\n{text}");
                        headings += 1;
                    }
                    open = is_heading.then(|| (line, count_of(line).unwrap(), 0));
                } else if let (Some(open), Some(count)) = (&mut open, count_of(line)) {
                    let end = indent(line) + cells(line.trim_start().split("  ").next().unwrap());
                    open.2 += if end <= 11 { count } else { 0 };
                }
            }
        }
    }
    assert!(headings > 20, "{headings} headings");
}

#[test]
fn counts_come_first_and_one_sentence_last() {
    let text = human(&shops::four_channels(), &Options::default(), &terminal(100));
    let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is missing in\n{text}"));
    let order = [
        "  delete  create  update",
        "\nrozetka ",
        "! max-price-move",
        "- 22 delete",
        "~ 214 update",
        "+ 31 create",
        "· 186 left out",
        "\nprom ",
        "86 to delete",
    ];
    assert!(order.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{text}");
    assert!(text.lines().last().unwrap().ends_with("(24 ms)"), "no full stop, the time last");
    let without =
        human(&shops::four_channels(), &Options { without_elapsed: true, ..Options::default() }, &terminal(100));
    assert!(without.ends_with("rozetka and kaspi would be refused\n"));
}

#[test]
fn causes_of_deletions_are_never_cut() {
    for (outcome, ways) in
        [(shops::four_channels(), ways()), (shops::one_channel(), ways()), (shops::large(), vec![Options::default()])]
    {
        for options in ways.into_iter().filter(|options| options.view == View::Groups && !options.quiet) {
            if !options.takes_kind(ChangeKind::Delete) {
                continue;
            }
            let text = human(&outcome, &options, &terminal(100));
            let causes: BTreeSet<&Cause> = outcome
                .channels
                .iter()
                .flat_map(|channel| &channel.changes)
                .filter_map(|change| change.cause.as_ref())
                .collect();
            for cause in causes {
                let said = match cause {
                    Cause::NotInMaster => "no longer in the master".to_owned(),
                    Cause::Excluded(rule) => format!("excluded by where: {rule}"),
                    Cause::Invalid(codes) => format!("invalid: {}", codes[0]),
                };
                assert!(text.contains(&said), "{said} is missing in\n{text}");
            }
        }
    }
}

#[test]
fn columns_stand_below_one_another() {
    let text = human(&shops::four_channels(), &Options::default(), &terminal(100));
    let column = |line: &str, mark: &str| line.find(mark).map(|at| cells(&line[..at]));
    let rows: Vec<&str> =
        text.lines().filter(|line| line.contains(" → ") && line.contains("price  ") && line.contains(" %  ")).collect();
    let groups: Vec<&[&str]> = rows.chunks_exact(3).collect();
    assert_eq!(groups.len(), 2, "{text}");
    for group in groups {
        for mark in [" → ", " %  ", " UAH  "] {
            let places: Vec<_> = group.iter().map(|line| column(line, mark)).collect();
            assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "{mark}: {group:?}");
        }
    }
    let money = text.lines().filter(|line| line.ends_with(" UAH") || line.ends_with(" KZT"));
    assert!(money.clone().count() > 10);
    assert!(money.into_iter().all(|line| cells(line) == 100), "money stands at the right edge:\n{text}");
}

#[test]
fn a_terminal_is_never_overrun_by_titles_and_texts() {
    for width in [80, 90, 99, 100, 120, 160] {
        for outcome in [shops::four_channels(), shops::one_channel(), shops::large()] {
            let text = human(&outcome, &Options::default(), &terminal(width));
            // names of guards are never cut
            let wide: Vec<&str> =
                text.lines().filter(|line| cells(line) > width && !line.contains("  refused: ")).collect();
            assert!(wide.is_empty(), "{width}: {wide:#?}");
        }
    }
}

#[test]
fn titles_have_the_room_that_the_width_gives() {
    let row = |width: usize| {
        let text = human(&shops::four_channels(), &Options::default(), &terminal(width));
        let mut lines = text.lines().skip_while(|line| !line.contains("V40017")).map(str::to_owned);
        (lines.next().unwrap(), lines.next().unwrap())
    };
    assert!(row(100).0.ends_with("двомісна, з…"));
    assert!(row(99).0.ends_with("  Байдарка на…"), "12 cells");
    assert!(row(89).0.ends_with(" UAH") && row(89).1.trim_start().starts_with("Байдарка"), "a line of its own");
    assert!(row(170).0.ends_with("зелена · Desna · Туризм"));
    let narrow = human(&shops::four_channels(), &Options::default(), &terminal(79));
    assert!(narrow.contains("  prom\n    delete: 0\n    create: 4\n"), "tables become names and values");
}

#[test]
fn into_a_pipe_nothing_is_cut() {
    let outcome = shops::four_channels();
    for width in [80, 100, 120] {
        for options in [Options::default(), Options { limit: Some(0), ..Options::default() }] {
            let text = human(&outcome, &options, &Look { width, ..Look::PLAIN });
            assert!(text.contains("Байдарка надувна Desna 2, двомісна, з насосом і веслами, зелена"), "{text}");
        }
    }
    let full = Options { view: View::Full, ..Options::default() };
    let text = human(&shops::every_sort(), &full, &terminal(80));
    assert!(text.contains("об’єм {+500+} мл, тримає тепло до п’яти годин."), "--full cuts no text either");
}

#[test]
fn name_only_has_tabs_and_spells_the_kind_out() {
    let outcome = shops::four_channels();
    let text = human(&outcome, &Options { view: View::NameOnly, ..Options::default() }, &terminal(40));
    let total: u64 = outcome.channels.iter().map(|channel| channel.counts.changed()).sum();
    assert_eq!(text.lines().count() as u64, total);
    for line in text.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        assert!(matches!(parts.as_slice(), [_, "delete" | "create" | "update", key] if !key.is_empty()), "{line}");
    }
    assert!(text.starts_with("rozetka\tdelete\tV10233\n"));
}

#[test]
fn a_c_locale_gets_ascii() {
    let ascii = |text: &str| text.to_owned();
    let mut outcome = shops::four_channels();
    for channel in &mut outcome.channels {
        channel.guards.retain(|guard| guard.value.is_ascii());
        for change in &mut channel.changes {
            change.title = ascii("Stove Plamia 2");
            change.category = ascii("Stoves");
            change.brand = ascii("Plamia");
            change.fields.retain(|field| field.sort != FieldSort::Text);
        }
    }
    let mut rendered = shops::rendered();
    rendered.channels.iter_mut().for_each(|channel| channel.changes = Changes::default());
    for (outcome, options) in [outcome, rendered].iter().zip([Options::default(), Options::default()]) {
        let text = human(outcome, &options, &Look { unicode: false, ..terminal(100) });
        let strangers: String = text.chars().filter(|letter| !letter.is_ascii()).collect();
        assert!(strangers.is_empty() || outcome.command == "render" && strangers.is_empty(), "{strangers}\n{text}");
        assert!(outcome.command == "render" || text.contains(" -> "));
    }
}

/// A text that would like to talk to the terminal.
const HOSTILE: &str =
    "a\u{1b}[2J\u{1b}]0;x\u{7}\r\n\u{0}\u{8}\t\u{7f}\u{9b}31m\u{202e}moc\u{2066}\u{200b}\u{feff}\u{2028}\u{e0041}b";

fn hostile(command: &str) -> Outcome {
    let own = || HOSTILE.to_owned();
    let mut outcome = Outcome { config: own(), ..outcome(command) };
    outcome.master.path = own();
    outcome.master.guesses = vec![own()];
    let mut changes = vec![
        delete(HOSTILE, 1, Cause::Excluded(own())),
        delete("D", 1, Cause::Invalid(vec![own()])),
        create(HOSTILE, 1, HOSTILE),
        price(HOSTILE, HOSTILE, HOSTILE, (1, 2), 1),
        stock(HOSTILE, HOSTILE, (1, 2)),
        text(HOSTILE, HOSTILE, "short", HOSTILE),
        text("long", HOSTILE, &format!("{HOSTILE} a long enough text {HOSTILE}"), &HOSTILE.repeat(3)),
    ];
    changes[3].over = Some("max-price-move");
    changes[3].master_line = Some(3);
    changes[3].same_fields = Box::new([0]);
    changes[5].fields.push(list(HOSTILE, &[HOSTILE], &[HOSTILE, "x", HOSTILE]));
    let mut channel = channel(HOSTILE, 99, changes, HOSTILE);
    channel.field_names = vec![own()];
    channel.document = vec![words(HOSTILE, FieldSort::Other, HOSTILE, "none")];
    channel.guards = vec![GuardVerdict { likely: own(), ..guard("max-delete", HOSTILE, HOSTILE, 2, &[HOSTILE]) }];
    channel.excluded = vec![left_out(HOSTILE, 3, &[HOSTILE])];
    channel.invalid = vec![left_out(HOSTILE, 3, &[HOSTILE])];
    channel.feed = Some(FeedSeen { path: own(), fate: FeedFate::Refused, ..FeedSeen::default() });
    let mut found = finding(Severity::Error, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 2);
    found.in_common = own();
    found.places = vec![place(1, 1, HOSTILE, HOSTILE, HOSTILE)];
    let mut marked = found.clone();
    marked.places[0].snippet = Some(Snippet { text: own(), mark: 3..12 });
    channel.findings = vec![found, marked];
    let failed = ChannelOutcome {
        id: own(),
        failed: Some(offersync::finding::Refusal::whole(HOSTILE, HOSTILE, HOSTILE)),
        ..ChannelOutcome::default()
    };
    outcome.channels = vec![channel, failed];
    outcome
}

#[test]
fn data_cannot_talk_to_the_terminal() {
    let obeyed = |letter: &char| {
        letter.is_control() && !matches!(letter, '\n')
            || matches!(*letter as u32, 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe0000..=0xe0fff)
    };
    for command in ["diff", "validate", "render"] {
        let outcome = hostile(command);
        let one = Outcome { channels: outcome.channels[..1].to_vec(), ..outcome.clone() };
        for outcome in [&outcome, &one] {
            for mut options in ways() {
                options.only.clear();
                for look in [terminal(100), terminal(60), Look::PLAIN, Look { unicode: false, ..Look::PLAIN }] {
                    for format in [Format::Human, Format::Json] {
                        let text = report(format, outcome, &options, &look);
                        let tabs = options.view == View::NameOnly && command == "diff";
                        let raw: Vec<char> =
                            text.chars().filter(obeyed).filter(|letter| !(tabs && *letter == '\t')).collect();
                        assert!(raw.is_empty(), "{command} {format:?} {options:?}: {raw:?}");
                    }
                    let hints = Format::Human.report().hints(offersync::report::Sheet {
                        outcome,
                        options: &options,
                        look: &look,
                    });
                    assert!(!hints.concat().chars().any(|letter| obeyed(&letter)), "{hints:?}");
                }
            }
        }
    }
}

#[test]
fn letters_of_another_script_and_lone_blanks_are_shown() {
    let changes = vec![
        delete("K\u{422}1182", 1, Cause::NotInMaster),
        create("KT1182", 1, ""),
        Change {
            fields: vec![words("name", FieldSort::Text, "Термос 1 л", "Термос\u{a0}1 л")],
            ..stock("K2", "s", (1, 1))
        },
        Change { fields: vec![words("\u{430}rticle", FieldSort::Other, "1", "2")], ..stock("K3", "s", (1, 1)) },
    ];
    let outcome = Outcome { channels: vec![channel("rozetka", 9, changes, "UAH")], ..outcome("diff") };
    let text = human(&outcome, &Options::default(), &terminal(100));
    for said in ["K⟨U+0422⟩1182", "  KT1182", "Термос␣1␣л → Термос⍽1␣л", "⟨U+0430⟩rticle 1 → 2"]
    {
        assert!(text.contains(said), "{said} is missing in\n{text}");
    }
}

#[test]
fn a_part_that_is_not_there_is_said_so() {
    let none = Options { only: vec![Only::named("prise")], ..Options::default() };
    let text = human(&shops::four_channels(), &none, &terminal(100));
    assert!(text.contains("--only takes nothing"), "{text}");
}

#[test]
fn colour_is_never_the_only_sign() {
    let strip = |text: &str| {
        let mut plain = String::new();
        for part in text.split('\u{1b}') {
            plain.push_str(if plain.is_empty() && !text.starts_with('\u{1b}') {
                part
            } else {
                part.split_once('m').map_or(part, |(_, rest)| rest)
            });
        }
        plain
    };
    for outcome in outcomes() {
        let coloured = human(&outcome, &Options::default(), &Look { colour: true, ..terminal(100) });
        assert!(coloured.contains("\u{1b}["));
        assert_eq!(strip(&coloured), human(&outcome, &Options::default(), &terminal(100)));
    }
}

#[test]
fn every_stop_says_the_way_on() {
    let outcome = shops::rendered();
    let text = human(&outcome, &Options::default(), &terminal(100));
    for said in [
        "61 of 974 listings",
        "allowed 5.0 %",
        "VB0100",
        "no longer in the master",
        "offersync render kaspi --allow max-delete=61",
    ] {
        assert!(text.contains(said), "{said} is missing in\n{text}");
    }
    let mut closed = outcome;
    closed.channels[3].guards[0].can_be_allowed = false;
    let text = human(&closed, &Options::default(), &terminal(100));
    assert!(!text.contains("--allow") && text.contains("Nothing lets this pass"), "{text}");
}

#[test]
fn same_outcome_same_bytes_whatever_the_order_of_its_changes() {
    let mut turned = shops::four_channels();
    let expected: Vec<String> = ways().iter().map(|options| human(&turned, options, &terminal(100))).collect();
    for channel in &mut turned.channels {
        channel.changes = channel.changes.iter().rev().cloned().collect();
    }
    let actual: Vec<String> = ways().iter().map(|options| human(&turned, options, &terminal(100))).collect();
    assert_eq!(actual, expected);
}
