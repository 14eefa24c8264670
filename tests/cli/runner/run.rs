//! Runs the commands of a case and says what came otherwise than written.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::case::{Case, FileSection, Step, is_assignment};
use super::folder::{Folder, Seen, file_bytes};
use super::{compare, escape};

/// After this a command is stopped: none of them has anything to wait for.
const LONGEST: Duration = Duration::from_secs(60);

/// What came of a case, in the words of a case.
#[derive(Debug, Default)]
pub struct Came {
    pub steps: Vec<StepCame>,
    /// Files written or changed; folders end in `/`.
    pub changed: Vec<(String, Text)>,
    pub gone: Vec<String>,
}

/// What came of a command.
#[derive(Debug, Default)]
pub struct StepCame {
    pub exit: String,
    pub stdout: Text,
    pub stderr: Text,
}

/// A text with escapes that always ends in a line feed, unless it is empty.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Text {
    pub text: String,
    pub ends_open: bool,
}

impl Text {
    fn new(bytes: &[u8], folder: &Path) -> Text {
        let mut text = escape::text(bytes).replace(&*folder.to_string_lossy(), "[DIR]");
        let ends_open = !text.is_empty() && !text.ends_with('\n');
        if ends_open {
            text.push('\n');
        }
        Text { text, ends_open }
    }

    fn is_what(&self, expected: &FileSection) -> bool {
        self.ends_open == expected.has("no-final-newline") && compare::matches(&expected.text, &self.text)
    }
}

/// Runs all commands, one after the other.
pub fn run(case: &Case, folder: &Folder, program: &Path) -> Result<Came, String> {
    let before = folder.look();
    let mut came = Came::default();
    for step in &case.steps {
        came.steps.push(run_step(step, folder, program).map_err(|why| format!("$ {}\n{why}", step.command))?);
    }
    let after = folder.look();
    for (name, entry) in &after {
        if before.get(name) != Some(entry) && !is_only_on_the_way(name, &after) {
            let bytes = entry.as_ref().map_or(&[][..], |entry| &entry.0);
            came.changed.push((name.clone(), Text::new(bytes, folder.path())));
        }
    }
    came.gone = before.keys().filter(|name| !after.contains_key(*name)).cloned().collect();
    Ok(came)
}

/// A new folder is worth a word only where nothing is in it.
fn is_only_on_the_way(name: &str, seen: &Seen) -> bool {
    name.ends_with('/') && seen.keys().any(|other| other.starts_with(name) && other != name)
}

fn run_step(step: &Step, folder: &Folder, program: &Path) -> Result<StepCame, String> {
    let words = compare::words(&step.command)?;
    let variables = words.iter().take_while(|word| is_assignment(word)).count();
    let mut command = Command::new(program);
    command.args(&words[variables + 1..]).current_dir(folder.path()).env_clear();
    command.env("LC_ALL", "C.UTF-8").env("COLUMNS", "100").env("TZ", "UTC").env("HOME", folder.path());
    for word in &words[..variables] {
        command.envs(word.split_once('='));
    }
    command.stdin(if step.stdin.is_some() { Stdio::piped() } else { Stdio::null() });
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| format!("cannot start {}: {error}", program.display()))?;
    let input = step.stdin.as_ref().map(file_bytes).transpose()?.unwrap_or_default();
    let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        // a program that does not read its input closes it early; that is its own affair
        scope.spawn(|| streams.0.map(|mut stdin| stdin.write_all(&input)));
        let stdout = scope.spawn(|| read_all(streams.1));
        let stderr = scope.spawn(|| read_all(streams.2));
        let exit = wait(&mut child);
        let stdout = Text::new(&stdout.join().unwrap_or_default(), folder.path());
        let stderr = Text::new(&stderr.join().unwrap_or_default(), folder.path());
        Ok(StepCame { exit: exit?, stdout, stderr })
    })
}

fn read_all(stream: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut stream) = stream {
        // what was read up to an error is still worth showing
        let _ = stream.read_to_end(&mut bytes);
    }
    bytes
}

fn wait(child: &mut Child) -> Result<String, String> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok(status.code().map_or_else(|| status.to_string(), |code| code.to_string()));
        }
        if start.elapsed() > LONGEST {
            child.kill().map_err(|error| error.to_string())?;
            return Err(format!("still running after {} s; stopped", LONGEST.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// What came otherwise than the case says; empty where all is as it says.
pub fn differences(case: &Case, came: &Came) -> String {
    let mut differences = String::new();
    for (step, came) in case.steps.iter().zip(&came.steps) {
        let told = step_differences(step, came);
        if !told.is_empty() {
            let _ = write!(differences, "$ {}\n{told}", step.command);
        }
    }
    differences.push_str(&folder_differences(case, came));
    differences
}

fn step_differences(step: &Step, came: &StepCame) -> String {
    let mut told = String::new();
    match &step.exit {
        None => told.push_str("nobody has said yet what must come of it; look, then OFFERSYNC_BLESS=1\n"),
        Some(exit) if *exit != came.exit => {
            let _ = writeln!(told, "exit {}, should be {exit}", came.exit);
        }
        Some(_) => {}
    }
    for (name, expected, came) in [("stdout", &step.stdout, &came.stdout), ("stderr", &step.stderr, &came.stderr)] {
        if !came.is_what(expected) {
            let open = if came.ends_open { " (ends without a line feed)" } else { "" };
            let _ = write!(told, "{name}{open}:\n{}", compare::show(&expected.text, &came.text));
        }
    }
    told
}

fn folder_differences(case: &Case, came: &Came) -> String {
    let mut told = String::new();
    let says_nothing = !case.unchanged && case.after.is_empty() && case.gone.is_empty();
    if says_nothing {
        told.push_str("the case says neither `--- unchanged` nor what is changed\n");
    }
    for (name, text) in &came.changed {
        match case.after.iter().find(|file| file.name == *name) {
            None => {
                let _ = writeln!(told, "{name} was written");
            }
            Some(expected) if !expected.has("any") && !text.is_what(expected) => {
                let _ = write!(told, "{name}:\n{}", compare::show(&expected.text, &text.text));
            }
            Some(_) => {}
        }
    }
    for expected in case.after.iter().filter(|file| came.changed.iter().all(|changed| changed.0 != file.name)) {
        let _ = writeln!(told, "{} was not written", expected.name);
    }
    for name in came.gone.iter().filter(|name| !case.gone.contains(name)) {
        let _ = writeln!(told, "{name} is gone");
    }
    for name in case.gone.iter().filter(|name| !came.gone.contains(name)) {
        let _ = writeln!(told, "{name} is still there");
    }
    told
}
