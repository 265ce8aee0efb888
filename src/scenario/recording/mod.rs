//! Records a session at the command line as a scenario: one line per request, with its reply as the expected reply.
//!
//! Codes, sessions and phone codes become placeholders, and so do passwords. The expected replies contain no sentences:
//! those depend on the language, and the reason has the same information.

pub mod password_placeholder;

use serde_json::Value;
use zeroize::Zeroizing;

use super::compare::WILDCARD;
use super::parse;
use crate::domain::code::{PhoneCode, VerificationCode};
use crate::domain::niss::Niss;
use crate::domain::password::Password;
use crate::domain::pin::CmdPin;
use crate::domain::time::{Date, Span, Timestamp};
use crate::error::Error;
use crate::flow::lists::{self, ListFilter};
use crate::import::{self, ReadOptions};
use crate::reply::{Reason, RefusalVariant, Reply};
use crate::request::request_line::{CodePlaceholder, JsonFields};
use crate::request::{CallToken, Field, Operation, Request, SessionToken};
use crate::scenario::export::reconstruct_cmd::{data_was_shared, is_by_cmd};
use crate::store::audit::list::{self as audit_list, AuditFilter};
use crate::store::{Sandbox, Store, UnitOfWork, calls, outbox, registry as records, sessions};

/// The holder of a request's session or call. Determined before the request runs, because the request may end it.
pub struct RequestOwner {
    niss: Niss,
    /// Whether it is the holder's newest. For an older one the token itself is written; the same seed generates it
    /// again.
    newest: bool,
}

/// A request to record.
pub struct RecordedRequest<'a> {
    /// The request with its session or call token, from any source.
    pub request: &'a Request,
    /// The holder of the session, as in a batch line.
    pub holder: Option<Niss>,
    /// The placeholder of its code.
    pub code: Option<CodePlaceholder>,
}

/// Finds the holder of a request's session or call.
pub fn inside(unit: &UnitOfWork<'_>, request: &Request) -> Result<Option<RequestOwner>, Error> {
    let old = || request.value::<SessionToken>(Field::OldSession);
    let session = match request.value::<SessionToken>(Field::Session).or_else(old) {
        Some(token) => sessions::find(unit, token.expose())?.map(|one| (Operation::Login, one.niss, one.created_at)),
        None => None,
    };
    let call = match request.value::<CallToken>(Field::Call) {
        Some(token) => calls::find(unit, token.expose())?.map(|one| (Operation::PhoneLine, one.niss, one.created_at)),
        None => None,
    };
    let Some((op, niss, since)) = session.or(call) else { return Ok(None) };
    let mut later = 0;
    let filter = AuditFilter { since: Some(since), ..AuditFilter::of_holder(niss) };
    audit_list::entries(&unit.tx, &filter, None, |entry| {
        // A login that sent a code, of a second factor or of Chave Móvel Digital, has opened no session.
        let has_sent = entry.facts().sent.is_some() || (is_by_cmd(&entry) && !data_was_shared(&entry));
        later += usize::from(entry.action == op.as_str() && entry.outcome == "done" && !has_sent);
        Ok(())
    })?;
    Ok(Some(RequestOwner { niss, newest: later == 1 }))
}

