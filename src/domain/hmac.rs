//! HMAC-SHA-256 over parts with length prefixes, so that different lists of parts never give the same bytes.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Returns the keyed hash of `parts`, for the caller to finish or to verify in constant time.
pub fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> Hmac<Sha256> {
    // HMAC pads a short key with zeros to a block of 64 bytes. Padding here leaves no invalid length.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac
}
