//! What does not go, and why: offers that a condition leaves out, offers that break rules, and
//! the cells of the master that a listing's field may come from.

use crate::channel::description::{Description, From, Source};
use crate::finding::Codes;

use super::outcome::LeftOut;
use super::pipeline::Run;
use super::survey::Left;
use super::surveyed::ChannelSurveyed;

/// The fields of the offer that a listing's field may come from.
pub(super) fn sources_of<'d>(description: &'d Description, field: &str) -> Vec<&'d str> {
    fn names<'d>(source: &'d Source, found: &mut Vec<&'d str>) {
        match &source.from {
            From::Expression(expression) => match expression.as_name() {
                Some("quantity" | "in_stock") => found.push("stock"),
                name => found.extend(name),
            },
            From::FirstOf(members) => members.iter().for_each(|member| names(member, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    let of_offers = description.fields.iter().filter(|known| known.is_of_offers()).flat_map(|known| &known.fields);
    let known = description.fields.iter().chain(of_offers).find(|known| known.name == field);
    known.into_iter().for_each(|field| names(&field.source, &mut found));
    found
}

pub(super) fn excluded(run: &Run<'_>, number: usize, left: &Left) -> Vec<LeftOut> {
    let condition = run.setups.get(number).and_then(|setup| setup.config.only.as_ref());
    let reason = condition.map_or("", |only| only.text.as_str());
    (left.count > 0)
        .then(|| LeftOut { reason: reason.to_owned(), count: left.count, first: left.first.clone() })
        .into_iter()
        .collect()
}

pub(super) fn invalid(codes: &Codes, survey: &ChannelSurveyed) -> Vec<LeftOut> {
    let mut invalid: Vec<LeftOut> = survey
        .seen
        .invalid
        .iter()
        .map(|(code, left)| LeftOut {
            reason: codes.get(*code).map(|code| code.id.clone()).unwrap_or_default(),
            count: left.count,
            first: left.first.clone(),
        })
        .collect();
    invalid.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.reason.cmp(&other.reason)));
    invalid
}
