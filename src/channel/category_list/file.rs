//! A list of categories as channels publish it: a line each, `1604 - Apparel > Clothing` or the path alone; what
//! begins with `#` is for people.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Entry, compared, written};
use crate::model::text::short;
use crate::wire::yaml::{Document, Problem, Problems};

/// Reads a list. What is wrong with it goes to `problems`; then there is none.
pub fn read(document: Document, problems: &Problems) -> Option<Vec<Entry>> {
    let document = Arc::new(document);
    let mut reading = Reading { document: &document, ids: HashMap::new(), paths: HashMap::new(), has_ids: None };
    let mut entries = Vec::new();
    for (bytes, line) in lines(&document.text) {
        match reading.line(line, &bytes) {
            Ok(entry) => entries.push(entry),
            Err((what, label)) => {
                problems.add(reading.problem(bytes, what, label));
                return None;
            }
        }
    }
    if let Some((bytes, outer)) = reading.without_outer() {
        let what = format!("«{}» is in no line of the list", short(outer));
        let label = "whatever a category lies in has a line of its own; is the file whole?";
        problems.add(reading.problem(bytes, what, label));
        return None;
    }
    if entries.is_empty() {
        problems.add(reading.problem(0..0, "the list has no category".into(), SHAPE));
        return None;
    }
    Some(entries)
}

/// What a line should be.
const SHAPE: &str = "a line for each category: `1604 - Apparel > Clothing`, or `Apparel > Clothing`";

/// What is wrong with a line, and what to do.
type Wrong = (String, &'static str);

struct Reading<'d> {
    document: &'d Arc<Document>,
    /// The lines of ids.
    ids: HashMap<u32, usize>,
    /// The lines of paths as paths are compared.
    paths: HashMap<String, usize>,
    /// Whether the lines have ids; the first one says so for all.
    has_ids: Option<bool>,
}

impl Reading<'_> {
    fn line(&mut self, line: &str, bytes: &Range<usize>) -> Result<Entry, Wrong> {
        let (id, path) = parted(line);
        let has_ids = *self.has_ids.get_or_insert(id.is_some());
        let levels = path.split('>');
        if has_ids != id.is_some() {
            let label = "all lines have a number before ` - `, or none has";
            return Err((format!("«{}» is not written like the lines before it", short(line)), label));
        }
        if path.contains(['<', '\t', ';', '{']) || path.chars().any(char::is_control) {
            return Err((format!("«{}» is no path of categories", short(line)), SHAPE));
        }
        if levels.clone().any(|level| level.trim().is_empty()) {
            return Err((format!("«{}» has a level without a name", short(line)), "a name before and behind each `>`"));
        }
        let at = self.document.text.get(..bytes.start).unwrap_or("").matches('\n').count() + 1;
        if let Some(first) = id.and_then(|id| self.ids.insert(id, at)) {
            let label = "each category has a number of its own";
            return Err((format!("the number {} stands already in line {first}", id.unwrap_or_default()), label));
        }
        if let Some(first) = self.paths.insert(compared(path), at) {
            return Err((format!("«{}» stands already in line {first}", short(path)), "remove one of the two lines"));
        }
        Ok(Entry { id, path: written(path) })
    }

    /// The first line whose category lies in one that is in no line, and that one.
    fn without_outer(&self) -> Option<(Range<usize>, &str)> {
        lines(&self.document.text).find_map(|(bytes, line)| {
            let outer = parted(line).1.rsplit_once('>')?.0.trim();
            (!self.paths.contains_key(&compared(outer))).then_some((bytes, outer))
        })
    }

    fn problem(&self, bytes: Range<usize>, what: String, label: &str) -> Problem {
        Problem {
            code: "config/category-list",
            what,
            label: label.to_owned(),
            help: String::new(),
            document: Arc::clone(self.document),
            bytes,
        }
    }
}

/// The number and the path of a line.
fn parted(line: &str) -> (Option<u32>, &str) {
    let number = line.split_once(" - ").and_then(|(id, path)| Some((super::id_of(id.trim())?, path.trim())));
    number.map_or((None, line), |(id, path)| (Some(id), path))
}

/// The lines that say something, with their places.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(move |whole| {
        let line = whole.trim();
        let from = start + (whole.len() - whole.trim_start().len());
        start += whole.len();
        (from..from + line.len(), line)
    });
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Result<Vec<Entry>, String> {
        let problems = Problems::default();
        let found = read(Document { name: "list.txt".into(), text: text.into() }, &problems);
        found.ok_or_else(|| {
            let problem = problems.take().remove(0);
            format!("{:?} {}", problem.line_and_column(), problem.what)
        })
    }

    #[test]
    fn lists_have_numbers_or_none() {
        let entry = |id, path: &str| Entry { id, path: path.into() };
        let numbered = "# Version: 2026-01-01\r\n1 - Animals & Pets\r\n3237 - Animals & Pets > Live - Animals\r\n";
        let expected = [entry(Some(1), "Animals & Pets"), entry(Some(3237), "Animals & Pets > Live - Animals")];
        assert_eq!(reading(numbered), Ok(expected.to_vec()));
        let expected = vec![entry(None, "Одяг > Куртки"), entry(None, "Одяг")];
        assert_eq!(reading("Одяг>Куртки\nОдяг"), Ok(expected), "in any order");
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_place() {
        for (text, said) in [
            ("", "(1, 1) the list has no category"),
            ("# only a remark\n", "(1, 1) the list has no category"),
            ("1 - A\nB\n", "(2, 1) «B» is not written like the lines before it"),
            ("<!DOCTYPE html>\n", "(1, 1) «<!DOCTYPE html>» is no path of categories"),
            ("1 - A\n\n  1 - B\n", "(3, 3) the number 1 stands already in line 1"),
            ("1 - A\n2 - a\n", "(2, 1) «a» stands already in line 1"),
            ("A\nA > > B\n", "(2, 1) «A > > B» has a level without a name"),
            ("B > C\nA\n", "(1, 1) «B» is in no line of the list"),
        ] {
            assert_eq!(reading(text), Err(said.to_owned()), "{text}");
        }
    }
}
