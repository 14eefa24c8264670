//! The tree that reading follows: which node of a document is which field, or an
//! alias of it, or a place that the channel does not read.

use crate::expression::Program;
use crate::model::{Kind, Value};

use super::super::description::{Field, FieldNo, Gather, Row, Shape};
use super::super::path::{Path, Step};
use super::super::spelling::SpellingPlan;
use super::super::write::number_of;
use super::cells::TableRead;
use super::members::{self, MembersRead, Strip};
use super::prefixes::Prefixes;
use crate::wire::xml::same_name;

/// How documents of one shape are read.
#[derive(Debug)]
pub struct ReadPlan {
    /// The names from the root to the repeating node; the first is the root's.
    pub listings: Vec<Step>,
    /// Other paths whose nodes are listings, and whether they may stand there.
    pub other_listings: Vec<(Vec<Step>, bool)>,
    /// Nodes of a listing; the first is its own.
    pub listing: Tree,
    /// Nodes of the document; the first is the root.
    pub document: Tree,
    /// The prefixes of its names.
    pub prefixes: Prefixes,
    /// How rows are read, where it is a table.
    pub table: Option<TableRead>,
    /// The mark that is taken off the texts of a table.
    pub strip: Option<Strip>,
    /// How members are read, where it is JSON or a table whose rows are gathered.
    pub members: Option<MembersRead>,
}

/// Nodes with the fields of their scope.
#[derive(Debug, Default)]
pub struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Scopes: the first is the listing's (or the document's) own, one for each table.
    pub(super) scopes: Vec<ScopePlan>,
}

/// The number of a node in its tree.
pub(super) type NodeNo = usize;

#[derive(Debug, Default)]
pub(super) struct Node {
    pub name: String,
    /// No brother has its name.
    pub alone: bool,
    /// Attributes that tell it from its brothers.
    pub told_by: Vec<(String, String)>,
    pub attributes: Vec<(String, Target)>,
    pub text: Vec<Target>,
    pub children: Vec<NodeNo>,
    /// It is a row of a table: the field, and the scope of its rows.
    pub row: Option<(FieldNo, usize)>,
    /// Its rows are nothing but texts and lists of one item.
    pub plain_row: bool,
}

/// What becomes of a value that stands at a place.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub field: FieldNo,
    /// Number of the alternative.
    pub alternative: usize,
    /// A node per item.
    pub repeats: bool,
    pub usage: Usage,
}

/// Whether the channel reads a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Usage {
    Reads,
    /// Where nothing stands that is read before: its place among those, from 1.
    ReadsInstead(u8),
    Ignores,
    Refuses,
}

/// The fields of a listing, of the document or of a table's row, for reading.
#[derive(Debug, Default)]
pub(super) struct ScopePlan {
    pub fields: Vec<FieldRead>,
    /// By which of them rows are told apart, of those that stand in the document.
    pub key: Vec<FieldNo>,
    /// Fields that may stand in several ways.
    pub of_several_ways: Vec<FieldNo>,
    pub missing_is_unsaid: bool,
    /// They are a table's rows, of which there is one.
    pub is_one_row: bool,
}

impl ScopePlan {
    /// What a field is that does not stand there.
    pub(super) fn missing<'b>(&self) -> Value<'b> {
        if self.missing_is_unsaid { Value::Unsaid } else { Value::Empty }
    }
}

#[derive(Debug)]
pub(super) struct FieldRead {
    pub kind: Kind,
    /// How it may stand, each way with its condition.
    pub ways: Vec<(Option<Program>, SpellingPlan)>,
}

impl ReadPlan {
    /// Compiles the rows of a shape.
    pub fn new(shape: &Shape, head: &[Field], fields: &[Field]) -> ReadPlan {
        let aliases = |paths: &[Path], allowed: bool| -> Vec<(Vec<Step>, bool)> {
            paths.iter().map(|path| (path.steps.clone(), allowed)).collect()
        };
        let mut other_listings = aliases(&shape.listings.read, true);
        other_listings.extend(aliases(&shape.listings.refused, false));
        let missing = shape.missing_is_unsaid;
        let members = match (&shape.gather, shape.wire) {
            (Some(Gather::Row), _) => Some(MembersRead::new(fields, &shape.at, missing)),
            (Some(Gather::Rows(_)), _) => {
                Some(MembersRead::new(fields, &members::with_rows_by_name(&shape.at, fields), missing))
            }
            (_, wire) if wire.is_json() => {
                let listings = [&shape.listings.path].into_iter().chain(&shape.listings.read).cloned().collect();
                Some(MembersRead::new(fields, &shape.at, missing).in_a_document(listings))
            }
            _ => None,
        };
        ReadPlan {
            members,
            strip: shape.strip.map(Strip),
            listings: shape.listings.path.steps.clone(),
            other_listings,
            listing: Tree::new(fields, &shape.at, shape.missing_is_unsaid),
            document: Tree::new(head, &shape.head, shape.missing_is_unsaid),
            prefixes: Prefixes(shape.namespaces.clone()),
            table: shape.wire.table().map(|form| TableRead::new(shape, form, fields)),
        }
    }
}

impl Tree {
    fn new(fields: &[Field], rows: &[(FieldNo, Vec<Row>)], missing_is_unsaid: bool) -> Tree {
        let mut tree = Tree { nodes: vec![Node::default()], scopes: Vec::new() };
        tree.scope(0, fields, rows, missing_is_unsaid);
        tree.mark_alone();
        tree.mark_plain_rows();
        tree
    }

    /// Whether a node has this name and no brother has it.
    pub(super) fn is_alone(&self, node: NodeNo, name: &str) -> bool {
        self.nodes.get(node).is_some_and(|node| node.alone && same_name(node.name.as_bytes(), name.as_bytes()))
    }

