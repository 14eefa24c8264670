//! Exports that are JSON: a document with a list of listings in it, or a listing in each
//! line; and which shape such a text has.

use bumpalo::Bump;

use crate::channel::description::{Gather, Shape, Wire};
use crate::channel::path::Path;
use crate::channel::read::{MembersRead, stands};
use crate::finding::Refusal;
use crate::wire::blocks::BLOCK;
use crate::wire::input::Input;
use crate::wire::json::{Elements, Json, Lines, ObjectBlock, lines, parse, refusal};

use super::super::request::Request;
use super::super::rows_before::RowsBefore;
use super::taker::{Listing, Streamed, Taker};

/// How much of a text is read for its first line, at first.
const FIRST_LINE: usize = 256 * 1024;

/// Where the listings of a document stand: the way to their list, and from one of its items to the listing.
struct Standing {
    list: Vec<Vec<String>>,
    within: Vec<Vec<String>>,
}

impl Standing {
    fn of<'p>(paths: impl Iterator<Item = &'p Path>) -> Standing {
        let mut standing = Standing { list: Vec::new(), within: Vec::new() };
        for path in paths {
            let names = || path.steps.iter().map(|step| step.name.clone());
            let list = path.steps.iter().position(|step| step.repeats).map_or(path.steps.len(), |at| at + 1);
            standing.list.push(names().take(list).collect());
            standing.within.push(names().skip(list).collect());
        }
        standing
    }

    /// The listing in an item of the list that a path leads to.
    fn listing<'b>(&self, path: usize, item: Json<'b>) -> Option<Json<'b>> {
        let names = self.within.get(path)?;
        names.iter().try_fold(item, |json, name| json.member(name))
    }
}

/// Which shapes a text has.
pub(super) fn fits(shapes: &[Shape], input: &Input) -> Result<Vec<bool>, Refusal> {
    shapes
        .iter()
        .map(|shape| {
            let fits = |json: Json<'_>| shape.detect.iter().all(|(wanted, path)| stands(path, json) == *wanted);
            match shape.wire {
                Wire::JsonLines => of_first_line(input, |json| fits(json) || is_child(shape, json)),
                Wire::Json => of_first_element(shape, input, fits),
                _ => Ok(false),
            }
        })
        .collect()
}

/// Whether an object belongs to one in another line, wherever that stands.
fn is_child(shape: &Shape, json: Json<'_>) -> bool {
    match &shape.gather {
        Some(Gather::Lines { parent, .. }) => json.member(parent).is_some(),
        _ => false,
    }
}

/// What holds of the object in the first line; a first line that is none has nothing.
fn of_first_line(input: &Input, holds: impl Fn(Json<'_>) -> bool) -> Result<bool, Refusal> {
    let whole = usize::try_from(input.len()).unwrap_or(usize::MAX);
    let (mut bytes, mut length) = (Vec::new(), FIRST_LINE);
    loop {
        input.read_at(0, length.min(whole), &mut bytes)?;
        let is_all = length >= whole;
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => text,
            // the end of what was read may part a character
            Err(error) => {
                bytes.get(..error.valid_up_to()).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
            }
        };
        let first = lines(text).next().map(|line| line.1);
        let is_whole = is_all || first.is_some_and(|line| line.len() < text.trim_start().len());
        if let (Some(line), true) = (first, is_whole) {
            let arena = Bump::new();
            return Ok(parse(line, &arena).is_ok_and(|json| json.members().is_some() && holds(json)));
        }
        if is_all {
            return Ok(false);
        }
        length = length.saturating_mul(8);
    }
}

/// Why reading a document ends after its first listing.
enum Stop {
    Seen(bool),
    Refused,
}

impl From<Refusal> for Stop {
    fn from(_: Refusal) -> Self {
        Stop::Refused
    }
}

/// What holds of the first listing of a document; one in which there is no listing at the shape's places has nothing.
fn of_first_element(shape: &Shape, input: &Input, holds: impl Fn(Json<'_>) -> bool + Sync) -> Result<bool, Refusal> {
    let standing = Standing::of(places(shape));
    let elements = Elements { input, paths: &standing.list, threads: 1, block: BLOCK };
    let first = |(): &mut (), block: ObjectBlock<'_>| match block.objects.first() {
        Some(item) => Err(Stop::Seen(standing.listing(block.path, *item).is_some_and(&holds))),
        None => Ok(()),
    };
    match elements.read(|_| Ok(()), || (), first, Ok) {
        Err(Stop::Seen(holds)) => Ok(holds),
        // another shape may be read from it, and says itself what is wrong
        Err(Stop::Refused) | Ok(_) => Ok(false),
    }
}

/// So much of a text may be an answer that holds no listing.
const ANSWER: u64 = 64 * 1024;

