//! Markdown: outside of code there is nothing that the catalog says.

pub fn check(text: &str, at: &str) {
    assert!(text.starts_with("<!-- offersync -->\n### offersync "), "{at}: {text}");
    assert!(text.len() <= 60_000, "{at}: {}", text.len());
    let prose = without_code(text);
    for mark in ["@", "](", "script", "h1", "octocat", "#123", "evil", "::"] {
        assert!(!prose.contains(mark), "{at}: «{mark}» in {prose}");
    }
    assert_eq!(prose.matches("<details>").count(), prose.matches("</details>").count(), "{at}: {prose}");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    let mut cells = 0;
    for row in rows {
        let here = bars(row);
        cells = if row.starts_with("|  |") || row.starts_with("| channel") { here } else { cells };
        assert_eq!(here, cells, "{at}: {row}");
    }
}

/// The bars that part cells: none behind a backslash.
fn bars(row: &str) -> usize {
    row.match_indices('|').filter(|(at, _)| !row[..*at].ends_with('\\')).count()
}

/// What is left of a document without its code: blocks first, then spans, as CommonMark finds them.
fn without_code(text: &str) -> String {
    let mut prose = String::new();
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if ticks.len() >= open.len() && line == ticks => fence = None,
            Some(_) => {}
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => prose.push_str(&without_spans(line)),
        }
        prose.push('\n');
    }
    assert!(fence.is_none(), "every block is closed");
    prose
}

fn without_spans(line: &str) -> String {
    let mut prose = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        prose.push_str(&rest[..at]);
        let from = &rest[at..];
        let ticks = &from[..from.len() - from.trim_start_matches('`').len()];
        let inside = &from[ticks.len()..];
        let mut end = None;
        let mut seen = 0;
        while let Some(next) = inside[seen..].find('`') {
            let run = inside[seen + next..].len() - inside[seen + next..].trim_start_matches('`').len();
            if run == ticks.len() {
                end = Some(seen + next + run);
                break;
            }
            seen += next + run;
        }
        rest = &inside[end.unwrap_or_else(|| panic!("a span is not closed in {line}"))..];
    }
    prose + rest
}
