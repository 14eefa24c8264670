//! A fault of the program's own: three lines that a person can pass on, once,
//! whichever thread it happened in.

use std::any::Any;
use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::sync::Once;

/// From now on a panic is told in three lines.
pub fn listen() {
    static ONCE: Once = Once::new();
    panic::set_hook(Box::new(|info| ONCE.call_once(|| tell(info))));
}

fn tell(info: &PanicHookInfo<'_>) {
    let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
    let text = message(said(info.payload()), &place);
    // nobody is left to be told where this fails
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

fn message(said: &str, place: &str) -> String {
    format!(
        "error: offersync {} has a fault: {}\n  in {place}; your data are not to blame, and no feed was half replaced\n  \
         help: please report these lines together with the command\n",
        env!("CARGO_PKG_VERSION"),
        said.replace(['\n', '\r', '\u{1b}'], " ")
    )
}

fn said(payload: &dyn Any) -> &str {
    let owned = || payload.downcast_ref::<String>().map(String::as_str);
    payload.downcast_ref::<&str>().copied().or_else(owned).unwrap_or("it did not say why")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_three_lines() {
        let text = message(said(&"index\nout of bounds".to_owned()), "src/plan/x.rs:7");
        assert_eq!(text.lines().count(), 3);
        assert!(text.contains("has a fault: index out of bounds\n  in src/plan/x.rs:7;"), "{text}");
        assert_eq!(said(&"plain"), "plain");
        assert_eq!(said(&7), "it did not say why");
    }
}
