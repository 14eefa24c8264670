//! One run from the command line to its end: config, walk, reports, exit code.

use std::io::{BufRead, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crate::config::{Config, FilePath};
use crate::engine::outcome::{ChannelOutcome, Whereabouts};
use crate::engine::times::{Stage, Times};
use crate::engine::{Feeds, Given, Outcome, Progress, Request, Severities, Silent, Stop, Threads, Watch};
use crate::wire::fetch::Network;

use super::args::{self, Command, Common};
use super::exit::Exit;
use super::job::Job;
use super::progress::{Bar, Lines};
use super::surroundings::{Env, Surroundings};
use super::trouble::Trouble;
use super::voice::Voice;
use super::{channels, channels::Place, effective, explain, given, init, schema, severity, shells, usage};

/// The way through the house, as far as it is asked for.
pub type Walk<'w> = &'w dyn Fn(&Request<'_>) -> Result<Outcome, Stop>;

/// Runs the program and says how it ended.
pub fn run(mut world: Surroundings<'_>, walk: Walk<'_>) -> Exit {
    let invocation = match usage::read(&world) {
        Ok(invocation) => invocation,
        Err(said) => return answer(&said, &mut world),
    };
    let Surroundings { env, here, stdin, stdout, stderr, now, interrupted, .. } = world;
    let mut voice = Voice::new(stdout, stderr, env, &invocation.common);
    let common = &invocation.common;
    if let Some(told) = learn(&invocation, Place { here: &here, env }, &mut voice) {
        return voice.end(told);
    }
    let job = match &invocation.command {
        Command::Init(asked) => {
            let world = init::World { here: &here, env, now, interrupted: &interrupted, walk };
            return init::run(asked, common, &world, stdin, &mut voice);
        }
        Command::Validate(asked) => Job::validate(asked, common),
        Command::Diff(asked) => Job::diff(asked, common),
        Command::Render(asked) => Job::render(asked, common),
        // they were answered above
        _ => return Exit::Failed,
    };
    let (config_path, outputs_are_safe) = (PathBuf::new(), false);
    let mut run = Run {
        common,
        job,
        here,
        env,
        stdin: stdin.from,
        voice,
        now,
        interrupted,
        config_path,
        stages: Vec::new(),
        outputs_are_safe,
    };
    match run.outcome(walk) {
        Ok(outcome) => run.report(&outcome),
        Err(trouble) => run.tell(&trouble),
    }
}

/// What can be learned without a walk; `None` for the commands that walk.
fn learn(invocation: &args::Invocation, place: Place<'_>, voice: &mut Voice<'_>) -> Option<Result<(), Trouble>> {
    let common = &invocation.common;
    let walks = matches!(invocation.command, Command::Validate(_) | Command::Diff(_) | Command::Render(_));
    if common.print_config {
        return Some(match walks {
            true => effective::run(common, place, voice),
            false => Err(Trouble::asked("--print-config goes with validate, diff and render", "or say it alone")),
        });
    }
    match &invocation.command {
        Command::Channels(asked) => Some(channels::run(asked, common, place, voice)),
        Command::Explain(asked) => Some(explain::run(asked, common, place, voice)),
        Command::Schema(asked) => Some(schema::run(asked, voice)),
        Command::Completions(asked) => Some(shells::completions(asked, voice)),
        Command::Man(asked) => Some(shells::man(asked, voice)),
        Command::Init(_) | Command::Validate(_) | Command::Diff(_) | Command::Render(_) => None,
    }
}

/// Says help, the version, or what is wrong with the command line.
fn answer(said: &usage::Said, world: &mut Surroundings<'_>) -> Exit {
    let (stream, exit) = match said.asked_for {
        true => (&mut world.stdout, Exit::Clean),
        false => (&mut world.stderr, Exit::Failed),
    };
    // a reader who has left has seen enough
    let _ = stream.to.write_all(said.text.as_bytes()).and_then(|()| stream.to.flush());
    exit
}

/// A run at work.
pub(super) struct Run<'r> {
    pub common: &'r Common,
    pub job: Job<'r>,
    pub here: PathBuf,
    pub env: Env<'r>,
    pub stdin: Box<dyn BufRead + Send + 'r>,
    pub voice: Voice<'r>,
    pub now: jiff::Timestamp,
    pub interrupted: Arc<AtomicBool>,
    /// The config's path as it is shown; empty until one is found.
    pub config_path: PathBuf,
    /// What each stage of the walk took, of all threads together, where that was asked for.
    pub stages: Vec<(&'static str, Duration)>,
    /// Whether it is known that no report takes the place of something else.
    pub outputs_are_safe: bool,
}

/// On what terms the walk goes.
struct Terms {
    /// Feeds by themselves, where there is no config.
    given: Option<Given>,
    /// What may be read from addresses.
    network: Network,
    /// What else is noted of findings.
    watch: Watch,
    /// Codes that are made something else.
    severities: Severities,
}

impl Run<'_> {
    fn outcome(&mut self, walk: Walk<'_>) -> Result<Outcome, Trouble> {
        let given = self.given()?;
        let config = if given.is_some() { Config::none() } else { self.config()? };
        let (channels, master) = (self.channels(&config, given.is_some())?, self.master(&config)?);
        self.refuse_to_overwrite(&config)?;
        let network = given::network(self.common, &config, self.env)?;
        let severities = severity::severities(self.job.severity)?;
        let watch = self.watch(&config, &channels)?;
        let began = Instant::now();
        let terms = Terms { given, network, watch, severities };
        let mut outcome = self.walk(walk, &config, (channels, master), terms)?;
        if let Feeds::WriteTo(_) = self.job.feeds {
            outcome.channels.iter_mut().flat_map(paths_of).for_each(|path| self.shorten(path));
        }
        let (command, config) = (self.job.name.into(), self.config_path.display().to_string());
        let to = match &self.job.feeds {
            Feeds::WriteTo(folder) => folder.display().to_string(),
            _ => String::new(),
        };
        let whereabouts = self.whereabouts();
        Ok(Outcome { command, config, to, whereabouts, elapsed: began.elapsed(), ..outcome })
    }

    /// Walks, and shows how it goes on.
    fn walk(
        &mut self,
        walk: Walk<'_>,
        config: &Config,
        (channels, master): (Vec<usize>, Option<FilePath>),
        Terms { given, network, watch, severities }: Terms,
    ) -> Result<Outcome, Stop> {
        let common = self.common;
        let is_wanted = common.progress == args::Progress::Auto && !common.quiet;
        let (bar, lines);
        let progress: &dyn Progress = match (is_wanted, self.voice.has_company()) {
            (false, _) => &Silent,
            (true, true) => {
                bar = Bar::new(self.voice.unicode());
                &bar
            }
            (true, false) => {
                lines = Lines::new(self.voice.messages(), common.verbose);
                &lines
            }
        };
        let began = Instant::now();
        let times = Times::by(move || began.elapsed());
        let of_the_machine = || Threads::UpTo(std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
        let request = Request {
            stop_after: self.job.stop_after,
            config,
            channels,
            master,
            only: self.job.only.to_vec(),
            feeds: self.job.feeds_from(&self.here),
            allow: self.job.allow.to_vec(),
            places: self.job.places(),
            names_all_new: self.job.names_all_new(),
            watch,
            severities,
            threads: common.threads.map_or_else(of_the_machine, Threads::Exactly),
            now: self.now,
            times: common.verbose.then_some(&times),
            network,
            given,
            progress,
            interrupted: &self.interrupted,
        };
        let outcome = walk(&request);
        progress.done();
        if common.verbose && outcome.is_ok() {
            let stages = Stage::ALL.map(|stage| (stage.name(), times.of(stage))).into_iter();
            self.stages.extend(stages.filter(|stage| !stage.1.is_zero()));
        }
        outcome
    }

    /// Where reports for programs name files from.
    pub fn whereabouts(&self) -> Whereabouts {
        let shown = |path: &PathBuf| path.display().to_string();
        let folder = match &self.job.feeds {
            Feeds::WriteTo(folder) => Some(shown(folder)),
            _ => None,
        };
        let named = [shown(&self.config_path)].into_iter().chain(self.common.master.as_ref().map(shown));
        Whereabouts { here: self.here.display().to_string(), from_here: named.chain(folder).collect() }
    }

    /// A feed of `--to DIR` is named as a person would name it from here.
    fn shorten(&self, path: &mut String) {
        if let Ok(short) = Path::new(path.as_str()).strip_prefix(&self.here) {
            *path = short.display().to_string();
        }
    }

    /// A path of the command line: it starts from where the program was started.
    pub fn place_of(&self, path: &Path) -> PathBuf {
        self.here.join(path)
    }
}

/// Everywhere that an outcome may name a channel's feed.
fn paths_of(channel: &mut ChannelOutcome) -> impl Iterator<Item = &mut String> {
    let feed = channel.feed.as_mut().map(|feed| &mut feed.path);
    let existing = channel.existing.as_mut().map(|existing| &mut existing.path);
    let failed = channel.failed.as_mut().map(|refusal| &mut refusal.input);
    let findings = channel.findings.iter_mut().map(|group| &mut group.file);
    feed.into_iter().chain(existing).chain(failed).chain(findings)
}