/// Returns the line of a request. `shown` is the JSON of its reply. `reply` is `None` if the flow rejected a value of
/// the request.
pub fn request(
    unit: &UnitOfWork<'_>,
    asked: RecordedRequest<'_>,
    inside: Option<&RequestOwner>,
    reply: Option<&Reply>,
    shown: &[u8],
) -> Result<String, Error> {
    let RecordedRequest { request, holder, code: stand_in } = asked;
    let mut line = vec![("op".to_owned(), request.op().as_str().into())];
    let mut add = |name: &str, value: Value| line.push((name.to_owned(), value));
    if let Some(niss) = holder.or(inside.map(|inside| inside.niss)).filter(|_| request.niss().is_none()) {
        add("niss", niss.to_string().into());
    }
    let session = request.value::<SessionToken>(Field::Session).map(SessionToken::expose);
    let token = session.or_else(|| request.value::<CallToken>(Field::Call).map(CallToken::expose));
    if let (Some(token), Some((name, newest_one))) = (token, request.token_field()) {
        match inside {
            Some(RequestOwner { newest: true, .. }) => add(name, newest_one.into()),
            Some(RequestOwner { newest: false, .. }) => add(name, token.into()),
            // An unknown token opens nothing.
            None => add(name, "none".into()),
        }
    }
    if let (Some(token), Some(owner)) = (request.value::<SessionToken>(Field::OldSession), inside)
        && request.niss() == Some(owner.niss)
    {
        add("old_session", if owner.newest { "@login" } else { token.expose() }.into());
    }
    let niss = request.niss().or(inside.map(|inside| inside.niss));
    for (name, value) in request.written() {
        match name {
            "code" => add(name, code(unit, request, niss, &value, reply)?),
            _ => add(name, value),
        }
    }
    if let Some(stand_in) = stand_in {
        add("code", stand_in.to_string().into());
    }
    pin(unit, request, niss, &mut add)?;
    passwords(unit, request, niss, reply, &mut add)?;
    Ok(with_expectation(&line, shown))
}

/// The expected reply to a request with a value that its flow rejects.
pub const INVALID_VALUE_EXPECTATION: &[u8] = br#"{"result":"error","kind":"usage"}"#;

/// Returns the line that creates a sandbox.
pub fn init(sandbox: Sandbox) -> String {
    let op = |name: &str, value: Value| (name.to_owned(), value);
    let line = [op("op", "init".into()), op("seed", sandbox.seed.into()), op("at", sandbox.at.to_string().into())];
    format!("{{{}}}\n", pairs(line.iter()))
}

/// Returns the rows of a registry for a line.
///
/// # Errors
/// The file is not a registry, or its rows are too long for a line.
pub fn registry(file: Vec<u8>, reading: &ReadOptions, today: Date) -> Result<String, Error> {
    let rows = import::rows_as_json(file, reading, today)?.join(",");
    if rows.len() < parse::LONGEST - (1 << 10) { Ok(rows) } else { Err(Error::usage("record-large")) }
}

/// Returns the line that loads these rows.
pub fn import_line(rows: &str, shown: &[u8]) -> String {
    let rendered = with_expectation(&[("op".to_owned(), "registry".into())], shown);
    rendered.replacen(",\"expect\"", &format!(",\"rows\":[{rows}],\"expect\""), 1)
}

