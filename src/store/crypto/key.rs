//! The store's key. Codes, session tokens and phone codes are stored only as keyed hashes under it, each bound to its kind and
//! its holder (ASVS 6.5.2, 11.2.4). Of a password, argon2id's output is hashed in the same way (63B 3.1.1.2). Values that must be read again are sealed (encrypted) under it.
//!
//! A sandbox derives the key from its seed. Any other store has a random key, stored in the store itself, sealed under the key
//! of its key file ([`crate::store::crypto::keyfile`]).

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::domain::hmac::keyed;
use crate::domain::niss::Niss;
use crate::domain::password::{PasswordHash, RawHash};
use crate::domain::work_count;
use crate::error::Error;
use crate::random::RandomSource;

/// A keyed hash: HMAC-SHA-256.
pub type Mac = [u8; 32];

/// The number of bytes that sealing adds: a nonce of 24 in front, a tag of 16 at the end.
pub const SEAL_OVERHEAD: usize = 40;

/// A key of 32 bytes.
#[derive(Clone)]
pub struct Key {
    bytes: Zeroizing<[u8; 32]>,
    /// Derived once: this costs as much as sealing.
    cipher: XChaCha20Poly1305,
}

impl Key {
    /// Makes a key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Key {
        let bytes = Zeroizing::new(bytes);
        let derived = Zeroizing::new(Mac::from(keyed(&bytes, &[b"seal"]).finalize().into_bytes()));
        Key { cipher: XChaCha20Poly1305::new((&*derived).into()), bytes }
    }

    /// Returns the keyed hash of a holder's secret. `what` is the kind of secret, so that one kind can't be used as another.
    pub fn mac(&self, what: &str, niss: Niss, secret: &str) -> Mac {
        self.hmac(what, niss, secret.as_bytes()).finalize().into_bytes().into()
    }

    /// Checks in constant time whether `mac` is the keyed hash of that secret.
    pub fn verify(&self, mac: &Mac, what: &str, niss: Niss, secret: &str) -> bool {
        self.hmac(what, niss, secret.as_bytes()).verify_slice(mac).is_ok()
    }

    /// Returns the hash to store of a holder's password.
    pub fn password_hash(&self, niss: Niss, raw: &RawHash) -> PasswordHash {
        raw.keyed(|output| self.password_hmac(niss, output))
    }

    /// Checks in constant time whether `stored` is the hash of that password.
    pub fn verify_password(&self, niss: Niss, raw: &RawHash, stored: &PasswordHash) -> bool {
        raw.matches(stored, |output| self.password_hmac(niss, output))
    }

    fn password_hmac(&self, niss: Niss, output: &[u8; 32]) -> Hmac<Sha256> {
        work_count::add(|done| done.keyed_hashes += 1);
        self.hmac(PASSWORD, niss, output)
    }

    fn hmac(&self, what: &str, niss: Niss, secret: &[u8]) -> Hmac<Sha256> {
        keyed(&self.bytes, &[what.as_bytes(), &niss.as_i64().to_be_bytes(), secret])
    }

    /// Encrypts a value with XChaCha20-Poly1305 under a derived key. The result is bound to `what` it is and to its `row`: it
    /// can't be unsealed for another one. It begins with the nonce.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn seal(&self, what: &str, row: &[u8], plain: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce = RandomSource::new_nonce()?;
        let payload = Payload { msg: plain, aad: &[what.as_bytes(), row].concat() };
        let sealed = self.cipher.encrypt(&nonce.into(), payload);
        let sealed = sealed.map_err(|_| Error::Bug("sealing failed".to_owned()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Returns the sealed value; `None` if it was sealed under another key, for another `what` or row, or was altered.
    pub fn unseal(&self, what: &str, row: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<24>()?;
        let payload = Payload { msg: sealed, aad: &[what.as_bytes(), row].concat() };
        self.cipher.decrypt(&(*nonce).into(), payload).ok().map(Zeroizing::new)
    }

    /// Returns the start of a keyed hash under a key that is derived for `what`.
    pub fn derive_hmac(&self, what: &str) -> Hmac<Sha256> {
        let key: Mac = keyed(&self.bytes, &[what.as_bytes()]).finalize().into_bytes().into();
        keyed(&key, &[])
    }

    /// Returns the value by which the store recognises this key. It differs from the one before version 3, so that nobody
    /// without the key can turn a newer store's row into an older store and have it migrated with a forged audit.
    pub fn fingerprint(&self) -> Mac {
        keyed(&self.bytes, &[b"key check", b"3"]).finalize().into_bytes().into()
    }

    /// Returns the fingerprint of stores before version 3.
    pub fn fingerprint_before_v3(&self) -> Mac {
        keyed(&self.bytes, &[b"key check"]).finalize().into_bytes().into()
    }

    /// Seals this key under another one.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn wrap_key(&self, under: &Key) -> Result<Vec<u8>, Error> {
        under.seal(WRAPPED, &[], &*self.bytes)
    }

    /// Returns the key that was sealed under this one; `None` if it was sealed under another key or altered.
    pub fn unwrap_key(&self, wrapped: &[u8]) -> Option<Key> {
        let bytes = self.unseal(WRAPPED, &[], wrapped)?;
        <[u8; 32]>::try_from(&bytes[..]).ok().map(Key::new)
    }

    /// Returns the text of a key file: 64 hexadecimal digits and a line end.
    pub fn to_file_text(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(base16ct::lower::encode_string(&*self.bytes));
        // One allocation of the full size: a text that grows leaves a copy of the key behind.
        Zeroizing::new([digits.as_str(), "\n"].concat())
    }

    /// Parses the text of a key file; `None` if it is anything else.
    pub fn from_file_text(text: &[u8]) -> Option<Key> {
        let digits = text.trim_ascii_end();
        let mut bytes = Zeroizing::new([0_u8; 32]);
        if digits.len() != 64 {
            return None;
        }
        base16ct::mixed::decode(digits, &mut *bytes).ok()?;
        Some(Key::new(*bytes))
    }
}

