//! The results of earlier lines that later lines can use: the session of a login, the phone code, and the identified
//! call. Memory stays bounded for any number of holders.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::reply::{Done, Reply, ReplyBody, Secret};
use crate::request::{CallToken, Field, Request, SessionToken};
use crate::store::spill::SpillMap;

/// The tokens from earlier lines.
#[derive(Default)]
pub struct EarlierTokens {
    stored: SpillMap,
    holders: Holders,
}

/// The holders with stored tokens.
#[derive(Default, Clone, Copy)]
pub enum Holders {
    /// No holder.
    #[default]
    None,
    /// One holder.
    One(Niss),
    /// Several holders.
    Many,
}

impl Holders {
    /// Adds a holder.
    pub fn add(&mut self, niss: Niss) {
        *self = match *self {
            Holders::None => Holders::One(niss),
            Holders::One(one) if one == niss => Holders::One(one),
            Holders::One(_) | Holders::Many => Holders::Many,
        };
    }

    /// Returns the holder if there is exactly one.
    pub fn only(&self) -> Option<Niss> {
        match self {
            Holders::One(niss) => Some(*niss),
            Holders::None | Holders::Many => None,
        }
    }
}

#[derive(Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct HolderTokens {
    session: Option<String>,
    phone_code: Option<String>,
    call: Option<String>,
}

/// A token that a line gave to a holder.
pub enum Token<'a> {
    /// A session token.
    Session(&'a str),
    /// A phone code.
    PhoneCode(&'a str),
    /// A call token.
    Call(&'a str),
}

impl EarlierTokens {
    /// Stores a holder's token.
    ///
    /// # Errors
    /// Fails if there is no space for the file.
    pub fn keep(&mut self, niss: Niss, gain: &Token<'_>) -> Result<(), Error> {
        let mut actual = self.actual(niss)?.unwrap_or_default();
        match gain {
            Token::Session(token) => actual.session = Some((*token).to_owned()),
            Token::PhoneCode(digits) => actual.phone_code = Some((*digits).to_owned()),
            Token::Call(token) => actual.call = Some((*token).to_owned()),
        }
        let bytes = serde_json::to_vec(&actual).map_err(|fault| Error::Bug(fault.to_string()))?;
        self.stored.put(niss.as_i64(), Zeroizing::new(bytes))?;
        self.holders.add(niss);
        Ok(())
    }

    /// Returns the latest session of a holder.
    ///
    /// # Errors
    /// Fails if the file can't be read.
    pub fn session(&self, niss: Niss) -> Result<Option<SessionToken>, Error> {
        Ok(self.actual(niss)?.and_then(|mut actual| actual.session.take()).map(SessionToken::new))
    }

    /// Replaces the placeholder of the session that a login ends by the holder's latest session.
    ///
    /// # Errors
    /// Fails if the file can't be read.
    pub fn fill_old_session(&self, request: &mut Request) -> Result<(), Error> {
        let niss = request.niss();
        if let Some(old) = request.slot::<SessionToken>(Field::OldSession)
            && old.as_ref().is_some_and(|token| token.expose() == "@login")
        {
            *old = niss.map(|niss| self.session(niss)).transpose()?.flatten();
        }
        Ok(())
    }

    /// Returns the latest call of a holder.
    ///
    /// # Errors
    /// Fails if the file can't be read.
    pub fn call(&self, niss: Niss) -> Result<Option<CallToken>, Error> {
        Ok(self.actual(niss)?.and_then(|mut actual| actual.call.take()).map(CallToken::new))
    }

    /// Returns the latest phone code of a holder, generated or chosen.
    ///
    /// # Errors
    /// Fails if the file can't be read.
    pub fn phone_code(&self, niss: Niss) -> Result<Option<Secret>, Error> {
        Ok(self.actual(niss)?.and_then(|actual| actual.phone_code.as_deref().map(Secret::new)))
    }

    /// Returns the holder of the stored tokens if there is exactly one. Lines without a NISS mean this holder.
    pub fn only_holder(&self) -> Option<Niss> {
        self.holders.only()
    }

    /// Stores the token in a reply, if a later line can use it.
    ///
    /// # Errors
    /// Fails if there is no space for the file.
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
