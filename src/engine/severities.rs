//! Codes that are made something else than they are: by the config for all or for one channel, by
//! the command line for this run. What was meant for nothing is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::channel::codes;
use crate::channel::description::Description;
use crate::channel::plan::{ChannelPlan, FieldPlan};
use crate::config::{ChannelConfig, Config, SeveritySet};
use crate::finding::{CodeNo, Codes, Level, Levels, Severity};
use crate::model::nearest;
use crate::wire::yaml::Problems;

use super::channels::{self, ChannelSetup};
use super::request::{Request, Stop};

/// A code that is made something else for one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The code.
    pub code: String,
    /// What it is made.
    pub level: Level,
    /// How it was said, `-A`.
    pub flag: &'static str,
}

/// What the command line says of severities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Severities {
    /// Codes that are made something else.
    pub given: Vec<Override>,
    /// Every warning is an error, but for those of codes that the command line itself makes one.
    pub deny_warnings: bool,
}

/// What all of it comes to.
#[derive(Debug, Default)]
pub struct Settled {
    /// For what is found in the master.
    pub catalog: Levels,
    /// For each channel of the run.
    pub channels: Vec<Levels>,
    said: Vec<Said>,
}

/// Something that was said of a code, and whether anything was found under it.
#[derive(Debug)]
struct Said {
    words: String,
    met: Arc<AtomicBool>,
}

/// What is known of the codes of a run.
struct Known<'k> {
    config: &'k Config,
    codes: &'k Codes,
    /// Whether it is a code of a channel that is not looked at.
    is_of_others: &'k dyn Fn(&str) -> bool,
}

