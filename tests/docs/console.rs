//! `console` blocks of a document as one session: what a person would type, in
//! order, in a copy of the examples.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::compare;

/// One command with the lines that stand under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Line of the document, from 1.
    pub line: usize,
    pub command: String,
    /// What comes of it; not looked at where nothing stands there.
    pub output: Vec<String>,
}

/// The commands of all `console` blocks.
pub fn commands(markdown: &str) -> Vec<Typed> {
    let mut commands: Vec<Typed> = Vec::new();
    let mut inside = false;
    for (number, line) in markdown.lines().enumerate() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            commands.push(Typed { line: number + 1, command: command.to_owned(), output: Vec::new() });
        } else if let (true, Some(last)) = (inside, commands.last_mut()) {
            last.output.push(line.to_owned());
        }
    }
    commands
}

/// Where the session stands.
struct Session {
    folder: PathBuf,
    program: PathBuf,
}

/// Types the commands; says which end otherwise than the document says.
pub fn run(typed: &[Typed], repository: &Path, start: &Path, program: &Path) -> Vec<String> {
    if typed.is_empty() {
        return Vec::new();
    }
    let home = tempfile::tempdir().unwrap();
    copy(&repository.join("examples"), &home.path().join("examples"));
    let mut session = Session { folder: home.path().join(start), program: program.to_owned() };
    let mut failures = Vec::new();
    for (at, one) in typed.iter().enumerate() {
        if one.command == "echo $?" {
            continue;
        }
        let said = typed.get(at + 1).filter(|next| next.command == "echo $?");
        let exit = said.map_or("0", |said| said.output.first().map_or("", String::as_str));
        if let Err(why) = session.type_in(one, exit) {
            failures.push(format!("{}: $ {}\n{why}", one.line, one.command));
        }
    }
    failures
}

impl Session {
    fn type_in(&mut self, typed: &Typed, exit: &str) -> Result<(), String> {
        let words = compare::words(&typed.command)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let arguments = match words.as_slice() {
            ["cd", folder] => {
                self.folder = self.folder.join(folder);
                return if self.folder.is_dir() { Ok(()) } else { Err("there is no such folder".into()) };
            }
            ["offersync", arguments @ ..] | ["cargo", "run", "--release", "--", arguments @ ..] => arguments,
            _ => {
                return Err("only `cd`, `offersync`, `cargo run --release --` and `echo $?` are understood here".into());
            }
        };
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(&self.folder).env_clear();
        command.env("LC_ALL", "C.UTF-8").env("COLUMNS", "100").env("TZ", "UTC").env("HOME", &self.folder);
        let output = command.output().map_err(|error| error.to_string())?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        let code = output.status.code().map_or_else(|| output.status.to_string(), |code| code.to_string());
        if code != exit {
            return Err(format!("ends with {code}, should be {exit}:\n{text}"));
        }
        let said = typed.output.join("\n");
        if said.is_empty() || compare::matches(&said, text.trim_end()) {
            return Ok(());
        }
        Err(compare::show(&said, text.trim_end()))
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if !path.is_dir() {
            fs::copy(&path, to.join(name)).unwrap();
        } else if name != "out" {
            copy(&path, &to.join(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(markdown: &str) -> Vec<String> {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        run(&commands(markdown), repository, Path::new(""), Path::new("/bin/sh"))
    }

    #[test]
    fn only_console_blocks_are_commands() {
        let typed = commands("$ a\n```sh\n$ b\n```\n```console\n$ offersync x\none\ntwo\n$ echo $?\n1\n```\n");
        assert_eq!(typed.len(), 2);
        assert_eq!((typed[0].line, typed[0].output.join("|")), (6, "one|two".to_owned()));
    }

    #[test]
    fn a_session_keeps_its_folder_and_its_codes() {
        let text = "```console\n$ cd examples\n$ cd quickstart\n$ offersync -c 'test -f master.csv; exit 3'\n$ echo $?\n3\n\
                    $ cargo run --release -- -c 'echo a; echo b'\na\n[..]\n```\n";
        assert_eq!(told(text), [""; 0]);
    }

    #[test]
    fn whatever_is_otherwise_is_told() {
        for text in [
            "```console\n$ offersync -c 'exit 1'\n```",
            "```console\n$ offersync -c 'echo a'\nb\n```",
            "```console\n$ cd nowhere\n```",
            "```console\n$ rm -rf /\n```",
            "```console\n$ offersync -c 'exit 1'\n$ echo $?\n2\n```",
        ] {
            assert_eq!(told(text).len(), 1, "{text}");
        }
    }
}