const WRAPPED: &str = "data key";
const PASSWORD: &str = "password";

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::argon2id::HashCost;
    use crate::domain::password::Password;

    #[test]
    fn sealed_value_opens_only_unaltered_and_for_its_own_row() {
        let (key, other) = (Key::new([1; 32]), Key::new([2; 32]));
        let sealed = key.seal("x", b"row 1", b"314159").expect("sealed");
        assert_eq!(sealed.len(), 6 + SEAL_OVERHEAD);
        assert_eq!(key.unseal("x", b"row 1", &sealed).as_deref().map(Vec::as_slice), Some(&b"314159"[..]));
        assert!(key.unseal("x", b"row 2", &sealed).is_none() && key.unseal("y", b"row 1", &sealed).is_none());
        assert!(other.unseal("x", b"row 1", &sealed).is_none());
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(key.unseal("x", b"row 1", &bent).is_none(), "{at}");
            assert!(key.unseal("x", b"row 1", &sealed[..at]).is_none(), "{at}");
        }
        assert_ne!(key.seal("x", b"row 1", b"314159").expect("sealed"), sealed, "nonces are not reused");
    }

    #[test]
    fn password_hash_ends_with_hmac_of_argon2_output_bound_to_the_holder() {
        use argon2::{Algorithm, Argon2, Params, Version};
        use base64ct::{Base64Unpadded, Encoding as _};

        let (key, salt) = (Key::new([5; 32]), [7; 16]);
        let [niss, other]: [Niss; 2] = ["12000000012", "12000000020"].map(|niss| niss.parse().expect("a NISS"));
        let password: Password = "Violeta-9-Oceano-Trigo".parse().expect("a password");
        let cost: HashCost = "m=16,t=2,p=1".parse().expect("a cost");
        let raw = password.hash(cost, salt).expect("an output");
        let stored = key.password_hash(niss, &raw);

        let mut output = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(16, 2, 1, Some(32)).expect("a cost"))
            .hash_password_into(b"Violeta-9-Oceano-Trigo", &salt, &mut output)
            .expect("an output");
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&[5; 32]).expect("a key");
        for part in [&b"password"[..], &12_000_000_012_i64.to_be_bytes(), &output] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        let text = Base64Unpadded::encode_string;
        let expected = format!("$argon2id$v=19$m=16,t=2,p=1${}${}", text(&salt), text(&mac.finalize().into_bytes()));
        assert_eq!(stored.as_str(), expected);
        assert!(!stored.as_str().contains(&text(&output)));

        assert!(key.verify_password(niss, &raw, &stored));
        assert!(!key.verify_password(other, &raw, &stored), "copied to another account");
        assert!(!Key::new([6; 32]).verify_password(niss, &raw, &stored), "another store");
    }

    #[test]
    fn wrapped_key_unwraps_to_the_same_key() {
        let (inner, outer) = (Key::new([1; 32]), Key::new([2; 32]));
        let wrapped = inner.wrap_key(&outer).expect("sealed");
        assert_eq!(wrapped.len(), 72);
        assert_eq!(outer.unwrap_key(&wrapped).map(|key| key.fingerprint()), Some(inner.fingerprint()));
        assert!(inner.unwrap_key(&wrapped).is_none());
    }

    #[test]
    fn key_file_text_parses_to_the_same_key() {
        let key = Key::new([0xa7; 32]);
        assert_eq!(key.to_file_text().as_str(), format!("{}\n", "a7".repeat(32)));
        assert_eq!(
            Key::from_file_text(key.to_file_text().as_bytes()).map(|key| key.fingerprint()),
            Some(key.fingerprint())
        );
        for text in [&b""[..], b"a7", &[b'g'; 64], &[b'0'; 63], &[b'0'; 66], &[0xff; 64], b"+7+7"] {
            assert!(Key::from_file_text(text).is_none());
        }
    }
}
