//! What of most values can be seen at a glance: that most of a field's rules have nothing
//! to say of them. Only the others are asked, one by one.

use rust_decimal::prelude::ToPrimitive;

use crate::model::address::{SCHEMES, is_address, is_visible_ascii};
use crate::model::text::trimmed;

use super::demand::Range;
use super::description::Is;
use super::pattern::Pattern;
use super::plan::{Matcher, RulePlan, TestPlan};

/// A glance for the rules of one field.
#[derive(Debug, Clone)]
pub struct Screen {
    /// A text of at most so many bytes has no more characters than it may have.
    most: usize,
    /// The same of one item with all that joining may add to it; `None` where no rule looks at the joined text.
    most_joined: Option<usize>,
    /// How many items there may be at most, where there is no other limit to their number.
    items: Option<usize>,
    looks: Vec<Look>,
    /// Looks for characters that are not among the visible ones of ASCII: nearly no address has any.
    beyond_ascii: Vec<Look>,
    /// The rules that have to be asked all the same.
    left: Rules,
}

/// Some of a field's rules by their numbers, bit by bit; the last bit is for all of those beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules(u64);

/// Of so many rules each has a bit of its own.
const OWN_BITS: usize = 63;

/// A look at a text that has nothing against it.
#[derive(Debug, Clone)]
enum Look {
    Lacks(Pattern),
    IsAddress(Is),
}

impl Rules {
    /// All of them.
    pub const ALL: Rules = Rules(u64::MAX);
    /// None of them.
    pub const NONE: Rules = Rules(0);
    /// Of so many rules each is told from all others.
    pub const OF_ONE_FIELD: usize = OWN_BITS;

    /// Whether a rule is among them.
    #[inline]
    pub fn has(self, rule: usize) -> bool {
        self.0 >> rule.min(OWN_BITS) & 1 == 1
    }

    /// Adds a rule.
    pub fn add(&mut self, rule: usize) {
        self.0 |= 1 << rule.min(OWN_BITS);
    }
}

impl Screen {
    /// For these rules.
    pub fn new(rules: &[RulePlan]) -> Screen {
        let (looks, beyond_ascii) = Default::default();
        let mut screen =
            Screen { most: usize::MAX, most_joined: None, items: None, looks, beyond_ascii, left: Rules::NONE };
        for (number, rule) in rules.iter().enumerate() {
            if !screen.covers(rule) {
                screen.left.add(number);
            }
        }
        // of other texts it would cost more than it spares
        if !screen.looks.iter().any(|look| matches!(look, Look::IsAddress(_))) {
            screen.looks.append(&mut screen.beyond_ascii);
        }
        screen
    }

    /// Takes a rule, where a glance can tell that it has nothing to say.
    fn covers(&mut self, rule: &RulePlan) -> bool {
        match &rule.test {
            // it speaks of values that are missing
            TestPlan::Need => {}
            TestPlan::Chars { surely: Some(surely), .. } if rule.whole => {
                self.most_joined = Some(self.most_joined.map_or(*surely, |most| most.min(*surely)));
                self.most = self.most.min(*surely);
            }
            TestPlan::Chars { surely: Some(surely), .. } => self.most = self.most.min(*surely),
            TestPlan::Forbid(Matcher::Pattern(pattern)) if !rule.whole => match pattern.is_beyond_visible_ascii() {
                true => self.beyond_ascii.push(Look::Lacks(pattern.clone())),
                false => self.looks.push(Look::Lacks(pattern.clone())),
            },
            TestPlan::Is(is @ (Is::HttpsUrl | Is::AsciiUrl)) if !rule.whole => self.looks.push(Look::IsAddress(*is)),
            TestPlan::Items(Range { from: None, to: Some(to) }) => {
                let Some(most) = to.to_usize() else { return false };
                self.items = Some(self.items.map_or(most, |items| items.min(most)));
            }
            _ => return false,
        }
        true
    }

    /// Whether nothing is looked for in a text.
    pub fn is_of_length_only(&self) -> bool {
        self.looks.is_empty()
    }

    /// The rules that a text has to be asked by.
    #[inline]
    pub fn of_text(&self, text: &str) -> Rules {
        if self.takes_so_many(1) && self.takes(text) { self.left } else { Rules::ALL }
    }

    /// The rules that a list has to be asked by, whose items each stay one.
    pub fn of_list(&self, items: &[&str]) -> Rules {
        let is_short = self.most_joined.is_none_or(|most| match items {
            // one item joined is itself, or at most each of its characters protected and quotes around it
            [only] => only.len().saturating_mul(2).saturating_add(2) <= most,
            _ => false,
        });
        let is_taken = is_short && self.takes_so_many(items.len()) && items.iter().all(|item| self.takes(item));
        if is_taken { self.left } else { Rules::ALL }
    }

    fn takes_so_many(&self, items: usize) -> bool {
        self.items.is_none_or(|most| items <= most)
    }

    #[inline]
    fn takes(&self, text: &str) -> bool {
        let takes = |look: &Look| look.takes(text);
        text.len() <= self.most
            && self.looks.iter().all(takes)
            && (self.beyond_ascii.is_empty()
                || is_visible_ascii(text.as_bytes())
                || self.beyond_ascii.iter().all(takes))
    }
}

impl Look {
    fn takes(&self, text: &str) -> bool {
        match self {
            Look::Lacks(pattern) => pattern.surely_not_in(text),
            Look::IsAddress(Is::HttpsUrl) => is_address(trimmed(text), &SCHEMES[..1]),
            Look::IsAddress(_) => is_visible_ascii(text.as_bytes()) && is_address(text, &SCHEMES),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_beyond_the_last_bit_share_it() {
        let mut rules = Rules::NONE;
        rules.add(80);
        assert!(rules.has(63) && rules.has(99) && !rules.has(62));
    }
}
