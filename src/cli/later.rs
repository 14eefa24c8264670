//! What a later version will know: refused by name, with what it will do, so
//! that nobody looks for a slip where there is none.

/// Commands.
const COMMANDS: [(&str, &str); 7] = [
    ("push", "hands feeds over, under the same guards"),
    ("pull", "saves what a channel has now"),
    ("why", "follows one SKU from the source cell to the bytes sent"),
    ("audit", "finds where channels contradict each other"),
    ("status", "says what each channel has and what waits"),
    ("history", "says what was delivered, and when"),
    ("rollback", "puts an earlier feed back"),
];

/// Flags.
const FLAGS: [(&str, &str); 10] = [
    ("--at", "computes as of another time"),
    ("--plan", "delivers exactly what was reviewed"),
    ("--dry-run", "lets push only show"),
    ("-n", "lets push only show"),
    ("--interactive", "lets push ask channel by channel"),
    ("-i", "lets push ask channel by channel"),
    ("--yes", "answers the question of push"),
    ("-y", "answers the question of push"),
    ("--fail-fast", "ends push at the first failure"),
    ("--timeout", "limits how long push waits"),
];

/// What is said of a command that a later version will know.
pub(super) fn command(name: &str) -> Option<String> {
    let about = COMMANDS.iter().find(|command| command.0 == name)?.1;
    Some(format!("`{name}` comes with a later version: it {about}"))
}

/// What is said of a flag that a later version will know.
pub(super) fn flag(name: &str) -> Option<String> {
    let name = name.split(['=', ' ']).next().unwrap_or(name);
    let about = FLAGS.iter().find(|flag| flag.0 == name)?.1;
    Some(format!("`{name}` comes with a later version: it {about}"))
}

/// What is said of a flag that one command must not have, although others do.
pub(super) fn not_here(command: &str, flag: &str) -> Option<&'static str> {
    let of_some = "a feed of some SKUs would take all others off sale: `--sku` is for looking, with validate and diff";
    let of_validate = "findings decide only how validate ends: `--baseline` goes with validate";
    match (command, flag.split(['=', ' ']).next().unwrap_or(flag)) {
        ("render", "--sku") => Some(of_some),
        ("diff" | "render", "--baseline") => Some(of_validate),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Invocation;

    #[test]
    fn nothing_of_today_is_put_off() {
        let today = Invocation::command();
        let mut flags: Vec<String> = Vec::new();
        for command in today.get_subcommands() {
            assert!(super::command(command.get_name()).is_none(), "{}", command.get_name());
            for argument in command.get_arguments().chain(today.get_arguments()) {
                flags.extend(argument.get_long().map(|long| format!("--{long}")));
                flags.extend(argument.get_short().map(|short| format!("-{short}")));
            }
        }
        for name in flags {
            assert!(flag(&name).is_none(), "{name}");
        }
    }
}
