//! No Portuguese text has an English code word: refusals, hints, errors, details, tables, timeline and page.
//!
//! Code words may stand where they are typed or quoted: in `…`, in a command (`ssd …`), after an option (`--channel sms`), and
//! in the brackets of `recusado[…]`.

use std::collections::BTreeSet;

use crate::cli::args::global_args::GlobalArgs;
use crate::cli::render::{code_words, errors, table_columns, text, timeline};
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::next_step::{NextStep, SuggestedCommand};
use crate::domain::vocabulary::{
    AccountState, AccountType, AlertKind, AlertPreference, Channel, CheckStep, CivilIdKind, ContactKind, Decision,
    HolderKind, HolderStatus, Language, LockoutScope, LoginMethod, MessageStatus, Notice, Purpose,
};
use crate::environment::Environment;
use crate::l10n::{MessageArg, keys, localize};
use crate::reply::{
    Account, Alert, AuditEntry, Block, ChannelOption, ConformanceResult, ContactLine, Done, Event, EventKind,
    FailureCause, InboxMessage, Message, MessageCause, Profile, Reason, Record, Refusal, RefusalVariant, ReplyBody,
    Secret, Verdict,
};
use crate::request::{Operation, Request};

/// Every word that the program writes in JSON, without those that are Portuguese words or names too.
fn code_words() -> Vec<&'static str> {
    let names = [
        AccountState::NAMES,
        AccountType::NAMES,
        AlertKind::NAMES,
        AlertPreference::NAMES,
        Channel::NAMES,
        CheckStep::NAMES,
        CivilIdKind::NAMES,
        ContactKind::NAMES,
        Decision::NAMES,
        EventKind::NAMES,
        HolderKind::NAMES,
        HolderStatus::NAMES,
        LockoutScope::NAMES,
        LoginMethod::NAMES,
        Notice::NAMES,
        Operation::NAMES,
        Purpose::NAMES,
        Reason::NAMES,
        Verdict::NAMES,
    ];
    let others =
        ["done", "yes", "no", "error", "hint", "wrong_password", "not_active", "no_phone_code", "wrong_digits"];
    // "no" is "em o", and "ssd" commands are taken out before.
    names.into_iter().flatten().copied().chain(others).filter(|word| !["no", "bi", "cc"].contains(word)).collect()
}

/// A text without what is quoted or typed.
fn prose(text: &str) -> String {
    let mut rest = String::new();
    for (at, part) in text.split('`').enumerate() {
        rest += if at % 2 == 0 { part } else { " " };
    }
    for (open, close) in [("recusado[", "]"), ("{$", "}"), ("ssd ", "\n"), ("«", "»")] {
        while let Some((before, behind)) = rest.split_once(open) {
            // A command ends before what a sentence goes on with.
            let end = match open {
                "ssd " => behind.find([';', ')', ',', '\n']).unwrap_or(behind.len()),
                _ => behind.find(close).map_or(behind.len(), |at| at + close.len()),
            };
            rest = format!("{before} {}", &behind[end..]);
        }
    }
    let mut words = vec![];
    let mut all = rest.split_whitespace();
    while let Some(word) = all.next() {
        let is_setting = word.contains("login.second_factor");
        match word.starts_with("--") || is_setting {
            // The value of an option or a policy setting is typed.
            true if !word.ends_with([',', ';', ':', '.']) => drop(all.next()),
            true => {}
            false => words.push(word),
        }
    }
    words.join(" ")
}

fn found(text: &str) -> Vec<&'static str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '/');
    let prose = prose(text);
    let words: Vec<&str> = prose.split(|c| !is_part(c)).map(|word| word.trim_matches('.')).collect();
    let found: BTreeSet<&str> = code_words().into_iter().filter(|word| words.contains(word)).collect();
    found.into_iter().collect()
}

fn assert_translated(place: &str, text: &str) {
    assert_eq!(found(text), [""; 0], "{place}: {text}");
}

fn time() -> crate::domain::time::Timestamp {
    "2026-01-05T09:00:00Z".parse().expect("a time")
}

