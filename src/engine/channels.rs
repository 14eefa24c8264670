//! The channels of a run: each with its description, what the merchant gave it, and
//! the condition that leaves offers out. Everything wrong is said at once, before the
//! master is opened.

use std::sync::Arc;

use crate::channel::description::{Description, ListingOf, Setting};
use crate::channel::load::{SourceScope, load};
use crate::channel::names::{SETTING_ROW, SETTINGS};
use crate::channel::project::{Constant, KnownName, LookupData};
use crate::channel::registry;
use crate::channel::settings::settle;
use crate::channel::zones::put_zone;
use crate::config::{
    ChannelConfig, Config, FilePath, SettingGiven, SettingValue, Uses, Written, load as config_load, paths, secret,
};
use crate::expression::{self, Expression, ExpressionError};
use crate::finding::Refusal;
use crate::model::{Kind, Unit, suggestion};
use crate::wire::yaml::{self, Document, Problem, Problems};

use super::{category_lists, lookups, setting_kinds};

/// A channel of the config, with all that belongs to it.
#[derive(Debug)]
pub struct ChannelSetup<'c> {
    /// As the merchant set it up.
    pub config: &'c ChannelConfig,
    /// Its description.
    pub description: Description,
    /// Its settings under their names.
    pub settings: Vec<KnownName>,
    /// The tables it was given, by number in the description.
    pub lookups: Vec<Option<LookupData>>,
    /// Which offers become listings.
    pub only: Option<Expression>,
    /// Number of the shape that is written.
    pub written: usize,
}

/// Sets up the channels of these numbers. What is wrong goes to `problems`.
pub fn set_up<'c>(config: &'c Config, numbers: &[usize], problems: &Problems) -> Vec<ChannelSetup<'c>> {
    let mut setups = Vec::new();
    for channel in numbers.iter().filter_map(|number| config.channels.get(*number)) {
        let Some(described) = description(config, &channel.uses, problems) else {
            only_alone(config, channel, problems);
            continue;
        };
        let Some(mut description) = of_part(config, channel, described, problems) else { continue };
        let settings = settings(config, (Some(&channel.name), &channel.settings), &description, problems);
        setting_kinds::check(config, channel, &description, problems);
        settle(&mut description, &settings);
        take_shop_currency(config, &mut description);
        put_zone(&mut description, &config.timezone, config.timezone_is_said);
        category_lists::read(config, channel, &mut description, problems);
        setups.push(ChannelSetup {
            settings,
            lookups: lookups::read(config, channel, &description, problems),
            only: only(config, channel, &description, problems),
            written: written(config, channel, &description, problems),
            config: channel,
            description,
        });
    }
    setups
}

/// The description of the document that a channel of the config is: its own, or one of the further ones.
fn of_part(
    config: &Config,
    channel: &ChannelConfig,
    description: Description,
    problems: &Problems,
) -> Option<Description> {
    let Some(part) = &channel.part else { return Some(description) };
    let names: Vec<String> = description.documents.iter().map(|document| document.0.clone()).collect();
    let found = description.documents.into_iter().find(|document| document.0 == part.text);
    if found.is_none() {
        let what = format!("{} has no document `{}`", description.title, part.text);
        let label = match names.is_empty() {
            true => "it has one document, the channel's own `feed`".to_owned(),
            false => suggestion(&part.text, names.iter().map(String::as_str), "its description"),
        };
        problems.add(config.problem(part.bytes.clone(), "config/unknown-document", what, label));
    }
    found.map(|document| document.1)
}

/// The description that a config names; what is wrong with it goes to `problems`.
pub fn description(config: &Config, uses: &Uses, problems: &Problems) -> Option<Description> {
    let document = match uses {
        // the config was read against the same list of built-in channels
        Uses::BuiltIn(name) => Document { name: format!("{name}.yaml"), text: registry::text(name)?.to_owned() },
        Uses::Unknown => return None,
        Uses::File(file) => match config_load::text_of(&file.path, &file.shown) {
            Ok(text) => Document { name: file.shown.clone(), text },
            Err(refusal) => {
                problems.add(unreadable(config, file, &refusal));
                return None;
            }
        },
    };
    let own = Problems::default();
    let Some(node) = yaml::parse(document, &own) else {
        own.take().into_iter().for_each(|problem| problems.add(problem));
        return None;
    };
    let description = load(&node, &own);
    let found = match uses {
        Uses::File(_) => secret::in_description(&node, own.take()),
        _ => own.take(),
    };
    let description = description.filter(|_| found.is_empty());
    found.into_iter().for_each(|problem| problems.add(problem));
    description
}

