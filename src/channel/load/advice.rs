//! What a shape says to whoever has it written.

use super::Context;
use super::rule::words;
use crate::channel::description::Advice;
use crate::finding::Severity;
use crate::wire::yaml::{Key, Node, key};

/// The key of a shape.
pub const KEY: Key = key("advise", "a finding where this shape is written: {code, severity, why, fix}");

/// The keys of `advise`.
pub const KEYS: [Key; 4] = [
    key("code", "its code"),
    key("severity", "warning, or note"),
    key("why", "why the shape is better not written"),
    key("fix", "what to do"),
];

/// The advice of a shape.
pub fn load(node: &Node, context: &Context<'_>) -> Option<Advice> {
    let problems = context.problems;
    let map = node.map("`advise`", &KEYS, problems)?;
    let needed = |name| map.required("`advise`", name);
    let (code, why, fix) = (needed("code"), needed("why"), needed("fix"));
    let severities = [("warning", Severity::Warning), ("note", Severity::Note)];
    let severity = map.get("severity").and_then(|node| node.word("severity", severities, problems));
    let code = context.given_code(code?)?;
    context.code(&code, node, &map.key_text("code").map_or(node.bytes.clone(), |text| text.bytes.clone()));
    why.and(fix)?;
    let severity = severity.unwrap_or(Severity::Warning);
    Some(Advice { code, severity, why: words(&map, "why"), fix: words(&map, "fix") })
}
