//! How a report may look where it is going: given by the caller, who knows the
//! terminal, the environment and the flags.

/// What the place can show that a report is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether colours are wanted.
    pub colour: bool,
    /// Cells in a line; 100 where nobody says.
    pub width: usize,
    /// Whether marks beyond ASCII can be shown; not so in a C locale.
    pub unicode: bool,
    /// Whether a person looks at it; into a pipe or a file nothing is cut.
    pub is_terminal: bool,
}

impl Look {
    /// Plain text of 100 cells, for a pipe or a file.
    pub const PLAIN: Look = Look { colour: false, width: 100, unicode: true, is_terminal: false };

    /// Between what was and what will be.
    pub fn arrow(&self) -> &'static str {
        self.either("→", "->")
    }

    /// Where something was left away.
    pub fn ellipsis(&self) -> &'static str {
        self.either("…", "...")
    }

    /// Before what is done.
    pub fn done(&self) -> &'static str {
        self.either("✓", "ok")
    }

    /// Before what failed.
    pub fn failed(&self) -> &'static str {
        self.either("✗", "failed")
    }

    /// Before what is left out.
    pub fn left_out(&self) -> &'static str {
        self.either("·", ".")
    }

    /// Between groups of three digits.
    pub fn between_digits(&self) -> &'static str {
        self.either("\u{a0}", " ")
    }

    /// One of two spellings.
    pub fn either(&self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.unicode { unicode } else { ascii }
    }
}

impl Default for Look {
    fn default() -> Self {
        Look::PLAIN
    }
}
