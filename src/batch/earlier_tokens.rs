//! What earlier lines of a file were answered, as far as later ones can stand on it: the session of a login, the digits for the
//! phone, and the call that was identified by them. However many holders there are, it takes no more of the machine's memory than some thousands do.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::reply::{Done, Reply, ReplyBody, Secret};
use crate::request::{CallToken, Request, SessionToken};
use crate::store::spill::SpillMap;

/// What earlier lines were answered.
#[derive(Default)]
pub struct EarlierTokens {
    stored: SpillMap,
    holders: Holders,
}

/// Whose answers are kept.
#[derive(Default, Clone, Copy)]
enum Holders {
    #[default]
    None,
    One(Niss),
    Many,
}

#[derive(Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct HolderTokens {
    session: Option<String>,
    phone_code: Option<String>,
    call: Option<String>,
}

/// What a holder got by a line.
pub enum Token<'a> {
    /// A session's token.
    Session(&'a str),
    /// Digits for the phone.
    PhoneCode(&'a str),
    /// A call's token.
    Call(&'a str),
}

impl EarlierTokens {
    /// Keeps what a holder got.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn keep(&mut self, niss: Niss, gain: &Token<'_>) -> Result<(), Error> {
        let mut actual = self.actual(niss)?.unwrap_or_default();
        match gain {
            Token::Session(token) => actual.session = Some((*token).to_owned()),
            Token::PhoneCode(digits) => actual.phone_code = Some((*digits).to_owned()),
            Token::Call(token) => actual.call = Some((*token).to_owned()),
        }
        let bytes = serde_json::to_vec(&actual).map_err(|fault| Error::Bug(fault.to_string()))?;
        self.stored.put(niss.as_i64(), Zeroizing::new(bytes))?;
        self.holders = match self.holders {
            Holders::None => Holders::One(niss),
            Holders::One(one) if one == niss => Holders::One(one),
            Holders::One(_) | Holders::Many => Holders::Many,
        };
        Ok(())
    }

    /// The session that a holder got last.
    ///
    /// # Errors
    /// It can't be read back.
    pub fn session(&self, niss: Niss) -> Result<Option<SessionToken>, Error> {
        Ok(self.actual(niss)?.and_then(|mut actual| actual.session.take()).map(SessionToken::new))
    }

    /// The call that a holder was last identified in.
    ///
    /// # Errors
    /// It can't be read back.
    pub fn call(&self, niss: Niss) -> Result<Option<CallToken>, Error> {
        Ok(self.actual(niss)?.and_then(|mut actual| actual.call.take()).map(CallToken::new))
    }

    /// The digits that a holder got or chose last.
    ///
    /// # Errors
    /// They can't be read back.
    pub fn phone_code(&self, niss: Niss) -> Result<Option<Secret>, Error> {
        Ok(self.actual(niss)?.and_then(|actual| actual.phone_code.as_deref().map(Secret::new)))
    }

    /// Whose session is meant where a line does not say: the one holder's who has got anything.
    pub fn only_holder(&self) -> Option<Niss> {
        match self.holders {
            Holders::One(niss) => Some(niss),
            Holders::None | Holders::Many => None,
        }
    }

    /// Keeps what a later line may stand on of the reply to a request of `holder`.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn remember_reply(&mut self, holder: Option<Niss>, request: &Request, reply: &Reply) -> Result<(), Error> {
        let (Some(niss), Reply::Done(Done { body, .. })) = (holder, reply) else { return Ok(()) };
        match (body, request) {
            (ReplyBody::LoggedIn { session, .. }, _) => self.keep(niss, &Token::Session(session.expose())),
            (ReplyBody::Identified { call, .. }, _) => self.keep(niss, &Token::Call(call.expose())),
            (ReplyBody::PhoneCode { phone_code: Some(drawn) }, _) => self.keep(niss, &Token::PhoneCode(drawn.expose())),
            (ReplyBody::PhoneCode { phone_code: None }, Request::PhoneCodeChange(asked)) => match &asked.new_code {
                Some(chosen) => self.keep(niss, &Token::PhoneCode(chosen.expose())),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn actual(&self, niss: Niss) -> Result<Option<HolderTokens>, Error> {
        let Some(bytes) = self.stored.get(niss.as_i64())? else { return Ok(None) };
        serde_json::from_slice(&bytes).map(Some).map_err(|fault| Error::Bug(fault.to_string()))
    }
}
