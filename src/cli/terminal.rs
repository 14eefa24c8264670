//! What the terminal can show: colours, marks beyond ASCII, how wide it is. The
//! environment decides where it says something, else what stdout and stderr are.

use super::args::When;
use super::surroundings::Env;

/// How wide lines are where nobody says it.
const WIDTH: usize = 100;
/// Narrower is no terminal.
const NARROWEST: usize = 20;

/// Whether a stream is coloured: the flag, then `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR=0`, then what it is.
pub fn color(choice: When, env: Env<'_>, is_terminal: bool) -> bool {
    let is_set = |name: &str| env(name).is_some_and(|value| !value.is_empty());
    let says = |name: &str, wanted: &str| env(name).is_some_and(|value| value == wanted);
    match choice {
        When::Always => true,
        When::Never => false,
        When::Auto if is_set("NO_COLOR") => false,
        When::Auto if is_set("CLICOLOR_FORCE") && !says("CLICOLOR_FORCE", "0") => true,
        When::Auto if says("CLICOLOR", "0") || says("TERM", "dumb") => false,
        When::Auto => is_terminal,
    }
}

/// How many cells a line has: `COLUMNS`, the terminal's own width, else 100.
pub fn width(env: Env<'_>, of_terminal: Option<usize>) -> usize {
    let columns = env("COLUMNS").and_then(|text| text.to_str()?.trim().parse().ok());
    columns.filter(|width| *width > 0).or(of_terminal).unwrap_or(WIDTH).max(NARROWEST)
}

/// Whether marks beyond ASCII can be shown: the locale speaks UTF-8.
pub fn unicode(env: Env<'_>) -> bool {
    if cfg!(windows) {
        return true;
    }
    let said = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(env).find(|value| !value.is_empty());
    said.is_some_and(|locale| {
        let locale = locale.to_string_lossy().to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    fn env<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        move |name| set.iter().find(|pair| pair.0 == name).map(|pair| pair.1.into())
    }

    #[test]
    fn the_flag_goes_before_the_environment_before_the_terminal() {
        let auto = |set: &[(&str, &str)], terminal| color(When::Auto, &env(set), terminal);
        assert!(auto(&[], true) && !auto(&[], false));
        assert!(!auto(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], true), "NO_COLOR goes first");
        assert!(auto(&[("NO_COLOR", "")], true), "an empty NO_COLOR says nothing");
        assert!(auto(&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], false));
        assert!(!auto(&[("CLICOLOR_FORCE", "0")], false) && auto(&[("CLICOLOR_FORCE", "0")], true));
        assert!(!auto(&[("CLICOLOR", "0")], true) && !auto(&[("TERM", "dumb")], true));
        assert!(color(When::Always, &env(&[("NO_COLOR", "1")]), false));
        assert!(!color(When::Never, &env(&[("CLICOLOR_FORCE", "1")]), true));
    }

    #[test]
    fn width_is_said_or_seen_or_a_hundred() {
        assert_eq!(width(&env(&[("COLUMNS", "72")]), Some(200)), 72);
        assert_eq!(width(&env(&[("COLUMNS", "wide")]), Some(200)), 200);
        assert_eq!(width(&env(&[("COLUMNS", "0")]), None), 100);
        assert_eq!(width(&env(&[("COLUMNS", "3")]), None), 20);
    }

    #[cfg(not(windows))]
    #[test]
    fn a_locale_that_speaks_utf_8() {
        assert!(unicode(&env(&[("LANG", "uk_UA.UTF-8")])) && unicode(&env(&[("LC_ALL", "C.utf8"), ("LANG", "C")])));
        assert!(!unicode(&env(&[])) && !unicode(&env(&[("LC_ALL", "C"), ("LANG", "uk_UA.UTF-8")])));
        assert!(unicode(&env(&[("LC_ALL", ""), ("LANG", "uk_UA.UTF-8")])), "an empty variable says nothing");
    }
}
