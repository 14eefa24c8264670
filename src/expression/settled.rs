//! What a condition comes to for the want of what nobody says: a master without a column
//! for warranties is no master of goods without a warranty.

use super::program::{Condition, Formula, Program};
use super::tree::Operator;

impl Program {
    /// What the condition comes to whatever is said of an offer, because nobody ever says anything under some slots;
    /// `None` where it depends on what is said.
    pub fn settled(&self, is_unsaid: &dyn Fn(u32) -> bool) -> Option<bool> {
        self.0.settled(is_unsaid)
    }
}

impl Formula {
    fn settled(&self, is_unsaid: &dyn Fn(u32) -> bool) -> Option<bool> {
        match self {
            Formula::Condition(condition) => condition.settled(is_unsaid),
            formula => formula.is_missing(is_unsaid).then_some(false),
        }
    }

    /// Whether there never is a value.
    fn is_missing(&self, is_unsaid: &dyn Fn(u32) -> bool) -> bool {
        match self {
            Formula::Slot(slot) | Formula::Keyed(slot, _) | Formula::First(slot, _) | Formula::All(slot, _) => {
                is_unsaid(*slot)
            }
            Formula::Negative(part)
            | Formula::Scaled(part, _)
            | Formula::Slug(part)
            | Formula::Plain(part)
            | Formula::Count(part) => part.is_missing(is_unsaid),
            Formula::Both(_, left, right) => left.is_missing(is_unsaid) || right.is_missing(is_unsaid),
            Formula::Number(_) | Formula::Text(_) | Formula::Condition(_) => false,
        }
    }
}

impl Condition {
    fn settled(&self, is_unsaid: &dyn Fn(u32) -> bool) -> Option<bool> {
        // a chain is settled by one part that decides, or by all that do not
        let chain = |parts: &[Condition], decides: bool| {
            let settled: Vec<Option<bool>> = parts.iter().map(|part| part.settled(is_unsaid)).collect();
            match settled.contains(&Some(decides)) {
                true => Some(decides),
                false => settled.iter().all(Option::is_some).then_some(!decides),
            }
        };
        match self {
            Condition::Always(holds) => Some(*holds),
            Condition::Holds(formula) => formula.settled(is_unsaid),
            Condition::Not(part) => part.settled(is_unsaid).map(|holds| !holds),
            Condition::All(parts) => chain(parts, false),
            Condition::Any(parts) => chain(parts, true),
            Condition::CompareNumber(operator, slot, _) => is_unsaid(*slot).then_some(*operator == Operator::Differs),
            Condition::Compare(operator, left, right) => {
                let is_missing = left.is_missing(is_unsaid) || right.is_missing(is_unsaid);
                is_missing.then_some(*operator == Operator::Differs)
            }
            Condition::In(part, _, not) => part.is_missing(is_unsaid).then_some(*not),
            Condition::InList(part, list, not) => {
                (part.is_missing(is_unsaid) || list.is_missing(is_unsaid)).then_some(*not)
            }
        }
    }
}
