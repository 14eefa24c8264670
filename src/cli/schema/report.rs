//! The schema of the json report. A test holds every report that is known to these members, no more and no fewer:
//! programs may meet more of them in a later version.

use serde_json::{Map, Value, json};

use super::parts::{DIALECT, list, of};
use crate::report::json::FORMAT;

/// The whole of it: a report of a run, or of why there was none.
pub fn schema() -> Value {
    json!({
        "$schema": DIALECT,
        "title": "a json report of offersync",
        "description": "keys may come in a later version, those of this one stay",
        "anyOf": [of("outcome"), of("failure")],
        "$defs": definitions(),
    })
}

type Member = (&'static str, &'static str, Value);

/// A map with these members; one whose name ends with `?` is not always there.
fn object(members: Vec<Member>) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (name, about, mut value) in members {
        let plain = name.trim_end_matches('?');
        if plain == name {
            required.push(plain);
        }
        if let (Some(value), false) = (value.as_object_mut(), about.is_empty()) {
            value.insert("description".to_owned(), json!(about));
        }
        properties.insert(plain.to_owned(), value);
    }
    json!({"type": "object", "properties": properties, "required": required})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn count() -> Value {
    json!({"type": "integer", "minimum": 0})
}

/// An amount: a decimal as a text, so that no program rounds it.
fn amount() -> Value {
    json!({"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"})
}

fn flag() -> Value {
    json!({"type": "boolean"})
}

fn or_null(value: Value) -> Value {
    json!({"anyOf": [value, {"type": "null"}]})
}

fn one_of(words: &[&str]) -> Value {
    json!({"enum": words})
}

fn fingerprint() -> Value {
    json!({"type": "string", "pattern": "^[0-9a-f]{16}$"})
}

fn head() -> Vec<Member> {
    vec![
        ("format", "what this is; the number grows when a key goes or means something else", json!({"const": FORMAT})),
        ("command", "what was asked", text()),
        ("config", "its path; empty where none was found", text()),
        ("exit", "the exit code", json!({"enum": [0, 1, 2, 3, 4, 130]})),
    ]
}

fn definitions() -> Value {
    let mut outcome = head();
    outcome.extend([
        (
            "master",
            "the master as it was read",
            object(vec![
                ("path", "", text()),
                ("digest", "of its bytes", text()),
                ("offers", "how many there are in it", count()),
                ("guesses", "what was found out and not said", list(&text())),
            ]),
        ),
        ("invalid_offers", "offers that are invalid on some channel", count()),
        ("channels", "in the order of the config", list(&of("channel"))),
        ("findings", "of the master", list(&of("finding"))),
        ("findings_of_others?", "findings about offers that were not asked for", count()),
        ("unknown_skus?", "what `--sku` asked for and nobody has", list(&text())),
        (
            "baseline?",
            "findings that an earlier report knew, and that do not count",
            object(vec![
                ("path", "the earlier report", text()),
                ("known", "how many were met", count()),
                ("gone", "how many of it were not; nothing where only some SKUs were asked for", or_null(count())),
                (
                    "met",
                    "enough of them for this report to be the next baseline",
                    list(&object(vec![
                        ("channel", "empty for the master's", text()),
                        ("code", "", text()),
                        ("count", "", count()),
                        ("fingerprints", "", list(&fingerprint())),
                    ])),
                ),
            ]),
        ),
        ("unused_severities?", "what was said of codes that nothing was found under", list(&text())),
    ]);
    let mut failure = head();
    failure.extend([
        ("error", "why nothing came of it", or_null(of("wrong"))),
        ("more", "what else is wrong", list(&of("wrong"))),
    ]);
    let (of_changes, of_channels) = (changes(), channels());
    let mut all = Map::new();
    all.insert("outcome".to_owned(), object(outcome));
    all.insert("failure".to_owned(), object(failure));
    for (name, value) in of_changes.into_iter().chain(of_channels) {
        all.insert(name.to_owned(), value);
    }
    Value::Object(all)
}

fn changes() -> Vec<(&'static str, Value)> {
    let item = json!({"anyOf": [{"type": ["string", "null"]}, list(&json!({}))]});
    let kinds = || one_of(&["delete", "create", "update"]);
    vec![
        (
            "field",
            object(vec![
                ("name", "", text()),
                ("from", "what stands there now", item.clone()),
                ("to", "what will", item),
            ]),
        ),
        (
            "cause",
            object(vec![
                ("reason", "", one_of(&["not-in-master", "excluded", "invalid"])),
                ("rule?", "the condition that leaves it out", text()),
                ("codes?", "what makes it invalid", list(&text())),
            ]),
        ),
        (
            "change",
            object(vec![
                ("kind", "", kinds()),
                ("key", "the listing's key on the channel", text()),
                ("title", "", text()),
                ("brand?", "", text()),
                ("category?", "", text()),
                ("cause", "why it is deleted", or_null(of("cause"))),
                ("at_stake", "price move or price, times stock", or_null(amount())),
                ("currency", "of what is at stake", text()),
                ("stock?", "before and after", list(&amount())),
                ("over?", "the guard that its price passes", text()),
                ("line?", "of its record in the master", count()),
                ("fields", "what changes in it", list(&of("field"))),
            ]),
        ),
        (
            "group",
            object(vec![
                ("kind", "", kinds()),
                ("fields", "the field that they have in common", list(&text())),
                ("like", "in what they are alike", text()),
                ("percent?", "the move, or the least and the greatest", list(&amount())),
                ("cause?", "", of("cause")),
                (
                    "trait",
                    "what holds for all of them and for no other",
                    or_null(object(vec![("name", "", text()), ("value", "", text())])),
                ),
                ("count", "how many changes", count()),
                ("at_stake", "by currency", list(&object(vec![("amount", "", amount()), ("currency", "", text())]))),
            ]),
        ),
    ]
}

