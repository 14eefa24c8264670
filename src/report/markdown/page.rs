//! A page that is never too long for a comment: what does not fit is left out, and counted.

/// What a comment on a code host may have, with room for what somebody writes around it.
pub(super) const MOST_BYTES: usize = 60_000;
/// What is kept free for closing lines.
const RESERVE: usize = 1_000;

/// A page that is being written.
pub(super) struct Page {
    text: String,
}

impl Page {
    pub fn new() -> Self {
        Page { text: String::new() }
    }

    /// Adds a text that has to be there.
    pub fn add(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// How many bytes there are left.
    pub fn room(&self) -> usize {
        (MOST_BYTES - RESERVE).saturating_sub(self.text.len())
    }

    /// Adds rows as long as they fit and are not more than so many, then how many more there are.
    pub fn rows(&mut self, rows: impl ExactSizeIterator<Item = String>, most: usize, more: impl Fn(usize) -> String) {
        let all = rows.len();
        let mut shown = 0;
        for row in rows.take(most) {
            if row.len() > self.room() {
                break;
            }
            self.text.push_str(&row);
            shown += 1;
        }
        if shown < all {
            self.text.push_str(&more(all - shown));
        }
    }

    /// Adds lines behind a summary that opens them; of so many bytes at most.
    pub fn details(&mut self, summary: &str, text: &str, most: usize, more: impl Fn(usize) -> String) {
        let most = most.min(self.room()).saturating_sub(summary.len() + 100);
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            if end + line.len() > most {
                break;
            }
            end += line.len();
        }
        let (shown, left) = text.split_at(end);
        let left = left.lines().count();
        self.text.push_str(&format!("\n<details><summary>{summary}</summary>\n\n"));
        if !shown.is_empty() {
            self.text.push_str(&super::text::block(shown));
        }
        if left > 0 {
            self.text.push_str(&format!("\n{}\n", more(left)));
        }
        self.text.push_str("\n</details>\n");
    }

    pub fn into_text(self) -> String {
        self.text
    }
}