/// The description of a master that is a channel's export, with the answers that stand beside it; nothing that it asks
/// for has to be answered there.
pub fn of_master(config: &Config, mut description: Description, problems: &Problems) -> (Description, Vec<KnownName>) {
    let settings = settings(config, (None, &config.master.settings), &description, problems);
    settle(&mut description, &settings);
    take_shop_currency(config, &mut description);
    (description, settings)
}

/// A channel that takes the shop's own currency takes that one.
fn take_shop_currency(config: &Config, description: &mut Description) {
    if description.takes_shop_currency && !config.shop.currency.is_empty() {
        description.currencies = vec![config.shop.currency.clone()];
    }
}

/// A file that the config names and that cannot be read: at its place in the config, or at the line of the file that
/// is to blame.
pub fn unreadable(config: &Config, file: &FilePath, refusal: &Refusal) -> Problem {
    let Some(line) = refusal.line.filter(|_| !refusal.text.is_empty()) else {
        let near = if file.path.exists() { None } else { paths::near(&file.path, &file.shown) };
        return config.problem(
            file.bytes.clone(),
            "config/path",
            refusal.to_string(),
            near.unwrap_or(refusal.help.clone()),
        );
    };
    // the lines before it are not shown, only counted
    let before = usize::try_from(line).unwrap_or(1).saturating_sub(1);
    let column = refusal.column.and_then(|column| usize::try_from(column).ok());
    let from = column.and_then(|column| refusal.text.char_indices().nth(column.saturating_sub(1))).map(|at| at.0);
    let from = before + from.unwrap_or(0);
    let until = if column.is_some() { from + 1 } else { before + refusal.text.len() };
    let document = Document { name: refusal.input.clone(), text: "\n".repeat(before) + &refusal.text };
    let problem = yaml::problem_at(&Arc::new(document), from..until, "config/path", refusal.what.clone(), "");
    Problem { help: refusal.help.clone(), ..problem }
}

/// The settings that a description asks for: what the merchant gave, else the default. What is required is asked of the
/// channel of this name.
fn settings(
    config: &Config,
    (channel, given): (Option<&Written>, &[SettingGiven]),
    description: &Description,
    problems: &Problems,
) -> Vec<KnownName> {
    let names = || description.settings.iter().map(|setting| setting.name.as_str());
    for given in given {
        if !names().any(|name| name == given.name.text) {
            let what = format!("{} asks for no setting `{}`", description.title, given.name.text);
            let label = suggestion(&given.name.text, names(), "its description");
            problems.add(config.problem(given.name.bytes.clone(), "config/unknown-setting", what, label));
        }
    }
    description.settings.iter().filter_map(|setting| known(config, (channel, given), setting, problems)).collect()
}

fn known(
    config: &Config,
    (channel, given): (Option<&Written>, &[SettingGiven]),
    setting: &Setting,
    problems: &Problems,
) -> Option<KnownName> {
    let name = format!("settings.{}", setting.name);
    let given = given.iter().find(|given| given.name.text == setting.name);
    let (value, rows) = match (given, &setting.default, channel) {
        (Some(given), _, _) => constant(config, setting, given, problems)?,
        (None, Some(default), _) => (of_kind(default, setting.kind)?, Vec::new()),
        (None, None, Some(channel)) if setting.required => {
            let what = format!("{} needs the setting `{}`: {}", channel.text, setting.name, setting.about);
            let label = format!("write settings: {{{}: …}} here", setting.name);
            problems.add(config.problem(channel.bytes.clone(), "config/missing-setting", what, label));
            return None;
        }
        (None, None, _) => (Constant::Unsaid, Vec::new()),
    };
    Some(KnownName { name, value, rows })
}

