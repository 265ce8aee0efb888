//! Waits for a message, so that scripts need no polling: `outbox wait`. Real time passes meanwhile, also in a sandbox.
//! No transaction stays open, so other processes can read, write and vacuum.

use crate::domain::message_purpose::MessagePurpose;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::Span;
use crate::domain::vocabulary::string_enum;
use crate::error::Error;
use crate::flow::outcome::{RefusalBuilder, refuse};
use crate::l10n::MessageArg;
use crate::reply::{AuditDetail, AwaitedMessage, Done, Reason, Refusal, RefusalVariant, Reply, ReplyBody, Secret};
use crate::request::Operation;
use crate::store::outbox::{self, MessageWithCode};
use crate::store::{Store, audit, set_busy_timeout};

string_enum! {
    /// The part of the message to print.
    Print {
        /// Only the code; messages without a code are skipped.
        Code = "code",
        /// Only the body.
        Body = "body",
        /// The complete message.
        Json = "json",
    }
}

/// The message to wait for.
#[derive(Debug, Clone)]
pub struct WaitFor {
    /// The holder.
    pub niss: Niss,
    /// The purpose of the message.
    pub purpose: Option<MessagePurpose>,
    /// The part to print.
    pub print: Print,
    /// The longest wait.
    pub timeout: Span,
}

/// Waits for a message to a holder and returns the newest one. Returns at once if there is one: a script requests the
/// message first and then waits.
pub fn message(store: &Store, actor: &str, wanted: &WaitFor) -> Result<Reply, Error> {
    let patience = set_busy_timeout(wanted.timeout);
    poll_until(store, actor, wanted, &mut || Ok(patience.sleep_until_next_poll()))
}

/// Waits for a message with `pause` between the polls. The wait ends when `pause` returns false.
fn poll_until(
    store: &Store,
    actor: &str,
    wanted: &WaitFor,
    pause: &mut dyn FnMut() -> Result<bool, Error>,
) -> Result<Reply, Error> {
    loop {
        // Read before the poll, so that a commit of another process between the two is not missed.
        let visited = store.version()?;
        if let Some(reply) = poll(store, actor, wanted)? {
            return Ok(reply);
        }
        while store.version()? == visited {
            if !pause()? {
                return record_refusal(store, actor, wanted);
            }
        }
    }
}

/// Returns the message, if there is one. Outside a sandbox the reading is audited in the same unit of work.
fn poll(store: &Store, actor: &str, wanted: &WaitFor) -> Result<Option<Reply>, Error> {
    let (niss, purpose, with_code) = (wanted.niss, wanted.purpose, wanted.print == Print::Code);
    let (there, is_sandbox) =
        store.read(|unit| Ok((outbox::newest_of(unit, niss, purpose, with_code)?, unit.sandbox)))?;
    let found = match there {
        Some(_) if !is_sandbox => store.write(actor, |unit| {
            let Some(newest) = outbox::newest_of(unit, niss, purpose, with_code)? else { return Ok(None) };
            let detail = AuditDetail { message: Some(newest.message.id), ..AuditDetail::default() };
            let request = audit::add(unit, Operation::OutboxWait, Some(niss), None, Some(&detail))?;
            Ok(Some((newest, Some(request))))
        })?,
        there => there.map(|newest| (newest, None)),
    };
    Ok(found.map(|(MessageWithCode { message, code }, request)| {
        let bare = match (wanted.print, &code) {
            (Print::Code, Some(code)) => code.clone(),
            _ => Secret::new(message.body.expose()),
        };
        let body = ReplyBody::Awaited(AwaitedMessage { message, code, bare });
        Reply::Done(Done { request, ..Done::new(Operation::OutboxWait, body) })
    }))
}

