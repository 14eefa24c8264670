//! A proposal is tried before it is written: the loader reads it and the whole walk of `validate` goes through it.
//! What does not hold is taken back to what is sure.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::channel::Description;
use crate::config::{self, Config, LoadError};
use crate::engine::{Feeds, Outcome, Request, Severities, Silent, Stop, StopAfter, Threads, Watch, whose};
use crate::finding::Severity;
use crate::proposal::{self, Certainty, Draft, Mapped, Proposal, Reading};
use crate::wire::encoding::{EncodingChoice, Sniff};
use crate::wire::fetch::Network;
use crate::wire::input::Input;
use crate::wire::yaml::{Document, Problem};

use super::super::args::Common;
use super::super::channels;
use super::super::surroundings::text_of;
use super::super::trouble::Trouble;
use super::super::voice::Voice;
use super::ask::Person;
use super::candidates::Master;
use super::choice::{self, Wanted};
use super::exports::{self, Export};
use super::{NoConfig, World, file_path, reading};

/// How often a proposal is taken back before the last word is the walk's own.
const MOST_TRIALS: usize = 8;
/// How much of an export is looked at for its language and currency.
const BEGINNING: usize = 256 * 1024;

/// A config in the making.
pub(super) struct Making<'m> {
    pub world: &'m World<'m>,
    pub common: &'m Common,
    pub master: &'m Master,
    /// The config's path as it is shown, and where it is.
    pub config: &'m Path,
    pub path: &'m PathBuf,
    pub wanted: &'m [Wanted],
    /// What channels gave out and lies beside the master.
    pub exports: &'m [Export],
}

/// A config that holds.
pub(super) struct Made {
    pub text: String,
    pub proposal: Proposal,
    pub reading: Reading,
    pub encoding: &'static str,
    /// The name and title of the channel whose export the master is.
    pub exported_by: Option<(String, String)>,
    /// How many offers the master has, and how many of them each of these channels would not take.
    pub offers: u64,
    pub invalid: u64,
    /// The channels of the config.
    pub channels: Vec<Wanted>,
    /// Nobody named them: how many offers each built-in one would take.
    pub takes: Vec<(String, u64)>,
}

/// What is known of the master before channels are chosen.
struct Known {
    proposal: Proposal,
    reading: Reading,
    encoding: &'static str,
    exported_by: Option<(String, String)>,
}

