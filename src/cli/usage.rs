//! Reading the command line: help and version are answers, everything else that
//! cannot be read is told with what was probably meant.

use clap::builder::styling::{AnsiColor, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

use super::args::{Invocation, When};
use super::later;
use super::surroundings::Surroundings;
use super::terminal;

/// What is said instead of running.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Whether it was asked for: to stdout, and all is well; else to stderr, and the program failed.
    pub asked_for: bool,
}

/// Longer lines of help are hard to read.
const WIDEST_HELP: usize = 100;

const STYLES: Styles = Styles::plain()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(AnsiColor::Red.on_default().bold())
    .valid(AnsiColor::Cyan.on_default())
    .invalid(AnsiColor::Yellow.on_default());

/// What was asked for, or what is to be said instead.
pub fn read(world: &Surroundings<'_>) -> Result<Invocation, Said> {
    let width = terminal::width(world.env, world.stdout.width).min(WIDEST_HELP);
    let command = Invocation::command().styles(STYLES).term_width(width);
    let mut arguments = world.arguments.clone();
    if asks_only_for_config(&arguments, &command) {
        // a config is the same for every command
        arguments.push("validate".into());
    }
    let matches = command.try_get_matches_from(&arguments);
    let read = matches.and_then(|matches| Invocation::from_arg_matches(&matches));
    read.map_err(|error| said(&error, world))
}

/// Whether `--print-config` stands there and no command.
fn asks_only_for_config(arguments: &[std::ffi::OsString], command: &clap::Command) -> bool {
    let is_command =
        |argument: &std::ffi::OsString| command.get_subcommands().any(|known| *argument == *known.get_name());
    arguments.iter().any(|argument| argument == "--print-config") && !arguments.iter().any(is_command)
}

fn said(error: &clap::Error, world: &Surroundings<'_>) -> Said {
    let asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    let stream = if asked_for { &world.stdout } else { &world.stderr };
    let color = terminal::color(color_choice(world), world.env, stream.is_terminal);
    let is_unknown = matches!(error.kind(), ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument);
    if let Some(text) = is_unknown.then(|| in_our_words(error, world)).flatten() {
        let (open, close) = if color { ("\u{1b}[1m\u{1b}[31m", "\u{1b}[0m") } else { ("", "") };
        return Said { text: format!("{open}error{close}: {text}\n"), asked_for };
    }
    let rendered = error.render();
    let text = if color { rendered.ansi().to_string() } else { rendered.to_string() };
    Said { text, asked_for }
}

/// What `--color` says, where the command line could not be read.
fn color_choice(world: &Surroundings<'_>) -> When {
    let mut choice = When::Auto;
    let mut arguments = world.arguments.iter().filter_map(|argument| argument.to_str()).peekable();
    while let Some(argument) = arguments.next() {
        let said = match argument.strip_prefix("--color") {
            Some("") => arguments.peek().copied(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        match said {
            Some("always") => choice = When::Always,
            Some("never") => choice = When::Never,
            _ => {}
        }
    }
    choice
}

/// What is said of a command or flag of a later version, or of one that a command must not have.
fn in_our_words(error: &clap::Error, world: &Surroundings<'_>) -> Option<String> {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    if let Some(flag) = text(ContextKind::InvalidArg) {
        let mut words = world.arguments.iter().filter_map(|argument| argument.to_str());
        let not_here = words.find_map(|command| later::not_here(command, flag));
        return not_here.map(str::to_owned).or_else(|| later::flag(flag));
    }
    let what = later::command(text(ContextKind::InvalidSubcommand)?)?;
    Some(format!("{what}\n  today: offersync init, validate, diff, render, channels, explain"))
}