    fn mark_alone(&mut self) {
        let name = |tree: &Tree, node: NodeNo| tree.nodes.get(node).map(|node| node.name.clone()).unwrap_or_default();
        for parent in 0..self.nodes.len() {
            let children = self.nodes.get(parent).map(|node| node.children.clone()).unwrap_or_default();
            let names: Vec<String> = children.iter().map(|child| name(self, *child)).collect();
            for (child, own) in children.iter().zip(&names) {
                let alone = names.iter().filter(|name| *name == own).count() == 1;
                if let Some(node) = self.nodes.get_mut(*child) {
                    node.alone = alone && node.told_by.is_empty();
                }
            }
        }
    }

    fn mark_plain_rows(&mut self) {
        let scopes = &self.scopes;
        for node in &mut self.nodes {
            let scope = node.row.and_then(|row| scopes.get(row.1));
            node.plain_row = scope.is_some_and(|scope| scope.is_plain() && node.is_read_plainly(scope));
        }
    }

    /// Adds a scope whose rows stand below a node; gives its number.
    fn scope(&mut self, at: NodeNo, fields: &[Field], rows: &[(FieldNo, Vec<Row>)], missing_is_unsaid: bool) -> usize {
        let number = self.scopes.len();
        self.scopes.push(scope_plan(fields, rows, missing_is_unsaid));
        for (field_no, rows) in rows {
            let Some(field) = fields.get(*field_no) else { continue };
            for (alternative, row) in rows.iter().enumerate() {
                self.row(at, *field_no, field, alternative, row, missing_is_unsaid);
            }
        }
        number
    }

    fn row(&mut self, at: NodeNo, field_no: FieldNo, field: &Field, alternative: usize, row: &Row, unsaid: bool) {
        let usages = [(&row.read, Usage::Reads), (&row.ignored, Usage::Ignores), (&row.refused, Usage::Refuses)];
        let instead = row.instead.iter().zip(1..).map(|(path, rank)| (path, Usage::ReadsInstead(rank)));
        let others = usages.iter().flat_map(|(paths, usage)| paths.iter().map(|path| (path, *usage))).chain(instead);
        for (path, usage) in std::iter::once((&row.path, Usage::Reads)).chain(others) {
            let node = self.descend(at, &path.steps);
            if field.kind == Kind::Table {
                let scope = self.scope(node, &field.fields, &row.at, unsaid);
                if let Some(node) = self.nodes.get_mut(node) {
                    node.row = Some((field_no, scope));
                }
                self.set_key(scope, &field.key);
                if let Some(plan) = self.scopes.get_mut(scope) {
                    plan.is_one_row = field.is_one_row();
                }
                continue;
            }
            let repeats = field.kind == Kind::List && row.spelling.join.is_none() && field.spelling.join.is_none();
            let target = Target { field: field_no, alternative, repeats, usage };
            let Some(node) = self.nodes.get_mut(node) else { continue };
            match &path.attribute {
                Some(name) => node.attributes.push((name.clone(), target)),
                None => node.text.push(target),
            }
        }
    }

    /// By which fields the rows of a scope are told apart, of those that stand in the document.
    pub(super) fn set_key(&mut self, scope: usize, key: &[FieldNo]) {
        if let Some(plan) = self.scopes.get_mut(scope) {
            let stands = |key: &FieldNo| plan.fields.get(*key).is_some_and(|field| !field.ways.is_empty());
            plan.key = key.iter().copied().filter(stands).collect();
        }
    }

    fn descend(&mut self, from: NodeNo, steps: &[Step]) -> NodeNo {
        let mut at = from;
        for step in steps {
            let children = self.nodes.get(at).map(|node| node.children.clone()).unwrap_or_default();
            let found = children.iter().copied().find(|child| {
                self.nodes.get(*child).is_some_and(|node| node.name == step.name && node.told_by == step.told_by)
            });
            at = found.unwrap_or_else(|| self.add(at, step));
        }
        at
    }

    fn add(&mut self, parent: NodeNo, step: &Step) -> NodeNo {
        let number = self.nodes.len();
        self.nodes.push(Node { name: step.name.clone(), told_by: step.told_by.clone(), ..Node::default() });
        if let Some(parent) = self.nodes.get_mut(parent) {
            // one that is told by an attribute takes its nodes before one that takes any
            let position = if step.told_by.is_empty() { parent.children.len() } else { 0 };
            parent.children.insert(position, number);
        }
        number
    }
}

/// What has to be known of the fields of a scope to read them.
pub(super) fn scope_plan(fields: &[Field], rows: &[(FieldNo, Vec<Row>)], missing_is_unsaid: bool) -> ScopePlan {
    let of_field = |(field_no, field): (usize, &Field)| {
        let rows = rows.iter().find(|row| row.0 == field_no).map(|row| row.1.as_slice()).unwrap_or(&[]);
        FieldRead { kind: field.kind, ways: ways(fields, field, rows) }
    };
    let fields: Vec<FieldRead> = fields.iter().enumerate().map(of_field).collect();
    let several = fields.iter().enumerate().filter(|(_, field)| field.ways.len() > 1);
    let of_several_ways = several.map(|(number, _)| number).collect();
    ScopePlan { fields, key: Vec::new(), of_several_ways, missing_is_unsaid, is_one_row: false }
}

fn ways(fields: &[Field], field: &Field, rows: &[Row]) -> Vec<(Option<Program>, SpellingPlan)> {
    rows.iter()
        .map(|row| {
            let when = row.when.as_ref().map(|when| when.compile(&mut |name| number_of(fields, name)));
            (when, SpellingPlan::new(field.kind, &field.spelling, &row.spelling))
        })
        .collect()
}
