//! Exports in which several rows or lines make one listing, wherever in the file they stand:
//! all of it is held in memory until they have come together.

use bumpalo::Bump;
use hashbrown::HashMap;

use crate::channel::description::Gather;
use crate::channel::read::{MembersRead, Strip, TableRead, of_rows};
use crate::finding::Refusal;
use crate::wire::Digest;
use crate::wire::blocks::{BLOCK, in_parts};
use crate::wire::input::Input;
use crate::wire::json::{Json, JsonValue, Member, lines, refusal, value};
use crate::wire::table::{RecordBlock, Table, owned_cell};

use super::super::request::Request;
use super::super::rows_before::RowsBefore;
use super::table;
use super::taker::{Listing, Streamed, Taker};

/// Listings that one thread works on at a time.
const PART: usize = 256;

/// Gathers the listings of an export, and hands them over.
pub(super) fn stream<'b, T: Taker>(
    input: &Input,
    gather: &Gather,
    read: &MembersRead,
    taker: &T,
    request: &Request<'_>,
) -> Result<Streamed<'b, T::Sum>, Refusal> {
    match gather {
        Gather::Row | Gather::Rows(_) => {
            let Some(table) = &taker.shape().read.table else {
                return Err(Refusal::whole(input.shown_as(), "it is no table", ""));
            };
            let by = if let Gather::Rows(by) = gather { by.as_slice() } else { &[] };
            of_table(input, by, (table, read), taker, request)
        }
        Gather::Lines { id, parent, into } => of_lines(input, [id, parent, into], read, taker, request),
    }
}

/// Listings whose rows or lines have come together.
trait Gathered: Sync {
    /// How many there are.
    fn count(&self) -> usize;

    /// The listing of a number, and where it begins.
    fn listing<'a>(&'a self, number: usize, arena: &'a Bump) -> (u64, Json<'a>);

    /// Why it is none.
    fn aside(&self, _: usize) -> Option<&str> {
        None
    }
}

/// Hands over listings that have come together, on any number of threads.
fn handed_over<'b, T: Taker>(
    gathered: &impl Gathered,
    read: &MembersRead,
    taker: &T,
    threads: usize,
    digest: Digest,
) -> Result<Streamed<'b, T::Sum>, Refusal> {
    let count = gathered.count();
    let mut sum = taker.sum()?;
    let part = |(): &mut (), number: usize| {
        let arena = Bump::new();
        let mut machine = read.machine(&arena);
        let (mut taken, mut before) = (taker.block(), RowsBefore::default());
        for number in number * PART..((number + 1) * PART).min(count) {
            let (offset, json) = gathered.listing(number, &arena);
            let values = read.listing(json, &mut machine);
            if let Some(message) = gathered.aside(number) {
                table::tell_aside(taker, &mut taken, (offset, values), message);
                continue;
            }
            taker.listing(
                Listing { offset, values, noticed: machine.noticed(), arena: &arena },
                &mut before,
                &mut taken,
            )?;
        }
        Ok::<_, Refusal>(taken)
    };
    in_parts(count.div_ceil(PART), threads, || (), part, |taken| taker.add(taken, &mut sum))?;
    Ok(Streamed::without_head(sum, digest))
}

/// A row of a table.
struct Row {
    /// Where it begins.
    offset: u64,
    cells: Vec<String>,
    /// Why it is no listing.
    aside: Option<String>,
}