/// Finds out which codes are meant. An unknown one is a slip: in the config it goes to `problems`, on the command line it
/// stops the run.
pub fn settle(
    request: &Request<'_>,
    setups: &[ChannelSetup<'_>],
    codes: &Codes,
    problems: &Problems,
) -> Result<Settled, Stop> {
    let is_of_others = |code: &str| is_of_others(request, code);
    let known = Known { config: request.config, codes, is_of_others: &is_of_others };
    let mut settled = Settled { channels: vec![Levels::default(); setups.len()], ..Settled::default() };
    for set in &request.config.severity {
        if let Some(code) = known.of_config(set, None, problems) {
            let met = settled.note(format!("`severity` of {}: {}", request.config.document.name, set.code.text));
            settled.everywhere(code, set.level, &met);
        }
    }
    for (number, setup) in setups.iter().enumerate() {
        for set in &setup.config.severity {
            let Some(code) = known.of_config(set, Some((setup.config, &setup.description)), problems) else { continue };
            let met = settled.note(format!("`severity` of {}: {}", setup.config.name.text, set.code.text));
            if let Some(levels) = settled.channels.get_mut(number) {
                levels.put(code, set.level, Some(met));
            }
        }
    }
    settled.of_command_line(request, &known)?;
    Ok(settled)
}

/// Slips in the codes that a config names, where the walk ends before it knows those of the run: a config is mended once.
pub fn slips(config: &Config, problems: &Problems) {
    let (quiet, mut codes) = (Problems::default(), Codes::new());
    let described: Vec<Option<Description>> =
        config.channels.iter().map(|channel| channels::description(config, &channel.uses, &quiet)).collect();
    for description in described.iter().flatten() {
        let documents = description.documents.iter().map(|document| &document.1);
        for code in std::iter::once(description).chain(documents).flat_map(codes::all) {
            if codes.number(&code.id).is_none() {
                codes.add(code);
            }
        }
    }
    let known = Known { config, codes: &codes, is_of_others: &|_| false };
    // of a channel that cannot be read nobody knows the codes
    if described.iter().all(Option::is_some) {
        for set in &config.severity {
            known.of_config(set, None, problems);
        }
    }
    for (channel, description) in config.channels.iter().zip(&described) {
        for set in channel.severity.iter().filter(|_| description.is_some()) {
            known.of_config(set, description.as_ref().map(|one| (channel, one)), problems);
        }
    }
}

/// The same for a feed by itself, which no config speaks of; `others` are the channels that came into question beside its
/// own.
pub fn settle_for_feed(request: &Request<'_>, codes: &Codes, others: &[&Description]) -> Result<Settled, Stop> {
    let is_of_others = |code: &str| others.iter().any(|one| codes::all(one).iter().any(|one| one.id == code));
    let mut settled = Settled::default();
    settled.of_command_line(request, &Known { config: request.config, codes, is_of_others: &is_of_others })?;
    Ok(settled)
}

impl Settled {
    /// Takes what the command line says.
    fn of_command_line(&mut self, request: &Request<'_>, known: &Known<'_>) -> Result<(), Stop> {
        let mut spared = Vec::new();
        for given in &request.severities.given {
            if let Some(code) = known.of_command_line(given)? {
                let met = self.note(format!("{} {}", given.flag, given.code));
                self.everywhere(code, given.level, &met);
                spared.push(code);
            }
        }
        if request.severities.deny_warnings {
            let levels = std::iter::once(&mut self.catalog).chain(&mut self.channels);
            levels.for_each(|levels| levels.deny_warnings(known.codes, &spared));
        }
        Ok(())
    }

    /// What was said of codes that nothing was found under.
    pub fn unused(&self) -> Vec<String> {
        let unused = self.said.iter().filter(|said| !said.met.load(Ordering::Relaxed));
        unused.map(|said| said.words.clone()).collect()
    }

    fn note(&mut self, words: String) -> Arc<AtomicBool> {
        let met = Arc::new(AtomicBool::new(false));
        self.said.push(Said { words, met: Arc::clone(&met) });
        met
    }

    fn everywhere(&mut self, code: CodeNo, level: Level, met: &Arc<AtomicBool>) {
        for levels in std::iter::once(&mut self.catalog).chain(&mut self.channels) {
            levels.put(code, level, Some(Arc::clone(met)));
        }
    }
}

impl Known<'_> {
    /// The number of a code that the config names; `None` for a slip, and for one of a channel that nobody looks at.
    fn of_config(
        &self,
        set: &SeveritySet,
        of: Option<(&ChannelConfig, &Description)>,
        problems: &Problems,
    ) -> Option<CodeNo> {
        let (config, code) = (self.config, set.code.text.as_str());
        let place = |what: String, label: String| {
            problems.add(config.problem(set.code.bytes.clone(), "config/unknown-code", what, label));
        };
        if let Some((channel, description)) = of {
            let its_own = format!("{}/", description.id);
            if !code.starts_with(&its_own) && !code.starts_with("export/") {
                let name = &channel.name.text;
                let label = format!(
                    "possible here: `{its_own}…` and `export/…`; for others write `severity` beside `channels`"
                );
                place(format!("`{code}` is not found by the rules of {name}"), label);
                return None;
            }
        }
        let number = self.codes.number(code);
        if number.is_none() && !(self.is_of_others)(code) {
            place(format!("there is no code `{code}`"), self.near(code));
        }
        number
    }

    fn of_command_line(&self, given: &Override) -> Result<Option<CodeNo>, Stop> {
        let number = self.codes.number(&given.code);
        if number.is_none() && !(self.is_of_others)(&given.code) {
            let what = format!("there is no code `{}`, which {} names", given.code, given.flag);
            return Err(Stop::Asked { what, help: self.near(&given.code) });
        }
        Ok(number)
    }

    fn near(&self, code: &str) -> String {
        let prefix = code.split_once('/').map_or("", |parts| parts.0);
        let ids = || self.codes.iter().map(|one| one.1.id.as_str());
        let of_prefix = nearest(code, ids().filter(|id| id.split('/').next() == Some(prefix)));
        match of_prefix.or_else(|| nearest(code, ids())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a code is what stands in brackets behind `error` or `warning`: catalog/gtin-check".to_owned(),
        }
    }
}

/// Whether it is a code of a channel of the config that this run does not look at.
fn is_of_others(request: &Request<'_>, code: &str) -> bool {
    let config: &Config = request.config;
    let others = config.channels.iter().enumerate().filter(|one| !request.channels.contains(&one.0));
    let quiet = Problems::default();
    others.map(|other| &other.1.uses).any(|uses| {
        let description = channels::description(config, uses, &quiet);
        description.is_some_and(|description| codes::all(&description).iter().any(|one| one.id == code))
    })
}

/// What a channel's rules come to by it.
pub fn apply(plan: &mut ChannelPlan, levels: &Levels) {
    fields(&mut plan.head, levels);
    fields(&mut plan.fields, levels);
    for rule in &mut plan.rules {
        rule.is_error = levels.is_error(rule.code, rule.is_error);
    }
    plan.levels = levels.clone();
}

fn fields(list: &mut [FieldPlan], levels: &Levels) {
    for field in list {
        for rule in &mut field.rules {
            rule.is_error = levels.is_error(rule.code, rule.is_error);
            rule.is_allowed = levels.of(rule.code) == Some(Level::Allow);
        }
        fields(&mut field.fields, levels);
    }
}

impl Levels {
    /// Makes every warning an error but for those that are spared.
    fn deny_warnings(&mut self, codes: &Codes, spared: &[CodeNo]) {
        for (number, code) in codes.iter().filter(|one| !spared.contains(&one.0)) {
            if self.of(number).unwrap_or(Level::As(code.severity)) == Level::As(Severity::Warning) {
                self.worsen(number);
            }
        }
    }
}
