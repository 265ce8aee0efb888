//! Exports a holder's account as a scenario that leads to the same state: the registry record, the clock, the requests
//! and the replies.
//!
//! Each line runs in a sandbox during the export, so that later lines can depend on it. Its reply becomes the expected
//! reply. The result lists the audit entries whose replay had a different outcome.

pub mod anonymize;
pub mod history;
pub mod reconstruct;
pub mod reconstruct_alert;
pub mod reconstruct_cmd;

use std::io::Cursor;

use serde_json::{Value, json};

use super::recording;
use super::runner::{ActualReply, Runner, SandboxSession};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{ContactKind, HolderStatus};
use crate::error::Error;
use crate::flow::lists::ListFilter;
use crate::reply::{AuditEntry, Done, Reason, Refusal, Reply, ReplyBody};
use crate::request::Operation;
use crate::request::operation_spec::{FirstMessage, Replay, ReplayNeeds};
use crate::request::request_line::{JsonFields, RequestLine};
use crate::store::{Sandbox, Store, codes, outbox, registry, state_hash};
use crate::store_admin;
use anonymize::Anonymizer;
use history::{HolderHistory, Row};
use reconstruct::{Pair, ReplayState, RequestReconstructor};

/// Exports a holder's account as a scenario. The result also has the audit entries with a different outcome in the
/// replay, and whether the replay leads to the holder's current state. That is unknown for an anonymised export.
/// Refuses a NISS without records. Outside a sandbox the export is audited.
pub fn export(store: &Store, niss: Niss, anonymise: bool, runner: &Runner<'_>) -> Result<Reply, Error> {
    let (mut past, seed) = store.read(|unit| {
        let seed = unit.key()?.mac("another person", niss, "");
        Ok((HolderHistory::read(unit, niss)?, seed))
    })?;
    if past.row.is_none() && past.entries.is_empty() {
        let refusal = Refusal::new(Operation::ScenarioExport, Reason::NotInRegistry);
        return Ok(Reply::Refused(Refusal { niss: Some(niss), hint: Some(NextStep::ImportRecord), ..refusal }));
    }
    let request = store.audit_disclosure(runner.actor, Operation::ScenarioExport, Some(niss))?;
    if anonymise {
        past.mask(&mut Anonymizer::new(seed))?;
    }
    let at = past.entries.first().map(|entry| entry.at).or(past.clock);
    let sandbox = Sandbox {
        seed: store.seed()?.filter(|_| !anonymise).unwrap_or_default(),
        at: at.unwrap_or_else(|| Sandbox::default().at),
    };
    let (scratch, _) = store_admin::temporary_sandbox(sandbox)?;
    let rendered =
        Exporter { runner, past: &past, stage: runner.stage(&scratch), text: recording::init(sandbox), lines: 1 };
    rendered
        .run()
        .map(|body| Reply::Done(Done { niss: Some(niss), request, ..Done::new(Operation::ScenarioExport, body) }))
}

struct Exporter<'a> {
    runner: &'a Runner<'a>,
    past: &'a HolderHistory,
    stage: SandboxSession<'a>,
    text: String,
    lines: u64,
}

