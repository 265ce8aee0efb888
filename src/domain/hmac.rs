//! HMAC-SHA-256 over parts, each preceded by its length, so that no two lists of parts are the same bytes.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The keyed hash of `parts`, to be finished or verified (in constant time) by whoever asked.
pub fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> Hmac<Sha256> {
    // HMAC pads a short key with zeros to a block of 64 bytes; done here, no length is left to be refused.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac
}
