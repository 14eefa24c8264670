//! What feeds by themselves have together, beside what was found in each: codes that are made something else, and what a
//! report tells of rules.

use super::channel::Channel;
use crate::engine::outcome::Outcome;
use crate::engine::pipeline;
use crate::engine::request::{Request, Stop};
use crate::engine::severities::{self, Settled};
use crate::finding::{Code, Codes};

/// It, of all feeds up to now.
#[derive(Debug, Default)]
pub(super) struct Beside {
    rules: Vec<Code>,
    /// What was said of codes that nothing was found under; nothing while no feed was judged.
    unused: Option<Vec<String>>,
}

impl Beside {
    /// What the command line says of the codes of a feed's channel; a baseline knows them then too.
    pub fn levels(
        &self,
        request: &Request<'_>,
        codes: &Codes,
        (channels, own): (&[Channel], &Channel),
    ) -> Result<Settled, Stop> {
        let candidates: Vec<_> = channels.iter().map(|channel| &channel.description).collect();
        let settled = severities::settle_for_feed(request, codes, &candidates)?;
        if let Some(baseline) = &request.watch.baseline {
            baseline.bind_to_feed(codes, &own.id);
        }
        Ok(settled)
    }

    /// Takes what one feed's judgement leaves.
    pub fn take(&mut self, levels: &Settled, codes: Codes) {
        let unused = levels.unused();
        self.unused = Some(match self.unused.take() {
            None => unused,
            // what is used in one of them is used
            Some(before) => before.into_iter().filter(|said| unused.contains(said)).collect(),
        });
        let known = |code: &Code| self.rules.iter().any(|rule| rule.id == code.id);
        let new: Vec<Code> = codes.into_list().into_iter().filter(|code| !known(code)).collect();
        self.rules.extend(new);
    }

    /// Tells it.
    pub fn tell(self, request: &Request<'_>, outcome: &mut Outcome) {
        outcome.rules = self.rules;
        if request.only.is_empty() {
            outcome.unused = self.unused.unwrap_or_default();
        }
        outcome.baseline = pipeline::baseline_seen(request);
    }
}
