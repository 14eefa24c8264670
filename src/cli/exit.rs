//! How the program ends. The codes are a promise: scripts stand on them.

use crate::engine::outcome::{ChannelOutcome, FeedFate, FindingGroup};
use crate::engine::{Feeds, Outcome, StopAfter};
use crate::finding::Severity;

/// How the program ends; the worse, the greater, but for a part that was delivered and a person who stopped it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing to say.
    Clean,
    /// Differences, or errors in the data.
    Found,
    /// A guard, or nothing valid to write.
    Refused,
    /// Usage, config, an input that cannot be trusted.
    Failed,
    /// At least one channel was delivered and at least one was not.
    Partial,
    /// Stopped by the person.
    Interrupted,
}

impl Exit {
    /// Every way to end, with its code and meaning.
    pub const ALL: [(Exit, u8, &'static str); 6] = [
        (Exit::Clean, 0, "clean"),
        (Exit::Found, 1, "found: changes, errors in the data"),
        (Exit::Failed, 2, "failed"),
        (Exit::Refused, 3, "refused"),
        (Exit::Partial, 4, "partial"),
        (Exit::Interrupted, 130, "stopped"),
    ];

    /// The code.
    pub fn code(self) -> u8 {
        Exit::ALL.iter().find(|way| way.0 == self).map_or(2, |way| way.1)
    }
}

/// How a run ends that has an outcome: the worst over its channels.
pub fn of(outcome: &Outcome, stop_after: StopAfter, feeds: &Feeds, exit_zero: bool) -> Exit {
    let channels = outcome.channels.iter().map(|channel| match stop_after {
        _ if channel.failed.is_some() => Exit::Failed,
        // beside a baseline only what is new fails, and that is what findings are left of
        StopAfter::Validate if outcome.baseline.is_some() => found(has_errors(&channel.findings)),
        StopAfter::Validate => found(has_errors(&channel.findings) || !channel.invalid.is_empty()),
        // what is wrong with the export is said and may hide a change, but it is none
        StopAfter::Diff => found(channel.differs()),
        StopAfter::Render => rendered(channel, feeds),
    });
    let catalog = found(stop_after == StopAfter::Validate && has_errors(&outcome.findings));
    // a SKU that nothing has is a slip of the pen: what was found of the others is not what was asked
    let asked = outcome.skus.iter().map(|sku| if sku.is_met { Exit::Clean } else { Exit::Failed });
    match channels.chain(asked).fold(catalog, Exit::max) {
        Exit::Found if exit_zero => Exit::Clean,
        worst => worst,
    }
}

fn found(is: bool) -> Exit {
    if is { Exit::Found } else { Exit::Clean }
}

fn has_errors(findings: &[FindingGroup]) -> bool {
    findings.iter().any(is_error)
}

fn is_error(group: &FindingGroup) -> bool {
    group.severity == Severity::Error && group.count > 0
}

fn rendered(channel: &ChannelOutcome, feeds: &Feeds) -> Exit {
    let fate = channel.feed.as_ref().map(|feed| feed.fate);
    match fate {
        Some(FeedFate::WouldDiffer) => Exit::Found,
        Some(FeedFate::Refused) => Exit::Refused,
        _ if channel.is_refused() && !matches!(feeds, Feeds::Check) => Exit::Refused,
        _ => Exit::Clean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::outcome::{Counts, ExistingSeen, FeedSeen, LeftOut};
    use crate::finding::Refusal;
    use crate::plan::guard::GuardVerdict;

    fn guard(ok: bool, allowed: bool) -> GuardVerdict {
        GuardVerdict { name: "max-delete", count: 1, ok, allowed, ..GuardVerdict::default() }
    }

    fn changed() -> ChannelOutcome {
        ChannelOutcome { counts: Counts { update: 1, ..Counts::default() }, ..ChannelOutcome::default() }
    }

    fn with_feed(fate: FeedFate) -> ChannelOutcome {
        ChannelOutcome { feed: Some(FeedSeen { fate, ..FeedSeen::default() }), ..changed() }
    }

    fn end(channels: Vec<ChannelOutcome>, stop_after: StopAfter) -> Exit {
        of(&Outcome { channels, ..Outcome::default() }, stop_after, &Feeds::Write, false)
    }

    #[test]
    fn validate_ends_with_errors_in_the_data_only() {
        let invalid = ChannelOutcome { invalid: vec![LeftOut::default()], ..changed() };
        assert_eq!(end(vec![changed()], StopAfter::Validate), Exit::Clean);
        assert_eq!(end(vec![changed(), invalid.clone()], StopAfter::Validate), Exit::Found);
        let outcome = Outcome { channels: vec![invalid], ..Outcome::default() };
        assert_eq!(of(&outcome, StopAfter::Validate, &Feeds::Write, true), Exit::Clean);
    }

    #[test]
    fn errors_of_the_export_are_no_change() {
        let error = FindingGroup {
            code: "export/key-equal".to_owned(),
            severity: Severity::Error,
            what: String::new(),
            fix: String::new(),
            in_common: String::new(),
            file: "x.xml".to_owned(),
            count: 1,
            places: Vec::new(),
            prints: Vec::new(),
        };
        let existing = Some(ExistingSeen { path: "x.xml".to_owned(), ..ExistingSeen::default() });
        let channel = ChannelOutcome { existing, findings: vec![error], ..ChannelOutcome::default() };
        assert_eq!(end(vec![channel], StopAfter::Diff), Exit::Clean);
    }

    #[test]
    fn diff_never_refuses() {
        let refused = ChannelOutcome { guards: vec![guard(false, false)], ..changed() };
        assert_eq!(end(vec![refused], StopAfter::Diff), Exit::Found);
        assert_eq!(end(vec![ChannelOutcome::default()], StopAfter::Diff), Exit::Clean);
    }

    #[test]
    fn a_channel_that_failed_is_worse_than_any_refusal() {
        let failed = ChannelOutcome { failed: Some(Refusal::whole("x.xml", "it is cut", "")), ..changed() };
        for stop_after in [StopAfter::Validate, StopAfter::Diff, StopAfter::Render] {
            assert_eq!(end(vec![with_feed(FeedFate::Refused), failed.clone()], stop_after), Exit::Failed);
        }
    }

    #[test]
    fn render_ends_with_the_worst() {
        let written = with_feed(FeedFate::Written);
        assert_eq!(end(vec![written.clone()], StopAfter::Render), Exit::Clean);
        assert_eq!(end(vec![with_feed(FeedFate::Refused), written.clone()], StopAfter::Render), Exit::Refused);
        assert_eq!(end(vec![with_feed(FeedFate::WouldDiffer)], StopAfter::Render), Exit::Found);
        let stopped = ChannelOutcome { guards: vec![guard(false, false)], ..written.clone() };
        assert_eq!(end(vec![stopped], StopAfter::Render), Exit::Refused);
        let allowed = ChannelOutcome { guards: vec![guard(false, true)], ..written };
        assert_eq!(end(vec![allowed], StopAfter::Render), Exit::Clean);
    }

    #[test]
    fn the_codes_are_a_promise() {
        let codes: Vec<u8> = Exit::ALL.iter().map(|way| way.0.code()).collect();
        assert_eq!(codes, [0, 1, 2, 3, 4, 130]);
    }
}