impl Making<'_> {
    pub(super) fn make(&self, person: &mut Person<'_>, voice: &mut Voice<'_>) -> Result<Made, NoConfig> {
        let all = choice::built_in(self.world.here, self.path)?;
        let (asking, ready): (Vec<Wanted>, Vec<Wanted>) =
            self.wanted.iter().cloned().partition(|wanted| !wanted.asks.is_empty());
        let mut trial = if ready.is_empty() { all } else { ready.clone() };
        self.compare(&mut trial);
        let (known, outcome) = match self.as_export(&trial)? {
            Some(found) => found,
            None => self.own(&trial, person, voice)?,
        };
        let takes: Vec<(String, u64)> =
            outcome.channels.iter().map(|channel| (channel.id.clone(), channel.offers)).collect();
        let mut channels = match ready.is_empty() {
            true => chosen(&trial, &takes, &known, outcome.master.offers, person, voice),
            false => ready.clone(),
        };
        channels.extend(asking);
        self.compare(&mut channels);
        let text = self.text(&known, &channels);
        // its channels were walked through already, together with others
        self.load(&text).map_err(Trouble::from)?;
        let Known { proposal, reading, encoding, exported_by } = known;
        let takes = if ready.is_empty() && !person.is_there() { takes } else { Vec::new() };
        let is_chosen = |id: &str| channels.iter().any(|channel| channel.name == id);
        let of_chosen = outcome.channels.iter().filter(|channel| is_chosen(&channel.id));
        let invalid =
            of_chosen.map(|channel| channel.invalid.iter().map(|left| left.count).sum::<u64>()).max().unwrap_or(0);
        let offers = outcome.master.offers;
        Ok(Made { text, proposal, reading, encoding, exported_by, offers, invalid, channels, takes })
    }

    /// Notes for each channel what it has now, where that lies beside the master.
    fn compare(&self, channels: &mut [Wanted]) {
        let named: Vec<String> = self.wanted.iter().map(|wanted| wanted.name.clone()).collect();
        for channel in channels {
            let mut own = self.exports.iter().filter(|export| export.is_of(&channel.name, &named));
            // of several only the merchant knows which is the last
            if let (Some(export), None) = (own.next(), own.next()) {
                channel.export = Some(choice::relative(self.path, &self.master.path.with_file_name(&export.file)));
            }
        }
    }

    /// The master as the export of the channel whose reader finds least to object to.
    fn as_export(&self, trial: &[Wanted]) -> Result<Option<(Known, Outcome)>, NoConfig> {
        let descriptions = self.descriptions()?;
        let (names, described): (Vec<String>, Vec<Description>) = descriptions.into_iter().unzip();
        let input = Input::open(&self.master.path, &self.master.shown, EncodingChoice::Auto, Sniff::Text)?;
        let mut bytes = Vec::new();
        let length = usize::try_from(input.len()).unwrap_or(usize::MAX).min(BEGINNING);
        input.read_at(0, length, &mut bytes)?;
        let beginning = String::from_utf8_lossy(&bytes);
        let mut best: Option<(u64, Known, Outcome)> = None;
        for number in whose::exporters(&described, &file_path(&self.master.shown, &self.master.path)) {
            let (Some(name), Some(description)) = (names.get(number), described.get(number)) else { continue };
            let exported_by = Some((name.clone(), description.title.clone()));
            let proposal = proposal::of_export(&beginning);
            let known = Known { proposal, reading: Reading::default(), encoding: input.encoding(), exported_by };
            // what one channel cannot read another may
            let Ok(outcome) = self.walk(&self.text(&known, trial)) else { continue };
            let objections = outcome.findings.iter().map(|group| group.count).sum();
            if best.as_ref().is_none_or(|best| objections < best.0) {
                best = Some((objections, known, outcome));
            }
        }
        Ok(best.map(|(_, known, outcome)| (known, outcome)))
    }

    /// The built-in channels, and those that are described beside the master or the config.
    fn descriptions(&self) -> Result<Vec<(String, Description)>, Trouble> {
        let mut found = choice::built_in_descriptions()?;
        let folders = [self.master.path.parent(), self.path.parent()];
        let mut files: Vec<PathBuf> = Vec::new();
        for folder in folders.into_iter().flatten() {
            for folder in [folder.to_owned(), folder.join("channels")] {
                let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
                files.extend(entries.filter(|file| file.extension().is_some_and(|ending| ending == "yaml")));
            }
        }
        files.sort();
        files.dedup();
        for file in files.iter().filter(|file| **file != self.master.path) {
            let name = file.display().to_string();
            // what is no description is some other YAML, and nobody spoke of it
            let read = channels::document(&name, self.world.here).and_then(channels::description);
            found.extend(read.ok().map(|description| (choice::from_folder_of(self.path, file), description)));
        }
        Ok(found)
    }

    /// The master as a file of one's own.
    fn own(
        &self,
        trial: &[Wanted],
        person: &mut Person<'_>,
        voice: &mut Voice<'_>,
    ) -> Result<(Known, Outcome), NoConfig> {
        let looked = reading::looked(self.master)?;
        let folder = self.master.path.parent().unwrap_or(Path::new("."));
        let mut proposal = proposal::propose(&looked.looked, &exports::texts(self.exports, folder)?);
        reading::ask_for_the_price(&mut proposal, person, voice);
        let encoding = looked.looked.encoding;
        let mut known = Known { proposal, reading: looked.reading, encoding, exported_by: None };
        known.reading.categories = self.tree(&known.proposal);
        for _ in 0..MOST_TRIALS {
            let text = self.text(&known, trial);
            match self.try_out(&text) {
                Ok(outcome) => {
                    if !unreadable(&outcome, &mut known.proposal) {
                        doubted(&outcome, &mut known.proposal);
                        return Ok((known, outcome));
                    }
                }
                Err(Stop::Problems(problems)) => {
                    if !taken_back(&problems, &text, &mut known.proposal) {
                        return Err(self.without_a_key(problems).into());
                    }
                }
                // a file that lies beside the master and is called so need not be its tree
                Err(Stop::Refused(_)) if known.reading.categories.is_some() => known.reading.categories = None,
                Err(stop) => return Err(Trouble::from(stop).into()),
            }
        }
        let outcome = self.walk(&self.text(&known, trial))?;
        Ok((known, outcome))
    }

    /// Why there is no config: mostly no column can be the key, and of a config that nobody has written nothing is said.
    fn without_a_key(&self, problems: Vec<Problem>) -> Trouble {
        match problems.iter().any(|problem| problem.code == "config/missing-key") {
            true => Trouble::asked(
                format!("no column of {} is the key of its offers", self.master.shown),
                "offers are known by a code of their own, as an article number, in every place: add a column of them",
            ),
            false => Stop::Problems(problems).into(),
        }
    }

    /// A file with the tree of categories, where offers name theirs by number and one lies beside the master.
    fn tree(&self, proposal: &Proposal) -> Option<String> {
        let by_number = proposal.columns.iter().any(|column| column.field == "category" && !column.is_left_out);
        let files = ["categories.csv", "categories.tsv"].map(|name| self.master.path.with_file_name(name));
        let file = files.into_iter().find(|file| by_number && file.is_file())?;
        Some(choice::relative(self.path, &file))
    }

    fn text(&self, known: &Known, channels: &[Wanted]) -> String {
        proposal::text(&Draft {
            made_by: format!("offersync init {}", self.master.shown),
            master: choice::relative(self.path, &self.master.path),
            exported_by: known.exported_by.as_ref().map(|exporter| exporter.0.clone()),
            reading: known.reading.clone(),
            proposal: &known.proposal,
            channels: channels.iter().map(Wanted::sold).collect(),
        })
    }

    fn walk(&self, text: &str) -> Result<Outcome, Trouble> {
        Ok(self.try_out(text)?)
    }

    /// What `validate` finds with this config.
    fn try_out(&self, text: &str) -> Result<Outcome, Stop> {
        let config = self.load(text)?;
        let of_the_machine = || Threads::UpTo(std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
        (self.world.walk)(&Request {
            stop_after: StopAfter::Validate,
            config: &config,
            channels: (0..config.channels.len()).collect(),
            master: None,
            only: Vec::new(),
            feeds: Feeds::default(),
            allow: Vec::new(),
            given: None,
            network: Network::default(),
            watch: Watch::default(),
            severities: Severities::default(),
            places: 1,
            names_all_new: false,
            threads: self.common.threads.map_or_else(of_the_machine, Threads::Exactly),
            now: self.world.now,
            progress: &Silent,
            interrupted: self.world.interrupted,
            times: None,
        })
    }

    fn load(&self, text: &str) -> Result<Config, Stop> {
        let env = |name: &str| text_of(self.world.env, name);
        let surroundings = config::Surroundings { built_in: &channels::built_in(), env: &env };
        let document = Document { name: self.config.display().to_string(), text: text.to_owned() };
        config::read(document, self.path, surroundings).map_err(|problems| match LoadError::Problems(problems) {
            LoadError::Problems(problems) => Stop::Problems(problems),
            LoadError::Refused(refusal) => Stop::Refused(refusal),
        })
    }
}

