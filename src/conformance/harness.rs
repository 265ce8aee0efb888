//! A scratch sandbox that a check plays in: requests go through the same flows as a command's, and what comes back, the outbox
//! and the audit are looked at.

use std::io::Cursor;

use serde_json::{Value, json};

use super::check_reply::CheckReply;
use super::observation::CheckError;
use super::personas::{self, Persona};
use super::runner::CheckRunner;
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::flow;
use crate::flow::lists::{self, ListFilter};
use crate::import::{self, Import, RejectRecord};
use crate::reply::{AuditEntry, Done, Message, Reply, ReplyBody};
use crate::request::{Operation, Request};
use crate::store::{Sandbox, Store, accounts};
use crate::store_admin;

/// A password that every profile takes.
pub const PASSWORD: &str = "Violeta-9-Oceano-Trigo";
/// Another.
pub const OTHER: &str = "Moinho_7_Granito_Vela";
/// Who acts in the sandboxes.
pub const ACTOR: &str = "conform";

/// A sandbox with the people in its registry.
pub struct CheckSandbox<'a> {
    /// Its store, for what only the rows tell.
    pub store: Store,
    bench: &'a CheckRunner<'a>,
}

impl<'a> CheckSandbox<'a> {
    /// A new one, with cheap hashes: where their cost is not the subject it is in the way.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn new(bench: &'a CheckRunner<'a>) -> Result<CheckSandbox<'a>, CheckError> {
        CheckSandbox::with(bench, &[("argon2.memory", "8"), ("argon2.passes", "1")])
    }

    /// A new one under the profile of that name, with cheap hashes.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn under(bench: &'a CheckRunner<'a>, profile: &str) -> Result<CheckSandbox<'a>, CheckError> {
        CheckSandbox::with(bench, &[("argon2.memory", "8"), ("argon2.passes", "1"), ("password.profile", profile)])
    }

    /// A new one with these settings, and then those of the bench.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn with(bench: &'a CheckRunner<'a>, settings: &[(&str, &str)]) -> Result<CheckSandbox<'a>, CheckError> {
        if (bench.stopped)() {
            return Err(Error::Interrupted.into());
        }
        let (store, _) = store_admin::temporary_sandbox(Sandbox::default())?;
        let world = CheckSandbox { store, bench };
        world.load(&personas::registry())?;
        for (key, value) in settings.iter().chain(bench.settings) {
            world.send_ok(Operation::PolicySet, json!({ "key": key, "value": value }))?;
        }
        Ok(world)
    }

    /// Loads rows into the registry, over what is there.
    ///
    /// # Errors
    /// Those of the store; a row that was not loaded.
    pub fn load(&self, rows: &str) -> Result<(), CheckError> {
        let input = Box::new(Cursor::new(rows.to_owned()));
        let import = Import { input, rejects: None, language: Language::En, dry_run: false };
        let mut rejected = None;
        let mut note = |reject: &RejectRecord| rejected = Some(format!("{:?}", reject.column));
        import::run(&self.store, ACTOR, import, &mut note)?;
        rejected.map_or(Ok(()), |column| Err(CheckError::Unexpected(format!("registry: {column}"))))
    }

    /// Asks for something.
    ///
    /// # Errors
    /// What went wrong; a value that can't be read is an answer.
    pub fn send(&self, op: Operation, fields: Value) -> Result<CheckReply, CheckError> {
        self.send_as(ACTOR, op, fields)
    }

    /// Asks for something under another name.
    ///
    /// # Errors
    /// What went wrong; a value that can't be read is an answer.
    pub fn send_as(&self, actor: &str, op: Operation, fields: Value) -> Result<CheckReply, CheckError> {
        let request = match asked(op, &fields)? {
            Ok(request) => request,
            Err(cause) => return Ok(CheckReply { reply: Err(cause) }),
        };
        match flow::handle(&self.store, actor, &request) {
            Ok(reply) => Ok(CheckReply { reply: Ok(reply) }),
            Err(Error::Malformed { cause, .. }) => Ok(CheckReply { reply: Err(cause) }),
            Err(error) => Err(error.into()),
        }
    }

    /// Asks for something that must be done before what is checked can be.
    ///
    /// # Errors
    /// It was not done.
    pub fn send_ok(&self, op: Operation, fields: Value) -> Result<ReplyBody, CheckError> {
        let response = self.send(op, fields)?;
        let word = response.reason_and_variant();
        response.body().map_err(|_| CheckError::Unexpected(format!("{op}: {word}")))
    }

    /// The bytes that `--json` prints of an answer, without what says whose and which request it was.
    ///
    /// # Errors
    /// A bug.
    pub fn rendered(&self, response: &CheckReply, niss: &str) -> Result<String, CheckError> {
        let Ok(reply) = &response.reply else { return Ok(response.to_string()) };
        let bytes = (self.bench.shown)(reply)?;
        let text = String::from_utf8_lossy(&bytes).replace(niss, "NISS");
        let Some((head, tail)) = text.split_once("\"request\":") else { return Ok(text) };
        Ok(format!("{head}{}", tail.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(',')))
    }

    /// On how many lines `--json` prints a reply.
    ///
    /// # Errors
    /// A bug.
    pub fn lines(&self, reply: &Reply) -> Result<usize, CheckError> {
        Ok((self.bench.shown)(reply)?.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count())
    }

    /// Moves the clock on.
    ///
    /// # Errors
    /// Those of the store.
    pub fn wait(&self, seconds: i64) -> Result<(), CheckError> {
        self.send_ok(Operation::ClockAdvance, json!({ "advance": format!("{seconds}s") })).map(|_| ())
    }

    /// The newest code that was sent to a holder.
    ///
    /// # Errors
    /// None was.
    pub fn code(&self, niss: &str) -> Result<String, CheckError> {
        match self.send_ok(Operation::OutboxCode, json!({ "niss": niss }))? {
            ReplyBody::Code { code, .. } => Ok(code.expose().to_owned()),
            _ => Err(CheckError::Unexpected("outbox_code".to_owned())),
        }
    }

    /// Registers by the portal.
    ///
    /// # Errors
    /// It was not done.
    pub fn register(&self, person: &Persona, channel: &str) -> Result<String, CheckError> {
        self.send_ok(Operation::Register, person.portal(channel))?;
        self.code(person.niss)
    }

    /// An activation with a code and a password.
    ///
    /// # Errors
    /// Those of the store.
    pub fn activate(&self, niss: &str, code: &str, password: &str) -> Result<CheckReply, CheckError> {
        self.send(Operation::Activate, json!({ "niss": niss, "code": code, "password": password }))
    }

    /// Registers and activates, by the first contact that there is.
    ///
    /// # Errors
    /// It was not done.
    pub fn register_and_activate(&self, person: &Persona, password: &str) -> Result<(), CheckError> {
        let channel = match person {
            Persona { mobile: Some(_), .. } => "sms",
            Persona { email: Some(_), .. } => "email",
            _ => "letter",
        };
        let code = self.register(person, channel)?;
        self.send_ok(Operation::Activate, json!({ "niss": person.niss, "code": code, "password": password }))
            .map(|_| ())
    }

    /// A login.
    ///
    /// # Errors
    /// Those of the store.
    pub fn login(&self, niss: &str, password: &str) -> Result<CheckReply, CheckError> {
        self.send(Operation::Login, json!({ "niss": niss, "password": password }))
    }

    /// Logs in and gives the session's token.
    ///
    /// # Errors
    /// It was not done.
    pub fn log_in(&self, niss: &str, password: &str) -> Result<String, CheckError> {
        match self.login(niss, password)?.body()? {
            ReplyBody::LoggedIn { session, .. } => Ok(session.expose().to_owned()),
            _ => Err(CheckError::Unexpected("login".to_owned())),
        }
    }

    /// Whether a session stands, by something that wants no fresh login.
    ///
    /// # Errors
    /// Those of the store.
    pub fn session_is_valid(&self, session: &str) -> Result<CheckReply, CheckError> {
        self.send(Operation::AlertsSet, json!({ "session": session, "alerts": "email" }))
    }

    /// Asks for a recovery and gives its code.
    ///
    /// # Errors
    /// It was not done.
    pub fn request_recovery(&self, person: &Persona, channel: &str) -> Result<String, CheckError> {
        self.send_ok(Operation::RecoverRequest, person.recovery(channel))?;
        self.code(person.niss)
    }

    /// The end of a recovery.
    ///
    /// # Errors
    /// Those of the store.
    pub fn recover(&self, niss: &str, code: &str, password: &str) -> Result<CheckReply, CheckError> {
        self.send(Operation::RecoverConfirm, json!({ "niss": niss, "code": code, "password": password }))
    }

    /// What an operator does to an account.
    ///
    /// # Errors
    /// It was not done.
    pub fn operator_action(&self, op: Operation, niss: &str) -> Result<ReplyBody, CheckError> {
        self.send_ok(op, json!({ "niss": niss, "reason": "conformance" }))
    }

    /// The messages to a holder, oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn messages(&self, niss: &str) -> Result<Vec<Message>, CheckError> {
        let filter = ListFilter { niss: Some(number(niss)?), ..ListFilter::default() };
        let mut messages = vec![];
        lists::outbox(&self.store, ACTOR, &filter, &mut |row: Done| {
            if let ReplyBody::Message(message) = row.body {
                messages.push(message);
            }
            Ok(())
        })?;
        Ok(messages)
    }

    /// To which contacts a message of a purpose went, in the order of sending.
    ///
    /// # Errors
    /// Those of the store.
    pub fn notices_to(&self, niss: &str, purpose: &str) -> Result<Vec<String>, CheckError> {
        let messages = self.messages(niss)?.into_iter().filter(|message| message.purpose == purpose);
        Ok(messages.map(|message| message.to).collect())
    }

    /// The audit, oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn audit(&self) -> Result<Vec<AuditEntry>, CheckError> {
        let mut lines = vec![];
        lists::audit(&self.store, &ListFilter::default(), &mut |row: Done| {
            if let ReplyBody::Audit(line) = row.body {
                lines.push(line);
            }
            Ok(())
        })?;
        Ok(lines)
    }

    /// The kept hash of a password, as it stands in the store.
    ///
    /// # Errors
    /// There is none.
    pub fn password_hash_of(&self, niss: &str) -> Result<String, CheckError> {
        let niss = number(niss)?;
        let account = self.store.read(|unit| accounts::find(&unit.tx, niss))?;
        let hash = account.and_then(|account| account.password);
        hash.map(|hash| hash.as_str().to_owned()).ok_or_else(|| CheckError::Unexpected("password: none".to_owned()))
    }
}

