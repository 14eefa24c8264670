//! Bytes as text: `\x{1F}` is a byte, `\u{202E}` a character, and
//! `\times{300}{<a>}` the same text 300 times (with `<n>` for the number of each).

/// A stretch of a file's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text, to be encoded.
    Text(String),
    /// A byte as it is.
    Byte(u8),
}

/// Reads the escapes.
pub fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((digits, after)) = braces(rest, "\\x{")? {
            let byte = u8::from_str_radix(digits, 16).map_err(|_| format!("`\\x{{{digits}}}` is no byte"))?;
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(Piece::Byte(byte));
            rest = after;
        } else if let Some((digits, after)) = braces(rest, "\\u{")? {
            let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
            plain.push(code.ok_or_else(|| format!("`\\u{{{digits}}}` is no character"))?);
            rest = after;
        } else if let Some((times, after)) = braces(rest, "\\times{")? {
            let times: usize = times.parse().map_err(|_| format!("`{times}` is no number of times"))?;
            let (body, after) = braces(after, "{")?.ok_or("`\\times{N}` wants a `{text}` right behind it")?;
            (1..=times).for_each(|nth| plain.push_str(&body.replace("<n>", &nth.to_string())));
            rest = after;
        } else {
            plain.push('\\');
            rest = &rest[1..];
        }
    }
    plain.push_str(rest);
    pieces.push(Piece::Text(plain));
    pieces.retain(|piece| *piece != Piece::Text(String::new()));
    Ok(pieces)
}

/// What stands in the braces that this opens, and what comes after them.
fn braces<'t>(text: &'t str, open: &str) -> Result<Option<(&'t str, &'t str)>, String> {
    let Some(inner) = text.strip_prefix(open) else { return Ok(None) };
    inner.split_once('}').map(Some).ok_or_else(|| format!("`{open}` is never closed"))
}

/// The bytes that a text with escapes stands for, in UTF-8.
pub fn bytes(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    for piece in pieces(text)? {
        match piece {
            Piece::Text(text) => bytes.extend(text.bytes()),
            Piece::Byte(byte) => bytes.push(byte),
        }
    }
    Ok(bytes)
}

/// Bytes as text that a person can read in an editor and that [`bytes`] reads back. Whatever cannot be seen,
/// or would be taken for a line of the case itself, is escaped.
pub fn text(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            push(&mut text, c);
        }
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("\\x{{{byte:02X}}}")));
    }
    let lines = text.split('\n').map(|line| match line.strip_suffix(' ') {
        Some(line) => format!("{line}\\x{{20}}"),
        None if line.starts_with("--- ") => format!("\\x{{2D}}{}", &line[1..]),
        None if line.starts_with("$ ") => format!("\\x{{24}}{}", &line[1..]),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn push(text: &mut String, c: char) {
    let code = u32::from(c);
    let follows_backslash = text.ends_with('\\') && matches!(c, 'x' | 'u' | 't');
    match c {
        '\n' | '\t' => text.push(c),
        _ if code < 0x20 || code == 0x7f => text.push_str(&format!("\\x{{{code:02X}}}")),
        // C1, soft hyphen, zero width, bidi, line separators, byte order mark
        _ if matches!(code, 0x80..=0x9f | 0xad | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff) => {
            text.push_str(&format!("\\u{{{code:X}}}"));
        }
        _ if follows_backslash => text.push_str(&format!("\\x{{{code:02X}}}")),
        _ => text.push(c),
    }
}
