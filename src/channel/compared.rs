//! How fields take part in comparisons: what counts as equal depends on the document that they stand in.

use crate::expression::Program;
use crate::model::Value;

use super::description::Compare;
use super::spelling::SpellingPlan;
use super::within_cell::Marks;

/// How a field takes part in comparisons in one shape.
#[derive(Debug, Clone)]
pub struct Compared {
    /// How; [`Compare::Not`] for a key, a volatile field, or one that nobody says or the shape does not carry.
    pub how: Compare,
    /// It would be compared, and nobody says it.
    pub is_unsaid: bool,
    /// Runs of blanks and line ends in its texts count as one: they stand in a table that has no others.
    pub folds_blanks: bool,
    /// Its name in the document, as a report shows it.
    pub node: String,
    /// What its text may not hold where it stands.
    pub marks: Option<Marks>,
    /// How its values stand in the document.
    pub spelling: SpellingPlan,
    /// The same by alternative where there are several, each with its condition over the fields beside it.
    pub alternatives: Vec<(Option<Program>, SpellingPlan)>,
    /// The same for a table's row fields.
    pub fields: Vec<Compared>,
}

impl Compared {
    /// Whether a text is compared by more than what stands between its outer blanks.
    #[inline]
    pub fn is_looked_into(&self) -> bool {
        matches!(self.how, Compare::Exact | Compare::Instant) || self.folds_blanks
    }

    /// How its value stands among these values beside it.
    pub fn spelling_among(&self, values: &[Value<'_>]) -> &SpellingPlan {
        let of = |number: u32| values.get(number as usize).copied().unwrap_or_default();
        let holds = |when: &Option<Program>| when.as_ref().is_none_or(|when| when.holds(&of));
        self.alternatives.iter().find(|one| holds(&one.0)).map_or(&self.spelling, |one| &one.1)
    }

    /// The first item of a list that would be read as several, among these values beside it.
    pub fn not_one_item<'i>(&self, items: &[&'i str], values: &[Value<'_>]) -> Option<&'i str> {
        let of = |spelling: &SpellingPlan| items.iter().copied().find(|item| !spelling.reads_as_one(item));
        if self.alternatives.is_empty() {
            return of(&self.spelling);
        }
        // conditions are only looked at where one of the separators stands in an item, which is seldom
        self.alternatives.iter().find_map(|one| of(&one.1))?;
        of(self.spelling_among(values))
    }
}
