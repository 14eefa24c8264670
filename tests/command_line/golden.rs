//! Expected texts, each in a file of its own.

use std::path::Path;

/// Compares a text with what is expected of it, or writes it down.
pub fn check(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/command_line").join(name);
    if std::env::var_os("OFFERSYNC_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(actual == expected, "{name}\n--- expected\n{expected}\n--- is\n{actual}");
}
