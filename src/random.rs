//! Sources of randomness. They are passed as values, so that a sandbox can repeat its results.
//!
//! Outside a sandbox the operating system seeds every generator. In a sandbox a generator is ChaCha12 keyed by
//! HMAC(seed, purpose, NISS, n), where n counts the draws of the holder. Other holders, threads and transactions
//! therefore do not change its values.

use std::cell::RefCell;

use hmac::Mac;
use rand::rngs::{ChaCha12Rng, SysRng};
use rand::{Rng, SeedableRng};

use crate::domain::hmac::keyed;
use crate::domain::niss::Niss;
use crate::domain::password::Password;
use crate::error::Error;

/// A source of random number generators.
#[derive(Debug, Clone, Copy)]
pub enum RandomSource {
    /// The operating system.
    System,
    /// The seed of a sandbox.
    Seeded(u64),
}

impl RandomSource {
    /// Returns the generator for the `n`th draw of a holder.
    ///
    /// # Errors
    /// The system provides no random bytes.
    pub fn rng_for(self, purpose: &str, niss: Niss, n: i64) -> Result<ChaCha12Rng, Error> {
        match self {
            RandomSource::System => system(),
            RandomSource::Seeded(seed) => {
                Ok(seeded(seed, &[purpose.as_bytes(), &niss.as_i64().to_be_bytes(), &n.to_be_bytes()]))
            }
        }
    }

    /// Returns a salt. It has no draw number, because hashing happens before the transaction that counts draws.
    ///
    /// # Errors
    /// The system provides no random bytes.
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

    /// Returns a unique nonce. It is random in a sandbox too, because the same key may have sealed other messages.
    ///
    /// The system is asked once per thread: asking for each nonce takes longer than sealing.
    ///
    /// # Errors
    /// The system provides no random bytes.
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

    /// Returns the key of a new store.
    ///
    /// # Errors
    /// The system provides no random bytes.
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
