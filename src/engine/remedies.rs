//! What to do where a channel needs what a master does not say that is another channel's export: there are no columns
//! to map, so the description's own remedies would lead nowhere.

use crate::channel::description::Field;
use crate::channel::plan::{FieldPlan, TestPlan};
use crate::finding::Codes;
use crate::model::Kind;
use crate::model::offer::offer_field;

use super::exported::Exporter;

/// Puts them under the demands of a channel.
pub fn put(plans: &[FieldPlan], fields: &[Field], exporter: &Exporter, codes: &mut Codes) {
    let title = &exporter.title;
    for (plan, field) in plans.iter().zip(fields) {
        if field.is_of_offers() {
            put(&plan.fields, &field.fields, exporter, codes);
        }
        for rule in plan.rules.iter() {
            // what tells variants apart is demanded of their table
            let said_by = match rule.test {
                TestPlan::Need => field,
                TestPlan::Distinct(number) => field.fields.get(number).unwrap_or(field),
                _ => continue,
            };
            if let Some(can_be_said) = can_be_said(said_by, exporter) {
                codes.put_fix(rule.code, &fix(title, can_be_said, said_by, exporter));
            }
        }
    }
}

/// What to do where an export does not say what a field comes from.
fn fix(title: &str, can_be_said: bool, field: &Field, exporter: &Exporter) -> String {
    let has_params = exporter.says.iter().any(|said| said == "attributes");
    match can_be_said {
        true => format!("fill it in on {title}, and export it again"),
        false if has_params && field.kind == Kind::Table => format!(
            "no export of {title} of this kind says it by itself: name the params that do beside `as`, \
             `fields: {{options: {{AXIS: \"attributes['PARAM']\"}}}}`"
        ),
        false if has_params => format!(
            "no export of {title} of this kind says it by itself: where a param does, name it beside `as`, \
             `fields: {{FIELD: \"attributes['PARAM']\"}}`; else take a master that says it, or leave the channel out"
        ),
        false => {
            format!("no export of {title} of this kind says it: take a master that does, or leave the channel out")
        }
    }
}

/// Whether such an export can say anything that a field comes from; `None` where it does not come from an offer.
fn can_be_said(field: &Field, exporter: &Exporter) -> Option<bool> {
    let names = field.source.names();
    let mut bases = names.iter().filter_map(|name| says_it(name)).peekable();
    bases.peek()?;
    Some(bases.flatten().any(|base| exporter.says.iter().any(|said| said == base)))
}

/// The fields of an offer any of which says a name.
fn says_it(name: &str) -> Option<[&str; 2]> {
    // what a product has of its offers
    let name = name.strip_prefix("group.").unwrap_or(name);
    match name.split('.').next().unwrap_or(name) {
        "quantity" => Some(["stock"; 2]),
        "in_stock" | "availability" => Some(["availability", "stock"]),
        "category" => Some(["category", "category_path"]),
        base => offer_field(base).map(|found| [found.0.name; 2]),
    }
}