fn of_table<'b, T: Taker>(
    input: &Input,
    by: &[String],
    (table_read, read): (&TableRead, &MembersRead),
    taker: &T,
    request: &Request<'_>,
) -> Result<Streamed<'b, T::Sum>, Refusal> {
    let Some(header) = table::header(input, table_read)? else {
        return Err(input.refusal_at(0, "there is no header in it", "give a table with a header in its first line"));
    };
    let form = table_read.form;
    let is_key = |cell: &String| by.iter().any(|name| form.name_of(name) == form.name_of(cell));
    let key = header.cells.iter().position(is_key);
    if key.is_none() && !by.is_empty() {
        let what = format!("its first line has no column `{}`, by which rows come together", by.join("` or `"));
        return Err(input.refusal_at(0, what, "check that the file belongs to this channel"));
    }
    let names: Vec<String> = header.cells.iter().map(|cell| read.name_of(cell, form)).collect();
    let dialect = table_read.dialect();
    let strip = taker.shape().read.strip;
    let reading = Table {
        input,
        dialect,
        columns: names.len(),
        body: header.body,
        threads: request.threads.of(input.len(), 1),
        block: BLOCK,
    };
    let columns = table_read.header(&header.cells);
    let mut all: Vec<Row> = Vec::new();
    let work = |(): &mut (), RecordBlock { block, rows, .. }: RecordBlock<'_>| {
        let cell = |raw: &str| {
            let cell = owned_cell(raw, dialect);
            let text = strip.map_or(cell.as_str(), |strip: Strip| strip.off(&cell));
            form.with_line_ends(text).into_owned()
        };
        let of = rows.iter(block.text).filter(|row| !row.is_blank(dialect));
        let row = of.map(|row| {
            let cells = (0..names.len()).map(|column| cell(row.raw(column))).collect();
            let aside = columns.aside(row, &Bump::new()).map(|(column, text)| table::said_aside(column, text));
            Row { offset: block.offset + u64::from(row.start()), cells, aside }
        });
        request.progress.advance(block.text.len() as u64);
        Ok::<Vec<Row>, Refusal>(row.collect())
    };
    let digest = reading.read(
        || (),
        work,
        |rows| {
            all.extend(rows);
            Ok(())
        },
    )?;
    input.verify_unchanged()?;
    let products = together(&all, key);
    handed_over(&Rows { names, all, products }, read, taker, request.threads.of(input.len(), 1), digest)
}

/// The rows of a table, by the products that they make.
struct Rows {
    /// The names of its columns.
    names: Vec<String>,
    all: Vec<Row>,
    /// The numbers of each product's rows.
    products: Vec<Vec<usize>>,
}

impl Gathered for Rows {
    fn count(&self) -> usize {
        self.products.len()
    }

    fn listing<'a>(&'a self, number: usize, arena: &'a Bump) -> (u64, Json<'a>) {
        let rows = self.products.get(number).map_or(&[][..], Vec::as_slice);
        let header: Vec<&'a str> = self.names.iter().map(String::as_str).collect();
        let cells = |at: &usize| -> &'a [&'a str] {
            let cells = self.all.get(*at).map_or(&[][..], |row| row.cells.as_slice());
            arena.alloc_slice_fill_iter(cells.iter().map(String::as_str))
        };
        let cells: Vec<&'a [&'a str]> = rows.iter().map(cells).collect();
        let offset = rows.first().and_then(|at| self.all.get(*at)).map_or(0, |row| row.offset);
        (offset, of_rows(&header, &cells, 0, arena))
    }

    fn aside(&self, number: usize) -> Option<&str> {
        let first = self.products.get(number)?.first()?;
        self.all.get(*first)?.aside.as_deref()
    }
}

/// The numbers of the rows that have one key, by the first of each; a row without one is alone.
fn together(all: &[Row], key: Option<usize>) -> Vec<Vec<usize>> {
    let mut products: Vec<Vec<usize>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (number, Row { cells, .. }) in all.iter().enumerate() {
        let text = key.and_then(|key| cells.get(key)).map_or("", |cell| cell.trim());
        let at = match text {
            "" => products.len(),
            text => *known.entry(text).or_insert(products.len()),
        };
        match products.get_mut(at) {
            Some(product) => product.push(number),
            None => products.push(vec![number]),
        }
    }
    products
}

/// The objects of a text of lines, by those that they belong to.
struct Family<'b> {
    /// The member that holds an object's id, and the list that children come into.
    names: [&'b str; 2],
    objects: Vec<Json<'b>>,
    /// The numbers of those without a parent.
    roots: Vec<usize>,
    children: HashMap<&'b str, Vec<usize>>,
}

