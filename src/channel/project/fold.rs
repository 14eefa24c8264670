//! What is known at load is computed at load: a description speaks of far more than most
//! masters say, and what follows from nobody's word need not be found out for each offer.

use bumpalo::Bump;

use crate::model::{Number, Value};

use super::Projection;
use super::build::Builder;
use super::evaluate::{Scope, value};
use super::step::{Computed, Constant, Piece, Step, ValueNo};

/// What a step is instead of being computed.
#[derive(Debug)]
pub(super) enum Folded {
    /// The same for every offer.
    Constant(Constant),
    /// What another number is already.
    Same(ValueNo),
}

impl Builder<'_> {
    /// What a step comes down to; `None` where each offer has its own.
    pub(super) fn folded(&self, step: &Step) -> Option<Folded> {
        match step {
            Step::Said(_)
            | Step::Constant(_)
            | Step::Rows(_)
            | Step::Joined(..)
            | Step::ByKey(_)
            | Step::Lookup { .. } => None,
            Step::FirstOf(numbers) => self.first_of(numbers),
            // a condition on what nobody says cannot tell that something is gone
            Step::When(condition, _) if self.fails_for_want(condition) => Some(Folded::Constant(Constant::Unsaid)),
            Step::When(condition, number) if self.are_known(&condition.resolved) => {
                let (arena, projection) = (Bump::new(), Projection::default());
                let values = self.known_values(&condition.resolved, &arena);
                let scope = Scope { projection: &projection, values: &values, row: &[], made_before: None };
                match condition.program.holds(&|number| scope.at(number)) {
                    true => Some(Folded::Same(*number)),
                    false => Some(Folded::Constant(Constant::Empty)),
                }
            }
            step => self.computed(step),
        }
    }

    /// A step of nothing but what is known.
    fn computed(&self, step: &Step) -> Option<Folded> {
        let inputs = step.inputs();
        if inputs.is_empty() || !self.are_known(&inputs) {
            return None;
        }
        let (arena, projection) = (Bump::new(), Projection::default());
        let values = self.known_values(&inputs, &arena);
        constant(value(step, &Scope { projection: &projection, values: &values, row: &[], made_before: None }, &arena))
            .map(Folded::Constant)
    }

    /// The first that is there, where all others never are.
    fn first_of(&self, numbers: &[ValueNo]) -> Option<Folded> {
        let counts = |at: usize, number: ValueNo| {
            !self.is_unsaid(number) && !self.is_never_there(number, numbers.get(at + 1..).unwrap_or_default())
        };
        let mut left = numbers.iter().enumerate().filter(|(at, number)| counts(*at, **number));
        match (left.next(), left.next()) {
            (None, _) => Some(Folded::Constant(Constant::Unsaid)),
            (Some((_, only)), None) => Some(Folded::Same(*only)),
            _ => None,
        }
    }

    /// Whether a value is a template that never has all of its parts, `"{{ name }}, {{ unit }}"` without units. It
    /// may still say which part is missing; so the parts have to come later by themselves, and say it then.
    fn is_never_there(&self, number: ValueNo, later: &[ValueNo]) -> bool {
        let Some(Step::Template(pieces)) = self.step(number) else { return false };
        let parts = || pieces.iter().filter_map(Piece::value);
        let said = parts().take_while(|part| !self.is_unsaid(*part));
        parts().any(|part| self.is_unsaid(part)) && said.into_iter().all(|part| later.contains(&part))
    }

    /// Whether a condition never holds because nobody says what it asks for.
    fn fails_for_want(&self, condition: &Computed) -> bool {
        condition.program.settled(&|slot| self.is_unsaid(ValueNo(slot))) == Some(false)
    }

    fn is_unsaid(&self, number: ValueNo) -> bool {
        matches!(self.known_constant(number), Some(Constant::Unsaid))
    }

    fn are_known(&self, numbers: &[ValueNo]) -> bool {
        numbers.iter().all(|number| self.known_constant(*number).is_some())
    }

    pub(super) fn known_constant(&self, number: ValueNo) -> Option<&Constant> {
        match self.step(number)? {
            Step::Constant(constant) => Some(constant),
            _ => None,
        }
    }

    /// What is known at load of these numbers, each at its own.
    fn known_values<'b>(&'b self, numbers: &[ValueNo], arena: &'b Bump) -> Vec<Value<'b>> {
        let mut values = vec![Value::Unsaid; self.steps.len()];
        for number in numbers {
            let known = self.known_constant(*number).zip(values.get_mut(number.0 as usize));
            if let Some((constant, value)) = known {
                *value = constant.value(arena);
            }
        }
        values
    }
}

/// A value as what is known at load; `None` for one that would lose something by it.
fn constant(value: Value<'_>) -> Option<Constant> {
    match value {
        Value::Unsaid => Some(Constant::Unsaid),
        Value::Empty => Some(Constant::Empty),
        Value::Text(text) => Some(Constant::Text(text.to_owned())),
        Value::Flag(flag) => Some(Constant::Flag(flag)),
        Value::Number(Number { amount, unit, text: "" }) => Some(Constant::Number(*amount, *unit)),
        _ => None,
    }
}

/// Forgets steps that nothing is made of in the end: what was folded away stands on some of them.
pub(super) fn forget_unwanted(steps: &mut [Step], wanted: &[ValueNo]) {
    let mut is_wanted = vec![false; steps.len()];
    let mut left = wanted.to_vec();
    while let Some(number) = left.pop() {
        let at = number.0 as usize;
        let Some(seen) = is_wanted.get_mut(at).filter(|seen| !**seen) else { continue };
        *seen = true;
        let Some(step) = steps.get(at) else { continue };
        left.extend(step.inputs());
        if let Step::Rows(rows) = step {
            left.extend(rows.steps.iter().flat_map(Step::inputs).chain(rows.fields.iter().copied()));
            left.extend(rows.only.iter().flat_map(|only| &only.resolved));
        }
        left.retain(|number| number.in_row().is_none());
    }
    for (step, _) in steps.iter_mut().zip(is_wanted).filter(|(step, wanted)| !wanted && !matches!(step, Step::Said(_)))
    {
        *step = Step::Constant(Constant::Unsaid);
    }
}