fn channels() -> Vec<(&'static str, Value)> {
    let place = vec![
        ("file", "", text()),
        ("line", "from 1", count()),
        ("column", "from 1, in characters", count()),
        ("sku", "", text()),
        ("channel", "", or_null(text())),
        ("field", "", text()),
        ("message", "what is wrong there, with the value", text()),
    ];
    let wrong_place = vec![("file", "", text()), ("line", "", or_null(count())), ("column", "", or_null(count()))];
    vec![
        ("place", object(place)),
        (
            "finding",
            object(vec![
                ("code", "`offersync explain CODE` tells more", text()),
                ("severity", "", one_of(&["error", "warning", "note"])),
                ("message", "what is wrong", text()),
                ("help", "what to do", text()),
                ("count", "how many there are, exactly", count()),
                ("in_common", "a trait that all of them have and no other", or_null(text())),
                ("place", "the first", or_null(of("place"))),
                ("places", "the first ones", list(&of("place"))),
                ("fingerprints?", "of all of them: what a baseline knows them by", list(&fingerprint())),
            ]),
        ),
        (
            "wrong",
            object(vec![
                ("code", "", or_null(text())),
                ("message", "", text()),
                ("help", "what to do", text()),
                ("place", "", or_null(object(wrong_place))),
            ]),
        ),
        (
            "guard",
            object(vec![
                ("name", "", text()),
                ("value", "what it measured, for people", text()),
                ("limit", "", text()),
                ("count", "what `--allow` counts", count()),
                ("ok", "whether it lets the plan pass", flag()),
                ("allowed", "whether it was opened for this run", flag()),
                ("likely", "what probably happened", text()),
                ("examples", "SKUs", list(&text())),
                ("allow", "what `--allow` must be given to let this pass and no more", or_null(text())),
            ]),
        ),
        ("channel", channel()),
    ]
}

/// The document that a channel has now.
fn existing() -> Value {
    object(vec![
        ("path", "", text()),
        ("shape", "which of the channel's documents it is", text()),
        ("listings", "", count()),
        ("bytes", "", count()),
        ("complete", "whether a listing that is missing is missing on the channel", flag()),
        ("modified", "", text()),
        ("digest", "", text()),
    ])
}

fn channel() -> Value {
    let counts = ["create", "update", "delete", "same"].map(|name| (name, "", count())).to_vec();
    let feed = vec![
        ("path", "", text()),
        ("bytes", "", count()),
        ("digest", "", text()),
        ("listings", "", count()),
        ("fate", "", one_of(&["written", "would-differ", "equal", "discarded", "refused"])),
    ];
    let checked = ["listings", "with_errors", "with_warnings"].map(|name| (name, "", count())).to_vec();
    object(vec![
        ("id", "its name in the config", text()),
        ("title", "", text()),
        (
            "absent",
            "what becomes of a listing that is missing",
            or_null(one_of(&["withdrawn", "deleted", "kept", "unknown"])),
        ),
        ("existing", "what the channel has now", or_null(existing())),
        ("replaces", "the file that a feed would replace", json!({})),
        ("overdue", "whether an unchanged feed is to be written anew", json!({})),
        ("desired", "listings", count()),
        ("offers", "offers in them", count()),
        ("kept", "listings that stay as the channel has them", json!({})),
        ("counts", "of changes", or_null(object(counts))),
        ("changes", "", list(&of("change"))),
        ("document", "fields of the document that differ", list(&of("field"))),
        (
            "unsaid",
            "fields that listings which stay have, and that a feed leaves out, since nobody says them",
            list(&object(vec![("field", "", text()), ("listings", "", count())])),
        ),
        ("document_unsaid", "the same of the document", list(&text())),
        ("groups", "changes that are alike", list(&of("group"))),
        ("guards", "", list(&of("guard"))),
        ("findings", "", list(&of("finding"))),
        (
            "excluded",
            "offers that a condition leaves out, the first ones",
            list(&object(vec![("sku", "", text()), ("rule", "", text())])),
        ),
        ("excluded_by", "all of them, by condition", list(&object(vec![("rule", "", text()), ("count", "", count())]))),
        (
            "invalid",
            "offers that the channel would refuse, the first ones",
            list(&object(vec![("sku", "", text()), ("codes", "", list(&text()))])),
        ),
        ("invalid_by", "all of them, by code", list(&object(vec![("code", "", text()), ("count", "", count())]))),
        ("recognised?", "why a feed by itself was taken for this channel's", text()),
        ("checked", "", or_null(object(checked))),
        ("feed", "what was rendered", or_null(object(feed))),
        ("delivery", "nothing is delivered by this version", json!({"type": "null"})),
        ("failed", "why nothing came of this channel", or_null(of("wrong"))),
    ])
}