/// Records and returns the refusal of a wait without a message.
fn record_refusal(store: &Store, actor: &str, wanted: &WaitFor) -> Result<Reply, Error> {
    let reason = if wanted.print == Print::Code { Reason::NoCode } else { Reason::NoMessage };
    let request = match store.seed()? {
        Some(_) => None,
        None => Some(
            store
                .write(actor, |unit| audit::add(unit, Operation::OutboxWait, Some(wanted.niss), Some(reason), None))?,
        ),
    };
    let RefusalBuilder(refusal) = refuse(reason)
        .variant(RefusalVariant::Waited)
        .facts([("timeout", MessageArg::from(wanted.timeout.to_string()))])
        .hint(NextStep::CheckOutbox);
    Ok(Reply::Refused(Refusal { op: Operation::OutboxWait, niss: Some(wanted.niss), request, ..refusal }))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::path::Path;

    use super::*;
    use crate::domain::vocabulary::{Language, Notice};
    use crate::flow::handle;
    use crate::import::{self, ReadOptions};
    use crate::request::{Register, Request};
    use crate::store::Sandbox;

    const ANA: &str = "12000000012";

    /// Creates a sandbox with Ana's registry record.
    fn sandbox(path: &Path) -> Store {
        let at = "2026-01-05T09:00:00Z".parse().expect("a time");
        Store::create(path, Some(Sandbox { seed: 0, at }), |_| Ok(())).expect("a store");
        let store = Store::open(path).expect("the store");
        let registry =
            r#"{"niss":12000000012,"kind":"citizen","name":"Ana","birth_date":"1984-03-22","mobile":"912000001"}"#
                .as_bytes();
        let import = import::Import {
            input: Box::new(registry),
            reading: ReadOptions::default(),
            rejects: None,
            language: Language::En,
            dry_run: false,
        };
        import::run(&store, "x", import, &mut |_: &import::RejectRecord| {}).expect("an import");
        store
    }

    /// Registers Ana over a separate connection, as another process would.
    fn register(path: &Path) {
        let asked = Register {
            niss: ANA.parse().ok(),
            account_type: "citizen".parse().ok(),
            birth_date: "1984-03-22".parse().ok(),
            channel: "sms".parse().ok(),
            accept_terms: true,
            ..Register::default()
        };
        let reply =
            handle(&Store::open(path).expect("the store"), "x", &Request::Register(asked).check().expect("all fields"));
        assert!(matches!(reply, Ok(Reply::Done(_))), "{reply:?}");
    }

    fn wanted(print: Print) -> WaitFor {
        WaitFor { niss: ANA.parse().expect("a NISS"), purpose: None, print, timeout: Span::seconds(5) }
    }

    #[test]
    fn message_of_another_process_ends_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.db");
        let (store, pauses) = (sandbox(&path), RefCell::new(0));
        let reply = poll_until(&store, "x", &wanted(Print::Code), &mut || {
            *pauses.borrow_mut() += 1;
            if *pauses.borrow() == 3 {
                register(&path);
            }
            Ok(*pauses.borrow() < 10)
        });
        let Ok(Reply::Done(Done { body: ReplyBody::Awaited(AwaitedMessage { message, code, bare }), .. })) = reply
        else {
            panic!("{reply:?}")
        };
        assert_eq!((message.purpose.as_str(), pauses.into_inner()), ("activation", 3));
        assert_eq!(code.map(|code| code.expose().to_owned()).as_deref(), Some(bare.expose()));
        assert!(bare.expose().len() == 6 && message.body.expose().contains(bare.expose()));
    }

    #[test]
    fn unrelated_commits_do_not_end_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.db");
        let (store, pauses) = (sandbox(&path), RefCell::new(0));
        let mut wanted = wanted(Print::Body);
        wanted.purpose = Some(MessagePurpose::Notice(Notice::Activated));
        let reply = poll_until(&store, "x", &wanted, &mut || {
            *pauses.borrow_mut() += 1;
            if *pauses.borrow() == 1 {
                register(&path);
            }
            Ok(*pauses.borrow() < 4)
        });
        let Ok(Reply::Refused(refusal)) = reply else { panic!("{reply:?}") };
        assert_eq!((refusal.reason, pauses.into_inner()), (Reason::NoMessage, 4));
    }

    #[test]
    fn wait_holds_no_transaction() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("store.db");
        let (store, pauses) = (sandbox(&path), RefCell::new(0));
        let reply = poll_until(&store, "x", &wanted(Print::Code), &mut || {
            *pauses.borrow_mut() += 1;
            let other = Store::open(&path).expect("the store");
            // A truncating checkpoint succeeds only without other readers and writers.
            other.write("x", |unit| audit::add(unit, Operation::Init, None, None, None)).expect("a change");
            let busy = other.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
            assert_eq!(busy, Ok(0));
            Ok(*pauses.borrow() < 3)
        });
        assert!(matches!(reply, Ok(Reply::Refused(_))), "{reply:?}");
        assert_eq!(pauses.into_inner(), 3);
    }
}
