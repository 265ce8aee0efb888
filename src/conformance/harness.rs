//! The test harness of the conformance checks. A scratch sandbox handles requests by the same flows as a command. The
//! checks read its replies, its outbox and its audit log.

use std::cell::OnceCell;
use std::io::Cursor;

use serde_json::{Value, json};

use super::check_reply::CheckReply;
use super::observation::CheckError;
use super::personas::{self, Persona};
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::flow;
use crate::flow::lists::{self, ListFilter};
use crate::import::{self, Import, ReadOptions, RejectRecord};
use crate::reply::{AuditEntry, Done, Message, Reply, ReplyBody};
use crate::request::{Operation, Request};
use crate::store::{Sandbox, Store, accounts};
use crate::store_admin;

/// A password that every profile accepts.
pub const PASSWORD: &str = "Violeta-9-Oceano-Trigo";
/// A second password that every profile accepts.
pub const OTHER: &str = "Moinho_7_Granito_Vela";
/// The actor of the requests in the sandboxes.
pub const ACTOR: &str = "conform";

/// The context that every check needs from its caller.
#[derive(Clone, Copy)]
pub struct CheckContext<'a> {
    /// Policy settings of every sandbox, applied after those of the check itself. Empty for the default settings.
    pub settings: &'a [(&'a str, &'a str)],
    /// Returns the bytes that `--json` prints of a reply, with its line end. Checks compare what an outsider can see.
    pub shown: &'a dyn Fn(&Reply) -> Result<Vec<u8>, Error>,
    /// Returns whether the run should end early.
    pub stopped: &'a dyn Fn() -> bool,
}

/// A sandbox whose registry holds the personas.
pub struct CheckSandbox<'a> {
    /// Its store, for facts that no reply shows.
    pub store: Store,
    context: &'a CheckContext<'a>,
}

/// Returns a sandbox with the personas. They are imported once per thread: that takes longer than most checks.
fn with_personas() -> Result<Store, CheckError> {
    thread_local!(static TEMPLATE: OnceCell<Store> = const { OnceCell::new() });
    TEMPLATE.with(|template| {
        if template.get().is_none() {
            let (store, _) = store_admin::temporary_sandbox(Sandbox::default())?;
            load(&store, &personas::registry())?;
            let _ = template.set(store);
        }
        let template = template.get().ok_or_else(|| Error::Bug("the template was not stored".to_owned()))?;
        Ok(template.temporary_copy()?)
    })
}

/// Imports rows into the registry of a store.
fn load(store: &Store, rows: &str) -> Result<(), CheckError> {
    let input = Box::new(Cursor::new(rows.to_owned()));
    let import =
        Import { input, reading: ReadOptions::default(), rejects: None, language: Language::En, dry_run: false };
    let mut rejected = None;
    let mut note = |reject: &RejectRecord| {
        rejected = reject.faults.first().map(|fault| format!("{:?}", fault.column));
    };
    import::run(store, ACTOR, import, &mut note)?;
    rejected.map_or(Ok(()), |column| Err(CheckError::Unexpected(format!("registry: {column}"))))
}

