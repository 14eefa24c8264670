//! `init`: a master is looked at, a config is proposed, tried as every config is, and written where none stands yet.

mod ask;
mod candidates;
mod choice;
mod exports;
mod reading;
mod show;
mod trial;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::config::{FilePath, discover};
use crate::deliver::file::Draft as File;
use crate::deliver::words::in_words;
use crate::finding::Refusal;

use self::ask::Person;
use self::candidates::Master;
use self::show::Shown;
use super::args::{Common, Init};
use super::exit::Exit;
use super::run::Walk;
use super::setup;
use super::surroundings::{Answers, Env};
use super::trouble::Trouble;
use super::voice::Voice;

/// What `init` needs of the world.
pub(super) struct World<'w> {
    pub here: &'w Path,
    pub env: Env<'w>,
    pub now: jiff::Timestamp,
    pub interrupted: &'w Arc<AtomicBool>,
    pub walk: Walk<'w>,
}

/// Why there is no config.
enum NoConfig {
    Trouble(Trouble),
    /// Only a person could say, and none is there.
    Unanswered(String, String),
}

impl From<Trouble> for NoConfig {
    fn from(trouble: Trouble) -> Self {
        NoConfig::Trouble(trouble)
    }
}

impl From<Refusal> for NoConfig {
    fn from(refusal: Refusal) -> Self {
        NoConfig::Trouble(refusal.into())
    }
}

/// Proposes a config and writes it.
pub(super) fn run(asked: &Init, common: &Common, world: &World<'_>, stdin: Answers<'_>, voice: &mut Voice<'_>) -> Exit {
    match proposed(asked, common, world, stdin, voice) {
        Ok(()) => Exit::Clean,
        Err(NoConfig::Trouble(trouble)) => {
            let text = trouble.text(voice.message_look());
            voice.say(&text);
            trouble.exit()
        }
        Err(NoConfig::Unanswered(what, help)) => {
            let text = Trouble::asked(what, help).text(voice.message_look());
            voice.say(&text);
            Exit::Refused
        }
    }
}

fn proposed(
    asked: &Init,
    common: &Common,
    world: &World<'_>,
    stdin: Answers<'_>,
    voice: &mut Voice<'_>,
) -> Result<(), NoConfig> {
    let config = setup::named(common, world.env).unwrap_or_else(|| PathBuf::from(discover::FILE_NAME));
    let path = world.here.join(&config);
    refuse_to_overwrite(&path, &config)?;
    let mut person = Person::new(stdin, voice.has_company());
    let master = match asked.file.as_ref().or(common.master.as_ref()) {
        Some(file) => Master::named(file, world.here),
        None => candidates::only(world.here, &mut person, voice)?,
    };
    refuse_pipes(&master)?;
    let exports = candidates::beside(&master)?;
    let wanted = choice::wanted(&asked.channel, world.here, &path)?;
    let wanted = &wanted;
    let made =
        trial::Making { world, common, master: &master, config: &config, path: &path, wanted, exports: &exports };
    let made = made.make(&mut person, voice)?;
    let lines = made.text.lines().count();
    let checks = made.text.lines().filter(|line| line.contains("# check this")).count();
    if !common.quiet {
        let look = voice.look();
        let shown = Shown { master: &master, made: &made, look: &look };
        voice.data(|out| shown.write(out))?;
    }
    write(&path, &config, &made.text)?;
    if !common.quiet {
        let look = voice.look();
        let next = show::written(&config, lines, checks, &made, &look);
        voice.data(|out| writeln!(out, "{next}"))?;
    }
    Ok(())
}

/// A master is looked at several times, and what a pipe holds comes once.
fn refuse_pipes(master: &Master) -> Result<(), Trouble> {
    match master.path.metadata() {
        Ok(about) if !about.is_file() && !about.is_dir() => {
            let what = format!("{} is no file but a pipe or a device", master.shown);
            Err(Trouble::asked(what, "save what it gives as a file, and name that"))
        }
        _ => Ok(()),
    }
}

fn refuse_to_overwrite(path: &Path, shown: &Path) -> Result<(), Trouble> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        let what = format!("there is no folder for {}", shown.display());
        return Err(Trouble::asked(what, "make the folder first, or name another place with -c FILE"));
    }
    match std::fs::symlink_metadata(path) {
        Ok(_) => {
            let what = format!("{} is there already", shown.display());
            Err(Trouble::asked(what, "it is never overwritten: name another place with -c FILE, or move it away"))
        }
        Err(_) => Ok(()),
    }
}

fn write(path: &Path, shown: &Path, text: &str) -> Result<(), Trouble> {
    let put = || -> anyhow::Result<()> {
        let mut draft = File::begin(path)?;
        draft.write_all(text.as_bytes())?;
        draft.finish()?.put_where_nothing_is()?.make_last()
    };
    put().map_err(|error| {
        let (what, help) = in_words(&error);
        Trouble::asked(format!("cannot write {}: {what}", shown.display()), help)
    })
}

/// A file as the config would name it.
fn file_path(shown: &str, path: &Path) -> FilePath {
    FilePath { shown: shown.to_owned(), path: path.to_owned(), bytes: 0..0 }
}