fn done(op: Operation, body: ReplyBody) -> Done {
    Done { niss: "12000000012".parse().ok(), ..Done::new(op, body) }
}

/// What a reply is on standard output, and in a table.
fn texts(language: Language, op: Operation, body: ReplyBody) -> [String; 2] {
    let done = done(op, body);
    let cells = table_columns::cells(language, &done).into_iter().flatten().map(|cell| cell.text);
    let heads = table_columns::of(language, &done).into_iter().flatten().map(|column| column.head);
    [text::stdout_text(language, &done), heads.chain(cells).collect::<Vec<_>>().join("\n")]
}

fn account(language: Language, state: AccountState, holder: HolderKind, status: HolderStatus) -> String {
    let blocks = LockoutScope::ALL.iter().map(|what| Block { what: *what, until: None }).collect();
    let account = Account {
        state,
        account_type: AccountType::for_holder_kind(holder),
        holder,
        holder_status: status,
        created_at: time(),
        activated_at: None,
        alerts_waiting_for: None,
        alerts: AlertPreference::Sms,
        password: true,
        phone_code: false,
        blocks,
        undelivered: vec![],
        next: vec![SuggestedCommand::Reset("12000000012".parse().expect("a NISS"))],
    };
    texts(language, Operation::AccountShow, ReplyBody::Account(account))[0].clone()
}

#[test]
fn english_code_word_in_text_is_found() {
    assert_eq!(found("canais possíveis: sms, letter"), ["letter", "sms"]);
    assert_eq!(found("estado: active"), ["active"]);
    assert_eq!(found("a conta está requested."), ["requested"]);
    assert_eq!(found("recusado[closed]: use `sms`, --channel email ou ssd login; veja e-mail"), [""; 0]);
    let english = account(Language::En, AccountState::Suspended, HolderKind::Company, HolderStatus::Ceased);
    let found = found(&english);
    assert!(["ceased", "company", "suspended", "yes"].iter().all(|word| found.contains(word)), "{found:?}");
}

#[test]
fn portuguese_sentences_have_no_code_word() {
    let prefixes = [
        "ask-",
        "choice-",
        "conform-",
        "deed-",
        "about-",
        "done-",
        "error-",
        "event-",
        "fault-",
        "invalid-",
        "form-",
        "label-",
        "line-",
        "message-",
        "note-",
        "page-",
        "prefix-",
        "reached-",
        "row-",
        "start-",
        "state-",
        "step-",
        "stopped-",
        "usage-",
        "word-",
        "summary",
        "sitting-",
        "password-rules",
        "explain-",
        "refused-",
        "hint-",
    ];
    let args: Vec<_> = ["option", "path", "detail"].map(|name| (name, MessageArg::from("X"))).into();
    let sentences = keys(Language::Pt).filter(|key| prefixes.iter().any(|prefix| key.starts_with(prefix)));
    let untranslated: Vec<_> = sentences
        .map(|key| (key, found(&localize(Language::Pt, key, &args))))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    assert_eq!(untranslated, []);
}

