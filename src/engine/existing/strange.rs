//! What a document has that its channel's description does not know: told once, so that nothing is passed over in
//! silence, and nobody is told of each.

use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::channel::read::Strange;
use crate::finding::{Found, Known, Sink};
use crate::model::listed;

/// So many are named: nothing else tells of them.
const NAMED: usize = 50;

/// The nodes of a document, put together from those of its blocks, which come in its order.
#[derive(Debug, Default)]
pub(super) struct AllStrange(Vec<Strange>);

impl AllStrange {
    pub(super) fn add(&mut self, of_block: Vec<Strange>) {
        for one in of_block {
            match self.0.iter_mut().find(|known| known.path == one.path) {
                Some(known) => known.count += one.count,
                None => self.0.push(one),
            }
        }
    }

    /// Tells those that the channel knows in none of its shapes; their names.
    pub(super) fn tell(mut self, own: &ShapePlan, plan: &ChannelPlan, sink: &mut Sink) -> Vec<String> {
        self.0.retain(|one| !plan.shapes.iter().any(|shape| shape.read.listing.knows(&one.path)));
        // of equally many the first in the document
        self.0.sort_by_key(|one| std::cmp::Reverse(one.count));
        let meant = |path: &str| probably(own.read.listing.nearest(path).as_deref());
        let named = self.0.iter().map(|one| format!("`{}` {} ×{}", one.path, one.count, meant(&one.path)));
        let named: Vec<String> = named.collect();
        let first = self.0.iter().map(|one| one.first).min().unwrap_or(0);
        say(&named, first, sink);
        self.0.into_iter().map(|one| one.path).collect()
    }
}

/// Tells the columns of a table that the channel knows in none of its shapes; their names.
pub(super) fn columns(header: &[String], own: &ShapePlan, plan: &ChannelPlan, sink: &mut Sink) -> Vec<String> {
    let is_strange = |cell: &str, shape: &ShapePlan| {
        let cell = [cell.to_owned()];
        shape.read.table.as_ref().is_none_or(|table| table.strange(&cell).next().is_some())
    };
    let Some(table) = &own.read.table else { return Vec::new() };
    let strange = table.strange(header).filter(|cell| plan.shapes.iter().all(|shape| is_strange(cell, shape)));
    let names: Vec<String> = strange.map(|cell| cell.into_owned()).collect();
    let named: Vec<String> = names.iter().map(|name| format!("`{name}`{}", probably(table.nearest(name)))).collect();
    say(&named, 0, sink);
    names
}

/// What was probably meant.
fn probably(near: Option<&str>) -> String {
    near.map_or(String::new(), |near| format!(" (`{near}`?)"))
}

fn say(named: &[String], first: u64, sink: &mut Sink) {
    if named.is_empty() {
        return;
    }
    let message = listed(named, NAMED, " in the document");
    sink.add(Known::Strange.into(), || Found { offset: first, message, ..Found::default() });
}
