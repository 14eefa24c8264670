//! Choosing offers by their SKU: `KT*`, `K100?1`; to look at a few of them.

/// A pattern for SKUs: `*` is any number of characters, `?` is one, the rest stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkuPattern(String);

impl SkuPattern {
    /// The pattern as it was written.
    pub fn new(pattern: impl Into<String>) -> Self {
        SkuPattern(pattern.into())
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a SKU fits.
    pub fn fits(&self, sku: &str) -> bool {
        let (mut pattern, mut rest) = (self.0.as_str(), sku);
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

    proptest! {
        #[test]
        fn it_fits_what_the_like_regular_expression_fits(pattern in "[ab*?я]{0,8}", sku in "[abя]{0,10}") {
            let like = format!("^{}$", pattern.replace('*', ".*").replace('?', "."));
            let expected = regex::Regex::new(&like).unwrap().is_match(&sku);
            prop_assert_eq!(SkuPattern::new(pattern).fits(&sku), expected);
        }
    }
}