impl<'a> CheckSandbox<'a> {
    /// Creates a sandbox with cheap password hashes, for checks that are not about the cost of hashes.
    ///
    /// # Errors
    /// The sandbox can't be created, or the run was stopped.
    pub fn new(context: &'a CheckContext<'a>) -> Result<CheckSandbox<'a>, CheckError> {
        CheckSandbox::with(context, &[("argon2.memory", "8"), ("argon2.passes", "1")])
    }

    /// Creates a sandbox with a password profile and cheap password hashes.
    ///
    /// # Errors
    /// The same as [`CheckSandbox::new`].
    pub fn under(context: &'a CheckContext<'a>, profile: &str) -> Result<CheckSandbox<'a>, CheckError> {
        CheckSandbox::with(context, &[("argon2.memory", "8"), ("argon2.passes", "1"), ("password.profile", profile)])
    }

    /// Creates a sandbox with these policy settings, then those of the context.
    ///
    /// # Errors
    /// The same as [`CheckSandbox::new`].
    pub fn with(context: &'a CheckContext<'a>, settings: &[(&str, &str)]) -> Result<CheckSandbox<'a>, CheckError> {
        if (context.stopped)() {
            return Err(Error::Interrupted.into());
        }
        let world = CheckSandbox { store: with_personas()?, context };
        for (key, value) in settings.iter().chain(context.settings) {
            world.send_ok(Operation::PolicySet, json!({ "key": key, "value": value }))?;
        }
        Ok(world)
    }

    /// Imports rows into the registry; a row replaces the record with its NISS.
    ///
    /// # Errors
    /// A row is rejected, or the store fails.
    pub fn load(&self, rows: &str) -> Result<(), CheckError> {
        load(&self.store, rows)
    }

    /// Handles a request. `fields` is an object of the request's fields. An invalid value is a reply, not an error.
    pub fn send(&self, op: Operation, fields: Value) -> Result<CheckReply, CheckError> {
        self.send_as(ACTOR, op, fields)
    }

    /// Handles a request of another actor.
    pub fn send_as(&self, actor: &str, op: Operation, fields: Value) -> Result<CheckReply, CheckError> {
        let mut request = Request::empty(op).ok_or_else(|| CheckError::Unexpected(op.to_string()))?;
        for (name, value) in fields.as_object().into_iter().flatten() {
            if let Err(cause) = request.set(name, value) {
                return Ok(CheckReply { reply: Err(cause) });
            }
        }
        let Ok(checked) = request.check() else {
            return Ok(CheckReply { reply: Err(ValidationError::Missing) });
        };
        match flow::handle(&self.store, actor, &checked) {
            Ok(reply) => Ok(CheckReply { reply: Ok(reply) }),
            Err(Error::Malformed { cause, .. }) => Ok(CheckReply { reply: Err(cause) }),
            Err(error) => Err(error.into()),
        }
    }

    /// Handles a request that must succeed, to prepare a check.
    ///
    /// # Errors
    /// The request is refused or has an invalid value, or the store fails.
    pub fn send_ok(&self, op: Operation, fields: Value) -> Result<ReplyBody, CheckError> {
        let response = self.send(op, fields)?;
        let word = response.reason_and_variant();
        response.body().map_err(|_| CheckError::Unexpected(format!("{op}: {word}")))
    }

    /// Returns the text that `--json` prints of a reply, without its NISS and its request number.
    ///
    /// # Errors
    /// The reply can't be printed, which is a bug.
    pub fn rendered(&self, response: &CheckReply, niss: &str) -> Result<String, CheckError> {
        let Ok(reply) = &response.reply else { return Ok(response.to_string()) };
        let bytes = (self.context.shown)(reply)?;
        let text = String::from_utf8_lossy(&bytes).replace(niss, "NISS");
        let Some((head, tail)) = text.split_once("\"request\":") else { return Ok(text) };
        Ok(format!("{head}{}", tail.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(',')))
    }

    /// Returns the number of lines that `--json` prints of a reply.
    ///
    /// # Errors
    /// The reply can't be printed, which is a bug.
    pub fn lines(&self, reply: &Reply) -> Result<usize, CheckError> {
        Ok((self.context.shown)(reply)?.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count())
    }

    /// Advances the sandbox clock.
    pub fn wait(&self, seconds: i64) -> Result<(), CheckError> {
        self.send_ok(Operation::ClockAdvance, json!({ "advance": format!("{seconds}s") })).map(|_| ())
    }

    /// Returns the newest code that was sent to a holder.
    ///
    /// # Errors
    /// There is no such code.
    pub fn code(&self, niss: &str) -> Result<String, CheckError> {
        match self.send_ok(Operation::OutboxCode, json!({ "niss": niss }))? {
            ReplyBody::Code { code, .. } => Ok(code.expose().to_owned()),
            _ => Err(CheckError::Unexpected("outbox_code".to_owned())),
        }
    }

    /// Registers by the portal and returns the activation code.
    ///
    /// # Errors
    /// The same as [`CheckSandbox::send_ok`].
    pub fn register(&self, person: &Persona, channel: &str) -> Result<String, CheckError> {
        self.send_ok(Operation::Register, person.portal(channel))?;
        self.code(person.niss)
    }

    /// Activates with a code and a password.
    pub fn activate(&self, niss: &str, code: &str, password: &str) -> Result<CheckReply, CheckError> {
        self.send(Operation::Activate, json!({ "niss": niss, "code": code, "password": password }))
    }

    /// Registers and activates. The code goes by the first channel that the persona has: SMS, email or letter.
    ///
    /// # Errors
    /// The same as [`CheckSandbox::send_ok`].
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

    /// Confirms the registered contacts of a person in a session of their own.
    ///
    /// # Errors
    /// The same as [`CheckSandbox::send_ok`].
    pub fn confirm_contacts(&self, person: &Persona, password: &str) -> Result<(), CheckError> {
        let session = self.log_in(person.niss, password)?;
        let registered = [("email", person.email.is_some()), ("sms", person.mobile.is_some())];
        for (channel, _) in registered.iter().filter(|(_, is_registered)| *is_registered) {
            self.send_ok(Operation::ContactsConfirm, json!({ "session": session, "channel": channel }))?;
            let code = self.code(person.niss)?;
            self.send_ok(Operation::ContactsConfirm, json!({ "session": session, "channel": channel, "code": code }))?;
        }
        self.send_ok(Operation::Logout, json!({ "session": session })).map(|_| ())
    }

    /// Logs in and returns the reply.
    pub fn login(&self, niss: &str, password: &str) -> Result<CheckReply, CheckError> {
        self.send(Operation::Login, json!({ "niss": niss, "password": password }))
    }

    /// Logs in and returns the session token.
    ///
    /// # Errors
    /// The login is refused, or the store fails.
    pub fn log_in(&self, niss: &str, password: &str) -> Result<String, CheckError> {
        match self.login(niss, password)?.body()? {
            ReplyBody::LoggedIn { session, .. } => Ok(session.expose().to_owned()),
            _ => Err(CheckError::Unexpected("login".to_owned())),
        }
    }

    /// Uses a session, by an operation that needs no fresh login.
    pub fn session_is_valid(&self, session: &str) -> Result<CheckReply, CheckError> {
        self.send(Operation::AlertsSet, json!({ "session": session, "alerts": "email" }))
    }

    /// Requests a recovery and returns its code.
    ///
    /// # Errors
    /// The same as [`CheckSandbox::send_ok`].
    pub fn request_recovery(&self, person: &Persona, channel: &str) -> Result<String, CheckError> {
        self.send_ok(Operation::RecoverRequest, person.recovery(channel))?;
        self.code(person.niss)
    }

    /// Confirms a recovery with a code and a new password.
    pub fn recover(&self, niss: &str, code: &str, password: &str) -> Result<CheckReply, CheckError> {
        self.send(Operation::RecoverConfirm, json!({ "niss": niss, "code": code, "password": password }))
    }

    /// Runs an operator command on an account.
    ///
    /// # Errors
    /// The same as [`CheckSandbox::send_ok`].
    pub fn operator_action(&self, op: Operation, niss: &str) -> Result<ReplyBody, CheckError> {
        self.send_ok(op, json!({ "niss": niss, "reason": "conformance" }))
    }

    /// Returns the messages to a holder, oldest first.
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

    /// Returns the destinations of a holder's messages with this purpose, oldest first.
    pub fn notices_to(&self, niss: &str, purpose: &str) -> Result<Vec<String>, CheckError> {
        let messages = self.messages(niss)?.into_iter().filter(|message| message.purpose.as_str() == purpose);
        Ok(messages.map(|message| message.to).collect())
    }

    /// Returns the audit log, oldest entry first.
    pub fn audit(&self) -> Result<Vec<AuditEntry>, CheckError> {
        let mut lines = vec![];
        lists::audit(&self.store, Operation::AuditList, &ListFilter::default(), &mut |row: Done| {
            if let ReplyBody::Audit(line) = row.body {
                lines.push(line);
            }
            Ok(())
        })?;
        Ok(lines)
    }

    /// Returns the stored hash of a holder's password.
    ///
    /// # Errors
    /// There is no password, or the store fails.
    pub fn password_hash_of(&self, niss: &str) -> Result<String, CheckError> {
        let niss = number(niss)?;
        let account = self.store.read(|unit| accounts::find(&unit.tx, niss))?;
        let hash = account.and_then(|account| account.password);
        hash.map(|hash| hash.as_str().to_owned()).ok_or_else(|| CheckError::Unexpected("password: none".to_owned()))
    }
}

/// Parses a NISS.
///
/// # Errors
/// The text is no NISS.
pub fn number(niss: &str) -> Result<Niss, CheckError> {
    niss.parse().map_err(|_| CheckError::Unexpected(format!("niss: {niss}")))
}

/// Returns a different code of the same format.
pub fn wrong_code(code: &str) -> String {
    shifted_code(code, 1)
}

/// Returns a code of the same format, with its last character moved on by `steps` in the alphabet.
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
