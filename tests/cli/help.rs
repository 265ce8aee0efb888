//! `ssd help`: the list, a topic, a command's help, and a name that is neither.

use snapbox::Data;
use ssd::cli::help::topics::Topic;
use ssd::request::Operation;

use crate::support::terminal::screen;
use crate::support::{Sandbox, project, snapshots};

#[test]
fn help_lists_topics_and_commands_in_both_languages() {
    let nothing = Sandbox::nothing();
    for (language, headings) in [("en", ["Topics", "Commands"]), ("pt", ["Temas", "Comandos"])] {
        let list = nothing.ssd(&format!("help --lang {language}")).ok();
        for heading in headings {
            assert!(list.contains(&format!("\n{heading}\n")), "{heading} in {list}");
        }
        for name in Topic::NAMES {
            let about = list.lines().find_map(|line| line.strip_prefix(&format!("  {name} ")));
            assert!(about.is_some_and(|about| !about.trim().is_empty()), "{name} in {list}");
        }
        assert!(list.contains("register, activate, login"), "{list}");
    }
    // No store is needed, and none is made.
    assert_eq!(std::fs::read_dir(nothing.folder()).expect("a folder").count(), 0);
}

#[test]
fn a_topic_is_plain_text_of_80_columns_in_a_pipe() {
    let nothing = Sandbox::nothing();
    for (language, title, word) in [("en", "Letters and e-mails", "Print"), ("pt", "Cartas e e-mails", "Imprimir")] {
        let page = nothing.ssd(&format!("help letters --lang {language}")).ok();
        assert_eq!(page.lines().next(), Some(title));
        assert!(page.contains(&format!("\n{word}\n")), "{page}");
        assert!(page.contains("\n    $ export SSD_STORE=letters.db"), "{page}");
        assert!(page.contains("`ssd help settings`"), "{page}");
        let prose = page.lines().filter(|line| !line.starts_with("    "));
        assert_eq!(prose.map(|line| line.chars().count()).filter(|width| *width > 80).count(), 0, "{page}");
        assert!(!page.contains('\u{1b}') && !page.contains("<!--"), "{page}");
    }
    let painted = nothing.ssd("help letters --color always").ok();
    assert!(painted.starts_with("\u{1b}[1mLetters and e-mails\u{1b}[0m\n"), "{painted}");
}

#[test]
fn a_topic_has_the_width_of_the_terminal_and_100_columns_at_most() {
    let nothing = Sandbox::nothing();
    // Prose starts at column 2 with a small letter or a capital; code and items do not.
    let widest = |page: &str| {
        let prose = page.lines().filter(|line| line.starts_with("  ") && line.as_bytes().get(2) != Some(&b' '));
        prose.map(|line| line.chars().count()).max().expect("prose")
    };
    for (columns, range) in [(60, 50..=60), (90, 82..=90), (200, 92..=100)] {
        let page = screen(columns, nothing.command("help letters --color never")).fails(0).out.replace('\r', "");
        assert!(range.contains(&widest(&page)), "{columns} columns: {}", widest(&page));
    }
}

/// `SNAPSHOTS=overwrite` writes the file: each removed or renamed option is a line of the difference.
#[test]
fn usage_and_options_of_every_command_are_as_recorded() {
    let nothing = Sandbox::nothing();
    let options = |help: &str| -> Vec<String> {
        let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-') && !line.starts_with("- "));
        lines.map(|line| line.split("  ").next().unwrap_or(line).to_owned()).collect()
    };
    let of_all = options(&nothing.ssd("--help").ok());
    let mut recorded = String::new();
    for op in Operation::NAMES {
        let words: Vec<&str> = op.split('_').collect();
        // Each `_` of an operation is a space or a hyphen of its command.
        let help = (0..1 << (words.len() - 1)).find_map(|hyphens| {
            let mut command = words[0].to_owned();
            for (n, word) in words[1..].iter().enumerate() {
                command += if hyphens >> n & 1 == 1 { "-" } else { " " };
                command += word;
            }
            let run = nothing.ssd(&format!("{command} --help"));
            (run.code == 0 && run.out.contains(&format!("Usage: ssd {command}"))).then_some(run.out)
        });
        let help = help.unwrap_or_else(|| panic!("a command for {op}"));
        recorded += help.lines().find(|line| line.starts_with("Usage: ")).expect("a usage");
        for option in options(&help).iter().filter(|option| !of_all.contains(option)) {
            recorded += &format!("\n    {option}");
        }
        recorded += "\n";
    }
    snapshots::as_written().eq(recorded, Data::read_from(&project("tests/data/usage.txt"), None));
}

