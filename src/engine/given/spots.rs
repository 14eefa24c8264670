//! Where in a listing a fault stands: the stream knows where the listing begins, and its text is looked through again for
//! the node, and for the value that the message quotes. Only for places that are shown.

use std::ops::Range;

use memchr::memmem;

use crate::channel::description::Wire;
use crate::channel::plan::{ChannelPlan, ShapePlan};
use crate::finding::{Found, Refusal};
use crate::source::Spot;
use crate::wire::input::Input;
use crate::wire::table::{Dialect, Records};

/// So much of a listing is looked through.
const MOST: u64 = 256 * 1024;

/// Finds places in a document of a shape.
pub(super) fn of<'s>(
    input: &'s Input,
    plan: &'s ChannelPlan,
    shape: &'s ShapePlan,
) -> impl Fn(&Found) -> Result<Spot, Refusal> + 's {
    move |found| {
        let nothing = Spot { at: found.offset, cell: None };
        // a field has a name of its own, and a node that is often called so
        let by_name = plan.fields.iter().position(|field| field.name == found.field);
        let node = by_name.and_then(|number| shape.compared.get(number)).map(|how| how.node.as_str());
        let Some(node) = node.filter(|node| !node.is_empty()) else { return Ok(nothing) };
        let mut bytes = Vec::new();
        let length = input.len().saturating_sub(found.offset).min(MOST);
        input.read_at(found.offset, usize::try_from(length).unwrap_or(0), &mut bytes)?;
        let valid = std::str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), |_| bytes.len());
        let text = std::str::from_utf8(bytes.get(..valid).unwrap_or_default()).unwrap_or("");
        let at = match shape.wire {
            Wire::Xml => in_nodes(text, node),
            Wire::Json | Wire::JsonLines => in_members(text, node),
            Wire::Table(_) => in_row(input, shape, text, node)?,
        };
        let Some(place) = at else { return Ok(alone(text, found).map_or(nothing, |at| at_byte(found, at))) };
        let value = quoted(&found.message).find_map(|value| {
            let at = text.get(place.clone())?.find(value)?;
            Some(place.start + at..place.start + at + value.len())
        });
        Ok(at_byte(found, value.map_or(place.start, |value| value.start)))
    }
}

fn at_byte(found: &Found, at: usize) -> Spot {
    Spot { at: found.offset + at as u64, cell: None }
}

/// A quoted value that stands in a listing by itself, once, at whatever node: the field may have been found at another
/// than its own.
fn alone(text: &str, found: &Found) -> Option<usize> {
    let listing = text.get(..listing_end(text))?;
    quoted(&found.message).find_map(|value| {
        let mut places = [format!(">{value}<"), format!("\"{value}\"")]
            .into_iter()
            .flat_map(|whole| listing.match_indices(&whole).map(|at| at.0 + 1).collect::<Vec<_>>());
        let first = places.next()?;
        places.next().is_none().then_some(first)
    })
}

/// The last name of a node, and whether it is an attribute: `price`, `offer@id`.
fn last(node: &str) -> (&str, bool) {
    let plain = node.split(['[', '(']).next().unwrap_or(node);
    match plain.rsplit_once('@') {
        Some((_, name)) => (name, true),
        None => (plain.rsplit('/').next().unwrap_or(plain), false),
    }
}

/// The values that a message quotes.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    let parts = message.split('«').skip(1).filter_map(|part| part.split_once('»'));
    parts.map(|(value, _)| value.trim_matches('…')).filter(|value| !value.is_empty())
}

