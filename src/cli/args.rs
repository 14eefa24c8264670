//! The command line as clap reads it. Every flag has one line of help here; the
//! frames around them, with exit codes and examples, stand in `help/`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::engine::{Allow, SkuPattern};
use crate::report::{By, Format, Only};

use super::values::{self, Output};

/// Everything that was asked for.
#[derive(Debug, Parser)]
#[command(
    name = "offersync",
    version,
    about = "Keeps your sales channels in step with your master.",
    help_template = include_str!("help/top.txt"),
    after_help = include_str!("help/top-end.txt"),
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
pub struct Invocation {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What every command takes.
    #[command(flatten)]
    pub common: Common,
    /// Print the version
    #[arg(long, short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Common")]
pub struct Common {
    /// The config; else OFFERSYNC_CONFIG, else offersync.yaml here or above
    #[arg(long, short, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Another master than the config's
    #[arg(long, global = true, value_name = "FILE")]
    pub master: Option<PathBuf>,
    /// Say only what is refused or failed
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: what was guessed, each phase
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// Colours: auto, always, never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: When,
    /// Progress on a terminal: auto, never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub progress: Progress,
    /// Read no address
    #[arg(long, global = true)]
    pub offline: bool,
    /// Let addresses lead into private networks
    #[arg(long, global = true, conflicts_with = "offline")]
    pub private: bool,
    /// How many threads work; else up to one per core
    #[arg(long, short = 'j', global = true, value_name = "N", value_parser = values::threads)]
    pub threads: Option<NonZeroUsize>,
    /// Print the effective config, with where each value came from
    #[arg(long, global = true)]
    pub print_config: bool,
    /// Print this help
    #[arg(long, short, global = true, action = ArgAction::HelpShort)]
    help: Option<bool>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Proposes a config.
    #[command(about = include_str!("help/init.txt"), after_help = include_str!("help/init-end.txt"))]
    Init(Init),
    /// Checks the data.
    #[command(
        about = include_str!("help/validate.txt"),
        after_help = include_str!("help/validate-end.txt"),
        override_usage = "offersync validate [OPTIONS] [CHANNEL]...\n       offersync validate [OPTIONS] --as <CHANNEL> <FEED>..."
    )]
    Validate(Validate),
    /// Shows what would change.
    #[command(
        about = include_str!("help/diff.txt"),
        after_help = include_str!("help/diff-end.txt"),
        override_usage = "offersync diff [OPTIONS] [CHANNEL]...\n       offersync diff [OPTIONS] --as <CHANNEL> <OLD> <NEW>"
    )]
    Diff(Diff),
    /// Writes the feeds.
    #[command(about = include_str!("help/render.txt"), after_help = include_str!("help/render-end.txt"))]
    Render(Render),
    /// Shows what channels know and want.
    #[command(about = include_str!("help/channels.txt"), after_help = include_str!("help/channels-end.txt"))]
    Channels(Channels),
    /// Explains a finding.
    #[command(about = include_str!("help/explain.txt"), after_help = include_str!("help/explain-end.txt"))]
    Explain(Explain),
    /// Prints JSON Schema.
    #[command(about = include_str!("help/schema.txt"), after_help = include_str!("help/schema-end.txt"))]
    Schema(Schema),
    /// Prints a shell's completions.
    #[command(about = include_str!("help/completions.txt"), after_help = include_str!("help/completions-end.txt"))]
    Completions(Completions),
    /// Prints a manual page.
    #[command(about = include_str!("help/man.txt"), after_help = include_str!("help/man-end.txt"))]
    Man(Man),
}

/// `init`
#[derive(Debug, Args)]
pub struct Init {
    /// Your file of offers; else the only one in this folder
    #[arg(value_name = "MASTER")]
    pub file: Option<PathBuf>,
    /// Where you sell: a built-in channel, or the file of one that you described (repeatable)
    #[arg(long, value_name = "NAME", help_heading = "Config")]
    pub channel: Vec<String>,
}

/// `validate`
#[derive(Debug, Args)]
pub struct Validate {
    /// Which channels; all of the config where none is named. With --as: files, patterns, addresses, `-` for stdin
    #[arg(value_name = "CHANNEL")]
    pub channels: Vec<String>,
    /// Feeds by themselves, without a config, by the rules of this channel: its name, the file of one that you
    /// described, or auto
    #[arg(long = "as", value_name = "CHANNEL", conflicts_with_all = ["config", "master"])]
    pub rules: Option<String>,
    /// What is shown.
    #[command(flatten)]
    pub show: Show,
    /// How bad findings are.
    #[command(flatten)]
    pub severity: Severity,
    /// An earlier json report: only what is new fails and is shown
    #[arg(long, value_name = "FILE", help_heading = "Severity")]
    pub baseline: Option<PathBuf>,
    /// Where it goes.
    #[command(flatten)]
    pub output: Outputs,
    /// End with 0 also where errors were found
    #[arg(long, help_heading = "Output")]
    pub exit_zero: bool,
}

/// `diff`
#[derive(Debug, Args)]
pub struct Diff {
    /// Which channels; all of the config where none is named. With --as: the older feed, then the newer
    #[arg(value_name = "CHANNEL")]
    pub channels: Vec<String>,
    /// Two feeds of this channel, without a config: its name, the file of one that you described, or auto
    #[arg(long = "as", value_name = "CHANNEL", conflicts_with_all = ["config", "master"])]
    pub rules: Option<String>,
    /// How much of each change.
    #[command(flatten)]
    pub detail: Details,
    /// Only delete, create, update, or one field: price (repeatable)
    #[arg(long, value_name = "WHAT", value_parser = values::only, value_delimiter = ',', help_heading = "Show")]
    pub only: Vec<Only>,
    /// Group by brand, category, field or cause
    #[arg(long, value_name = "TRAIT", value_parser = values::by, help_heading = "Show")]
    pub by: Option<By>,
    /// What is shown.
    #[command(flatten)]
    pub show: Show,
    /// How bad findings are.
    #[command(flatten)]
    pub severity: Severity,
    /// Where it goes.
    #[command(flatten)]
    pub output: Outputs,
    /// End with 0 also where something would change
    #[arg(long, help_heading = "Output")]
    pub exit_zero: bool,
}

