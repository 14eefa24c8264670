//! Questions to a person at a terminal: one line out, one line back.

use std::io::BufRead;

use super::super::surroundings::Answers;
use super::super::voice::Voice;

/// Whoever answers; nobody where stdin or stderr is no terminal.
pub(super) struct Person<'a> {
    answers: Option<Box<dyn BufRead + 'a>>,
}

impl<'a> Person<'a> {
    pub(super) fn new(stdin: Answers<'a>, sees_questions: bool) -> Self {
        Person { answers: (stdin.is_terminal && sees_questions).then_some(stdin.from) }
    }

    pub(super) fn is_there(&self) -> bool {
        self.answers.is_some()
    }

    /// Asks, and asks again until the answer can be read: the numbers of the choices, from 0; empty where nothing was
    /// chosen, and `None` where nobody is there to ask.
    pub(super) fn choose(
        &mut self,
        question: &str,
        choices: &[(String, String)],
        voice: &mut Voice<'_>,
    ) -> Option<Vec<usize>> {
        let answers = self.answers.as_mut()?;
        let wide = choices.iter().map(|choice| choice.0.chars().count()).max().unwrap_or(0);
        let unicode = voice.unicode();
        let mut text = format!("{question}\n");
        for (number, (name, about)) in choices.iter().enumerate() {
            let name = crate::report::text::visible(name, unicode).into_owned();
            let gap = " ".repeat(wide.saturating_sub(name.chars().count()));
            let about = crate::report::text::visible(about, unicode);
            text.push_str(format!("  {:>2}  {name}{gap}  {about}", number + 1).trim_end());
            text.push('\n');
        }
        voice.say(&text);
        loop {
            voice.say("> ");
            let mut line = String::new();
            if answers.read_line(&mut line).unwrap_or(0) == 0 {
                return Some(Vec::new());
            }
            let words: Vec<&str> = line.split([',', ' ']).map(str::trim).filter(|word| !word.is_empty()).collect();
            match words.iter().map(|word| chosen(word, choices)).collect::<Option<Vec<usize>>>() {
                Some(numbers) => return Some(numbers),
                None => voice.say("one of the numbers or names above, several with commas between, or nothing\n"),
            }
        }
    }
}

fn chosen(word: &str, choices: &[(String, String)]) -> Option<usize> {
    let by_number =
        word.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|number| *number < choices.len());
    by_number.or_else(|| choices.iter().position(|choice| choice.0 == word))
}
