//! The list of all commands, and look-ups in it. Commands do not use this module; they declare themselves by
//! `command_spec`.
//!
//! Only the called command is built for clap, because building all of them takes a millisecond at every start.

use clap::error::ContextKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use super::command_spec::{CommandSpec, Entry};
use super::commands::{
    account, activate, alerts, audit, batch, chave_movel, clock, completions, conform, contacts, demo, explain, help,
    init, login, logout, man, messages, outbox, password, phone_code, phone_line, policy, profile, recover, register,
    registry, report, scenario, schema, second_factor, session, store, template, terms, why,
};
use crate::cli::args::global_args;

/// A section of `ssd --help`.
pub struct Section {
    /// The catalogue key of its heading.
    pub heading: &'static str,
    /// Its entries.
    pub entries: &'static [Entry],
}

/// All commands, in the order of `ssd --help`.
pub const SECTIONS: &[Section] = &[
    Section {
        heading: "help-group-procedures",
        entries: &[
            Entry::Command(&register::REGISTER),
            Entry::Command(&activate::ACTIVATE),
            Entry::Command(&login::LOGIN),
            Entry::Command(&logout::LOGOUT),
            Entry::Group(&second_factor::GROUP),
            Entry::Group(&recover::GROUP),
        ],
    },
    Section {
        heading: "help-group-account",
        entries: &[
            Entry::Group(&password::GROUP),
            Entry::Group(&contacts::GROUP),
            Entry::Group(&alerts::GROUP),
            Entry::Group(&session::GROUP),
            Entry::Group(&messages::GROUP),
            Entry::Group(&profile::GROUP),
            Entry::Group(&phone_code::GROUP),
        ],
    },
    Section {
        heading: "help-group-operators",
        entries: &[
            Entry::Command(&template::TEMPLATE),
            Entry::Both(&batch::BATCH, &batch::GROUP),
            Entry::Group(&registry::GROUP),
            Entry::Group(&account::GROUP),
            Entry::Group(&outbox::GROUP),
            Entry::Group(&chave_movel::GROUP),
            Entry::Group(&audit::GROUP),
            Entry::Both(&phone_line::PHONE_LINE, &phone_line::GROUP),
            Entry::Command(&why::WHY),
            Entry::Command(&report::REPORT),
            Entry::Group(&policy::GROUP),
        ],
    },
    Section {
        heading: "help-group-sandbox",
        entries: &[Entry::Group(&clock::GROUP), Entry::Group(&scenario::GROUP), Entry::Command(&conform::CONFORM)],
    },
    Section {
        heading: "help-group-store",
        entries: &[
            Entry::Command(&init::INIT),
            Entry::Group(&store::GROUP),
            Entry::Command(&store::STATE_HASH),
            Entry::Command(&schema::SCHEMA),
        ],
    },
    Section {
        heading: "help-group-help",
        entries: &[
            Entry::Command(&help::HELP),
            Entry::Command(&demo::DEMO),
            Entry::Command(&explain::EXPLAIN),
            Entry::Command(&terms::TERMS),
            Entry::Command(&completions::COMPLETIONS),
            Entry::Command(&man::MAN),
        ],
    },
];

/// Returns the entries of all sections.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    SECTIONS.iter().flat_map(|section| section.entries)
}

/// Returns the program for clap. If `words` name a command, it has that command only. Otherwise it has all commands, so
/// that clap can suggest one.
pub fn command(words: &[&str]) -> Command {
    let wanted = |level: usize, name: &str| words.get(level).is_none_or(|word| *word == name);
    let built = |spec: &CommandSpec| (spec.args)(named(spec.name()));
    let under = entries().filter(|entry| wanted(0, entry.name())).map(|entry| match entry {
        Entry::Command(spec) => built(spec),
        Entry::Group(group) => {
            let commands = group.commands.iter().filter(|spec| wanted(1, spec.name()));
            named(group.name).subcommand_required(true).subcommands(commands.map(built))
        }
        Entry::Both(spec, group) => {
            let commands = group.commands.iter().filter(|spec| wanted(1, spec.name()));
            built(spec).subcommands(commands.map(built))
        }
    });
    let root = named("ssd").version(env!("CARGO_PKG_VERSION")).no_binary_name(true).subcommand_required(true);
    root.subcommands(under)
}

fn named(name: &'static str) -> Command {
    Command::new(name).disable_help_subcommand(true).args(global_args::args())
}

/// Returns the command that clap has matched, with its own matches.
pub fn matched_command(matches: &ArgMatches) -> Option<(&'static CommandSpec, &ArgMatches)> {
    let (name, matches) = matches.subcommand()?;
    match find(name)? {
        Entry::Command(spec) => Some((spec, matches)),
        Entry::Group(group) => {
            let (name, matches) = matches.subcommand()?;
            Some((group.commands.iter().find(|spec| spec.name() == name)?, matches))
        }
        Entry::Both(spec, group) => match matches.subcommand() {
            None => Some((spec, matches)),
            Some((name, matches)) => Some((group.commands.iter().find(|spec| spec.name() == name)?, matches)),
        },
    }
}

