//! A merchant's text in Markdown: it stands in code, where nothing means anything, names nobody and links nowhere.

use crate::report::text::{cut, visible};

/// Longer texts are cut in a line.
const LONGEST: usize = 300;

/// A text as code in a line. In a table a bar would end the cell, and a backslash takes that from it, in code too.
pub(super) fn code(text: &str, in_table: bool) -> String {
    let shown = visible(text, true);
    let shown = cut(&shown, LONGEST, "…");
    if shown.trim().is_empty() {
        return format!("` {} `", "␣".repeat(shown.chars().count().min(LONGEST)));
    }
    let fence = "`".repeat(longest_run(&shown) + 1);
    let bar = if in_table { shown.replace('|', "\\|") } else { shown.into_owned() };
    // one blank on either side belongs to the fence
    format!("{fence} {bar} {fence}")
}

/// Lines of text as a block of code that nothing in them can end.
pub(super) fn block(text: &str) -> String {
    let fence = "`".repeat((longest_run(text) + 1).max(3));
    format!("{fence}text\n{}\n{fence}\n", text.trim_end_matches('\n'))
}

/// The most backticks in a row.
fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn code_ends_where_it_is_meant_to() {
        assert_eq!(code("K10233", true), "` K10233 `");
        assert_eq!(code("a`b``c|d", true), "``` a`b``c\\|d ```");
        assert_eq!(code("a|d", false), "` a|d `");
        assert_eq!(code("a\n# b", true), "` a⏎# b `");
        assert_eq!(code("", true), "`  `");
        assert_eq!(block("a\n```\nb\n"), "````text\na\n```\nb\n````\n");
    }

    proptest! {
        #[test]
        fn no_text_ends_its_code(text in "[`|\\\\a \n@<]{0,40}") {
            let (fence, written) = (longest_run(&text) + 1, code(&text, true));
            prop_assert!(!written.contains('\n'));
            let inside = written.trim_matches(' ').get(fence..written.len() - fence).unwrap_or("");
            if !text.trim().is_empty() {
                prop_assert!(longest_run(inside) < fence, "{}", written);
                prop_assert!(inside.match_indices('|').all(|(at, _)| inside[..at].ends_with('\\')));
            }
        }
    }
}
