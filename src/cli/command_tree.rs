//! The table of commands: name, arguments, what it does. A command is built for clap when it is called, because building all
//! of them at every start costs a millisecond.

use clap::error::ContextKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use super::commands::{
    access, account, alerts, audit, batch, chave_movel, clock, conform, contacts, explain, init, messages, outbox,
    password, phone_code, phone_line, policy, profile, recover, registry, scenario, schema, store, why,
};
use super::context::Context;
use crate::cli::args::global_args;
use crate::error::{Error, ExitStatus};
use crate::request::Request;

/// A command.
pub struct CommandSpec {
    /// Its words, as they are typed after `ssd`.
    pub path: &'static str,
    /// Adds its arguments.
    pub args: fn(Command) -> Command,
    /// What it does.
    pub run: Action,
}

/// What a command does.
pub enum Action {
    /// It asks for something: the request, as far as the command line has filled it.
    Request(fn(&ArgMatches) -> Result<Request, clap::Error>),
    /// Anything else.
    Run(fn(&mut Context<'_>) -> Result<ExitStatus, Error>),
}

/// Commands under one name.
pub struct CommandGroup {
    /// The name.
    pub name: &'static str,
    /// The commands.
    pub leaves: &'static [CommandSpec],
}

/// What stands directly under `ssd`.
pub enum Entry {
    /// A command.
    CommandSpec(&'static CommandSpec),
    /// A group of commands.
    Group(&'static CommandGroup),
    /// A command that has others under it.
    Both(&'static CommandSpec, &'static CommandGroup),
}

/// One part of `ssd --help`.
pub struct Section {
    /// The key of its heading.
    pub heading: &'static str,
    /// What stands under it.
    pub entries: &'static [Entry],
}

/// Everything that `ssd` can do, in the order of its help.
pub const SECTIONS: &[Section] = &[
    Section {
        heading: "help-group-procedures",
        entries: &[
            Entry::CommandSpec(&access::REGISTER),
            Entry::CommandSpec(&access::ACTIVATE),
            Entry::CommandSpec(&access::LOGIN),
            Entry::CommandSpec(&access::LOGOUT),
            Entry::Group(&recover::GROUP),
        ],
    },
    Section {
        heading: "help-group-account",
        entries: &[
            Entry::Group(&password::GROUP),
            Entry::Group(&contacts::GROUP),
            Entry::Group(&alerts::GROUP),
            Entry::Group(&messages::GROUP),
            Entry::Group(&profile::GROUP),
            Entry::Group(&phone_code::GROUP),
        ],
    },
    Section {
        heading: "help-group-operators",
        entries: &[
            Entry::CommandSpec(&batch::BATCH),
            Entry::Group(&registry::GROUP),
            Entry::Group(&account::GROUP),
            Entry::Group(&outbox::GROUP),
            Entry::Group(&chave_movel::GROUP),
            Entry::Group(&audit::GROUP),
            Entry::Both(&phone_line::PHONE_LINE, &phone_line::GROUP),
            Entry::CommandSpec(&why::WHY),
            Entry::Group(&policy::GROUP),
        ],
    },
    Section {
        heading: "help-group-sandbox",
        entries: &[Entry::Group(&clock::GROUP), Entry::Group(&scenario::GROUP), Entry::CommandSpec(&conform::CONFORM)],
    },
    Section {
        heading: "help-group-store",
        entries: &[
            Entry::CommandSpec(&init::INIT),
            Entry::Group(&store::GROUP),
            Entry::CommandSpec(&store::STATE_HASH),
            Entry::CommandSpec(&schema::SCHEMA),
        ],
    },
    Section {
        heading: "help-group-help",
        entries: &[
            Entry::CommandSpec(&explain::EXPLAIN),
            Entry::CommandSpec(&explain::COMPLETIONS),
            Entry::CommandSpec(&explain::MAN),
        ],
    },
];

impl CommandSpec {
    /// The last of its words.
    pub fn name(&self) -> &'static str {
        self.path.rsplit(' ').next().unwrap_or(self.path)
    }
}

impl Entry {
    /// Its name under `ssd`.
    pub fn name(&self) -> &'static str {
        match self {
            Entry::CommandSpec(leaf) => leaf.path,
            Entry::Group(group) | Entry::Both(_, group) => group.name,
        }
    }

    /// Every command under this name.
    #[cfg(test)]
    pub fn commands(&self) -> impl Iterator<Item = &'static CommandSpec> {
        let (own, group): (Option<&'static CommandSpec>, &'static [CommandSpec]) = match self {
            Entry::CommandSpec(leaf) => (Some(leaf), &[]),
            Entry::Group(group) => (None, group.leaves),
            Entry::Both(leaf, group) => (Some(leaf), group.leaves),
        };
        own.into_iter().chain(group)
    }
}

/// Every entry, whatever its section.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    SECTIONS.iter().flat_map(|section| section.entries)
}