#[test]
fn portuguese_refusals_have_no_code_word() {
    let variants = |reason: Reason| {
        let prefix = format!("refused-{reason}-");
        keys(Language::Pt)
            .filter_map(move |key| key.strip_prefix(prefix.as_str()))
            .map(|word| word.parse().ok())
            .chain([None])
    };
    let text = |name: &'static str, text: &str| (name, MessageArg::from(text));
    for hint in keys(Language::Pt).filter(|key| key.starts_with("hint-")) {
        let facts = vec![
            text("account_type", "company"),
            text("channel", "email"),
            text("channels", "--channel email"),
            text("command", "ssd register 12000000012 --channel letter"),
            text("least", "8"),
            text("niss", "12000000012"),
            text("wait", "60 s"),
            ("retry_at", MessageArg::Time(time())),
            ("until", MessageArg::Time(time())),
        ];
        assert_translated(hint, &localize(Language::Pt, hint, &facts));
    }
    for reason in Reason::ALL {
        for variant in variants(*reason) {
            let facts = vec![
                text("account_type", "company"),
                text("channel", "email"),
                text("command", "ssd register 12000000012 --channel letter"),
                text("kind", "email"),
                text("wait", "60 s"),
                ("until", MessageArg::Time(time())),
            ];
            let refusal = Refusal {
                op: Operation::Register,
                niss: "12000000012".parse().ok(),
                request: Some(4),
                reason: *reason,
                variant,
                args: facts.clone(),
                retry_at: Some(time()),
                channels: Some(Channel::ALL.to_vec()),
                hint: None,
            };
            let rendered = errors::refusal(&refusal, Language::Pt);
            let label = code_words::refusal_label(Language::Pt, *reason);
            assert_eq!(label, format!("recusado[{reason}]"));
            assert_translated(reason.as_str(), &format!("{label}: {}", rendered.message));
        }
    }
}

#[test]
fn channels_are_translated_and_options_are_not() {
    let refusal = |language| {
        let refusal = Refusal {
            op: Operation::RecoverRequest,
            niss: None,
            request: None,
            reason: Reason::ChannelUnavailable,
            variant: None,
            args: vec![],
            retry_at: None,
            channels: Some(vec![Channel::Email, Channel::Letter]),
            hint: Some(NextStep::ChooseChannel),
        };
        let rendered = errors::refusal(&refusal, language);
        (rendered.message, rendered.hint.unwrap_or_default())
    };
    let (message, hint) = refusal(Language::Pt);
    assert!(message.ends_with("canais possíveis: e-mail, carta"), "{message}");
    assert_eq!(hint, "escolha outro canal: --channel email ou --channel letter");
    let (message, hint) = refusal(Language::En);
    assert!(message.ends_with("available channels: email, letter"), "{message}");
    assert_eq!(hint, "choose another channel: --channel email or --channel letter");
}

#[test]
fn labels_of_standard_error_are_translated() {
    let labels =
        |language| ["error", "hint", "refused"].map(|name| localize(language, &format!("prefix-{name}"), &vec![]));
    assert_eq!(labels(Language::En), ["error", "hint", "refused"]);
    assert_eq!(labels(Language::Pt), ["erro", "sugestão", "recusado"]);
}

#[test]
fn portuguese_accounts_records_and_profiles_have_no_code_word() {
    for (at, holder) in HolderKind::ALL.iter().enumerate() {
        for state in AccountState::ALL {
            assert_translated("account", &account(Language::Pt, *state, *holder, HolderStatus::ALL[at]));
            for text in texts(Language::Pt, Operation::AccountResume, ReplyBody::State { state: *state }) {
                // A table of a single reply has its JSON keys as heads.
                assert_translated("state", text.split('\n').next().unwrap_or_default());
            }
        }
        for civil_id in CivilIdKind::ALL {
            let profile = Profile {
                holder: *holder,
                name: "Ana".into(),
                birth_date: None,
                civil_id_kind: Some(*civil_id),
                civil_id: None,
                nif: Some("2*******2".into()),
                address: None,
                language: Language::Pt,
                alerts: AlertPreference::ALL[at],
                contacts: ContactKind::ALL.iter().map(|kind| contact(*kind)).collect(),
            };
            assert_translated(
                "profile",
                &texts(Language::Pt, Operation::ProfileShow, ReplyBody::Profile(Box::new(profile)))[0],
            );
        }
        let record = Record {
            kind: *holder,
            status: HolderStatus::ALL[at],
            name: "Ana".into(),
            birth_date: None,
            civil_id_kind: Some("residence_permit".into()),
            civil_id: None,
            nif: Some("200000012".into()),
            responsible: None,
            email: None,
            mobile: None,
            telephone: None,
            address: None,
            postal_code: None,
            locality: None,
            country: None,
            language: Language::Pt,
        };
        let shown = texts(Language::Pt, Operation::RegistryShow, ReplyBody::Record(record))[0].clone();
        assert_translated("record", &shown);
        let label = if *holder == HolderKind::Citizen { "NIF: 200000012" } else { "NIPC ou NIF: 200000012" };
        assert!(shown.contains(&format!("\n{label}\n")), "{shown}");
    }
}