/// The channels of the config, where nobody named any.
fn chosen(
    all: &[Wanted],
    takes: &[(String, u64)],
    known: &Known,
    offers: u64,
    person: &mut Person<'_>,
    voice: &mut Voice<'_>,
) -> Vec<Wanted> {
    let taken = |wanted: &Wanted| takes.iter().find(|taken| taken.0 == wanted.name).map_or(0, |taken| taken.1);
    let about = |wanted: &Wanted| format!("{} of {offers} offers as they are", taken(wanted));
    let choices: Vec<(String, String)> = all.iter().map(|wanted| (wanted.name.clone(), about(wanted))).collect();
    let is_its_own = |wanted: &Wanted| known.exported_by.as_ref().is_some_and(|exporter| exporter.0 == wanted.name);
    let currency = &known.proposal.currency.0;
    // of those that take nearly as many as any other the first that deals in the shop's currency by name, else the
    // first; where the master is a channel's own, another one if it takes anything
    let most = |candidates: &[&Wanted]| {
        let most = candidates.iter().map(|wanted| taken(wanted)).max().unwrap_or(0);
        let best = candidates.iter().filter(|wanted| most > 0 && taken(wanted) * 10 >= most * 9);
        let named = best.clone().find(|wanted| wanted.currencies.contains(currency));
        named.or(best.clone().next()).map(|wanted| (*wanted).clone())
    };
    let others: Vec<&Wanted> = all.iter().filter(|wanted| !is_its_own(wanted)).collect();
    let everybody: Vec<&Wanted> = all.iter().collect();
    let compared: Vec<Wanted> = others.iter().filter(|wanted| wanted.export.is_some()).copied().cloned().collect();
    let one = || most(&others).or_else(|| most(&everybody)).or_else(|| all.first().cloned());
    let default: Vec<Wanted> = if compared.is_empty() { one().into_iter().collect() } else { compared };
    let names: Vec<&str> = default.iter().map(|wanted| wanted.name.as_str()).collect();
    let question = format!("Where do you sell? Numbers or names with commas between; nothing is {}", names.join(", "));
    let answered = person.choose(&question, &choices, voice).unwrap_or_default();
    let answered: Vec<Wanted> = answered.into_iter().filter_map(|number| all.get(number).cloned()).collect();
    if answered.is_empty() { default } else { answered }
}

