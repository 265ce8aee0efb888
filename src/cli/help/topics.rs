//! The topics of `ssd help`: guides and reference pages, Markdown files in `src/l10n/help`. The binary contains them.

use crate::domain::vocabulary::{Language, string_enum};
use crate::request::Operation;

/// Declares the topics: a variant, its name, and the file of that name in each language. A file that is missing in one
/// language is an error of the compiler.
macro_rules! topics {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        string_enum! {
            /// A subject that `ssd help` explains, beside the commands.
            Topic { $($(#[$doc])* $variant = $name,)+ }
        }

        impl Topic {
            /// The topic's page in Markdown.
            pub fn markdown(self, language: Language) -> &'static str {
                match (language, self) {
                    $((Language::En, Topic::$variant) => include_str!(concat!("../../l10n/help/en/", $name, ".md")),
                    (Language::Pt, Topic::$variant) => include_str!(concat!("../../l10n/help/pt/", $name, ".md")),)+
                }
            }
        }
    };
}

topics! {
    /// Install, first account, prompts.
    GettingStarted = "getting-started",
    /// The operator's tour.
    Operators = "operators",
    /// Reproduce a flow.
    Developers = "developers",
    /// Fixtures, assertions, test suites.
    Testing = "testing",
    /// Columns, rejected rows, large imports.
    RegistryFiles = "registry-files",
    /// Requests and alerts from a file.
    BatchFiles = "batch-files",
    /// Write, run, record and export.
    Scenarios = "scenarios",
    /// Print letters, export e-mails.
    Letters = "letters",
    /// Keys, lists, tables, CSV.
    Json = "json",
    /// Why a request is refused.
    Reasons = "reasons",
    /// Exit codes and kinds of errors.
    ExitCodes = "exit-codes",
    /// Variables and the options they replace.
    Environment = "environment",
    /// Limits, lifetimes, password rules.
    Settings = "settings",
    /// What is protected, and what is not.
    Security = "security",
    /// Conformance and its deviations.
    Standards = "standards",
    /// The service's guides, step by step.
    Guides = "guides",
}

/// The topics that `ssd --help` names.
pub const OF_THE_PROGRAM: &[Topic] = &[Topic::GettingStarted, Topic::Environment, Topic::ExitCodes];

/// The topics that the help of a command names. Every new command must choose.
pub fn of(op: Operation) -> &'static [Topic] {
    match op {
        Operation::Register | Operation::RecoverRequest => &[Topic::GettingStarted, Topic::Guides, Topic::Reasons],
        Operation::Activate | Operation::RecoverConfirm => &[Topic::GettingStarted, Topic::Guides, Topic::Reasons],
        Operation::Login | Operation::SecondFactorEnrol | Operation::PasswordChange => {
            &[Topic::GettingStarted, Topic::Settings, Topic::Reasons]
        }
        Operation::Logout | Operation::SessionList | Operation::SessionEnd => &[Topic::Environment],
        Operation::ContactsShow
        | Operation::ContactsUpdate
        | Operation::ContactsConfirm
        | Operation::ContactsRemove
        | Operation::ProfileShow
        | Operation::MessagesList
        | Operation::MessagesCalendar
        | Operation::MessagesShow
        | Operation::AlertsSet => &[Topic::Guides, Topic::Environment],
        Operation::PhoneCodeSet
        | Operation::PhoneCodeChange
        | Operation::PhoneCodeRemove
        | Operation::PhoneCodeVerify
        | Operation::PhoneLine
        | Operation::PhoneLineWhoami
        | Operation::PhoneLinePayments
        | Operation::CmdEnrol
        | Operation::CmdRevoke => &[Topic::Guides, Topic::Reasons],
        Operation::AlertsSend | Operation::Batch | Operation::BatchForget => &[Topic::BatchFiles, Topic::Json],
        Operation::RegistryImport | Operation::RegistryShow | Operation::RegistryCount => &[Topic::RegistryFiles],
        Operation::RegistryList | Operation::RegistryFind => &[Topic::Operators, Topic::Json],
        Operation::AccountShow
        | Operation::AccountUnlock
        | Operation::AccountSuspend
        | Operation::AccountResume
        | Operation::AccountReset
        | Operation::AccountClose => &[Topic::Operators, Topic::Reasons],
        Operation::AccountList | Operation::Report => &[Topic::Operators, Topic::Json],
        Operation::AccountHistory | Operation::AccountTimeline | Operation::Why => {
            &[Topic::Developers, Topic::Operators]
        }
        Operation::AccountExport | Operation::AccountErase => &[Topic::Security],
        Operation::OutboxList | Operation::OutboxShow | Operation::OutboxCode => &[Topic::GettingStarted, Topic::Json],
        Operation::OutboxWait => &[Topic::Testing, Topic::Json],
        Operation::OutboxPrint | Operation::OutboxExport => &[Topic::Letters],
        Operation::OutboxReturned | Operation::OutboxFailed => &[Topic::Letters, Topic::Operators],
        Operation::AuditList | Operation::AuditVerify | Operation::AuditHead | Operation::AuditExport => {
            &[Topic::Operators, Topic::Security]
        }
        Operation::PolicyShow | Operation::PolicySet => &[Topic::Settings, Topic::Standards],
        Operation::ClockShow | Operation::ClockAdvance | Operation::ClockSet => &[Topic::Developers, Topic::Testing],
        Operation::ScenarioRun | Operation::ScenarioExport => &[Topic::Scenarios, Topic::Testing],
        Operation::Conform => &[Topic::Standards],
        Operation::Template => &[Topic::RegistryFiles, Topic::BatchFiles],
        Operation::Demo => &[Topic::GettingStarted, Topic::Operators],
        Operation::Init => &[Topic::GettingStarted, Topic::Security, Topic::Environment],
        Operation::StoreCheck
        | Operation::StoreBackup
        | Operation::StoreRestore
        | Operation::StoreRekey
        | Operation::StoreClockReset
        | Operation::StoreInfo => &[Topic::Security, Topic::Operators],
        Operation::StateHash => &[Topic::Developers, Topic::Testing],
        Operation::Schema => &[Topic::Json, Topic::BatchFiles],
        Operation::Explain => &[Topic::Reasons],
        Operation::Terms => &[Topic::Guides],
        Operation::Completions | Operation::Man => &[Topic::GettingStarted],
        Operation::Help => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command_spec::Entry;
    use crate::cli::command_tree;
    use crate::l10n::{DateStyle, try_localize};

    const LANGUAGES: [Language; 2] = [Language::En, Language::Pt];

    #[test]
    fn no_topic_has_the_name_of_a_command() {
        for entry in command_tree::entries() {
            assert!(!Topic::NAMES.contains(&entry.name()), "{}", entry.name());
        }
        assert!(command_tree::entries().map(Entry::name).any(|name| name == "help"));
    }

    #[test]
    fn each_topic_is_its_own_file_with_a_line_about_it_in_both_languages() {
        let mut texts = vec![];
        for language in LANGUAGES {
            for topic in Topic::ALL {
                let text = topic.markdown(language);
                assert!(text.starts_with("# "), "{topic} in {language}");
                assert!(!texts.contains(&text), "{topic} in {language} is the file of another topic");
                texts.push(text);
                let about = try_localize(language, &format!("topic-{topic}"), &vec![], DateStyle::Words);
                assert!(about.is_some(), "no line about {topic} in {language}");
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_headings_and_blocks() {
        for topic in Topic::ALL {
            let [en, pt] = LANGUAGES.map(|language| {
                let marks = ["# ", "## ", "```", "<!-- "];
                let lines = topic.markdown(language).lines();
                let starts = lines.filter_map(|line| {
                    let mark = marks.iter().find(|mark| line.starts_with(**mark))?;
                    // A heading is translated; a block's kind and a table's name are not.
                    Some(if mark.ends_with("# ") { (*mark).to_owned() } else { line.to_owned() })
                });
                starts.collect::<Vec<_>>()
            });
            assert_eq!(en, pt, "{topic}");
        }
    }

    #[test]
    fn every_topic_is_named_by_a_command() {
        for topic in Topic::ALL {
            let named = Operation::ALL.iter().any(|op| of(*op).contains(topic));
            assert!(named || OF_THE_PROGRAM.contains(topic), "{topic}");
        }
    }

    #[test]
    fn links_lead_to_topics() {
        for (topic, language) in Topic::ALL.iter().flat_map(|topic| LANGUAGES.map(|language| (topic, language))) {
            for link in topic.markdown(language).split("](").skip(1) {
                let target = link.split(')').next().unwrap_or_default();
                let name = target.strip_suffix(".md").unwrap_or_else(|| panic!("{target} in {topic}"));
                assert!(Topic::NAMES.contains(&name), "{target} in {topic}");
            }
        }
    }
}