fn contact(kind: ContactKind) -> ContactLine {
    ContactLine {
        kind,
        value: Some("a***@c***.example".into()),
        registered: true,
        confirmed_at: Some(time()),
        proposed: Some("b***@c***.example".into()),
        next: None,
    }
}

#[test]
fn portuguese_lists_have_no_code_word() {
    let contacts: Vec<ContactLine> = ContactKind::ALL.iter().map(|kind| contact(*kind)).collect();
    for text in texts(Language::Pt, Operation::ContactsShow, ReplyBody::Contacts { contacts, due: vec![] }) {
        assert_translated("contacts", &text);
    }
    let usable =
        Channel::ALL.iter().map(|channel| ChannelOption { channel: *channel, destination: "x".into() }).collect();
    let reached = ReplyBody::StepPassed { until: CheckStep::Channels, usable: Some(usable) };
    assert_translated("channels", &texts(Language::Pt, Operation::Register, reached)[0]);
    for (at, state) in AccountState::ALL.iter().enumerate() {
        let row = ReplyBody::AccountLine {
            niss: "12000000012".parse().expect("a NISS"),
            state: *state,
            account_type: AccountType::ALL[at % 2],
            created_at: time(),
            activated_at: None,
            blocks: None,
        };
        assert_translated("accounts", &texts(Language::Pt, Operation::AccountList, row)[1]);
    }
    for verdict in Verdict::ALL {
        let row = ConformanceResult {
            id: "63B 3.1.1.2",
            requirement: "requisito".into(),
            observed: "15".into(),
            verdict: *verdict,
            reason: None,
        };
        assert_translated("conform", &texts(Language::Pt, Operation::Conform, ReplyBody::Conformance(row))[1]);
    }
}

#[test]
fn portuguese_messages_have_no_code_word() {
    for (at, purpose) in MessagePurpose::all().enumerate() {
        let message = Message {
            id: 1,
            niss: "12000000012".parse().expect("a NISS"),
            channel: Channel::ALL[at % Channel::ALL.len()],
            purpose,
            to: "x".into(),
            language: Language::Pt,
            subject: None,
            body: Secret::new("x"),
            created_at: time(),
            status: MessageStatus::Dispatched,
            status_at: None,
            due_at: None,
            dispatched_at: None,
            cause: MessageCause::default(),
        };
        let purpose = purpose.as_str();
        let shown = texts(Language::Pt, Operation::OutboxShow, ReplyBody::Message(message.clone()))[0].clone();
        assert_translated(purpose, &shown);
        assert_translated(purpose, &texts(Language::Pt, Operation::OutboxList, ReplyBody::Message(message))[1]);
    }
    for (at, kind) in AlertKind::ALL.iter().enumerate() {
        let alert = Alert {
            kind: *kind,
            about: "subsídio".parse().expect("a subject"),
            decision: Some(Decision::ALL[at % Decision::ALL.len()]),
            amount: "540".parse().ok(),
            paid_on: "2026-01-10".parse().ok(),
        };
        let message = InboxMessage { id: 1, alert, created_at: time(), read_at: None };
        let list = ReplyBody::Inbox { inbox: vec![message.clone()] };
        assert_translated("inbox", &texts(Language::Pt, Operation::MessagesList, list)[1]);
        let shown = texts(Language::Pt, Operation::MessagesShow, ReplyBody::InboxLine(message))[0].clone();
        assert_translated("inbox", &shown);
    }
}

