//! Registration and recovery, from the first question to the code: by the portal 002 steps 5-10, classic 001 steps 4-19, recovery
//! 000 steps 2-9. Then the code and the password, in the same sitting (001 steps 20-24, 000 steps 10-14).

use super::{Sitting, until};
use crate::cli::prompt::Choice;
use crate::cli::summary;
use crate::domain::words::{Channel, Procedure, Step};
use crate::error::Error;
use crate::flow;
use crate::reply::{Body, Done, Reply, Way};
use crate::request::{Activate, Field, Op, Register, Request};

/// What the pages of identification ask for, company and citizen, each in its order.
const IDENTITY: [Field; 6] =
    [Field::AccountType, Field::Name, Field::BirthDate, Field::CivilId, Field::Nif, Field::Responsible];

impl Sitting<'_, '_> {
    /// Asks for an account, or for a code to set a new password, and goes on.
    pub(super) fn registration(&mut self, mut request: Request) -> Result<(), Error> {
        let is_whole = self.is_whole(&request);
        if let Request::Register(asked) = &mut request
            && is_bare(asked)
        {
            let choices = self.questions.prompt.choices("procedure", Procedure::ALL);
            asked.procedure = Some(self.questions.prompt.pick("ask-procedure", &vec![], &choices)?);
        }
        if matches!(&request, Request::Register(r) if r.procedure() == Procedure::Cmd) {
            return self.entering(request);
        }
        let is_portal = matches!(&request, Request::Register(r) if r.procedure() == Procedure::Portal);
        if !is_portal {
            self.ask(&mut request, &[Field::Niss])?;
        }
        if !self.terms(&mut request)? {
            return self.show(flow::terms_declined(request.niss()));
        }
        self.identify(&mut request, is_portal)?;
        let step = match &request {
            Request::Register(asked) => asked.until,
            Request::RecoverRequest(asked) => asked.until,
            _ => None,
        };
        if step.is_some() {
            self.ask(&mut request, &[Field::Email])?;
            let reply = self.put(request)?;
            return self.show(reply);
        }
        if let Some(refused) = self.reach(&mut request, is_portal)? {
            return self.show(refused);
        }
        if let Request::Register(asked) = &request
            && asked.procedure() == Procedure::Classic
            && !self.questions.yes
        {
            self.questions.prompt.show("step-summary");
            summary::show(&self.questions.prompt, asked);
            if !self.questions.prompt.agrees("ask-confirm")? {
                return Err(Error::usage("not-confirmed"));
            }
        }
        let reply = self.put(request.clone())?;
        match &reply {
            Reply::Done(Done { body: Body::Issued { channel, .. }, .. }) if !is_whole => {
                let channel = *channel;
                self.pass(reply)?;
                self.go_on(&request, channel)
            }
            _ => self.show(reply),
        }
    }

    /// Whether nothing will be asked.
    fn is_whole(&self, request: &Request) -> bool {
        let asks_nothing = match request {
            Request::Register(asked) => {
                asked.accept_terms && (asked.procedure() == Procedure::Portal || self.questions.yes)
            }
            _ => true,
        };
        asks_nothing && request.missing().is_empty()
    }

    /// 001 step 8, 002 step 5.
    pub(super) fn terms(&self, request: &mut Request) -> Result<bool, Error> {
        let Request::Register(asked) = request else { return Ok(true) };
        if !asked.accept_terms {
            asked.accept_terms = self.questions.prompt.agrees("ask-terms")?;
        }
        Ok(asked.accept_terms)
    }

    /// Who it is (000 step 4, 001 step 9, 002 steps 6-7).
    fn identify(&self, request: &mut Request, is_portal: bool) -> Result<(), Error> {
        self.ask(request, &IDENTITY[..1])?;
        if is_portal {
            return self.ask(request, &[Field::Niss, Field::BirthDate, Field::Nif]);
        }
        if request.missing().iter().any(|group| IDENTITY.contains(&group[0])) {
            self.questions.prompt.show("step-identification");
        }
        self.ask(request, &IDENTITY)
    }

    /// How the holder is to be reached: the contacts, the alerts, the channel. Who is not the holder is asked none of it, and shown
    /// nothing (000 step 5, 001 step 11); a refusal is the end.
    fn reach(&mut self, request: &mut Request, is_portal: bool) -> Result<Option<Reply>, Error> {
        let lacks = |request: &Request, field| request.missing().iter().any(|group| group.contains(&field));
        if lacks(request, Field::Email) {
            if let Err(refused) = self.judged(until(request, Step::Identity))? {
                return Ok(Some(refused));
            }
            self.questions.prompt.show("step-contacts");
            self.questions.prompt.show("about-contacts");
            self.ask(request, &[Field::Email])?;
        }
        if !lacks(request, Field::Channel) {
            return Ok(None);
        }
        let ways = match self.judged(until(request, Step::Channels))? {
            Ok(ways) => ways,
            Err(refused) => return Ok(Some(refused)),
        };
        self.questions.prompt.show(if is_portal { "step-channel" } else { "step-code" });
        self.questions.prompt.show("about-code");
        let channel = self.questions.prompt.pick("ask-channel", &vec![], &self.ways(&ways))?;
        match request {
            Request::Register(asked) => asked.channel = Some(channel),
            Request::RecoverRequest(asked) => asked.channel = Some(channel),
            _ => {}
        }
        Ok(None)
    }

    /// The channels that can be used, with their masked destinations.
    fn ways(&self, ways: &[Way]) -> Vec<Choice<Channel>> {
        let channels: Vec<Channel> = ways.iter().map(|way| way.channel).collect();
        let mut choices = self.questions.prompt.choices("channel", &channels);
        for (choice, way) in choices.iter_mut().zip(ways) {
            choice.label = format!("{}: {}", choice.label, way.destination);
        }
        choices
    }

    /// A letter takes its days; any other code can be typed here.
    fn go_on(&mut self, request: &Request, channel: Channel) -> Result<(), Error> {
        let Some(niss) = request.niss() else { return Ok(()) };
        let (op, command) = match request.op() {
            Op::Register => (Op::Activate, "activate"),
            _ => (Op::RecoverConfirm, "recover confirm"),
        };
        self.later = Some(format!("ssd {command} {niss}"));
        if channel == Channel::Letter {
            self.leave();
            return Ok(());
        }
        self.questions.prompt.show(if op == Op::Activate { "step-activate" } else { "step-recover" });
        self.opening(op, Activate { niss: Some(niss), ..Activate::default() })
    }
}

/// Whether nothing says which procedure is meant: a field that is there speaks for the one that is meant where none is named.
fn is_bare(asked: &Register) -> bool {
    let fields = Request::Register(Register { niss: None, accept_terms: false, ..asked.clone() }).written();
    fields.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::AccountType;

    #[test]
    fn the_pages_ask_for_everything_that_a_procedure_is_missing() {
        for procedure in [Procedure::Portal, Procedure::Classic] {
            for account_type in AccountType::ALL {
                let (procedure, account_type) = (Some(procedure), Some(*account_type));
                let asked = Request::Register(Register { procedure, account_type, ..Register::default() });
                for group in asked.missing() {
                    let known = [Field::Niss, Field::Email, Field::Channel];
                    assert!(IDENTITY.contains(&group[0]) || known.contains(&group[0]), "{group:?}");
                }
            }
        }
    }
}