/// Returns whether an argument of a command precedes the word of its subcommand, as in `ssd phone-line 12000000012
/// whoami`. Clap accepts it.
pub fn is_word_after_group_command(matches: &ArgMatches) -> bool {
    let Some((name, above)) = matches.subcommand() else { return false };
    let Some(Entry::Both(spec, _)) = find(name) else { return false };
    let own = (spec.args)(Command::new(spec.name()));
    let typed = |id: &str| above.value_source(id) == Some(ValueSource::CommandLine);
    above.subcommand_name().is_some() && own.get_arguments().any(|arg| typed(arg.get_id().as_str()))
}

/// Returns clap's error with a suggestion if `word` is a misspelt subcommand of the command `words`. Clap takes such a
/// word for a value of the command.
pub fn closest_entry(words: &[&str], word: &str) -> Option<clap::Error> {
    let [name] = words else { return None };
    let Some(Entry::Both(_, group)) = find(name) else { return None };
    let alone = group.commands.iter().map(|spec| Command::new(spec.name()));
    let under = Command::new(group.name).no_binary_name(true).subcommand_required(true).subcommands(alone);
    let error = under.try_get_matches_from([word]).err()?;
    error.get(ContextKind::SuggestedSubcommand).is_some().then_some(error)
}

/// Returns the entry of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.name() == name)
}

/// Returns `word` if a command starts with `words` and then `word`.
pub fn next_word(words: &[&str], word: &str) -> Option<&'static str> {
    match words {
        [] => find(word).map(Entry::name),
        [group] => match find(group)? {
            Entry::Command(_) => None,
            Entry::Group(group) | Entry::Both(_, group) => {
                group.commands.iter().map(CommandSpec::name).find(|name| *name == word)
            }
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Operation;

    fn commands() -> impl Iterator<Item = &'static CommandSpec> {
        entries().flat_map(Entry::commands)
    }

    #[test]
    fn every_operation_has_one_command_with_its_words() {
        let mut words: Vec<String> = commands().map(|spec| spec.path.replace([' ', '-'], "_")).collect();
        words.sort();
        let mut ops = Operation::NAMES.to_vec();
        ops.sort();
        assert_eq!(words, ops);
    }

    #[test]
    fn each_command_is_in_the_section_of_its_operation() {
        for section in SECTIONS {
            for spec in section.entries.iter().flat_map(Entry::commands) {
                let op: Operation = spec.path.replace([' ', '-'], "_").parse().expect(spec.path);
                assert_eq!(op.spec().help.heading(), section.heading, "{op}");
            }
        }
    }

    #[test]
    fn clap_finds_nothing_wrong_with_any_command() {
        for spec in commands() {
            (spec.args)(Command::new("x").args(global_args::args())).debug_assert();
        }
        command(&[]).debug_assert();
    }

    #[test]
    fn command_with_subcommands_runs_by_itself_too() {
        let path = |line: &str| {
            let matches = command(&[]).try_get_matches_from(line.split(' ')).expect(line);
            assert!(!is_word_after_group_command(&matches), "{line}");
            matched_command(&matches).expect(line).0.path
        };
        assert_eq!(path("phone-line"), "phone-line");
        assert_eq!(path("phone-line 12000000012 --json"), "phone-line");
        assert_eq!(path("phone-line --json whoami --call-stdin"), "phone-line whoami");
        for line in ["phone-line 12000000012 whoami", "phone-line --code-stdin whoami"] {
            let matches = command(&[]).try_get_matches_from(line.split(' ')).expect(line);
            assert!(is_word_after_group_command(&matches), "{line}");
        }
        assert!(closest_entry(&["phone-line"], "whoam").is_some());
        for (words, word) in
            [(&["phone-line"][..], "120"), (&["phone-line"], "xyz"), (&["recover"], "whoam"), (&[], "x")]
        {
            assert!(closest_entry(words, word).is_none(), "{word}");
        }
    }

    #[test]
    fn commands_of_a_group_start_with_its_name() {
        for entry in entries() {
            let (Entry::Group(group) | Entry::Both(_, group)) = entry else { continue };
            for spec in group.commands {
                assert_eq!(spec.path, format!("{} {}", group.name, spec.name()));
                assert_eq!(next_word(&[group.name], spec.name()), Some(spec.name()));
            }
        }
        for entry in entries() {
            let Entry::Both(spec, group) = entry else { continue };
            assert_eq!((spec.path, spec.name()), (group.name, group.name));
        }
        assert_eq!(next_word(&[], "recover"), Some("recover"));
        assert_eq!(next_word(&["register"], "recover"), None);
    }
}