#[test]
fn help_of_a_command_is_what_its_option_prints() {
    let nothing = Sandbox::nothing();
    for command in ["register", "outbox", "outbox print", "phone-line", "phone-line whoami", "help"] {
        for language in ["en", "pt"] {
            let help = nothing.ssd(&format!("help {command} --lang {language}")).ok();
            assert_eq!(help, nothing.ssd(&format!("{command} --help --lang {language}")).ok(), "{command}");
        }
    }
    let names = |command: &str| nothing.ssd(&format!("{command} --help")).ok().lines().last().map(str::to_owned);
    assert_eq!(names("batch").as_deref(), Some("See also: `ssd help batch-files`, `ssd help json`"));
    assert_eq!(
        names("outbox").as_deref(),
        Some(
            "See also: `ssd help getting-started`, `ssd help json`, `ssd help testing`, `ssd help letters`, `ssd help operators`"
        )
    );
    let last = nothing.ssd("batch --help --lang pt").ok();
    assert!(last.ends_with("\nVeja também: `ssd help batch-files`, `ssd help json`"), "{last}");
}

#[test]
fn guides_say_why_a_part_of_them_is_not_in_the_program() {
    let missing = [
        ("en", "## What the guides have", ["Ajuda", "useful link", "subcontas", "declarations", "household"]),
        ("pt", "## O que os guias têm", ["Ajuda", "ligação útil", "subcontas", "declarações", "agregado familiar"]),
    ];
    for (language, heading, parts) in missing {
        let page = Topic::Guides.markdown(language.parse().expect("a language"));
        let section = page.split(heading).nth(1).expect("the section").split("\n## ").next().expect("its text");
        let rows: Vec<&str> = section.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
        for part in parts {
            assert!(rows.iter().any(|row| row.contains(part)), "{part} in {section}");
        }
        for row in &rows {
            let why = row.split(" | ").nth(1).expect("two cells").trim_end_matches(" |");
            assert!(why.ends_with('.') && why.matches(". ").count() == 0, "one sentence: {row}");
        }
        let instant = section.split("Senha na hora").nth(1).expect("Senha na hora is named");
        assert!(instant.contains("`ssd register`") && instant.contains("`ssd recover`"), "{instant}");
        let shown = Sandbox::nothing().ssd(&format!("help guides --lang {language}")).ok();
        assert!(shown.contains("Senha na hora"), "{shown}");
    }
}

#[test]
fn an_unknown_name_is_an_error_with_the_nearest_one() {
    let nothing = Sandbox::nothing();
    for (line, nearest) in [
        ("help operatrs", "operators"),
        ("help exit-code", "exit-codes"),
        ("help regsiter", "register"),
        ("help outbox lst", "outbox list"),
    ] {
        nothing.ssd(line).fails(2).says(&format!("hint: did you mean `ssd help {nearest}`?\n"));
    }
    nothing.ssd("help xyzzy").fails(2).says("no topic or command: `xyzzy`\nhint: `ssd help` lists the topics");
    nothing.ssd("help letters print").fails(2).says("`letters print`");
    nothing.ssd("help register now").fails(2).says("`register now`");
    nothing.ssd("help xyzzy --lang pt").fails(2).says("não há tema nem comando: `xyzzy`");
    assert_eq!(nothing.ssd("help xyzzy --json").fails(2).json()["kind"], "usage");
}

#[test]
fn json_has_the_text_as_a_pipe_gets_it() {
    let nothing = Sandbox::nothing();
    for line in ["help", "help json", "help outbox list"] {
        let reply = nothing.json(line);
        assert_eq!((&reply["result"], &reply["op"]), (&"done".into(), &"help".into()));
        assert_eq!(reply["text"], nothing.ssd(line).out.as_str(), "{line}");
    }
    let at_a_terminal = screen(200, nothing.command("help json --json")).fails(0).out;
    assert_eq!(at_a_terminal.trim(), nothing.ssd("help json --json").ok());
}