#[test]
fn portuguese_audit_and_timeline_have_no_code_word() {
    let causes = keys(Language::Pt).filter_map(|key| key.strip_prefix("word-cause-"));
    let variants = keys(Language::Pt).filter_map(|key| key.strip_prefix("word-variant-"));
    let details = causes.map(|cause| ("cause", cause)).chain(variants.map(|variant| ("variant", variant)));
    let details: Vec<_> = details.collect();
    for (at, op) in Request::OPERATIONS.iter().enumerate() {
        let (key, word) = details[at % details.len()];
        for (outcome, reason) in [("done", None), ("refused", Some(Reason::Closed.to_string()))] {
            let entry = AuditEntry {
                id: 4,
                at: time(),
                actor: "tester".into(),
                action: op.to_string(),
                niss: None,
                outcome: outcome.into(),
                reason: reason.clone(),
                detail: serde_json::from_value(serde_json::json!({ key: word, "differed": ["email", "birth_date"] }))
                    .ok(),
            };
            // The rule is shown by its reason.
            let shown = texts(Language::Pt, Operation::Why, ReplyBody::Audit(entry.clone()))[0].clone();
            assert_translated("why", &shown.replace("regra: closed", ""));
            let history = texts(Language::Pt, Operation::AccountHistory, ReplyBody::Audit(entry.clone()));
            assert_translated("history", &history[0]);
            assert_translated("history", &history[1]);
            let mut entry = entry;
            // The details of a list are those of the JSON.
            entry.detail = None;
            assert_translated("audit", &texts(Language::Pt, Operation::AuditList, ReplyBody::Audit(entry))[1]);
        }
        let event = |kind, what: &str, outcome: &str| Event {
            at: time(),
            kind,
            what: what.into(),
            outcome: Some(outcome.into()),
            channel: Some(Channel::Letter),
            to: Some("x".into()),
            until: Some(time()),
            actor: Some("tester".into()),
            entry: Some(4),
            message: None,
            detail: None,
        };
        let mut events =
            vec![event(EventKind::Request, op.as_str(), "done"), event(EventKind::Refusal, op.as_str(), "closed")];
        events.extend(AccountState::NAMES.iter().map(|state| event(EventKind::State, state, "active")));
        events.extend(Purpose::NAMES.iter().map(|purpose| event(EventKind::Code, purpose, "used")));
        events.extend(Notice::NAMES.iter().map(|notice| event(EventKind::Message, notice, "sent")));
        events.extend(LockoutScope::NAMES.iter().map(|scope| event(EventKind::Block, scope, "set")));
        for event in events {
            assert_translated("timeline", &timeline::line(Language::Pt, &event));
        }
    }
}

#[test]
fn every_cause_and_variant_has_a_word() {
    let has = |key: String| keys(Language::Pt).any(|there| there == key);
    for cause in FailureCause::NAMES {
        assert!(has(format!("word-cause-{cause}")), "{cause}");
    }
    for variant in RefusalVariant::NAMES {
        assert!(has(format!("word-variant-{variant}")), "{variant}");
    }
    for reason in Reason::ALL {
        let prefix = format!("refused-{reason}-");
        for variant in keys(Language::Pt).filter_map(|key| key.strip_prefix(prefix.as_str())) {
            assert!(RefusalVariant::NAMES.contains(&variant), "{variant}");
        }
    }
}

#[test]
fn portuguese_errors_have_no_code_word() {
    use crate::error::Error;
    let environment = Environment {
        store: None,
        key_file: None,
        language: Language::Pt,
        operator: String::new(),
        invalid_operator: None,
        session: None,
        call: None,
        record: None,
        no_color: true,
    };
    let line = ["recover", "request", "--store", "/x.db"].map(Into::into);
    let globals = GlobalArgs::prescan(&line, &environment, |_, _| None);
    let usage = keys(Language::Pt).filter_map(|key| key.strip_prefix("usage-")).filter(|key| !key.ends_with("-hint"));
    for error in
        usage.map(Error::usage).chain([Error::StoreMissing, Error::NotAStore, Error::DiskFull, Error::KeyWrong])
    {
        let rendered = errors::error(&error, &globals);
        assert_translated("error", &format!("{}\n{}", rendered.message, rendered.hint.unwrap_or_default()));
    }
}