/// A NISS for those who ask by it.
///
/// # Errors
/// It is none.
pub fn number(niss: &str) -> Result<Niss, CheckError> {
    niss.parse().map_err(|_| CheckError::Unexpected(format!("niss: {niss}")))
}

/// A code of the same shape that is another.
pub fn wrong_code(code: &str) -> String {
    shifted_code(code, 1)
}

/// A code of the same shape, so many steps on in its last character.
pub fn shifted_code(code: &str, steps: usize) -> String {
    let alphabet: &[u8] =
        if code.starts_with(|c: char| c.is_ascii_digit()) { b"0123456789" } else { crate::domain::code::ALPHABET };
    let mut bytes = code.as_bytes().to_vec();
    if let Some(last) = bytes.last_mut()
        && let Some(at) = alphabet.iter().position(|one| one == last)
    {
        *last = alphabet[(at + steps) % alphabet.len()];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn asked(op: Operation, fields: &Value) -> Result<Result<Request, ValidationError>, CheckError> {
    let mut request = Request::empty(op).ok_or_else(|| CheckError::Unexpected(op.to_string()))?;
    for (name, value) in fields.as_object().into_iter().flatten() {
        if let Err(cause) = request.set(name, value) {
            return Ok(Err(cause));
        }
    }
    Ok(if request.missing_fields().is_empty() { Ok(request) } else { Err(ValidationError::Missing) })
}
