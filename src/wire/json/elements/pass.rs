//! The strict pass over a document: what stands around the objects in order, the objects in parallel blocks.

use bumpalo::Bump;

use super::{Beside, Elements, Found, Window};
use crate::finding::Refusal;
use crate::wire::blocks::{Block, Reading, in_blocks};
use crate::wire::json::fault::{Malformed, Open};
use crate::wire::json::objects::of_list;
use crate::wire::json::{ElementsCut, ObjectBlock, refusal};

/// A pass that knows where the objects are.
pub(super) struct Pass<'e, H, B, W, M> {
    pub(super) elements: &'e Elements<'e>,
    pub(super) found: Found,
    /// The names from the top to the value that is being read.
    pub(super) path: Vec<String>,
    pub(super) beside: H,
    pub(super) start: B,
    pub(super) work: W,
    pub(super) merge: M,
}

impl<S, R, E, H, B, W, M> Pass<'_, H, B, W, M>
where
    R: Send,
    E: From<Refusal> + Send,
    H: FnMut(Beside<'_>) -> Result<(), E>,
    B: Fn() -> S + Sync,
    W: Fn(&mut S, ObjectBlock<'_>) -> Result<R, E> + Sync,
    M: FnMut(R) -> Result<(), E> + Send,
{
    /// Reads the value that comes next: the objects, what leads to them, or what stands beside.
    pub(super) fn value(&mut self, window: &mut Window<'_>) -> Result<(), E> {
        let first = window.peek()?;
        if window.place() == self.found.place {
            return if first == Some(b'[') { self.list(window) } else { self.one(window, 0, &mut (self.start)()) };
        }
        if first == Some(b'{') && self.leads_through_here() {
            return window.members(|window, name| {
                self.path.push(name);
                self.value(window)?;
                self.path.pop();
                Ok(())
            });
        }
        window.value(|seen| (self.beside)(Beside { path: &self.path, value: seen.json, base: seen.base }))?
    }

    fn leads_through_here(&self) -> bool {
        let whole = self.elements.paths.get(self.found.path).map(Vec::as_slice).unwrap_or_default();
        whole.len() > self.path.len() && whole.starts_with(&self.path)
    }

    /// The list of objects: blocks of them, and then one by one those that no block took.
    fn list(&mut self, window: &mut Window<'_>) -> Result<(), E> {
        let open = Open::List(window.opened());
        window.step();
        window.pass();
        let from = window.place();
        let (end, mut number) = self.blocks(window, from)?;
        window.jump(end);
        if number == 0 && window.peek()? == Some(b']') {
            window.step();
            return Ok(());
        }
        let mut state = (self.start)();
        loop {
            if !matches!(window.peek()?, Some(byte) if !b",]}:".contains(&byte)) {
                return Err(window.wrong(|text, at| Malformed::no_value(text, at, open)).into());
            }
            self.one(window, number, &mut state)?;
            number += 1;
            if !window.goes_on(open)? {
                return Ok(());
            }
        }
    }

    /// Reads elements in blocks as far as commas follow them; says where they end, and how many blocks there were.
    fn blocks(&mut self, window: &mut Window<'_>, from: u64) -> Result<(u64, usize), E> {
        let elements = self.elements;
        let whole = Reading::of(elements.input, elements.threads);
        let reading = Reading { block: elements.block, ..whole.from(from) };
        let Pass { found, start, work, merge, .. } = self;
        let mut number = 0;
        let end = in_blocks(
            &reading,
            &mut ElementsCut::default(),
            &mut window.digest,
            || (start(), Bump::new()),
            |(state, arena), block| {
                arena.reset();
                work_on(elements, found.path, state, arena, block, work)
            },
            |result| {
                number += 1;
                merge(result)
            },
        )?;
        Ok((end, number))
    }

    /// One object as a block of its own.
    fn one(&mut self, window: &mut Window<'_>, number: usize, state: &mut S) -> Result<(), E> {
        let (elements, path) = (self.elements, self.found.path);
        let result = window.value(|seen| {
            let block = Block { offset: seen.base + seen.json.offset as u64, text: seen.text, number };
            work_on(elements, path, state, &Bump::new(), block, &self.work)
        })??;
        (self.merge)(result)
    }
}

/// Reads the objects of a block and works on them.
fn work_on<'b, S, R, E: From<Refusal>>(
    elements: &Elements<'_>,
    path: usize,
    state: &mut S,
    arena: &'b Bump,
    block: Block<'b>,
    work: &impl Fn(&mut S, ObjectBlock<'_>) -> Result<R, E>,
) -> Result<R, E> {
    let objects = of_list(block.text, arena).map_err(|malformed| refusal(elements.input, block.offset, &malformed))?;
    work(state, ObjectBlock { block, objects, arena, path })
}
