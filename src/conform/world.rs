//! A scratch sandbox that a check plays in: requests go through the same flows as a command's, and what comes back, the outbox
//! and the audit are looked at.

use std::io::Cursor;

use serde_json::{Value, json};

use super::bench::Bench;
use super::came::Came;
use super::people::{self, Person};
use super::seen::Trouble;
use crate::domain::flaw::Flaw;
use crate::domain::niss::Niss;
use crate::domain::words::Language;
use crate::error::Error;
use crate::flow::import::{self, Import, Reject};
use crate::flow::lists::{self, Filter};
use crate::flow::{self, house};
use crate::reply::{AuditLine, Body, Done, Message, Reply};
use crate::request::{Op, Request};
use crate::store::{Sandbox, Store, accounts};

/// A password that every profile takes.
pub const PASSWORD: &str = "Violeta-9-Oceano-Trigo";
/// Another.
pub const OTHER: &str = "Moinho_7_Granito_Vela";
/// Who acts in the sandboxes.
pub const ACTOR: &str = "conform";

/// A sandbox with the people in its registry.
pub struct World<'a> {
    /// Its store, for what only the rows tell.
    pub store: Store,
    bench: &'a Bench<'a>,
}

impl<'a> World<'a> {
    /// A new one, with cheap hashes: where their cost is not the subject it is in the way.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn new(bench: &'a Bench<'a>) -> Result<World<'a>, Trouble> {
        World::with(bench, &[("argon2.memory", "8"), ("argon2.passes", "1")])
    }

    /// A new one under the profile of that name, with cheap hashes.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn under(bench: &'a Bench<'a>, profile: &str) -> Result<World<'a>, Trouble> {
        World::with(bench, &[("argon2.memory", "8"), ("argon2.passes", "1"), ("password.profile", profile)])
    }

    /// A new one with these settings, and then those of the bench.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn with(bench: &'a Bench<'a>, settings: &[(&str, &str)]) -> Result<World<'a>, Trouble> {
        if (bench.stopped)() {
            return Err(Error::Interrupted.into());
        }
        let (store, _) = house::nameless(Sandbox::default())?;
        let world = World { store, bench };
        world.load(&people::registry())?;
        for (key, value) in settings.iter().chain(bench.settings) {
            world.done(Op::PolicySet, json!({ "key": key, "value": value }))?;
        }
        Ok(world)
    }

    /// Loads rows into the registry, over what is there.
    ///
    /// # Errors
    /// Those of the store; a row that was not loaded.
    pub fn load(&self, rows: &str) -> Result<(), Trouble> {
        let input = Box::new(Cursor::new(rows.to_owned()));
        let import = Import { input, rejects: None, language: Language::En, dry_run: false };
        let mut rejected = None;
        let mut note = |reject: &Reject| rejected = Some(format!("{:?}", reject.column));
        import::run(&self.store, ACTOR, import, &mut note)?;
        rejected.map_or(Ok(()), |column| Err(Trouble::Unexpected(format!("registry: {column}"))))
    }

    /// Asks for something.
    ///
    /// # Errors
    /// What went wrong; a value that can't be read is an answer.
    pub fn ask(&self, op: Op, fields: Value) -> Result<Came, Trouble> {
        self.ask_as(ACTOR, op, fields)
    }

    /// Asks for something under another name.
    ///
    /// # Errors
    /// What went wrong; a value that can't be read is an answer.
    pub fn ask_as(&self, actor: &str, op: Op, fields: Value) -> Result<Came, Trouble> {
        let request = match asked(op, &fields)? {
            Ok(request) => request,
            Err(flaw) => return Ok(Came { reply: Err(flaw) }),
        };
        match flow::answer(&self.store, actor, &request) {
            Ok(reply) => Ok(Came { reply: Ok(reply) }),
            Err(Error::Malformed { flaw, .. }) => Ok(Came { reply: Err(flaw) }),
            Err(error) => Err(error.into()),
        }
    }

    /// Asks for something that must be done before what is checked can be.
    ///
    /// # Errors
    /// It was not done.
    pub fn done(&self, op: Op, fields: Value) -> Result<Body, Trouble> {
        let came = self.ask(op, fields)?;
        let word = came.precisely();
        came.body().map_err(|_| Trouble::Unexpected(format!("{op}: {word}")))
    }

    /// The bytes that `--json` prints of an answer, without what says whose and which request it was.
    ///
    /// # Errors
    /// A bug.
    pub fn shown(&self, came: &Came, niss: &str) -> Result<String, Trouble> {
        let Ok(reply) = &came.reply else { return Ok(came.to_string()) };
        let bytes = (self.bench.shown)(reply)?;
        let text = String::from_utf8_lossy(&bytes).replace(niss, "NISS");
        let Some((head, tail)) = text.split_once("\"request\":") else { return Ok(text) };
        Ok(format!("{head}{}", tail.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(',')))
    }

    /// On how many lines `--json` prints a reply.
    ///
    /// # Errors
    /// A bug.
    pub fn lines(&self, reply: &Reply) -> Result<usize, Trouble> {
        Ok((self.bench.shown)(reply)?.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count())
    }

    /// Moves the clock on.
    ///
    /// # Errors
    /// Those of the store.
    pub fn wait(&self, seconds: i64) -> Result<(), Trouble> {
        self.done(Op::ClockAdvance, json!({ "advance": format!("{seconds}s") })).map(|_| ())
    }

    /// The newest code that was sent to a holder.
    ///
    /// # Errors
    /// None was.
    pub fn code(&self, niss: &str) -> Result<String, Trouble> {
        match self.done(Op::OutboxCode, json!({ "niss": niss }))? {
            Body::Code { code, .. } => Ok(code.expose().to_owned()),
            _ => Err(Trouble::Unexpected("outbox_code".to_owned())),
        }
    }

    /// Registers by the portal.
    ///
    /// # Errors
    /// It was not done.
    pub fn register(&self, person: &Person, channel: &str) -> Result<String, Trouble> {
        self.done(Op::Register, person.portal(channel))?;
        self.code(person.niss)
    }

    /// An activation with a code and a password.
    ///
    /// # Errors
    /// Those of the store.
    pub fn activate(&self, niss: &str, code: &str, password: &str) -> Result<Came, Trouble> {
        self.ask(Op::Activate, json!({ "niss": niss, "code": code, "password": password }))
    }

    /// Registers and activates, by the first contact that there is.
    ///
    /// # Errors
    /// It was not done.
    pub fn admit(&self, person: &Person, password: &str) -> Result<(), Trouble> {
        let channel = match person {
            Person { mobile: Some(_), .. } => "sms",
            Person { email: Some(_), .. } => "email",
            _ => "letter",
        };
        let code = self.register(person, channel)?;
        self.done(Op::Activate, json!({ "niss": person.niss, "code": code, "password": password })).map(|_| ())
    }

    /// A login.
    ///
    /// # Errors
    /// Those of the store.
    pub fn login(&self, niss: &str, password: &str) -> Result<Came, Trouble> {
        self.ask(Op::Login, json!({ "niss": niss, "password": password }))
    }

    /// Logs in and gives the session's token.
    ///
    /// # Errors
    /// It was not done.
    pub fn enter(&self, niss: &str, password: &str) -> Result<String, Trouble> {
        match self.login(niss, password)?.body()? {
            Body::LoggedIn { session, .. } => Ok(session.expose().to_owned()),
            _ => Err(Trouble::Unexpected("login".to_owned())),
        }
    }

    /// Whether a session stands, by something that wants no fresh login.
    ///
    /// # Errors
    /// Those of the store.
    pub fn stands(&self, session: &str) -> Result<Came, Trouble> {
        self.ask(Op::AlertsSet, json!({ "session": session, "alerts": "email" }))
    }

    /// Asks for a recovery and gives its code.
    ///
    /// # Errors
    /// It was not done.
    pub fn recovery(&self, person: &Person, channel: &str) -> Result<String, Trouble> {
        self.done(Op::RecoverRequest, person.recovery(channel))?;
        self.code(person.niss)
    }

    /// The end of a recovery.
    ///
    /// # Errors
    /// Those of the store.
    pub fn recover(&self, niss: &str, code: &str, password: &str) -> Result<Came, Trouble> {
        self.ask(Op::RecoverConfirm, json!({ "niss": niss, "code": code, "password": password }))
    }

    /// What an operator does to an account.
    ///
    /// # Errors
    /// It was not done.
    pub fn operate(&self, op: Op, niss: &str) -> Result<Body, Trouble> {
        self.done(op, json!({ "niss": niss, "reason": "conformance" }))
    }

    /// The messages to a holder, oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn messages(&self, niss: &str) -> Result<Vec<Message>, Trouble> {
        let filter = Filter { niss: Some(number(niss)?), ..Filter::default() };
        let mut messages = vec![];
        lists::outbox(&self.store, ACTOR, &filter, &mut |row: Done| {
            if let Body::Message(message) = row.body {
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
    pub fn told(&self, niss: &str, purpose: &str) -> Result<Vec<String>, Trouble> {
        let messages = self.messages(niss)?.into_iter().filter(|message| message.purpose == purpose);
        Ok(messages.map(|message| message.to).collect())
    }

    /// The audit, oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub fn audit(&self) -> Result<Vec<AuditLine>, Trouble> {
        let mut lines = vec![];
        lists::audit(&self.store, &Filter::default(), &mut |row: Done| {
            if let Body::Audit(line) = row.body {
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
    pub fn phc(&self, niss: &str) -> Result<String, Trouble> {
        let niss = number(niss)?;
        let account = self.store.read(|unit| accounts::find(&unit.tx, niss))?;
        let hash = account.and_then(|account| account.password);
        hash.map(|hash| hash.as_str().to_owned()).ok_or_else(|| Trouble::Unexpected("password: none".to_owned()))
    }
}

/// A NISS for those who ask by it.
///
/// # Errors
/// It is none.
pub fn number(niss: &str) -> Result<Niss, Trouble> {
    niss.parse().map_err(|_| Trouble::Unexpected(format!("niss: {niss}")))
}

/// A code of the same shape that is another.
pub fn wrong(code: &str) -> String {
    another(code, 1)
}

/// A code of the same shape, so many steps on in its last character.
pub fn another(code: &str, steps: usize) -> String {
    let alphabet: &[u8] =
        if code.starts_with(|c: char| c.is_ascii_digit()) { b"0123456789" } else { crate::domain::code::LETTERS };
    let mut bytes = code.as_bytes().to_vec();
    if let Some(last) = bytes.last_mut()
        && let Some(at) = alphabet.iter().position(|one| one == last)
    {
        *last = alphabet[(at + steps) % alphabet.len()];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn asked(op: Op, fields: &Value) -> Result<Result<Request, Flaw>, Trouble> {
    let mut request = Request::blank(op).ok_or_else(|| Trouble::Unexpected(op.to_string()))?;
    for (name, value) in fields.as_object().into_iter().flatten() {
        if let Err(flaw) = request.set(name, value) {
            return Ok(Err(flaw));
        }
    }
    Ok(if request.missing().is_empty() { Ok(request) } else { Err(Flaw::Missing) })
}
