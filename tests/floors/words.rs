//! Words that must not stand in the source: the name of a channel anywhere but
//! in the one list of built-in descriptions, and what only a program does.

use super::tokens::{Token, What, tokens};

/// Places to sell that somebody might be tempted to make a case of.
const CHANNELS: [&str; 24] = [
    "rozetka",
    "prom",
    "hotline",
    "kaspi",
    "google",
    "shopify",
    "meta",
    "epicentr",
    "kasta",
    "facebook",
    "instagram",
    "satu",
    "yandex",
    "allo",
    "makeup",
    "olx",
    "amazon",
    "ebay",
    "etsy",
    "allegro",
    "woocommerce",
    "magento",
    "bigcommerce",
    "prestashop",
];

/// Files that may name channels: the list that embeds the built-in descriptions.
const MAY_NAME_CHANNELS: [&str; 1] = ["src/channel/registry.rs"];

/// What a library leaves to its caller; each a path or a macro.
const DOINGS: [(&[&str], &str); 15] = [
    (&["println", "!"], "values go out; the binary prints"),
    (&["eprintln", "!"], "values go out; the binary prints"),
    (&["print", "!"], "values go out; the binary prints"),
    (&["eprint", "!"], "values go out; the binary prints"),
    (&["dbg", "!"], "values go out; the binary prints"),
    (&["process", "::", "exit"], "only main ends the program"),
    (&["process", "::", "abort"], "only main ends the program"),
    (&["env", "::", "var"], "the environment is handed in"),
    (&["env", "::", "vars"], "the environment is handed in"),
    (&["env", "::", "var_os"], "the environment is handed in"),
    (&["env", "::", "args"], "the arguments are handed in"),
    (&["env", "::", "current_dir"], "the folder is handed in"),
    (&["SystemTime", "::", "now"], "the time is handed in"),
    (&["Instant", "::", "now"], "the time is handed in"),
    (&["Timestamp", "::", "now"], "the time is handed in"),
];

/// Where code names a channel.
pub fn channels_named(path: &str, text: &str) -> Vec<String> {
    if MAY_NAME_CHANNELS.contains(&path) {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    for token in tokens(text) {
        let (What::Name(words) | What::Text(words)) = &token.what else { continue };
        for word in parts(words) {
            if CHANNELS.contains(&word.as_str()) {
                complaints.push(format!("{path}:{}: names the channel «{word}»; channels are data", token.line));
            }
        }
    }
    complaints
}

/// Where the library does what only a program does. Tests may.
pub fn doings_of_a_program(path: &str, text: &str) -> Vec<String> {
    if path == "src/main.rs" || path.starts_with("src/cli") {
        return Vec::new();
    }
    let tokens = tokens(text);
    let mut complaints = Vec::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.in_test) {
        for (path_of_words, reason) in DOINGS {
            if stands_here(&tokens[at..], path_of_words) {
                complaints.push(format!("{path}:{}: `{}`: {reason}", token.line, path_of_words.concat()));
            }
        }
    }
    complaints
}

fn stands_here(tokens: &[Token], words: &[&str]) -> bool {
    let mut rest = tokens.iter();
    words.iter().all(|word| match *word {
        "::" => (0..2).all(|_| rest.next().is_some_and(|token| token.is_sign(':'))),
        "!" => rest.next().is_some_and(|token| token.is_sign('!')),
        name => rest.next().is_some_and(|token| token.is(name)),
    })
}

/// The words that a name or a text is put together from: `PromExport`, `prom_export` and `ids.prom` hold `prom`,
/// `promise` does not.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before_was_small = false;
    for c in text.chars() {
        let begins = !c.is_alphanumeric() || (c.is_uppercase() && before_was_small);
        if begins {
            parts.push(String::new());
        }
        if let (true, Some(last)) = (c.is_alphanumeric(), parts.last_mut()) {
            last.extend(c.to_lowercase());
        }
        before_was_small = c.is_lowercase() || c.is_numeric();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{channels_named, doings_of_a_program};

    #[test]
    fn a_channel_is_seen_in_every_spelling() {
        for text in [
            "fn rozetka() {}",
            "struct PromExport;",
            "const A: &str = \"prom/name-unique\";",
            "match x { ROZETKA_FEED => 1 }",
            "let a = r#\"is \"kaspi\" \"#;",
            "#[cfg(test)] mod tests { const A: &str = \"google\"; }",
        ] {
            assert_eq!(channels_named("src/plan/mod.rs", text).len(), 1, "{text}");
        }
    }

    #[test]
    fn comments_and_other_words_are_free() {
        let text =
            "//! rozetka\n/* prom /* kaspi */ */ fn promise(promo: Metadata) { 'p'; '\\''; compromise() } /// google";
        assert_eq!(channels_named("src/plan/mod.rs", text), [""; 0]);
        assert_eq!(channels_named("src/channel/registry.rs", "fn rozetka() {}"), [""; 0]);
    }

    #[test]
    fn what_a_program_does_is_seen_outside_of_tests_only() {
        let text = "fn f() { std::process::exit(1); println!(\"{}\", std::env::var(\"A\").is_ok()); Instant::now(); }";
        assert_eq!(doings_of_a_program("src/plan/mod.rs", text).len(), 4);
        assert_eq!(doings_of_a_program("src/cli/run.rs", text), [""; 0]);
        let in_tests = format!("#[cfg(test)]\nmod tests {{ {text} }}\nfn g() {{ print!(\"x\") }}");
        assert_eq!(
            doings_of_a_program("src/plan/mod.rs", &in_tests),
            ["src/plan/mod.rs:3: `print!`: values go out; the binary prints"]
        );
    }
}