fn of_lines<'b, T: Taker>(
    input: &Input,
    [id, parent, into]: [&String; 3],
    read: &MembersRead,
    taker: &T,
    request: &Request<'_>,
) -> Result<Streamed<'b, T::Sum>, Refusal> {
    let mut bytes = Vec::new();
    input.read_at(0, usize::try_from(input.len()).unwrap_or(usize::MAX), &mut bytes)?;
    let mut digest = Digest::new();
    digest.update(&bytes);
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Err(Refusal::whole(input.shown_as(), "it is no UTF-8", "export it again"));
    };
    let arena = Bump::new();
    let family = family(input, text, [id, parent, into], &arena)?;
    input.verify_unchanged()?;
    request.progress.advance(input.len());
    if family.roots.is_empty() {
        return Err(Refusal::whole(input.shown_as(), "the file is empty", "export it again"));
    }
    handed_over(&family, read, taker, request.threads.of(input.len(), 1), digest)
}

fn family<'b>(
    input: &Input,
    text: &'b str,
    [id, parent, into]: [&'b String; 3],
    arena: &'b Bump,
) -> Result<Family<'b>, Refusal> {
    let mut family = Family { names: [id, into], objects: Vec::new(), roots: Vec::new(), children: HashMap::new() };
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (offset, line) in lines(text) {
        let end = offset + line.len();
        let (json, behind) =
            value(text.get(..end).unwrap_or(""), offset, arena).map_err(|malformed| refusal(input, 0, &malformed))?;
        if json.members().is_none() || !text.get(behind..end).unwrap_or("").trim().is_empty() {
            let what = "a line of the export is one object, and nothing behind it";
            return Err(input.refusal_at(offset as u64, what, "export it again"));
        }
        let number = family.objects.len();
        if let Some(own) = json.member(id).and_then(|id| id.text())
            && known.insert(own, number).is_some()
        {
            let what = format!("a second object has the id «{own}»");
            return Err(input.refusal_at(offset as u64, what, "export it again"));
        }
        family.objects.push(json);
        match json.member(parent).and_then(|parent| parent.text()) {
            Some(of) => family.children.entry(of).or_default().push(number),
            None => family.roots.push(number),
        }
    }
    let orphan =
        family.children.iter().filter(|(of, _)| !known.contains_key(*of)).map(|(of, numbers)| (numbers, of)).min();
    if let Some((numbers, of)) = orphan {
        let offset = numbers.first().and_then(|number| family.objects.get(*number)).map_or(0, |json| json.offset);
        let what = format!("this object belongs to «{of}», which no line holds");
        return Err(input.refusal_at(offset as u64, what, "the export is cut: fetch it again"));
    }
    Ok(family)
}

impl Gathered for Family<'_> {
    fn count(&self) -> usize {
        self.roots.len()
    }

    fn listing<'a>(&'a self, number: usize, arena: &'a Bump) -> (u64, Json<'a>) {
        let json = self.with_children(self.roots.get(number).copied().unwrap_or(0), arena);
        (json.offset as u64, json)
    }
}

impl Family<'_> {
    /// An object with all that belongs to it in a list of its own.
    fn with_children<'a>(&'a self, number: usize, arena: &'a Bump) -> Json<'a> {
        let [id, into] = self.names;
        let Some(json) = self.objects.get(number) else { return Json { offset: 0, value: JsonValue::Null } };
        let own = json.member(id).and_then(|id| id.text());
        let Some(children) = own.and_then(|own| self.children.get(own)) else { return *json };
        let all: Vec<Json<'a>> = children.iter().map(|child| self.with_children(*child, arena)).collect();
        let list = Json { offset: json.offset, value: JsonValue::List(arena.alloc_slice_copy(&all)) };
        let mut members: Vec<Member<'a>> = json.members().unwrap_or(&[]).to_vec();
        members.push(Member { name: into, value: list });
        Json { offset: json.offset, value: JsonValue::Object(arena.alloc_slice_copy(&members)) }
    }
}
