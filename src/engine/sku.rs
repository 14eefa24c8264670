//! Choosing offers by their SKU: `KT*`, `K100?1`; to look at a few of them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// A pattern for SKUs: `*` is any number of characters, `?` is one, the rest stands for itself.
#[derive(Debug, Clone)]
pub struct SkuPattern {
    text: String,
    met: Arc<Met>,
}

/// What a pattern has met in a run; its copies share it, since threads ask each their own.
#[derive(Debug, Default)]
struct Met {
    is_met: AtomicBool,
    /// The first in order of the SKUs that differ from it in upper and lower case alone.
    near: Mutex<Option<String>>,
}

impl SkuPattern {
    /// The pattern as it was written.
    pub fn new(pattern: impl Into<String>) -> Self {
        SkuPattern { text: pattern.into(), met: Arc::default() }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether a SKU fits, which is remembered: a pattern that nothing fits is a mistake.
    pub fn meets(&self, sku: &str) -> bool {
        if self.fits(sku) {
            self.met.is_met.store(true, Ordering::Relaxed);
            return true;
        }
        if !self.is_met() && lower(&self.text).eq(lower(sku)) {
            // a thread that failed with it in its hands has ended the run
            if let Ok(mut near) = self.met.near.lock() {
                let is_first = near.as_deref().is_none_or(|first| sku < first);
                *near = if is_first { Some(sku.to_owned()) } else { near.take() };
            }
        }
        false
    }

    /// Whether any SKU fitted.
    pub fn is_met(&self) -> bool {
        self.met.is_met.load(Ordering::Relaxed)
    }

    /// A SKU that was met and would fit but for upper and lower case.
    pub fn near(&self) -> Option<String> {
        self.met.near.lock().ok().and_then(|near| near.clone())
    }

    /// Whether a SKU fits.
    pub fn fits(&self, sku: &str) -> bool {
        let (mut pattern, mut rest) = (self.text.as_str(), sku);
        // where to go on when what follows the last `*` did not fit: one character later
        let mut retry: Option<(&str, &str)> = None;
        loop {
            let (wanted, behind) = first(pattern);
            let (there, after) = first(rest);
            match (wanted, there) {
                (None, None) => return true,
                (Some('*'), _) => {
                    retry = Some((behind, rest));
                    pattern = behind;
                }
                (Some('?'), Some(_)) => (pattern, rest) = (behind, after),
                (Some(wanted), Some(there)) if wanted == there => (pattern, rest) = (behind, after),
                _ => match retry.and_then(|(behind, from)| Some((behind, first(from).0.map(|_| first(from).1)?))) {
                    Some((behind, from)) => {
                        retry = Some((behind, from));
                        (pattern, rest) = (behind, from);
                    }
                    None => return false,
                },
            }
        }
    }
}

fn lower(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(char::to_lowercase)
}

/// The first character and what follows it.
fn first(text: &str) -> (Option<char>, &str) {
    let mut characters = text.chars();
    (characters.next(), characters.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn patterns_and_skus() {
        let fits = |pattern: &str, sku: &str| SkuPattern::new(pattern).fits(sku);
        assert!(fits("KT1182", "KT1182") && fits("KT*", "KT1182") && fits("*82", "KT1182") && fits("К?1", "КЖ1"));
        assert!(!fits("KT", "KT1182") && !fits("kt*", "KT1182") && !fits("", "K") && !fits("?", ""));
        assert!(fits("*", "") && fits("", "") && fits("a*b*c", "a-b-b-c") && !fits("a*b*c", "a-b-b"));
    }

    #[test]
    fn what_a_pattern_met_is_remembered() {
        let pattern = SkuPattern::new("kt1");
        let copy = pattern.clone();
        for sku in ["Kt1", "KT1", "kt12"] {
            assert!(!copy.meets(sku));
        }
        assert_eq!((pattern.is_met(), pattern.near()), (false, Some("KT1".into())));
        assert!(copy.meets("kt1") && pattern.is_met());
    }

    proptest! {
        #[test]
        fn it_fits_what_the_like_regular_expression_fits(pattern in "[ab*?я]{0,8}", sku in "[abя]{0,10}") {
            let like = format!("^{}$", pattern.replace('*', ".*").replace('?', "."));
            let expected = regex::Regex::new(&like).unwrap().is_match(&sku);
            prop_assert_eq!(SkuPattern::new(pattern).fits(&sku), expected);
        }
    }
}
