//! A folder with a shop in it, and the engine let loose on it.

#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop where its shop cannot be laid out")]

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use offersync::channel::registry;
use offersync::config::load::LoadError;
use offersync::config::{self, Config, Surroundings};
use offersync::engine::outcome::ChannelOutcome;
use offersync::engine::{
    self, Allow, Feeds, Outcome, Progress, Request, Severities, Silent, SkuPattern, Stop, StopAfter, Threads, Watch,
};
use offersync::plan::{Change, ChangeKind};

/// A folder of its own, gone with the test.
pub struct World {
    folder: tempfile::TempDir,
}

/// What is asked of the engine.
#[derive(Clone)]
pub struct Asked<'a> {
    pub stop_after: StopAfter,
    /// All of the config where none is named.
    pub channels: &'a [&'a str],
    pub only: Vec<SkuPattern>,
    pub feeds: Feeds,
    pub threads: usize,
    pub allow: Vec<Allow>,
    pub now: &'a str,
    pub progress: &'a dyn Progress,
    pub interrupted: &'a AtomicBool,
}

static NOBODY: AtomicBool = AtomicBool::new(false);

impl Asked<'_> {
    pub const DIFF: Asked<'static> = Asked::to(StopAfter::Diff);
    pub const RENDER: Asked<'static> = Asked::to(StopAfter::Render);
    pub const VALIDATE: Asked<'static> = Asked::to(StopAfter::Validate);

    const fn to(stop_after: StopAfter) -> Asked<'static> {
        Asked {
            stop_after,
            channels: &[],
            only: Vec::new(),
            feeds: Feeds::Write,
            threads: 1,
            allow: Vec::new(),
            now: "2026-11-21T06:00:00Z",
            progress: &Silent,
            interrupted: &NOBODY,
        }
    }
}

impl World {
    /// An empty folder.
    pub fn new() -> World {
        World { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with these files.
    pub fn of(files: &[(&str, &str)]) -> World {
        let world = World::new();
        files.iter().for_each(|(name, text)| world.write(name, text));
        world
    }

    /// What is committed for tests to compare with.
    pub fn fixtures() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Writes a file and the folders that lead to it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    /// Every file below a folder, by its path, with its bytes.
    pub fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path(below)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.is_symlink() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.folder()).unwrap().to_string_lossy().into_owned();
                    files.insert(name, fs::read(&path).unwrap_or_default());
                }
            }
        }
        files
    }

    /// The config `offersync.yaml` of the folder.
    pub fn config(&self) -> Config {
        let built_in: Vec<&str> = registry::names().collect();
        let surroundings = Surroundings { built_in: &built_in, env: &|_| None };
        match config::load::load(&self.path("offersync.yaml"), "offersync.yaml", surroundings) {
            Ok(config) => config,
            Err(LoadError::Refused(refusal)) => panic!("{refusal}"),
            Err(LoadError::Problems(problems)) => {
                let said = |one: &offersync::wire::yaml::Problem| {
                    format!("{:?}: {} ({})", one.line_and_column(), one.what, one.label)
                };
                panic!("{}", problems.iter().map(said).collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// Runs the engine.
    pub fn try_to(&self, asked: &Asked<'_>) -> Result<Outcome, Stop> {
        run(&self.config(), asked)
    }

    /// Runs the engine for a shop whose exports do not exist yet: its config does not name them.
    pub fn run_first(&self, asked: &Asked<'_>) -> Outcome {
        let mut config = self.config();
        for channel in &mut config.channels {
            channel.export.take_if(|export| export.file().is_none_or(|file| !file.path.exists()));
        }
        run(&config, asked).unwrap_or_else(|stop| panic!("{}", stopped(&stop)))
    }

    /// Runs the engine; it has to come to an outcome.
    pub fn run(&self, asked: &Asked<'_>) -> Outcome {
        self.try_to(asked).unwrap_or_else(|stop| panic!("{}", stopped(&stop)))
    }
}

/// Runs the engine with a config that was read already.
pub fn run(config: &Config, asked: &Asked<'_>) -> Result<Outcome, Stop> {
    let number = |name: &&str| config.channels.iter().position(|channel| channel.name.text == **name);
    let channels: Vec<usize> = match asked.channels {
        [] => (0..config.channels.len()).collect(),
        named => named.iter().filter_map(number).collect(),
    };
    engine::run(&Request {
        stop_after: asked.stop_after,
        config,
        channels,
        master: None,
        only: asked.only.clone(),
        feeds: asked.feeds.clone(),
        allow: asked.allow.clone(),
        places: usize::MAX,
        names_all_new: true,
        watch: Watch::default(),
        severities: Severities::default(),
        threads: Threads::Exactly(NonZeroUsize::new(asked.threads).unwrap()),
        now: asked.now.parse().unwrap(),
        times: None,
        network: config.network,
        given: None,
        progress: asked.progress,
        interrupted: asked.interrupted,
    })
}

/// Why there is no outcome, in one line.
pub fn stopped(stop: &Stop) -> String {
    match stop {
        Stop::Refused(refusal) => format!("refused: {refusal} ({})", refusal.help),
        Stop::Problems(problems) => {
            let all = problems.iter().map(|one| format!("{:?}: {} ({})", one.line_and_column(), one.what, one.label));
            format!("problems: {}", all.collect::<Vec<_>>().join("; "))
        }
        Stop::Asked { what, help } => format!("asked: {what} ({help})"),
        Stop::Interrupted => "interrupted".into(),
        Stop::Failed(error) => format!("failed: {error:#}"),
    }
}

/// The part of one channel.
pub fn channel<'o>(outcome: &'o Outcome, name: &str) -> &'o ChannelOutcome {
    outcome.channels.iter().find(|channel| channel.id == name).unwrap_or_else(|| panic!("no channel {name}"))
}

/// The keys of all changes of a kind, sorted.
pub fn keys(channel: &ChannelOutcome, kind: ChangeKind) -> Vec<String> {
    let of_kind = channel.changes.iter().filter(|change| change.kind == kind);
    let mut keys: Vec<String> = of_kind.map(|change| change.key.clone()).collect();
    keys.sort();
    keys
}

/// The names of the fields in which a listing changes, sorted.
pub fn fields(change: &Change) -> Vec<&str> {
    let mut names: Vec<&str> = change.fields.iter().map(|field| field.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// Every change in words, for messages: `~ KT1182 price: «1» for «2»`.
pub fn changes_in_words(channel: &ChannelOutcome) -> String {
    let field = |field: &offersync::plan::FieldChange| {
        let shown =
            |side: &Option<String>| side.as_deref().map_or("nothing".to_owned(), |text| format!("{text:.200?}"));
        format!("{}: {} for {}", field.name, shown(&field.from), shown(&field.to))
    };
    let change = |change: &Change| {
        let fields = change.fields.iter().map(field).collect::<Vec<_>>().join(", ");
        format!("{} {} {fields}", change.kind.name(), change.key)
    };
    let head = channel.document.iter().map(|one| format!("document {}", field(one)));
    channel.changes.iter().map(change).chain(head).take(12).collect::<Vec<_>>().join("\n")
}

/// The codes that were found for one key in a channel, or of the catalog for one SKU; sorted.
pub fn codes_of(groups: &[offersync::engine::outcome::FindingGroup], key: &str) -> Vec<String> {
    let names =
        |group: &&offersync::engine::outcome::FindingGroup| group.places.iter().any(|place| place.found.key == key);
    let mut codes: Vec<String> = groups.iter().filter(names).map(|group| group.code.clone()).collect();
    codes.sort();
    codes
}
