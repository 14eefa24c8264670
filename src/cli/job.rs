//! What a command line comes to: the same walk for every command, stopped at
//! another place and shown in another way.

use std::path::Path;

use crate::engine::{Allow, Feeds, SkuPattern, StopAfter};
use crate::report::{Format, Options, View};

use super::args::{self, Common, Outputs};

/// What is to be done, and how it is shown.
pub(super) struct Job<'i> {
    /// `validate`, `diff`, `render`.
    pub name: &'static str,
    /// Where the walk ends.
    pub stop_after: StopAfter,
    /// Channels by name; all where none is named.
    pub channels: &'i [String],
    /// The channel whose rules count for feeds that are looked at by themselves; they stand in the place of channels.
    pub rules: Option<&'i str>,
    /// Only these SKUs.
    pub only: &'i [SkuPattern],
    /// What becomes of the feeds.
    pub feeds: Feeds,
    /// Guards that are opened.
    pub allow: &'i [Allow],
    /// How bad findings are.
    pub severity: &'i args::Severity,
    /// An earlier report, whose findings are known.
    pub baseline: Option<&'i Path>,
    /// Where reports go.
    pub outputs: &'i Outputs,
    /// What they show.
    pub options: Options,
    /// Whether what is found is no reason to end with 1.
    pub exit_zero: bool,
}

impl<'i> Job<'i> {
    pub fn validate(asked: &'i args::Validate, common: &Common) -> Self {
        let options = Options { limit: asked.show.limit, ..options(common) };
        Job {
            rules: asked.rules.as_deref(),
            only: &asked.show.sku,
            exit_zero: asked.exit_zero,
            options,
            baseline: asked.baseline.as_deref(),
            ..Job::plain("validate", &asked.channels, (&asked.output, &asked.severity))
        }
    }

    pub fn diff(asked: &'i args::Diff, common: &Common) -> Self {
        let (only, by, limit) = (asked.only.clone(), asked.by, asked.show.limit);
        let options = Options { view: view(&asked.detail), only, by, limit, ..options(common) };
        let plain = Job::plain("diff", &asked.channels, (&asked.output, &asked.severity));
        Job {
            stop_after: StopAfter::Diff,
            rules: asked.rules.as_deref(),
            only: &asked.show.sku,
            exit_zero: asked.exit_zero,
            options,
            ..plain
        }
    }

    pub fn render(asked: &'i args::Render, common: &Common) -> Self {
        let (feeds, allow, exit_zero) = (feeds(&asked.fate), asked.allow.as_slice(), asked.exit_zero);
        let plain = Job::plain("render", &asked.channels, (&asked.output, &asked.severity));
        Job { stop_after: StopAfter::Render, feeds, allow, exit_zero, options: options(common), ..plain }
    }

    fn plain(
        name: &'static str,
        channels: &'i [String],
        (outputs, severity): (&'i Outputs, &'i args::Severity),
    ) -> Self {
        let (stop_after, options) = (StopAfter::Validate, Options::default());
        let (only, allow, feeds) = (&[], &[], Feeds::default());
        Job {
            name,
            stop_after,
            channels,
            rules: None,
            only,
            feeds,
            allow,
            severity,
            baseline: None,
            outputs,
            options,
            exit_zero: false,
        }
    }

    /// What becomes of the feeds; paths of the command line start from where the program was started.
    pub fn feeds_from(&self, here: &Path) -> Feeds {
        match &self.feeds {
            Feeds::WriteTo(folder) => Feeds::WriteTo(here.join(folder)),
            other => other.clone(),
        }
    }

    /// The formats of all reports.
    pub fn formats(&self) -> impl Iterator<Item = Format> {
        self.outputs.output.iter().map(|output| output.format).chain([self.outputs.format])
    }

    /// How many places of each finding are worth keeping for the reports that were asked for.
    pub fn places(&self) -> usize {
        match self.options.limit {
            Some(0) => usize::MAX,
            limit => self.formats().map(Format::places).max().unwrap_or(0).max(limit.unwrap_or(0)),
        }
    }

    /// Whether some report names the listings of a channel that has nothing yet: of a render only those for programs do.
    pub fn names_all_new(&self) -> bool {
        self.stop_after != StopAfter::Render || self.tells_programs()
    }

    /// Whether a report goes to a program.
    fn tells_programs(&self) -> bool {
        self.formats().any(|format| format != Format::Human)
    }
}

fn options(common: &Common) -> Options {
    Options { quiet: common.quiet, ..Options::default() }
}

fn view(detail: &args::Details) -> View {
    match detail {
        args::Details { stat: true, .. } => View::Stat,
        args::Details { name_only: true, .. } => View::NameOnly,
        args::Details { full: true, .. } => View::Full,
        _ => View::Groups,
    }
}

fn feeds(fate: &args::Fate) -> Feeds {
    match fate {
        args::Fate { check: true, .. } => Feeds::Check,
        args::Fate { discard: true, .. } => Feeds::Discard,
        args::Fate { to: Some(folder), .. } => Feeds::WriteTo(folder.clone()),
        _ => Feeds::Write,
    }
}