/// The content of the first node of a name in a listing, or the value of an attribute.
fn in_nodes(text: &str, node: &str) -> Option<Range<usize>> {
    let (name, is_attribute) = last(node);
    let end = listing_end(text);
    let listing = text.get(..end)?;
    if is_attribute {
        let found = memmem::find_iter(listing.as_bytes(), name).find(|at| {
            let before = listing.get(..*at).and_then(|before| before.chars().next_back());
            let after = listing.get(at + name.len()..).unwrap_or("").trim_start();
            before.is_some_and(char::is_whitespace) && after.starts_with('=')
        })?;
        let from = found + listing.get(found..)?.find(['"', '\''])? + 1;
        let mark = listing.get(from - 1..)?.chars().next()?;
        return Some(from..from + listing.get(from..)?.find(mark)?);
    }
    let found = memmem::find_iter(listing.as_bytes(), name).find(|at| {
        let before = listing.get(..*at).unwrap_or("");
        let after = listing.get(at + name.len()..).and_then(|after| after.chars().next());
        let begins = before.ends_with('<') || before.ends_with(':') && before.rfind('<') > before.rfind(['>', ' ']);
        begins && after.is_none_or(|letter| letter.is_whitespace() || matches!(letter, '>' | '/'))
    })?;
    let open = found + listing.get(found..)?.find('>')? + 1;
    let to = memmem::find(listing.get(open..)?.as_bytes(), format!("{name}>").as_bytes()).map_or(end, |at| open + at);
    Some(open..to)
}

/// Where a listing ends: before the next one that begins as it does.
fn listing_end(text: &str) -> usize {
    let name: String =
        text.chars().take_while(|letter| !letter.is_whitespace() && !matches!(letter, '>' | '/')).collect();
    if name.len() < 2 {
        return text.len();
    }
    let next = memmem::find_iter(text.as_bytes().get(1..).unwrap_or_default(), &name).map(|at| at + 1);
    let is_whole = |at: &usize| {
        let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
        after.is_none_or(|letter| letter.is_whitespace() || matches!(letter, '>' | '/'))
    };
    next.into_iter().find(is_whole).unwrap_or(text.len())
}

/// The value of the first member of a name.
fn in_members(text: &str, node: &str) -> Option<Range<usize>> {
    let (name, _) = last(node);
    let key = format!("\"{name}\"");
    let found = text.find(&key)? + key.len();
    let from = found + text.get(found..)?.find(':')? + 1;
    let from = from + text.get(from..)?.find(|letter: char| !letter.is_whitespace())?;
    Some(from..text.len())
}

/// The cell of a column in a row.
fn in_row(input: &Input, shape: &ShapePlan, text: &str, node: &str) -> Result<Option<Range<usize>>, Refusal> {
    let Some(table) = &shape.read.table else { return Ok(None) };
    let Some(header) = crate::engine::existing::header(input, table)? else { return Ok(None) };
    let is_named = |cell: &String| table.form.name_of(cell) == table.form.name_of(node);
    let Some(column) = header.iter().position(is_named) else { return Ok(None) };
    let dialect: Dialect = table.dialect();
    let mut ends = Vec::new();
    let Ok(Some(record)) = Records::new(text, dialect).read(|end| ends.push(end)) else { return Ok(None) };
    let from = match column.checked_sub(1) {
        None => record.start,
        Some(before) => match ends.get(before) {
            Some(end) => end + 1,
            None => return Ok(None),
        },
    };
    Ok(ends.get(column).map(|to| from..*to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTING: &str = "<offer id=\"K1\" available = 'true'><name>Чайник, 2 л</name><g:price unit=\"x\">12</g:price></offer>\
        <offer id=\"K2\"><vendor>Bosch</vendor></offer>";

    fn found(node: &str) -> Option<&'static str> {
        in_nodes(LISTING, node).and_then(|place| LISTING.get(place))
    }

    #[test]
    fn nodes_and_attributes_of_one_listing_are_found() {
        assert_eq!(found("offer@id"), Some("K1"));
        assert_eq!(found("@available"), Some("true"));
        assert_eq!(found("name").map(|text| text.starts_with("Чайник, 2 л")), Some(true));
        assert_eq!(found("price").map(|text| text.starts_with("12")), Some(true));
        assert_eq!(found("vendor"), None, "it stands in the next listing");
        assert_eq!(found("nam"), None);
    }

    #[test]
    fn members_are_found_by_name() {
        let text = "{\"id\": \"K1\", \"price\" : 12.5}";
        assert_eq!(in_members(text, "items/price").and_then(|place| text.get(place)), Some("12.5}"));
        assert_eq!(in_members(text, "brand"), None);
    }
}
