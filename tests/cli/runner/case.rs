//! A case file: a description, files, commands and what must come of them.

/// A case as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// What it is about, for people.
    pub about: String,
    /// Folders under `shared/` whose files are there first.
    pub shared: Vec<String>,
    /// Files that a shared folder brings and that are not wanted.
    pub without: Vec<String>,
    pub files: Vec<FileSection>,
    pub steps: Vec<Step>,
    /// Files written or changed, and what is in them.
    pub after: Vec<FileSection>,
    /// Files removed.
    pub gone: Vec<String>,
    /// Says that the folder is as it was.
    pub unchanged: bool,
}

/// A file or a text with its attributes: `encoding=windows-1251`, `no-final-newline`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSection {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// As it stands in the case: with escapes, ending in a line feed.
    pub text: String,
}

/// One command and what must come of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    pub command: String,
    pub stdin: Option<FileSection>,
    /// `None` where nobody has looked yet.
    pub exit: Option<String>,
    pub stdout: FileSection,
    pub stderr: FileSection,
}

const ATTRIBUTES: [&str; 9] = ["encoding", "bom", "gz", "no-final-newline", "cut", "crlf", "cr", "any", "keep"];

impl FileSection {
    pub fn has(&self, attribute: &str) -> bool {
        self.value(attribute).is_some()
    }

    pub fn value(&self, attribute: &str) -> Option<&str> {
        self.attributes.iter().find(|own| own.0 == attribute).map(|own| own.1.as_str())
    }

    /// The text without the line feed that only ends the section, where the file has none.
    pub fn content(&self) -> &str {
        match self.text.strip_suffix('\n') {
            Some(without) if self.has("no-final-newline") => without,
            _ => &self.text,
        }
    }

    fn read(rest: &str) -> Result<FileSection, String> {
        let mut words = rest.split_whitespace();
        let name = words.next().unwrap_or_default().to_owned();
        Ok(FileSection { name, attributes: attributes(words)?, text: String::new() })
    }
}

fn attributes<'w>(words: impl Iterator<Item = &'w str>) -> Result<Vec<(String, String)>, String> {
    let read = |word: &str| {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        if ATTRIBUTES.contains(&name) {
            Ok((name.to_owned(), value.to_owned()))
        } else {
            Err(format!("no attribute `{name}`; there are: {}", ATTRIBUTES.join(" ")))
        }
    };
    words.map(read).collect()
}

/// Where lines go until the next head of a section.
enum Into {
    About,
    File,
    After,
    Stdin,
    Stdout,
    Stderr,
    Nothing,
}

impl Case {
    /// Reads a case; says the line of what is wrong in it.
    pub fn read(text: &str) -> Result<Case, String> {
        let mut case = Case::default();
        let mut into = Into::About;
        let mut waiting_stdin = None;
        for (number, line) in text.lines().enumerate() {
            let read = if is_command(line) {
                let command = line.strip_prefix("$ ").unwrap_or_default().to_owned();
                case.steps.push(Step { command, stdin: waiting_stdin.take(), ..Step::default() });
                Ok(Some(Into::Nothing))
            } else {
                match line.strip_prefix("--- ") {
                    Some(head) => case.head(head, &mut waiting_stdin),
                    None => Ok(None),
                }
            };
            match read.map_err(|why| format!("line {}: {why}", number + 1))? {
                Some(next) => into = next,
                None => {
                    case.line(&into, line, &mut waiting_stdin).map_err(|why| format!("line {}: {why}", number + 1))?
                }
            }
        }
        case.about = case.about.trim_end().to_owned();
        case.check()?;
        Ok(case)
    }

    /// Opens a section; `None` where the line is no head of one.
    fn head(&mut self, head: &str, waiting_stdin: &mut Option<FileSection>) -> Result<Option<Into>, String> {
        let (kind, rest) = head
            .split_once(':')
            .map_or_else(|| head.split_once(' ').unwrap_or((head, "")), |(kind, rest)| (kind, rest.trim()));
        let section = match kind {
            "shared" => {
                self.shared.push(rest.to_owned());
                Into::Nothing
            }
            "without" => {
                self.without.push(rest.to_owned());
                Into::Nothing
            }
            "gone" => {
                self.gone.push(rest.to_owned());
                Into::Nothing
            }
            "unchanged" => {
                self.unchanged = true;
                Into::Nothing
            }
            "file" => {
                self.files.push(FileSection::read(rest)?);
                Into::File
            }
            "after" => {
                self.after.push(FileSection::read(rest)?);
                Into::After
            }
            "stdin" => {
                let attributes = attributes(rest.split_whitespace())?;
                *waiting_stdin = Some(FileSection { attributes, ..FileSection::default() });
                Into::Stdin
            }
            "exit" | "stdout" | "stderr" => return self.expectation(kind, rest).map(Some),
            _ => return Ok(None),
        };
        Ok(Some(section))
    }

    fn expectation(&mut self, kind: &str, rest: &str) -> Result<Into, String> {
        let step = self.steps.last_mut().ok_or_else(|| format!("`--- {kind}` stands before any command"))?;
        match kind {
            "exit" => {
                step.exit = Some(rest.to_owned());
                Ok(Into::Nothing)
            }
            "stdout" => {
                step.stdout.attributes = attributes(rest.split_whitespace())?;
                Ok(Into::Stdout)
            }
            _ => {
                step.stderr.attributes = attributes(rest.split_whitespace())?;
                Ok(Into::Stderr)
            }
        }
    }

    fn line(&mut self, into: &Into, line: &str, stdin: &mut Option<FileSection>) -> Result<(), String> {
        let text = match into {
            Into::About => Some(&mut self.about),
            Into::File => self.files.last_mut().map(|file| &mut file.text),
            Into::After => self.after.last_mut().map(|file| &mut file.text),
            Into::Stdin => stdin.as_mut().map(|stdin| &mut stdin.text),
            Into::Stdout => self.steps.last_mut().map(|step| &mut step.stdout.text),
            Into::Stderr => self.steps.last_mut().map(|step| &mut step.stderr.text),
            Into::Nothing => None,
        };
        match text {
            Some(text) => {
                text.push_str(line);
                text.push('\n');
                Ok(())
            }
            None if line.trim().is_empty() => Ok(()),
            None => Err(format!("«{line}» belongs to no section")),
        }
    }

    fn check(&self) -> Result<(), String> {
        if self.about.trim().is_empty() {
            return Err("a case begins with a line that says what it is about".into());
        }
        if self.steps.is_empty() {
            return Err("no command: a line that begins with `$ offersync`".into());
        }
        if self.unchanged && !(self.after.is_empty() && self.gone.is_empty()) {
            return Err("`--- unchanged` beside a file that is changed".into());
        }
        Ok(())
    }
}

/// `$ offersync …`, perhaps with variables of the environment before the name.
fn is_command(line: &str) -> bool {
    let Some(command) = line.strip_prefix("$ ") else { return false };
    command.split_whitespace().find(|word| !is_assignment(word)) == Some("offersync")
}

/// `NAME=value`.
pub fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    })
}
