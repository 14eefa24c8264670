//! Words that the strict readers share.

/// What to do about a document that ends too early.
pub(super) const CUT: &str = "the file is cut: let the program that writes it finish, or fetch it again";

/// Text from a document as a message can show it: its first characters, controls by their numbers.
pub(super) fn shown(text: &str) -> String {
    const MOST: usize = 40;
    let mut shown = String::new();
    for character in text.chars().take(MOST) {
        if character.is_control() || is_unseen(character) {
            shown.push_str(&format!("U+{:04X}", u32::from(character)));
        } else {
            shown.push(character);
        }
    }
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

/// Characters that leave no trace on a screen, or turn what follows around.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
