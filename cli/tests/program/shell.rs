//! `tomtat completions`, `tomtat man` and `tomtat licences`.

use crate::run::{ok, run, stderr};

#[test]
fn each_shell_gets_a_script_with_all_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = ok(&run(&["completions", shell]));
        for word in ["summarize", "tokenize", "keyness", "syllables"] {
            assert!(script.contains(word), "{shell} does not complete {word}");
        }
    }
    assert_eq!(run(&["completions", "dos"]).status.code(), Some(2));
}

#[test]
fn the_manual_has_a_page_for_the_program_and_for_each_command() {
    let program = ok(&run(&["man"]));
    assert!(program.contains(".TH tomtat 1") && program.contains("summarize"), "{program:.300}");
    let page = ok(&run(&["man", "summarize"]));
    assert!(page.contains(".TH tomtat-summarize 1"), "{page:.300}");
    assert!(page.contains("syllables") && page.contains("Exit codes"));
    let alias = ok(&run(&["man", "kwic"]));
    assert!(alias.contains("tomtat-concordance"));
    let unknown = run(&["man", "tomtat"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("no command `tomtat`"), "{}", stderr(&unknown));
}

#[test]
fn licences_name_the_crates_inside() {
    let page = ok(&run(&["licences"]));
    for name in ["ndarray", "clap", "dom_smoothie"] {
        assert!(page.contains(&format!("| {name} |")), "{name} is missing");
    }
    assert_eq!(page, ok(&run(&["licenses"])));
}
