//! Texts as YAML writes them, for configs that are proposed and for messages that say what to write.

/// A text as a value within braces, where more signs mean something.
pub fn flow(text: &str) -> String {
    if text.contains([',', '[', ']', '{', '}']) { quoted(text) } else { scalar(text) }
}

/// A text as a value of YAML: plain where nothing in it means something, else between quotes.
pub fn scalar(text: &str) -> String {
    let starts_plain = text.starts_with(|letter: char| letter.is_alphabetic());
    let is_plain = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, ' ' | '_' | '-' | '.' | '/' | '(' | ')' | '?' | '+' | ',')
    };
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "none"].contains(&text.to_lowercase().as_str());
    match starts_plain && text.chars().all(is_plain) && !is_word && !text.ends_with(' ') {
        true => text.to_owned(),
        false => quoted(text),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            letter if letter.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_where_yaml_would_read_something_else() {
        for (text, written) in [
            ("Ціна, грн", "Ціна, грн"),
            ("1", "\"1\""),
            ("no", "\"no\""),
            ("Фото #2", "\"Фото #2\""),
            ("a: b", "\"a: b\""),
            ("№", "\"№\""),
            ("a\n\"b\"\\", "\"a\\n\\\"b\\\"\\\\\""),
            ("В наявності?", "В наявності?"),
        ] {
            assert_eq!(scalar(text), written);
        }
        assert_eq!(flow("Ціна, грн"), "\"Ціна, грн\"");
    }
}