impl Exporter<'_> {
    fn run(mut self) -> Result<ReplyBody, Error> {
        let mut reconstructor = RequestReconstructor::default();
        let mut otherwise = vec![];
        if let Some(row) = self.past.first_row() {
            self.load(&row)?;
        }
        for entry in &self.past.entries {
            if self.runner.is_stopped() {
                return Err(Error::Interrupted);
            }
            self.wait_until(entry.at)?;
            if was_closed_by_import(entry) {
                self.load_with("status", entry.facts().reason.clone().unwrap_or_default().into())?;
                continue;
            }
            // An entry of another version may have an unknown operation.
            let Some(op) = entry.action.parse::<Operation>().ok() else { continue };
            let needs = match op.spec().replay {
                Replay::Skip => continue,
                Replay::PrintRun => {
                    self.print(entry)?;
                    continue;
                }
                Replay::Request(needs) => needs,
            };
            self.reactivate_holder(entry, needs)?;
            self.deactivate_holder(entry)?;
            self.sync_contacts(entry, needs)?;
            self.remove_contact(entry)?;
            let standing = self.standing()?;
            let Some(line) = reconstructor.line(self.past, entry, &standing) else { continue };
            if !self.try_line(&mut reconstructor, entry, line)? {
                otherwise.push(entry.id);
            }
        }
        self.sync_record()?;
        if let Some(clock) = self.past.clock {
            self.wait_until(clock)?;
        }
        let hash = self.stage.store.read(|unit| state_hash::hash(unit, Some(self.past.niss)))?;
        let same_state = self.past.hash.as_ref().map(|stored| *stored == hash);
        Ok(ReplyBody::Exported { scenario: self.text, otherwise, same_state })
    }

    /// Executes a line. Returns whether its outcome is the one in the audit entry.
    fn try_line(
        &mut self,
        reconstructor: &mut RequestReconstructor,
        entry: &AuditEntry,
        fields: Vec<Pair>,
    ) -> Result<bool, Error> {
        // Entries of older versions without the `asked` detail may not suffice for a request.
        let Ok(line) = RequestLine::parse(JsonFields::from_iter(fields.clone())) else { return Ok(false) };
        let actual = self.ask(&fields, &line)?;
        let word = |key: &str| actual.reply.get(key).and_then(Value::as_str);
        let is_done = word("result") == Some("done");
        if let (Some(token), true) = (word("session"), is_done) {
            reconstructor.sessions.push((entry.at, token.to_owned()));
        }
        if let (Some(token), true) = (word("call"), is_done) {
            reconstructor.calls.push((entry.at, token.to_owned()));
        }
        if let Some(digits) = word("phone_code") {
            reconstructor.digits = Some(digits.to_owned());
        }
        Ok(is_done == (entry.outcome == "done") && (is_done || word("reason") == entry.reason.as_deref()))
    }

    fn ask(&mut self, fields: &[Pair], line: &RequestLine) -> Result<ActualReply, Error> {
        self.lines += 1;
        let answer = self.stage.ask(self.lines, line)?;
        let actual = self.runner.actual(&answer)?;
        self.text += &recording::with_expectation(fields, actual.reply.to_string().as_bytes());
        Ok(actual)
    }

    fn wait_until(&mut self, at: Timestamp) -> Result<(), Error> {
        if self.stage.store.now()? >= at {
            return Ok(());
        }
        let pair = |name: &str, value: String| (name.to_owned(), Value::from(value));
        let fields = [pair("op", Operation::ClockSet.to_string()), pair("time", at.to_string())];
        let malformed = |_| Error::Bug("clock_set line is invalid".to_owned());
        let line = RequestLine::parse(JsonFields::from_iter(fields.clone())).map_err(malformed)?;
        self.ask(&fields, &line).map(|_| ())
    }

    /// Repeats a print run of the holder's letters.
    fn print(&mut self, entry: &AuditEntry) -> Result<(), Error> {
        let Some((count, since)) = self.past.taken_by(entry) else { return Ok(()) };
        let filter = ListFilter {
            niss: Some(self.past.niss),
            since: Some(since),
            limit: Some(count),
            pending: true,
            ..ListFilter::default()
        };
        let actual = self.stage.print(&filter)?;
        if actual.reply["letters"] != json!(0) {
            self.lines += 1;
            self.text += &recording::letters(&filter, actual.reply.to_string().as_bytes());
        }
        Ok(())
    }

    fn load(&mut self, row: &Row) -> Result<(), Error> {
        let row: Row = row.iter().filter(|(_, value)| !value.is_null()).map(|(k, v)| (k.clone(), v.clone())).collect();
        let rows = Value::from(row).to_string();
        let actual = self.stage.load(Box::new(Cursor::new(format!("{rows}\n").into_bytes())))?;
        self.lines += 1;
        self.text += &recording::import_line(&rows, actual.reply.to_string().as_bytes());
        Ok(())
    }

    /// Loads the registry record with one column changed.
    fn load_with(&mut self, column: &str, value: Value) -> Result<(), Error> {
        let Some(mut row) = self.standing()?.row else { return Ok(()) };
        row.insert(column.to_owned(), value);
        self.load(&row)
    }

    /// Replays an import that reactivates the holder, if the audit log shows a successful operation that needs an
    /// active holder.
    fn reactivate_holder(&mut self, entry: &AuditEntry, needs: ReplayNeeds) -> Result<(), Error> {
        // The authentication provider does not check the status.
        let is_the_providers = reconstruct_cmd::is_by_cmd(entry) && !reconstruct_cmd::data_was_shared(entry);
        let needs_it = needs.active_holder && !is_the_providers;
        let is_gone = || Ok::<_, Error>(self.standing()?.holder.is_some_and(|holder| !holder.is_active()));
        match entry.outcome == "done" && needs_it && is_gone()? {
            true => self.load_with("status", HolderStatus::Active.as_str().into()),
            false => Ok(()),
        }
    }

    /// Sets the record to deceased before the replay of a CMD comparison that differs in `status`. The holder was
    /// inactive then.
    fn deactivate_holder(&mut self, entry: &AuditEntry) -> Result<(), Error> {
        let is_gone = reconstruct_cmd::is_by_cmd(entry) && history::differed(entry, "status");
        match is_gone && self.standing()?.holder.is_some_and(|holder| holder.is_active()) {
            true => self.load_with("status", HolderStatus::Deceased.as_str().into()),
            false => Ok(()),
        }
    }

    /// Replays an import that changed a registered contact. The recipient of this entry's message shows the contact.
    fn sync_contacts(&mut self, entry: &AuditEntry, needs: ReplayNeeds) -> Result<(), Error> {
        if entry.outcome != "done" || !notifies_registered_contact(entry, needs) {
            return Ok(());
        }
        let sent = self.stage.store.read(|unit| outbox::count(&unit.tx, self.past.niss))?;
        let Some((kind, value)) = self.past.registered_at(entry, sent) else { return Ok(()) };
        let registered = self.standing()?.row.and_then(|row| history::text(&row, kind.as_str()));
        if registered.as_ref() == Some(&value) { Ok(()) } else { self.load_with(kind.as_str(), value.into()) }
    }

    /// Replays an import that removed the contact for alerts.
    fn remove_contact(&mut self, entry: &AuditEntry) -> Result<(), Error> {
        match entry.facts().gone {
            Some(gone) if self.standing()?.row.is_some_and(|row| history::text(&row, gone.as_str()).is_some()) => {
                self.load_with(gone.as_str(), Value::Null)
            }
            _ => Ok(()),
        }
    }

    /// Replays the changes of imports after the last entry.
    fn sync_record(&mut self) -> Result<(), Error> {
        match (&self.past.row, self.standing()?.row) {
            (Some(last), Some(here)) if *last != here => self.load(&last.clone()),
            _ => Ok(()),
        }
    }

    fn standing(&self) -> Result<ReplayState, Error> {
        let niss = self.past.niss;
        self.stage.store.read(|unit| {
            let mut issued = [0; 3];
            for (count, kind) in issued.iter_mut().zip(ContactKind::ALL) {
                if let Some((_, purpose)) = kind.proof_channel_and_purpose() {
                    *count = codes::all_for(unit, niss, purpose)?.len();
                }
            }
            Ok(ReplayState {
                holder: registry::find(&unit.tx, niss)?,
                row: history::row(unit, niss)?,
                issued,
                sent: outbox::count(&unit.tx, niss)?,
                messages: outbox::outline(unit, niss)?,
                policy: unit.policy.clone(),
            })
        })
    }
}

/// Returns whether an import closed the account because its holder is inactive.
fn was_closed_by_import(entry: &AuditEntry) -> bool {
    entry.facts().by == Some(Operation::RegistryImport)
}

/// Returns whether the first message of a request goes to a registered contact.
fn notifies_registered_contact(entry: &AuditEntry, needs: ReplayNeeds) -> bool {
    // A request with `until` was only checked and sends nothing.
    history::asked(entry, "until").is_none()
        && match needs.first_message {
            FirstMessage::Other => false,
            FirstMessage::Registered => true,
            FirstMessage::SecondFactor => entry.facts().sent.is_some(),
            FirstMessage::Alert => entry.facts().channel.is_some(),
        }
}