/// `render`
#[derive(Debug, Args)]
pub struct Render {
    /// Which channels; all of the config where none is named
    #[arg(value_name = "CHANNEL")]
    pub channels: Vec<String>,
    /// What becomes of the feeds.
    #[command(flatten)]
    pub fate: Fate,
    /// Let a guard pass so many and not one more: max-delete=412 (repeatable)
    #[arg(long, value_name = "GUARD=N", value_parser = values::allow, help_heading = "Feeds")]
    pub allow: Vec<Allow>,
    /// How bad findings are.
    #[command(flatten)]
    pub severity: Severity,
    /// Where it goes.
    #[command(flatten)]
    pub output: Outputs,
    /// With --check: end with 0 also where a feed would differ
    #[arg(long, requires = "check", help_heading = "Output")]
    pub exit_zero: bool,
}

/// `channels`
#[derive(Debug, Args)]
pub struct Channels {
    /// A channel to look at: a built-in one, or the file of one that you described
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Only the names of the config's channels, one a line
    #[arg(long, conflicts_with = "name", help_heading = "Show")]
    pub configured: bool,
    /// Print its description, to start one of your own from
    #[arg(long, requires = "name", help_heading = "Show")]
    pub yaml: bool,
    /// Search its list of categories: ids and paths that have these words, or words that begin so
    #[arg(long, value_name = "WORDS", requires = "name", conflicts_with = "yaml", num_args = 1.., help_heading = "Show")]
    pub category: Vec<String>,
    /// Fields or categories shown; 0 is all [default: 20]
    #[arg(long, value_name = "N", value_parser = values::limit, conflicts_with = "yaml", help_heading = "Show")]
    pub limit: Option<usize>,
}

/// `explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// A code, as reports show it; without one all of them are listed
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// `schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// config, channel (a description), or report (the json report)
    #[arg(value_name = "OF", hide_possible_values = true)]
    pub of: SchemaOf,
}

/// What a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `offersync.yaml`.
    Config,
    /// A channel's description.
    Channel,
    /// The json report.
    Report,
}

/// `completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// bash, zsh or fish
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: Shell,
}

/// A shell that completes commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Of GNU.
    Bash,
    /// Of macOS.
    Zsh,
    /// The friendly one.
    Fish,
}

/// `man`
#[derive(Debug, Args)]
pub struct Man {
    /// A command; without one the page of offersync itself
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Which offers, and how many of each group.
#[derive(Debug, Args)]
#[command(next_help_heading = "Show")]
pub struct Show {
    /// Only these SKUs; * and ? stand for anything (repeatable)
    #[arg(long, value_name = "GLOB", value_parser = values::sku)]
    pub sku: Vec<SkuPattern>,
    /// Rows of each group; 0 is all [default: 3, with one channel 20]
    #[arg(long, value_name = "N", value_parser = values::limit)]
    pub limit: Option<usize>,
}

/// How much of each change.
#[derive(Debug, Args)]
#[group(multiple = false)]
#[command(next_help_heading = "Show")]
pub struct Details {
    /// Counts only
    #[arg(long)]
    pub stat: bool,
    /// Channel, kind and SKU, separated by tabs
    #[arg(long)]
    pub name_only: bool,
    /// Every listing with whole texts
    #[arg(long)]
    pub full: bool,
}

/// What becomes of the feeds.
#[derive(Debug, Args)]
#[group(multiple = false)]
#[command(next_help_heading = "Feeds")]
pub struct Fate {
    /// Compare with the feeds that are there, write nothing
    #[arg(long)]
    pub check: bool,
    /// Render and write nowhere, to measure
    #[arg(long)]
    pub discard: bool,
    /// Write them to this folder instead, each named after its channel
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}

/// How bad findings are.
#[derive(Debug, Args)]
#[command(next_help_heading = "Severity")]
pub struct Severity {
    /// Hear nothing of a code, and let its offers go (repeatable)
    #[arg(short = 'A', value_name = "CODE", value_delimiter = ',')]
    pub allowed: Vec<String>,
    /// Make a code a warning (repeatable)
    #[arg(short = 'W', value_name = "CODE", value_delimiter = ',')]
    pub warned: Vec<String>,
    /// Make a code an error, or everything that is a warning: warnings (repeatable)
    #[arg(short = 'D', long = "deny", value_name = "CODE", value_delimiter = ',')]
    pub denied: Vec<String>,
}

/// Where reports go.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Outputs {
    /// What stands on stdout: human, json, markdown, github, sarif, junit
    #[arg(long, value_name = "FORMAT", value_parser = values::format, default_value = "human", hide_default_value = true)]
    pub format: Format,
    /// A report in a file: json=plan.json (repeatable)
    #[arg(short, long = "output", value_name = "FORMAT=FILE", value_parser = values::output)]
    pub output: Vec<Output>,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// Where a terminal shows them.
    Auto,
    /// In any case.
    Always,
    /// In no case.
    Never,
}

/// When progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Progress {
    /// Where it takes long.
    Auto,
    /// In no case.
    Never,
}
