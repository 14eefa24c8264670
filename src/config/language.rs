//! Names of languages by BCP 47, as far as a shop needs them: their form, and the
//! countries that people write in their place.

/// Countries whose code is often taken for their language's.
const COUNTRIES: [(&str, &str); 9] = [
    ("ua", "uk"),
    ("kz", "kk"),
    ("by", "be"),
    ("cz", "cs"),
    ("gr", "el"),
    ("dk", "da"),
    ("jp", "ja"),
    ("cn", "zh"),
    ("ge", "ka"),
];

/// Why a text is no name of a language; `None` where it is one.
pub(super) fn problem(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if let Some((_, language)) = COUNTRIES.iter().find(|entry| entry.0 == lower) {
        return Some(format!("this is the country: the language is `{language}`"));
    }
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or("");
    let is_language = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let are_parts = parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (!is_language || !are_parts).then(|| "write it like `uk`, `kk` or `pt-BR`".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_what_is_none() {
        for name in ["uk", "kk", "pt-BR", "sr-Latn-RS", "crh"] {
            assert_eq!(problem(name), None, "{name}");
        }
        for name in ["", "UK", "ukrainian", "uk_UA", "u", "uk-"] {
            assert!(problem(name).is_some(), "{name}");
        }
        assert_eq!(problem("ua").unwrap(), "this is the country: the language is `uk`");
    }
}
