#![no_main]

#[path = "../bodies.rs"]
#[expect(dead_code, reason = "the other targets' bodies")]
mod bodies;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| bodies::name(data));
