//! `completions` and `man`.

use std::path::Path;
use std::process::Command;

use offersync::cli::Exit;

use super::world::World;

fn run(arguments: &[&str]) -> String {
    let ran = World::at(Path::new("/nowhere")).run(arguments, &|_| panic!("nothing is computed here"));
    assert_eq!((ran.exit, ran.stderr.as_str()), (Exit::Clean, ""), "{arguments:?}");
    ran.stdout
}

/// What bash offers for the last of these words, with two channels in the config.
fn offered(words: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("offersync.bash");
    std::fs::write(&script, run(&["completions", "bash"])).unwrap();
    let asked = format!(
        "offersync() {{ [[ \"$*\" == 'channels --configured' ]] && printf 'rozetka\\nprom\\n'; }}\nsource {}\nCOMP_WORDS=({})\n\
         COMP_CWORD={}\n_offersync_with_channels offersync \"${{COMP_WORDS[-1]}}\" \"${{COMP_WORDS[-2]}}\"\nprintf '%s\\n' \
         \"${{COMPREPLY[@]}}\"",
        script.display(),
        words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
        words.len() - 1
    );
    let ran = Command::new("bash").args(["--norc", "-c", &asked]).output().expect("bash is there");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap().lines().map(str::to_owned).filter(|line| !line.is_empty()).collect()
}

#[test]
fn bash_completes_commands_flags_and_channels() {
    assert_eq!(offered(&["offersync", "val"]), ["validate"]);
    assert_eq!(offered(&["offersync", "diff", "ro"]), ["rozetka"]);
    assert_eq!(offered(&["offersync", "render", "--check", ""]), ["rozetka", "prom"]);
    assert_eq!(offered(&["offersync", "diff", "--nam"]), ["--name-only"]);
    assert_eq!(offered(&["offersync", "--color", "al"]), ["always"]);
    assert!(!offered(&["offersync", "diff", "--limit", "ro"]).contains(&"rozetka".to_owned()));
}

#[test]
fn zsh_and_fish_ask_for_the_names_of_channels() {
    let zsh = run(&["completions", "zsh"]);
    assert!(zsh.starts_with("#compdef offersync"));
    assert_eq!(zsh.matches(":_offersync_channels'").count(), 3, "validate, diff and render");
    assert!(zsh.find("_offersync_channels() {") < zsh.find("_offersync() {"), "it is there before it is used");
    let fish = run(&["completions", "fish"]);
    assert!(fish.contains("__fish_seen_subcommand_from validate diff render"), "{fish}");
    assert!(fish.contains("(offersync channels --configured 2>/dev/null)"));
}

#[test]
fn names_of_channels_are_those_of_the_config() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/own-channel");
    let ran = World::at(&examples).run(&["channels", "--configured"], &|_| panic!("nothing is computed here"));
    assert_eq!((ran.exit, ran.stdout.as_str(), ran.stderr.as_str()), (Exit::Clean, "hotline\n", ""));
    assert_eq!(run(&["channels", "--configured"]), "", "where there is no config there are none");
}

#[test]
fn manuals_are_pages_in_roff() {
    let top = run(&["man"]);
    assert!(top.contains(".TH offersync 1"), "{top}");
    for command in ["validate", "diff", "render", "channels", "explain"] {
        assert!(top.contains(command), "{command}");
        let page = run(&["man", command]);
        assert!(page.contains(&format!(".TH offersync-{command} 1")), "{page}");
        assert!(page.contains("Exit codes"), "{page}");
    }
}