fn constant(
    config: &Config,
    setting: &Setting,
    given: &SettingGiven,
    problems: &Problems,
) -> Option<(Constant, Vec<String>)> {
    let text = |text: &String| Constant::Text(text.clone());
    match (&given.value, setting.kind) {
        (SettingValue::Table(pairs), Kind::Table) => {
            let rows = pairs.iter().map(|(key, value)| vec![text(&key.text), text(value)]).collect();
            Some((Constant::Table(rows), SETTING_ROW.iter().map(|column| column.name.to_owned()).collect()))
        }
        (SettingValue::List(items), Kind::List) => Some((Constant::List(items.clone()), Vec::new())),
        (SettingValue::Text(value), kind) if of_kind(value, kind).is_some() => {
            Some((of_kind(value, kind)?, Vec::new()))
        }
        (SettingValue::Secret(secret), Kind::Text) => Some((Constant::Text(secret.reveal().to_owned()), Vec::new())),
        _ => {
            let what = format!("the setting `{}` must be {}", setting.name, setting.kind.in_words());
            problems.add(config.problem(given.bytes.clone(), "config/kind", what, setting.about.clone()));
            None
        }
    }
}

/// A single answer as the setting's kind wants it.
fn of_kind(text: &str, kind: Kind) -> Option<Constant> {
    match kind {
        Kind::Table | Kind::List | Kind::Interval => None,
        Kind::Flag => match text {
            "true" | "yes" => Some(Constant::Flag(true)),
            "false" | "no" => Some(Constant::Flag(false)),
            _ => None,
        },
        kind if kind.is_number() => Some(Constant::Number(text.parse().ok()?, Unit::NONE)),
        _ => Some(Constant::Text(text.to_owned())),
    }
}

/// Says what is wrong with the condition of a channel whose description nobody has.
fn only_alone(config: &Config, channel: &ChannelConfig, problems: &Problems) {
    let Some(written) = &channel.only else { return };
    let scope = SourceScope {
        in_head: false,
        listing: ListingOf::Offer,
        row: None,
        row_too: &[],
        parts: &[],
        per: false,
        settings: &[],
    };
    let parsed = expression::parse(&written.text);
    let speaks_of_settings =
        parsed.as_ref().is_ok_and(|parsed| parsed.names().iter().any(|used| used.name.starts_with(SETTINGS)));
    if speaks_of_settings {
        return;
    }
    if let Err(error) = parsed.and_then(|parsed| parsed.check_condition(&scope).map(|_| ())) {
        problems.add(problem(config, channel, error));
    }
}

/// The condition that leaves offers out, parsed and typed.
fn only(
    config: &Config,
    channel: &ChannelConfig,
    description: &Description,
    problems: &Problems,
) -> Option<Expression> {
    let written = channel.only.as_ref()?;
    let scope = SourceScope::of_offers(description);
    let say = |error: ExpressionError| problem(config, channel, error);
    let parsed = expression::parse(&written.text);
    let checked = parsed.and_then(|parsed| parsed.check_condition(&scope).map(|()| parsed));
    checked.map_err(|error| problems.add(say(error))).ok()
}

fn problem(config: &Config, channel: &ChannelConfig, error: ExpressionError) -> Problem {
    let bytes = match &channel.only {
        Some(written) => written.part(&config.document, error.bytes),
        None => channel.name.bytes.clone(),
    };
    config.problem(bytes, "config/expression", error.what, error.help)
}

/// The shape that is written: the one asked for, else the first that may be.
fn written(config: &Config, channel: &ChannelConfig, description: &Description, problems: &Problems) -> usize {
    let possible = || description.shapes.iter().filter(|shape| !shape.read_only).map(|shape| shape.name.as_str());
    let first = description.shapes.iter().position(|shape| !shape.read_only).unwrap_or(0);
    let Some(wanted) = &channel.shape else { return first };
    let found = description.shapes.iter().position(|shape| shape.name == wanted.text && !shape.read_only);
    found.unwrap_or_else(|| {
        let what = format!("{} writes no shape `{}`", description.title, wanted.text);
        let label = suggestion(&wanted.text, possible(), "its description");
        problems.add(config.problem(wanted.bytes.clone(), "config/unknown-shape", what, label));
        first
    })
}
