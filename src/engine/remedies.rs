//! What to do where a channel needs what a master does not say that is another channel's export: there are no columns
//! to map, so the description's own remedies would lead nowhere.

use crate::channel::description::Field;
use crate::channel::plan::{FieldPlan, TestPlan};
use crate::finding::Codes;
use crate::model::offer::offer_field;

use super::exported::Exporter;

/// Puts them under the demands of a channel.
pub fn put(plans: &[FieldPlan], fields: &[Field], exporter: &Exporter, codes: &mut Codes) {
    let title = &exporter.title;
    for (plan, field) in plans.iter().zip(fields) {
        if field.is_of_offers() {
            put(&plan.fields, &field.fields, exporter, codes);
        }
        let Some(can_be_said) = can_be_said(field, exporter) else { continue };
        let fix = match can_be_said {
            true => format!("fill it in on {title}, and export it again"),
            false => {
                format!("no export of {title} of this kind says it: take a master that does, or leave the channel out")
            }
        };
        let demands = plan.rules.iter().filter(|rule| matches!(rule.test, TestPlan::Need));
        demands.for_each(|rule| codes.put_fix(rule.code, &fix));
    }
}

/// Whether such an export can say anything that a field comes from; `None` where it does not come from an offer.
fn can_be_said(field: &Field, exporter: &Exporter) -> Option<bool> {
    let names = field.source.names();
    let mut bases = names.iter().filter_map(|name| says_it(name.split('.').next().unwrap_or(name))).peekable();
    bases.peek()?;
    Some(bases.flatten().any(|base| exporter.says.iter().any(|said| said == base)))
}

/// The fields of an offer any of which says a name.
fn says_it(base: &str) -> Option<[&str; 2]> {
    match base {
        "quantity" => Some(["stock"; 2]),
        "in_stock" | "availability" => Some(["availability", "stock"]),
        "category" => Some(["category", "category_path"]),
        base => offer_field(base).map(|found| [found.0.name; 2]),
    }
}
