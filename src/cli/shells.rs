//! `completions` and `man`: what a shell and a reader of manuals want, made from the command line
//! itself. Names of the config's channels are asked for while a line is typed.

use clap::CommandFactory;
use clap_complete::aot;

use super::args::{Completions, Invocation, Man, Shell};
use super::trouble::Trouble;
use super::voice::Voice;
use crate::model::suggestion;

/// The program, as it is called.
const NAME: &str = "offersync";
/// The commands whose arguments are channels of the config.
const OF_CHANNELS: [&str; 3] = ["validate", "diff", "render"];

/// Prints the completions of a shell.
pub(super) fn completions(asked: &Completions, voice: &mut Voice<'_>) -> Result<(), Trouble> {
    let script = match asked.shell {
        Shell::Bash => bash(),
        Shell::Zsh => zsh(),
        Shell::Fish => fish(),
    };
    voice.data(|out| out.write_all(script.as_bytes()))
}

/// What clap makes of the command line for a shell.
fn made(shell: aot::Shell) -> String {
    let mut script = Vec::new();
    aot::generate(shell, &mut Invocation::command(), NAME, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Where no flag wants its value, names of channels come to what clap's function found.
fn bash() -> String {
    let (commands, takers) = (OF_CHANNELS.join("|"), takers().join("|"));
    let own = format!(
        r#"
_offersync_with_channels() {{
    _offersync "$@"
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" said
    case "$word" in -*) return 0 ;; esac
    case "$before" in {takers}) return 0 ;; esac
    for said in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "$said" in
            {commands})
                COMPREPLY=( $(compgen -W "$(offersync channels --configured 2>/dev/null)" -- "$word") )
                return 0
                ;;
        esac
    done
}}

complete -F _offersync_with_channels -o nosort -o bashdefault -o default offersync
"#
    );
    made(aot::Shell::Bash) + &own
}

/// Every way to write a flag that wants a value.
fn takers() -> Vec<String> {
    let command = Invocation::command();
    let all = command.get_arguments().chain(command.get_subcommands().flat_map(clap::Command::get_arguments));
    let takes = all.filter(|argument| argument.get_action().takes_values() && !argument.is_positional());
    let mut names: Vec<String> = takes
        .flat_map(|argument| {
            let short = argument.get_short().map(|short| format!("-{short}"));
            argument.get_long().map(|long| format!("--{long}")).into_iter().chain(short)
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The arguments that are channels are completed by a function of their own.
fn zsh() -> String {
    let function = "_offersync_channels() {\n    local -a names\n    names=(${(f)\"$(offersync channels --configured \
                    2>/dev/null)\"})\n    compadd -a names\n}\n\n";
    let script = made(aot::Shell::Zsh);
    let with_names = |line: &str| match line.trim_start().starts_with("'*::channels ") {
        true => line.replace(":_default'", ":_offersync_channels'"),
        false => line.to_owned(),
    };
    let lines: Vec<String> = script.lines().map(with_names).collect();
    let script = lines.join("\n") + "\n";
    script.replacen("_offersync() {", &format!("{function}_offersync() {{"), 1)
}

fn fish() -> String {
    let commands = OF_CHANNELS.join(" ");
    let own = format!(
        "complete -c offersync -n \"__fish_seen_subcommand_from {commands}\" -f -a \"(offersync channels --configured \
         2>/dev/null)\"\n"
    );
    made(aot::Shell::Fish) + &own
}

/// Prints the page of the program, or of one command.
pub(super) fn man(asked: &Man, voice: &mut Voice<'_>) -> Result<(), Trouble> {
    let mut program = Invocation::command();
    program.build();
    let command = match &asked.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone().display_name(format!("{NAME}-{name}")),
            None => {
                let names = program.get_subcommands().map(clap::Command::get_name);
                let help = suggestion(name, names, "`offersync --help`");
                return Err(Trouble::asked(format!("there is no command `{name}`"), help));
            }
        },
    };
    let page = clap_mangen::Man::new(command).manual("offersync");
    voice.data(|out| page.render(out))
}