/// The command line for clap. Where `words` name a command, clap is given that one alone: to build all of them takes longer
/// than the command itself. Where they name none, clap gets every one, to suggest one.
pub fn command(words: &[&str]) -> Command {
    let wanted = |level: usize, name: &str| words.get(level).is_none_or(|word| *word == name);
    let built = |leaf: &CommandSpec| (leaf.args)(named(leaf.name()));
    let under = entries().filter(|entry| wanted(0, entry.name())).map(|entry| match entry {
        Entry::CommandSpec(leaf) => built(leaf),
        Entry::Group(group) => {
            let leaves = group.leaves.iter().filter(|leaf| wanted(1, leaf.name()));
            named(group.name).subcommand_required(true).subcommands(leaves.map(built))
        }
        Entry::Both(leaf, group) => {
            let leaves = group.leaves.iter().filter(|leaf| wanted(1, leaf.name()));
            built(leaf).subcommands(leaves.map(built))
        }
    });
    let root = named("ssd").version(env!("CARGO_PKG_VERSION")).no_binary_name(true).subcommand_required(true);
    root.subcommands(under)
}

fn named(name: &'static str) -> Command {
    Command::new(name).disable_help_subcommand(true).args(global_args::args())
}

/// The command that clap has found, with its own matches.
pub fn matched_command(matches: &ArgMatches) -> Option<(&'static CommandSpec, &ArgMatches)> {
    let (name, matches) = matches.subcommand()?;
    match find(name)? {
        Entry::CommandSpec(leaf) => Some((leaf, matches)),
        Entry::Group(group) => {
            let (name, matches) = matches.subcommand()?;
            Some((group.leaves.iter().find(|leaf| leaf.name() == name)?, matches))
        }
        Entry::Both(leaf, group) => match matches.subcommand() {
            None => Some((leaf, matches)),
            Some((name, matches)) => Some((group.leaves.iter().find(|leaf| leaf.name() == name)?, matches)),
        },
    }
}

/// Whether an argument stands in front of the command that it is not of: clap takes what the command above it can take.
pub fn is_word_after_group_command(matches: &ArgMatches) -> bool {
    let Some((name, above)) = matches.subcommand() else { return false };
    let Some(Entry::Both(leaf, _)) = find(name) else { return false };
    let own = (leaf.args)(Command::new(leaf.name()));
    let typed = |id: &str| above.value_source(id) == Some(ValueSource::CommandLine);
    above.subcommand_name().is_some() && own.get_arguments().any(|arg| typed(arg.get_id().as_str()))
}

/// The command under `words` that is most like `word`, where `words` are a command that has others under it: clap takes its name,
/// with a slip of the keys in it, for a value.
pub fn closest_entry(words: &[&str], word: &str) -> Option<clap::Error> {
    let [name] = words else { return None };
    let Some(Entry::Both(_, group)) = find(name) else { return None };
    let alone = group.leaves.iter().map(|leaf| Command::new(leaf.name()));
    let under = Command::new(group.name).no_binary_name(true).subcommand_required(true).subcommands(alone);
    let error = under.try_get_matches_from([word]).err()?;
    error.get(ContextKind::SuggestedSubcommand).is_some().then_some(error)
}

/// The entry of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.name() == name)
}

/// `word` as the next word of a command that begins with `words`, if there is such a command.
pub fn next_word(words: &[&str], word: &str) -> Option<&'static str> {
    match words {
        [] => find(word).map(Entry::name),
        [group] => match find(group)? {
            Entry::CommandSpec(_) => None,
            Entry::Group(group) | Entry::Both(_, group) => {
                group.leaves.iter().map(CommandSpec::name).find(|name| *name == word)
            }
        },
        _ => None,
    }
}

/// A command that takes no arguments.
pub fn no_args(command: Command) -> Command {
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Operation;

    fn commands() -> impl Iterator<Item = &'static CommandSpec> {
        entries().flat_map(Entry::commands)
    }

    #[test]
    fn every_operation_has_one_command_and_its_words_are_the_commands() {
        let mut words: Vec<String> = commands().map(|leaf| leaf.path.replace([' ', '-'], "_")).collect();
        words.sort();
        let mut ops = Operation::NAMES.to_vec();
        ops.sort();
        assert_eq!(words, ops);
    }

    #[test]
    fn each_command_is_in_the_section_of_its_operation() {
        for section in SECTIONS {
            for leaf in section.entries.iter().flat_map(Entry::commands) {
                let op: Operation = leaf.path.replace([' ', '-'], "_").parse().expect(leaf.path);
                assert_eq!(op.spec().help.heading(), section.heading, "{op}");
            }
        }
    }

    #[test]
    fn clap_finds_nothing_wrong_with_any_command() {
        for leaf in commands() {
            (leaf.args)(Command::new("x").args(global_args::args())).debug_assert();
        }
        command(&[]).debug_assert();
    }

    #[test]
    fn a_command_that_has_others_under_it_is_called_by_itself_too() {
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
    fn the_commands_of_a_group_begin_with_its_name() {
        for entry in entries() {
            let (Entry::Group(group) | Entry::Both(_, group)) = entry else { continue };
            for leaf in group.leaves {
                assert_eq!(leaf.path, format!("{} {}", group.name, leaf.name()));
                assert_eq!(next_word(&[group.name], leaf.name()), Some(leaf.name()));
            }
        }
        for entry in entries() {
            let Entry::Both(leaf, group) = entry else { continue };
            assert_eq!((leaf.path, leaf.name()), (group.name, group.name));
        }
        assert_eq!(next_word(&[], "recover"), Some("recover"));
        assert_eq!(next_word(&["register"], "recover"), None);
    }
}
