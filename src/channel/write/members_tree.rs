//! Building the tree of members that is written from a shape's rows: rows that share a
//! parent come into one object, wherever in the shape they stand.

use crate::model::Kind;

use super::super::description::{Field, FieldNo, Row, Shape, Wire};
use super::super::path::{Path, Step};
use super::members::{Content, Member, MembersPlan, Object, Wrapped, lead};
use super::{Item, WriteProblem};

impl MembersPlan {
    /// Compiles the rows of a shape.
    pub fn new(shape: &Shape, fields: &[Field]) -> Result<MembersPlan, WriteProblem> {
        let mut listing = Object::default();
        for (field, rows) in &shape.at {
            add_field(&mut listing, fields, *field, rows)?;
        }
        let document = (shape.wire == Wire::Json).then(|| {
            let steps = &shape.listings.path.steps;
            let before: String = steps.iter().map(|step| format!("{{{}", lead(&step.name))).collect();
            (format!("{before}["), format!("\n]{}\n", "}".repeat(steps.len())))
        });
        Ok(MembersPlan { listing, document })
    }
}

/// Adds all alternatives of one field.
fn add_field(object: &mut Object, fields: &[Field], field: FieldNo, rows: &[Row]) -> Result<(), WriteProblem> {
    for (row, item) in Item::alternatives(fields, field, rows) {
        add_row(object, fields, row, item)?;
    }
    Ok(())
}

fn add_row(object: &mut Object, fields: &[Field], row: &Row, item: Item) -> Result<(), WriteProblem> {
    let Some(meaning) = fields.get(item.field) else { return Ok(()) };
    let path = &row.path;
    check(path)?;
    if meaning.kind == Kind::Table {
        let (before, name, around) = repeated(path)?;
        let mut inner = Object::default();
        for (number, rows) in &row.at {
            add_field(&mut inner, &meaning.fields, *number, rows)?;
        }
        let parent = object.descend(before).ok_or_else(|| taken(path))?;
        parent.push(name, Content::Rows(item, Wrapped { around, object: inner }));
        return Ok(());
    }
    if meaning.kind == Kind::List && item.spelling.join.is_none() {
        let (before, name, around) = repeated(path)?;
        let parent = object.descend(before).ok_or_else(|| taken(path))?;
        parent.push(name, Content::Items(item, around));
        return Ok(());
    }
    if let Some(unit_at) = &row.unit_at {
        check(unit_at)?;
        add_leaf(object, unit_at, |_| Content::Unit(item.clone()))?;
    }
    add_leaf(object, path, |there| match there {
        Some(Content::Value(items)) => Content::Value([items, vec![item.clone()]].concat()),
        _ => Content::Value(vec![item.clone()]),
    })
}

/// Puts a single value at the end of a path; `content` is told what stands there already.
fn add_leaf(
    object: &mut Object,
    path: &Path,
    content: impl FnOnce(Option<Content>) -> Content,
) -> Result<(), WriteProblem> {
    let Some((last, before)) = path.steps.split_last().filter(|(last, _)| last.told_by.is_empty()) else {
        return Err(problem(path, "a single value needs a name of its own"));
    };
    let parent = object.descend(before).ok_or_else(|| taken(path))?;
    let there = parent.members.iter().position(|member| member.name == last.name);
    let there = there.map(|at| parent.members.remove(at).content);
    parent.push(&last.name, content(there));
    Ok(())
}

/// What can be read and not written.
fn check(path: &Path) -> Result<(), WriteProblem> {
    if path.out > 0 || path.is_numbered() || path.steps.iter().any(|step| step.item.is_some()) {
        return Err(problem(path, "a place out of the row, or one by its number, can only be read"));
    }
    Ok(())
}

fn problem(path: &Path, what: &str) -> WriteProblem {
    WriteProblem { path: path.text.clone(), what: what.to_owned() }
}

fn taken(path: &Path) -> WriteProblem {
    problem(path, "another field stands on the way to it")
}

/// The steps to the list that repeats, its name, and what stands around each of its items.
fn repeated(path: &Path) -> Result<(&[Step], &str, [String; 2]), WriteProblem> {
    let marked = path.steps.iter().position(|step| step.repeats);
    let at = marked.or_else(|| path.steps.len().checked_sub(1));
    let Some((at, list)) = at.and_then(|at| Some((at, path.steps.get(at)?))) else {
        return Err(problem(path, "a list needs a name of its own"));
    };
    let (before, behind) = (path.steps.get(..at).unwrap_or(&[]), path.steps.get(at + 1..).unwrap_or(&[]));
    if !list.told_by.is_empty() || behind.iter().any(|step| !step.told_by.is_empty()) {
        return Err(problem(path, "a list of items that constants tell apart can only be read"));
    }
    let open = behind.iter().map(|step| format!("{{{}", lead(&step.name))).collect();
    Ok((before, &list.name, [open, "}".repeat(behind.len())]))
}

impl Object {
    fn push(&mut self, name: &str, content: Content) {
        self.members.push(Member { name: name.to_owned(), lead: lead(name), content });
    }

    /// The object at the end of some steps, made where it is not there; `None` where another value stands on the way.
    fn descend(&mut self, steps: &[Step]) -> Option<&mut Object> {
        let Some((first, rest)) = steps.split_first() else { return Some(self) };
        let constants: Vec<String> = first.told_by.iter().map(|(name, value)| constant(name, value)).collect();
        let in_list = !first.told_by.is_empty() && !first.is_single;
        let at = self.members.iter().position(|member| member.name == first.name).unwrap_or_else(|| {
            let content = match in_list {
                true => Content::Told(Vec::new()),
                false => Content::Object(Object { constants: constants.clone(), ..Object::default() }),
            };
            self.push(&first.name, content);
            self.members.len() - 1
        });
        let object = match &mut self.members.get_mut(at)?.content {
            Content::Object(object) if !in_list => object,
            Content::Told(objects) if in_list => {
                let at = objects.iter().position(|object| object.constants == constants).unwrap_or_else(|| {
                    objects.push(Object { constants, ..Object::default() });
                    objects.len() - 1
                });
                objects.get_mut(at)?
            }
            _ => return None,
        };
        object.descend(rest)
    }
}

/// A member that is the same in every listing, as it is written.
fn constant(name: &str, value: &str) -> String {
    format!("{}{}", lead(name), lead(value).trim_end_matches(':'))
}