/// Characters of a server's words that a message shows.
const SHOWN: usize = 120;

/// Refuses a text that has none of these shapes because it is no JSON, a server's error, or a list of nothing; what is
/// left is a document of something else.
pub(super) fn readable(shapes: &[Shape], input: &Input) -> Result<(), Refusal> {
    let lists = Standing::of(shapes.iter().filter(|shape| shape.wire == Wire::Json).flat_map(places)).list;
    // several lines that are an object each are no document
    if !of_first_line(input, |_| true)? && !lists.is_empty() {
        let elements = Elements { input, paths: &lists, threads: 1, block: BLOCK };
        elements.read(|_| Ok::<(), Refusal>(()), || (), |(), _: ObjectBlock<'_>| Ok(()), Ok)?;
    }
    match input.len() > ANSWER {
        true => Ok(()),
        false => holds_something(&lists, input),
    }
}

/// Refuses a short text that is a server's error, or whose list of listings is empty.
fn holds_something(lists: &[Vec<String>], input: &Input) -> Result<(), Refusal> {
    let mut bytes = Vec::new();
    input.read_at(0, usize::try_from(input.len()).unwrap_or(usize::MAX), &mut bytes)?;
    let arena = Bump::new();
    let json = match parse(std::str::from_utf8(&bytes).unwrap_or(""), &arena) {
        Ok(json) => json,
        // the first line is whole: others stand behind it
        Err(_) if of_first_line(input, |_| true)? => return Ok(()),
        Err(malformed) => return Err(refusal(input, 0, &malformed)),
    };
    if let Some(said) = ["errors", "error"].iter().find_map(|name| error_in(json.member(name)?)) {
        let said: String = said.chars().take(SHOWN).collect();
        let what = format!("it is no export but an error of the server: «{said}»");
        return Err(Refusal::whole(input.shown_as(), what, "see to what the server says, and export it again"));
    }
    let is_empty = |names: &&Vec<String>| {
        let end = names.iter().try_fold(json, |json, name| json.member(name));
        end.is_some_and(|end| end.list().is_some_and(<[Json<'_>]>::is_empty))
    };
    let Some(names) = lists.iter().find(is_empty) else { return Ok(()) };
    let place = if names.is_empty() { "the document".to_owned() } else { format!("«{}»", names.join("/")) };
    let what = format!("{place} is a list with nothing in it: it shows no listing at all");
    Err(Refusal::whole(input.shown_as(), what, "export it again; of a channel that has nothing yet name no export"))
}

/// What a server says went wrong: a text, or the first of several with a message each.
fn error_in<'b>(json: Json<'b>) -> Option<&'b str> {
    match json.list() {
        Some(list) => error_in(*list.first()?),
        None => json.text().or_else(|| json.member("message")?.text()),
    }
}

fn places(shape: &Shape) -> impl Iterator<Item = &Path> {
    [&shape.listings.path].into_iter().chain(&shape.listings.read)
}

/// Streams such an export.
pub(super) fn stream<'b, T: Taker>(
    input: &Input,
    read: &MembersRead,
    taker: &T,
    request: &Request<'_>,
) -> Result<Streamed<'b, T::Sum>, Refusal> {
    let threads = request.threads.of(input.len(), 1);
    let mut sum = taker.sum()?;
    let standing = Standing::of(read.listings.iter());
    let work = |(): &mut (), block: ObjectBlock<'_>| {
        let taken = objects(read, &standing, taker, &block)?;
        request.progress.advance(block.block.text.len() as u64);
        Ok::<T::Block, Refusal>(taken)
    };
    let merge = |block| taker.add(block, &mut sum);
    let digest = match taker.shape().wire {
        Wire::Json => {
            let elements = Elements { input, paths: &standing.list, threads, block: BLOCK };
            elements.read(|_| Ok(()), || (), work, merge)?.1
        }
        _ => Lines { input, threads, block: BLOCK }.read(|| (), work, merge)?,
    };
    Ok(Streamed::without_head(sum, digest))
}

/// Hands over the listings of a block.
fn objects<T: Taker>(
    read: &MembersRead,
    standing: &Standing,
    taker: &T,
    block: &ObjectBlock<'_>,
) -> Result<T::Block, Refusal> {
    let mut machine = read.machine(block.arena);
    let (mut taken, mut before) = (taker.block(), RowsBefore::default());
    for item in block.objects {
        let json = standing.listing(block.path, *item).unwrap_or(*item);
        let values = read.listing(json, &mut machine);
        let offset = block.block.offset + item.offset as u64;
        taker.listing(
            Listing { offset, values, noticed: machine.noticed(), arena: block.arena },
            &mut before,
            &mut taken,
        )?;
    }
    Ok(taken)
}
