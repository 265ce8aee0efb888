//! The store's key: 32 bytes in a file beside the store, or drawn from a sandbox's seed. Codes, session tokens and phone codes
//! are kept only as keyed hashes under it, each bound to what it is and whose (ASVS 6.5.2, 11.2.4).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::domain::keyed::keyed;
use crate::domain::niss::Niss;
use crate::error::Error;
use crate::random::Random;
use crate::store::open;

/// A keyed hash as it is kept.
pub type Mac = [u8; 32];

/// The key.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// From its bytes.
    pub fn new(bytes: [u8; 32]) -> Key {
        Key(Zeroizing::new(bytes))
    }

    /// The keyed hash of a holder's secret. `what` keeps one kind of secret from serving as another.
    pub fn mac(&self, what: &str, niss: Niss, secret: &str) -> Mac {
        keyed(&self.0, &[what.as_bytes(), &niss.as_i64().to_be_bytes(), secret.as_bytes()])
            .finalize()
            .into_bytes()
            .into()
    }

    /// Whether `mac` is the keyed hash of that secret, in constant time.
    pub fn is(&self, mac: &Mac, what: &str, niss: Niss, secret: &str) -> bool {
        keyed(&self.0, &[what.as_bytes(), &niss.as_i64().to_be_bytes(), secret.as_bytes()]).verify_slice(mac).is_ok()
    }

    /// Seals what must be read again, unlike a code or a token: XChaCha20-Poly1305 under a key of its own, bound to `what`. The
    /// nonce stands in front.
    ///
    /// # Errors
    /// The system has no randomness to give.
    pub fn seal(&self, what: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce = Random::nonce()?;
        let payload = Payload { msg: plain, aad: what.as_bytes() };
        let sealed = self.cipher().encrypt(&nonce.into(), payload);
        let sealed = sealed.map_err(|_| Error::Bug("nothing could be sealed".to_owned()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// What was sealed, if it was so under this key, for this purpose, and is as it was.
    pub fn unseal(&self, what: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
        let payload = Payload { msg: sealed, aad: what.as_bytes() };
        self.cipher().decrypt(&(*nonce).into(), payload).ok().map(Zeroizing::new)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let key: Mac = keyed(&self.0, &[b"seal"]).finalize().into_bytes().into();
        XChaCha20Poly1305::new(&key.into())
    }

    /// The keyed hash that everything begins with which is linked or sealed for `what`, under a key of its own.
    pub fn begun(&self, what: &str) -> Hmac<Sha256> {
        let key: Mac = keyed(&self.0, &[what.as_bytes()]).finalize().into_bytes().into();
        keyed(&key, &[])
    }

    /// What the store keeps to tell this key from another.
    pub fn check(&self) -> Mac {
        keyed(&self.0, &[b"key check"]).finalize().into_bytes().into()
    }

    /// Reads the key's file.
    ///
    /// # Errors
    /// It is not there, can't be read, or holds no key.
    pub fn read(store: &Path) -> Result<Key, Error> {
        let path = file_of(store);
        let no_key = |what: &str| Error::KeyMissing(io::Error::new(io::ErrorKind::InvalidData, what));
        let text = Zeroizing::new(fs::read_to_string(&path).map_err(Error::KeyMissing)?);
        let mut key = Zeroizing::new([0_u8; 32]);
        let digits = text.trim_end().as_bytes();
        if digits.len() != 64 {
            return Err(no_key("64 hexadecimal digits are expected"));
        }
        for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |b: u8| char::from(b).to_digit(16).ok_or_else(|| no_key("64 hexadecimal digits are expected"));
            *byte = (digit(pair[0])? * 16 + digit(pair[1])?) as u8;
        }
        Ok(Key(key))
    }

    /// Writes the file of a new key; one that is there already, from an `init` that did not come to its end, is kept.
    ///
    /// # Errors
    /// The folder can't be written, or the file that is there holds no key.
    pub fn create(store: &Path, bytes: [u8; 32]) -> Result<Key, Error> {
        let path = file_of(store);
        let key = Key::new(bytes);
        let mut text = Zeroizing::new(String::with_capacity(65));
        for byte in key.0.iter() {
            text.push_str(&format!("{byte:02x}"));
        }
        text.push('\n');
        match open::appear(&path, |aside| {
            std::fs::write(aside, text.as_bytes()).map_err(|fault| Error::file(aside, fault))
        }) {
            Ok(()) => Ok(key),
            Err(Error::File { fault, .. }) if fault.kind() == io::ErrorKind::AlreadyExists => Key::read(store),
            Err(Error::File { fault, .. }) => Err(Error::StoreUnwritable(fault)),
            Err(error) => Err(error),
        }
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

/// Where the key of a store is: its path with `.key` behind it.
pub fn file_of(store: &Path) -> PathBuf {
    let mut path = store.as_os_str().to_owned();
    path.push(".key");
    PathBuf::from(path)
}
