//! What earlier lines of a file were answered, as far as later ones can stand on it: the session of a login, and the digits for
//! the phone. However many holders there are, it takes no more of the machine's memory than some thousands do.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::reply::{Body, Done, Reply, Secret};
use crate::request::{Request, SessionToken};
use crate::store::aside::Aside;

/// What earlier lines were answered.
#[derive(Default)]
pub struct Memory {
    kept: Aside,
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
struct Got {
    session: Option<String>,
    phone_code: Option<String>,
}

impl Memory {
    /// Keeps the session of a login, and the digits of a phone code; `niss` is the holder's.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn keep(
        &mut self,
        niss: Niss,
        session: Option<&SessionToken>,
        phone_code: Option<&Secret>,
    ) -> Result<(), Error> {
        if session.is_none() && phone_code.is_none() {
            return Ok(());
        }
        let mut got = self.got(niss)?.unwrap_or_default();
        if let Some(session) = session {
            got.session = Some(session.expose().to_owned());
        }
        if let Some(digits) = phone_code {
            got.phone_code = Some(digits.expose().to_owned());
        }
        let bytes = serde_json::to_vec(&got).map_err(|fault| Error::Bug(fault.to_string()))?;
        self.kept.put(niss.as_i64(), Zeroizing::new(bytes))?;
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
        Ok(self.got(niss)?.and_then(|mut got| got.session.take()).map(SessionToken::new))
    }

    /// The digits that a holder got or chose last.
    ///
    /// # Errors
    /// They can't be read back.
    pub fn phone_code(&self, niss: Niss) -> Result<Option<Secret>, Error> {
        Ok(self.got(niss)?.and_then(|got| got.phone_code.as_deref().map(Secret::new)))
    }

    /// Whose session is meant where a line does not say: the one holder's who has got anything.
    pub fn only_one(&self) -> Option<Niss> {
        match self.holders {
            Holders::One(niss) => Some(niss),
            Holders::None | Holders::Many => None,
        }
    }

    /// Keeps what a later line may stand on of the reply to a request of `holder`.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn learn(&mut self, holder: Option<Niss>, request: &Request, reply: &Reply) -> Result<(), Error> {
        let (Some(niss), Reply::Done(Done { body, .. })) = (holder, reply) else { return Ok(()) };
        match (body, request) {
            (Body::LoggedIn { session, .. }, _) => {
                self.keep(niss, Some(&SessionToken::new(session.expose().to_owned())), None)
            }
            (Body::PhoneCode { phone_code: Some(drawn) }, _) => self.keep(niss, None, Some(drawn)),
            (Body::PhoneCode { phone_code: None }, Request::PhoneCodeChange(asked)) => {
                self.keep(niss, None, asked.new_code.as_ref().map(|code| Secret::new(code.expose())).as_ref())
            }
            _ => Ok(()),
        }
    }

    fn got(&self, niss: Niss) -> Result<Option<Got>, Error> {
        let Some(bytes) = self.kept.get(niss.as_i64())? else { return Ok(None) };
        serde_json::from_slice(&bytes).map(Some).map_err(|fault| Error::Bug(fault.to_string()))
    }
}
