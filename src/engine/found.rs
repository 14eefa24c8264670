//! Findings made ready for people: by code, with lines and columns. Only the places
//! that are shown are looked up; the stream carries no line numbers.

use std::ops::Range;

use crate::channel::plan::ShapePlan;
use crate::config::{ChannelConfig, Config};
use crate::finding::{CodeNo, Codes, Found, Group, Keep, Level, Levels, Refusal, Severity, Sink};
use crate::source::Spot;
use crate::wire::input::{Input, Line};

use super::outcome::{FindingGroup, PlaceSeen, Snippet};

/// Where a finding stands in its file, and the cell that one about a whole record speaks of, where one can tell.
pub type SpotOf<'s> = &'s dyn Fn(&Found) -> Result<Spot, Refusal>;

/// For places that are exact as they are.
pub fn as_found(found: &Found) -> Result<Spot, Refusal> {
    Ok(Spot { at: found.offset, cell: None })
}

/// What codes mean in a run, and how bad they are there.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'t> {
    /// All codes.
    pub codes: &'t Codes,
    /// Those that were made something else.
    pub levels: &'t Levels,
}

impl Terms<'_> {
    /// How bad a code is here; `None` for one that is not told.
    pub fn severity(&self, code: CodeNo) -> Option<Severity> {
        let by_itself = self.codes.get(code)?.severity;
        match self.levels.of(code).unwrap_or(Level::As(by_itself)) {
            Level::As(severity) => Some(severity),
            Level::Allow => None,
        }
    }

    /// A group of findings, without its places; nothing of what is not told.
    fn group(&self, number: CodeNo, group: &mut Group, file: &str) -> Option<FindingGroup> {
        let code = self.codes.get(number)?;
        Some(FindingGroup {
            code: code.id.clone(),
            severity: self.levels.meet(number, code.severity)?,
            what: code.what.clone(),
            fix: code.fix.clone(),
            in_common: String::new(),
            file: file.to_owned(),
            count: group.count,
            places: Vec::new(),
            prints: std::mem::take(&mut group.prints),
        })
    }
}

/// The findings of a sink whose places lie in one input; errors first, then the most frequent.
pub fn groups(sink: Sink, terms: Terms<'_>, input: &Input, spot: SpotOf<'_>) -> Result<Vec<FindingGroup>, Refusal> {
    let mut made = Vec::new();
    for (number, mut group) in sink.into_groups() {
        let Some(told) = terms.group(number, &mut group, input.shown_as()) else { continue };
        made.push(FindingGroup { places: places(group.first, input, spot)?, ..told });
    }
    sort(&mut made);
    Ok(made)
}

/// Findings about a document itself: they have no place in the master, and stand at the channel's in the config.
pub fn of_config(sink: Sink, terms: Terms<'_>, config: &Config, channel: &Range<usize>) -> Vec<FindingGroup> {
    let (line, column) = config.problem(channel.clone(), "", "", "").line_and_column();
    let (line, column) = (line as u64, column as u64);
    let group = |(number, mut group): (CodeNo, Group)| {
        let told = terms.group(number, &mut group, &config.document.name)?;
        let places = group.first.into_iter().map(|found| PlaceSeen { line, column, found, snippet: None });
        Some(FindingGroup { places: places.collect(), ..told })
    };
    sink.into_groups().into_iter().filter_map(group).collect()
}

/// That a shape which is written is better not; at its place in the config, once.
pub fn of_shape(
    shape: &ShapePlan,
    channel: &ChannelConfig,
    keep: Keep,
    (terms, config): (Terms<'_>, &Config),
) -> Vec<FindingGroup> {
    let Some((code, why)) = &shape.advice else { return Vec::new() };
    let mut sink = Sink::new(keep);
    sink.add(*code, || Found { field: "shape".into(), message: why.clone(), ..Found::default() });
    of_config(sink, terms, config, &channel.shape.as_ref().unwrap_or(&channel.name).bytes)
}

/// Errors first, then the most frequent, then by code.
pub fn sort(groups: &mut [FindingGroup]) {
    groups.sort_by(|one, other| {
        let weight = |group: &FindingGroup| (std::cmp::Reverse(group.severity), std::cmp::Reverse(group.count));
        weight(one).cmp(&weight(other)).then_with(|| one.code.cmp(&other.code))
    });
}

/// Lines and columns of places.
fn places(found: Vec<Found>, input: &Input, spot: SpotOf<'_>) -> Result<Vec<PlaceSeen>, Refusal> {
    let spots = found.iter().map(spot).collect::<Result<Vec<Spot>, Refusal>>()?;
    let starts: Vec<u64> = spots.iter().map(|spot| spot.at).collect();
    let lines = input.places(&starts)?;
    let cells = spots.into_iter().map(|spot| spot.cell);
    let seen = found.into_iter().zip(lines).zip(cells).map(|((found, line), cell)| {
        let snippet = snippet(&found, &line, cell);
        let column = snippet.as_ref().map_or(line.column, |marked| marked.1);
        PlaceSeen { line: line.line, column, found, snippet: snippet.map(|marked| marked.0) }
    });
    Ok(seen.collect())
}

/// The line with the quoted value marked, and the column of the value. Of several quoted texts the first that is
/// found counts; names of columns stand in brackets.
fn snippet(found: &Found, line: &Line, cell: Option<Range<u64>>) -> Option<(Snippet, u64)> {
    let quoted = found.message.split('«').skip(1).zip(found.message.split('«'));
    let values = quoted.filter(|(_, before)| !before.ends_with('(')).filter_map(|(quoted, _)| quoted.split_once('»'));
    let mut values = values.map(|(value, _)| value.trim_matches('…')).filter(|value| !value.is_empty());
    let mark = values.find_map(|value| marked(value, line, cell.as_ref()))?;
    let before = line.text.get(..mark.start)?.chars().count() as u64;
    let column = (line.column + before + 1).checked_sub(line.mark)?;
    Some((Snippet { text: line.text.clone(), mark }, column))
}

/// Where a value stands in a line. Without a cell to look in, at the place itself, else only where it stands in
/// the line once, so that nothing else can be marked by mistake.
fn marked(value: &str, line: &Line, cell: Option<&Range<u64>>) -> Option<Range<usize>> {
    let mark = usize::try_from(line.mark).ok()?.saturating_sub(1);
    let from = line.text.char_indices().nth(mark).map_or(line.text.len(), |(at, _)| at);
    let rest = line.text.get(from..)?;
    let at = match cell {
        Some(cell) => {
            let to = from.saturating_add(usize::try_from(cell.end - cell.start).ok()?);
            from + rest.find(value).filter(|at| from + at + value.len() <= to)?
        }
        None if line.column > 1 && rest.starts_with(value) => from,
        None if line.column > 1 && rest.get(1..).is_some_and(|rest| rest.starts_with(value)) => from + 1,
        None => {
            let mut places = line.text.match_indices(value);
            let (at, _) = places.next()?;
            if places.next().is_some() {
                return None;
            }
            at
        }
    };
    Some(at..at + value.len())
}