/// Takes back what the loader or the reader objects to; false where it is about none of the columns.
fn taken_back(problems: &[Problem], text: &str, proposal: &mut Proposal) -> bool {
    let mut any = false;
    for problem in problems {
        let begin = text.get(..problem.bytes.start).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
        let line = text.get(begin..).and_then(|rest| rest.lines().next()).unwrap_or("").trim_start();
        let stands = |column: &&mut Mapped| !column.field.is_empty() && line.starts_with(&format!("{}:", column.field));
        if let Some(column) = proposal.columns.iter_mut().filter(|column| !column.is_left_out).find(stands) {
            column.is_left_out = true;
            column.check.clone_from(&problem.what);
            any = true;
        }
    }
    any
}

/// Nothing is sure of which the whole file says otherwise than its beginning did.
fn doubted(outcome: &Outcome, proposal: &mut Proposal) {
    for group in outcome.findings.iter().filter(|group| group.severity == Severity::Error) {
        let Some(place) = group.places.first() else { continue };
        let field = if group.code.starts_with("catalog/sku-") { "sku" } else { place.found.field.as_str() };
        let is_key_or_price = |column: &&mut Mapped| column.field == field && matches!(field, "sku" | "price");
        let is_often = group.code == "catalog/sku-equal" || group.count * 50 > outcome.master.offers;
        if let Some(column) = proposal.columns.iter_mut().find(is_key_or_price).filter(|_| is_often) {
            column.certainty = column.certainty.min(Certainty::Likely);
            let (count, all) = (group.count, outcome.master.offers);
            let first = match place.found.key.as_str() {
                "" => format!("in line {}", place.line),
                key => format!("«{key}» in line {}", place.line),
            };
            column.check = format!("{count} of {all} rows: {}, the first {first}", group.what);
        }
    }
}

/// Takes back fields of which most cells cannot be read as such; false where there is none. Key and price stay: the
/// offers whose cells are bad go nowhere, and are told.
fn unreadable(outcome: &Outcome, proposal: &mut Proposal) -> bool {
    let mut any = false;
    let errors = outcome
        .findings
        .iter()
        .filter(|group| group.severity != Severity::Note && group.count * 2 > outcome.master.offers);
    for group in errors {
        let Some(place) = group.places.first() else { continue };
        let is_it = |column: &&mut Mapped| column.field == place.found.field && !column.is_left_out;
        let column = proposal.columns.iter_mut().find(is_it);
        if let Some(column) = column.filter(|column| !matches!(column.field.as_str(), "sku" | "price" | "gtin")) {
            column.is_left_out = true;
            column.check = format!("{} of {} cells cannot be read as that", group.count, outcome.master.offers);
            any = true;
        }
    }
    any
}