/// Returns the line of a print run. Its replay writes no file.
pub fn letters(filter: &ListFilter, shown: &[u8]) -> String {
    let given = [
        ("niss", filter.niss.map(|niss| niss.to_string().into())),
        ("since", filter.since.map(|since| since.to_string().into())),
        // The last second that belongs to the period.
        ("until", filter.before.map(|before| (before - Span::seconds(1)).to_string().into())),
        ("limit", filter.limit.map(Value::from)),
        ("pending", filter.pending.then_some(Value::Bool(true))),
    ];
    let mut line = vec![("op".to_owned(), "letters".into())];
    line.extend(given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    with_expectation(&line, shown)
}

/// Returns the current sandbox, for a recording that starts in the middle, and whether it has no audit entry yet.
pub fn sandbox_of(store: &Store) -> Result<(Sandbox, bool), Error> {
    let (mut entries, at): (usize, Timestamp) = (0, store.now()?);
    lists::audit(store, Operation::AuditList, &ListFilter { limit: Some(1), ..ListFilter::default() }, &mut |_| {
        entries += 1;
        Ok(())
    })?;
    Ok((Sandbox { seed: store.seed()?.unwrap_or_default(), at }, entries == 0))
}

/// Returns the placeholder of a typed code.
fn code(
    unit: &UnitOfWork<'_>,
    request: &Request,
    niss: Option<Niss>,
    typed: &Value,
    reply: Option<&Reply>,
) -> Result<Value, Error> {
    if request.value::<PhoneCode>(Field::Code).is_some() {
        // A phone code that was not checked because of a lockout is not checked in the replay either.
        return Ok(if matches!(reply, Some(Reply::Done(_))) { "@phone_code".into() } else { "@wrong".into() });
    }
    let purpose = request.code_purpose();
    let Some(niss) = niss else { return Ok("@wrong".into()) };
    let typed: Option<VerificationCode> = typed.as_str().and_then(|text| text.parse().ok());
    for before in 0.. {
        let Some(sent) = outbox::newest_code(unit, niss, purpose, before)? else { break };
        let sent: Option<VerificationCode> = sent.code.expose().parse().ok();
        if sent.zip(typed.as_ref()).is_some_and(|(sent, typed)| sent.expose() == typed.expose()) {
            return Ok(if before == 0 { "@outbox".into() } else { format!("@outbox-{before}").into() });
        }
    }
    Ok("@wrong".into())
}

/// Adds the placeholder of a request's PIN.
fn pin(
    unit: &UnitOfWork<'_>,
    request: &Request,
    niss: Option<Niss>,
    add: &mut impl FnMut(&str, Value),
) -> Result<(), Error> {
    let pin = request.value::<CmdPin>(Field::Pin);
    if let Some((pin, niss)) = pin.zip(niss) {
        add("pin", password_placeholder::pin(&unit.key()?.mac("recorded pin", niss, pin.expose())).into());
    }
    Ok(())
}

/// Adds the placeholders of a request's passwords. A refused new password gets a placeholder with the same weakness.
fn passwords(
    unit: &UnitOfWork<'_>,
    request: &Request,
    niss: Option<Niss>,
    reply: Option<&Reply>,
    add: &mut impl FnMut(&str, Value),
) -> Result<(), Error> {
    let weakness = match reply {
        Some(Reply::Refused(refusal)) if refusal.reason == Reason::PasswordWeak => {
            refusal.variant.and_then(RefusalVariant::weakness)
        }
        _ => None,
    };
    let password = request.value::<Password>(Field::Password);
    let is_new = matches!(request, Request::Activate(_) | Request::RecoverConfirm(_));
    let (typed, new) = match is_new {
        true => (None, password.map(|one| ("password", one))),
        false => (password, request.value::<Password>(Field::NewPassword).map(|one| ("new_password", one))),
    };
    if typed.is_none() && new.is_none() {
        return Ok(());
    }
    let Some(niss) = niss else {
        // Without a session there is no holder, and the passwords are not checked.
        typed.into_iter().for_each(|_| add("password", "none".into()));
        new.into_iter().for_each(|(name, _)| add(name, "none".into()));
        return Ok(());
    };
    let key = unit.key()?;
    let mac = |password: &str| key.mac("recorded password", niss, password);
    if let Some(typed) = typed {
        add("password", password_placeholder::strong(typed, &mac(typed.expose())).into());
    }
    if let Some((name, new)) = new {
        let mac = mac(new.expose());
        let holder = records::find(&unit.tx, niss)?;
        let text = match weakness {
            Some(weakness) => password_placeholder::weak(weakness, new, &mac, &unit.policy, holder.as_ref()),
            None => password_placeholder::strong(new, &mac),
        };
        add(name, text.into());
    }
    Ok(())
}

/// Returns a line with its expected reply: the actual reply without repeated and non-reproducible values.
pub(super) fn with_expectation(line: &[(String, Value)], shown: &[u8]) -> String {
    let shown = JsonFields::read(shown.trim_ascii_end()).unwrap_or_default();
    let stored = shown.iter().filter(|(name, _)| !LEFT_OUT.contains(name));
    let expect: Vec<(String, Value)> = stored
        .map(|(name, value)| {
            (name.to_owned(), if matches!(name, "session" | "call") { WILDCARD.into() } else { value.clone() })
        })
        .collect();
    let text = Zeroizing::new(pairs(line.iter()));
    format!("{{{},\"expect\":{{{}}}}}\n", *text, pairs(expect.iter()))
}

/// The keys that are left out: repetitions of the line, sentences, and paths.
const LEFT_OUT: [&str; 11] =
    ["line", "op", "niss", "request", "message", "hint", "path", "bytes", "version", "file", "manifest"];

fn pairs<'a>(fields: impl Iterator<Item = &'a (String, Value)>) -> String {
    fields.map(|(name, value)| format!("{}:{value}", Value::from(name.as_str()))).collect::<Vec<_>>().join(",")
}
