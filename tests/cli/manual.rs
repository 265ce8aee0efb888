//! Help pages, manual pages, shell completions, explained reasons, and suggestions for misspelled words.

use std::fs;
use std::process::Command;

use ssd::reply::Reason;

use crate::support::terminal::Terminal;
use crate::support::{REGISTER_ANA, Sandbox, lines, skipped};

/// Runs an installed program. Returns `None` if it is not installed.
fn program(name: &str, args: &[&str]) -> Option<String> {
    match Command::new(name).args(args).env("TERM", "dumb").output() {
        Ok(output) => {
            let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert!(output.status.success(), "{name} {args:?}: {}{}", said(&output.stdout), said(&output.stderr));
            Some(said(&output.stdout))
        }
        Err(_) => {
            skipped(&format!("{name}: not on this machine"));
            None
        }
    }
}

#[test]
fn mandoc_accepts_every_page_in_both_languages() {
    let sandbox = Sandbox::nothing();
    for language in ["en", "pt"] {
        let folder = sandbox.folder().join(language);
        sandbox.ssd(&format!("man {} --lang {language}", folder.display())).ok();
        let pages: Vec<String> = fs::read_dir(&folder)
            .expect("a folder")
            .map(|page| page.expect("a page").path().display().to_string())
            .collect();
        assert!(pages.len() > 60, "{}", pages.len());
        let mut args = vec!["-T", "lint"];
        args.extend(pages.iter().map(String::as_str));
        let Some(found) = program("mandoc", &args) else { return };
        assert_eq!(found, "");
    }
}

#[test]
fn manual_has_the_text_of_the_help() {
    let sandbox = Sandbox::nothing();
    let page = sandbox.ssd("man").ok();
    for part in [".TH SSD 1 ", "ssd \\- the account life of", "\\fBregister\\fR", "ssd\\-outbox(1)", ".SH EXAMPLES"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let page = sandbox.ssd("man --lang pt").ok();
    assert!(page.contains(".SH NOME") && page.contains("pedir uma conta"), "{page}");
    assert_eq!(sandbox.json("man")["text"], sandbox.ssd("man").fails(0).out.as_str());
    let files = sandbox.json("man pages")["files"].clone();
    assert!(files.as_array().expect("a list").iter().any(|file| file == "pages/ssd-phone-code-set.1"), "{files}");
}

#[test]
fn manual_page_does_not_overwrite_a_store() {
    let sandbox = Sandbox::new();
    let before = sandbox.bytes();
    let folder = sandbox.store().parent().expect("a folder").to_owned();
    fs::rename(sandbox.store(), folder.join("ssd.1")).expect("another name");
    sandbox.ssd(&format!("--store {0}/ssd.1 man {0}", folder.display())).fails(2);
    assert_eq!(fs::read(folder.join("ssd.1")).expect("the store"), before);
}

#[test]
fn shells_complete_commands_and_values() {
    let sandbox = Sandbox::nothing();
    let script = |shell: &str| {
        let path = sandbox.folder().join(shell);
        fs::write(&path, sandbox.ssd(&format!("completions {shell}")).fails(0).out).expect("a file");
        path.display().to_string()
    };
    let bash = format!(
        "source {}; COMP_WORDS=(ssd register --channel ''); COMP_CWORD=3; _ssd ssd '' --channel; echo \"${{COMPREPLY[@]}}\"
         COMP_WORDS=(ssd out); COMP_CWORD=1; _ssd ssd out ssd; echo \"${{COMPREPLY[@]}}\"",
        script("bash")
    );
    if let Some(offered) = program("bash", &["-c", &bash]) {
        assert_eq!(offered, "email sms letter\noutbox\n");
    }
    let zsh = format!("autoload -U compinit; compinit -D; source {}; whence -w _ssd", script("zsh"));
    if let Some(offered) = program("zsh", &["-f", "-c", &zsh]) {
        assert_eq!(offered, "_ssd: function\n");
    }
    let fish = format!("source {}; complete -C 'ssd register --channel '; complete -C 'ssd reg'", script("fish"));
    if let Some(offered) = program("fish", &["--no-config", "-c", &fish]) {
        for part in ["email", "sms", "letter", "register\task for an account"] {
            assert!(offered.contains(part), "{part} in {offered}");
        }
    }
    assert!(sandbox.ssd("completions powershell").ok().contains("Register-ArgumentCompleter"));
    let described = sandbox.ssd("completions fish --lang pt").ok();
    assert!(described.contains("pedir uma conta") && !described.contains("ask for an account"));
    sandbox.ssd("completions tcsh").fails(2).says("bash, zsh, fish, powershell");
}

#[test]
fn every_reason_is_explained_and_refusals_point_to_it() {
    let sandbox = Sandbox::new();
    let refused = |line: &str| Terminal::start(sandbox.command(line)).ends().fails(1).err;
    assert!(refused("account show 12000000012").ends_with("\nexplained by: ssd explain no_account\n"));
    assert!(refused("account show 12000000012 --lang pt").ends_with("\nexplicação: ssd explain no_account\n"));
    assert!(!refused("-q account show 12000000012").contains("explain"));
    // Scripts get two lines.
    assert_eq!(sandbox.ssd("account show 12000000012").err.lines().count(), 2);
    let explained = sandbox.ssd("explain no_account").ok();
    for part in ["no_account\n", "The holder has no account.", "\nWhy: ", "\nWhat to do: "] {
        assert!(explained.contains(part), "{part} in {explained}");
    }
    let rows = lines(&sandbox.ssd("--json explain").ok());
    let reasons: Vec<&str> = rows.iter().map(|row| row["reason"].as_str().expect("a word")).collect();
    assert_eq!(reasons, Reason::NAMES);
    let row = sandbox.json("explain code_used --lang pt");
    assert!(row["next"].as_str().expect("a text").starts_with("Se a conta estiver ativa"), "{row}");
    // No store is needed.
    Sandbox::nothing().ssd("explain code_used").ok();
}

#[test]
fn misspelled_word_gets_a_suggestion_without_the_input() {
    let sandbox = Sandbox::new();
    for (line, meant) in [
        ("regsiter", "register"),
        ("outbox lst", "outbox list"),
        ("outbox list --limti 1", "--limit"),
        (&format!("{REGISTER_ANA} --channel emial"), "email"),
        ("explain code_expird", "code_expired"),
        ("policy set code.sms.lief 5m", "code.sms.life"),
        ("account list --state activ", "active"),
    ] {
        let run = sandbox.ssd(line).fails(2);
        assert!(run.err.ends_with(&format!("hint: did you mean `{meant}`?\n")), "{line}: {run:?}");
    }
    let run = sandbox.ssd(&format!("{REGISTER_ANA} --channel hunter2")).fails(2);
    assert!(!run.err.contains("hunter2") && !run.err.contains("did you mean"), "{run:?}");
}

#[test]
fn help_groups_commands_and_has_examples() {
    let sandbox = Sandbox::nothing();
    let page = sandbox.ssd("--help").ok();
    let headings = [
        "\nProcedures\n",
        "account\n",
        "\nFor operators\n",
        "\nSandboxes",
        "\nThe store\n",
        "\nHelp\n",
        "\nExamples\n",
    ];
    let places: Vec<usize> = headings.iter().map(|heading| page.find(heading).expect(heading)).collect();
    assert!(places.is_sorted(), "{page}");
    assert!(sandbox.ssd("outbox wait --help").ok().contains("Examples\n  ssd outbox wait 12000000012 "));
}
