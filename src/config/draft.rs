//! A config with all that is known to be wrong with it. What descriptions and files have to say is
//! added before anybody is told, so that one run names every slip.

use std::ops::Range;

use crate::wire::yaml::Problem;

use super::mask;
use super::schema::Config;

/// What came of reading a config.
#[derive(Debug)]
pub struct Draft {
    /// The config, as far as it could be read; `None` where that is nothing.
    pub config: Option<Config>,
    /// Where the master is described.
    pub(super) master: Option<Range<usize>>,
    /// What is wrong so far.
    pub(super) problems: Vec<Problem>,
    /// Where secrets stand as text.
    pub(super) secrets: Vec<Range<usize>>,
}

impl Draft {
    /// That of a document that is no tree.
    pub(super) fn of_no_tree(problems: Vec<Problem>) -> Draft {
        Draft { config: None, master: None, problems, secrets: Vec::new() }
    }

    /// Whether nothing is known to be wrong.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// The config, or all that is wrong with it by itself.
    pub fn finished(self) -> Result<Config, Vec<Problem>> {
        match self {
            Draft { config: Some(config), problems, .. } if problems.is_empty() => Ok(config),
            draft => Err(draft.with(Vec::new())),
        }
    }

    /// Whether something is wrong with what is said of the master: what follows from that is no slip of its own.
    pub fn doubts_master(&self) -> bool {
        self.master.as_ref().is_none_or(|master| self.doubts(master))
    }

    /// Whether something is wrong with what is said of the channel whose name stands there.
    pub fn doubts_channel(&self, name: usize) -> bool {
        let names = self.config.iter().flat_map(|config| &config.channels).map(|channel| channel.name.bytes.start);
        let next = names.filter(|start| *start > name).min().unwrap_or(usize::MAX);
        self.doubts(&(name..next))
    }

    fn doubts(&self, part: &Range<usize>) -> bool {
        self.problems.iter().any(|problem| part.contains(&problem.bytes.start))
    }

    /// All that is wrong, with what was found beside it: the config's own first, in its order, then that of the files
    /// which it names; secrets are masked.
    pub fn with(mut self, more: Vec<Problem>) -> Vec<Problem> {
        self.problems.extend(more);
        let name = match (&self.config, self.problems.first()) {
            (Some(config), _) => config.document.name.clone(),
            (None, first) => first.map(|problem| problem.document.name.clone()).unwrap_or_default(),
        };
        mask::mask(in_order(self.problems, &name), &name, self.secrets)
    }
}

/// Problems in the order in which a person mends them: those of the document of this name first; each is said once.
pub fn in_order(mut problems: Vec<Problem>, first: &str) -> Vec<Problem> {
    problems.sort_by(|one, other| {
        let rank = |problem: &Problem| problem.document.name != first;
        (rank(one), &one.document.name, one.bytes.start).cmp(&(rank(other), &other.document.name, other.bytes.start))
    });
    problems.dedup();
    problems
}
