//! Where chance comes from. It is passed down as a value, like time, so that a sandbox can repeat itself.
//!
//! Outside a sandbox every generator is seeded by the system. In a sandbox it is ChaCha12 keyed by
//! HMAC(seed, purpose, NISS, n), n being the holder's own count of draws: what other holders, threads or transactions do
//! changes nothing.

use std::cell::RefCell;

use hmac::Mac;
use rand::rngs::{ChaCha12Rng, SysRng};
use rand::{Rng, SeedableRng};

use crate::domain::hmac::keyed;
use crate::domain::niss::Niss;
use crate::domain::password::Password;
use crate::error::Error;

/// A source of generators.
#[derive(Debug, Clone, Copy)]
pub enum RandomSource {
    /// The system's.
    System,
    /// A sandbox's, from its seed.
    Seeded(u64),
}

impl RandomSource {
    /// The generator for the `n`th draw of a holder.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn rng_for(self, purpose: &str, niss: Niss, n: i64) -> Result<ChaCha12Rng, Error> {
        match self {
            RandomSource::System => system(),
            RandomSource::Seeded(seed) => {
                Ok(seeded(seed, &[purpose.as_bytes(), &niss.as_i64().to_be_bytes(), &n.to_be_bytes()]))
            }
        }
    }

    /// A salt, which is needed before the transaction that could count it.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn salt(self, niss: Niss, password: &Password) -> Result<[u8; 16], Error> {
        let mut random = match self {
            RandomSource::System => system()?,
            RandomSource::Seeded(seed) => {
                seeded(seed, &[b"salt", &niss.as_i64().to_be_bytes(), password.expose().as_bytes()])
            }
        };
        let mut salt = [0; 16];
        random.fill_bytes(&mut salt);
        Ok(salt)
    }

    /// A nonce that no other seal has, in a sandbox too: the same key may have sealed something else before. The system is asked
    /// once a thread: to ask it for each takes longer than the seal.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn new_nonce() -> Result<[u8; 24], Error> {
        thread_local!(static NONCES: RefCell<Option<ChaCha12Rng>> = const { RefCell::new(None) });
        NONCES.with_borrow_mut(|nonces| {
            let random = match nonces {
                Some(random) => random,
                none => none.insert(system()?),
            };
            let mut nonce = [0; 24];
            random.fill_bytes(&mut nonce);
            Ok(nonce)
        })
    }

    /// The key of a new store.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn key(self) -> Result<[u8; 32], Error> {
        let mut random = match self {
            RandomSource::System => system()?,
            RandomSource::Seeded(seed) => seeded(seed, &[b"key"]),
        };
        let mut key = [0; 32];
        random.fill_bytes(&mut key);
        Ok(key)
    }
}

fn system() -> Result<ChaCha12Rng, Error> {
    ChaCha12Rng::try_from_rng(&mut SysRng).map_err(|error| Error::NoRandomness(error.to_string()))
}

fn seeded(seed: u64, parts: &[&[u8]]) -> ChaCha12Rng {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_be_bytes());
    ChaCha12Rng::from_seed(keyed(&key, parts).finalize().into_bytes().into())
}
