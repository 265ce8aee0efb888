//! The hash function of passwords: argon2id, version 1.3, with an output of 32 bytes.
//!
//! Crate `argon2-rust` computes it, in about half of the time that crate `argon2` takes. It chooses its instructions at run
//! time, so each process compares a known answer first. Crate `argon2` parses costs and is the reference of the tests.

use std::cell::RefCell;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use argon2::password_hash::phc::ParamsString;
use argon2_rust::params::{Memory, TagLen};
use argon2_rust::{Algorithm, Argon2, Error, Hasher, Params, Version};
use zeroize::Zeroizing;

use super::policy::Policy;
use super::validation_error::ValidationError;
use super::work_count;

/// The cost of a hash: the parameters of argon2id. Text form: `m=19456,t=2,p=1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashCost {
    /// Memory in KiB.
    memory: u32,
    passes: u32,
    lanes: u32,
}

impl HashCost {
    /// Returns the cost of new hashes.
    pub fn of(policy: &Policy) -> HashCost {
        let Policy { argon2_memory: memory, argon2_iterations: passes, argon2_parallelism: lanes, .. } = *policy;
        HashCost { memory, passes, lanes }
    }
}

impl From<&argon2::Params> for HashCost {
    fn from(params: &argon2::Params) -> HashCost {
        HashCost { memory: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() }
    }
}

impl fmt::Display for HashCost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "m={},t={},p={}", self.memory, self.passes, self.lanes)
    }
}

impl FromStr for HashCost {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<HashCost, ValidationError> {
        let params = text.parse().ok().and_then(|params: ParamsString| argon2::Params::try_from(&params).ok());
        // A missing parameter would have a default.
        let cost = params.as_ref().map(HashCost::from).filter(|cost| cost.to_string() == text);
        cost.ok_or(ValidationError::Format("m=19456,t=2,p=1"))
    }
}

/// A failed hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// The system has no memory for this cost.
    #[error("no memory for argon2id, {0}")]
    NoMemory(HashCost),
    /// The function rejects this cost. The policy's bounds exclude it.
    #[error("argon2id rejects {0}")]
    Rejected(HashCost),
    /// The instructions chosen for this processor compute wrong hashes.
    #[error("argon2id computes wrong hashes with backend {0}")]
    WrongBackend(&'static str),
}

/// The known answer: cost, password, salt, output.
const KNOWN_COST: HashCost = HashCost { memory: 64, passes: 1, lanes: 1 };
const KNOWN_INPUT: (&[u8], &[u8; 16]) = (b"known answer", b"salt of argon2id");
const KNOWN_OUTPUT: [u8; 32] = [
    0x8d, 0xa8, 0x10, 0x66, 0xbb, 0x4a, 0xc6, 0xe0, 0x18, 0x00, 0x60, 0x4a, 0xf4, 0xb4, 0x0a, 0x95, //
    0x40, 0x99, 0x32, 0x53, 0x2b, 0x18, 0x57, 0xbe, 0xb3, 0x15, 0x78, 0x50, 0x99, 0x2d, 0xf6, 0xe4,
];

/// Hashes a password. This takes about 10 ms at the default cost.
///
/// # Errors
/// The system has no memory, or the known answer of this process was wrong.
pub(super) fn argon2id(cost: HashCost, password: &[u8], salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, HashError> {
    check_known_answer()?;
    work_count::add(|done| *done.hashes.entry(cost.to_string()).or_default() += 1);
    compute(cost, password, salt)
}

/// Checks the known answer once per process. Missing memory is no result: the next hash checks again.
fn check_known_answer() -> Result<(), HashError> {
    static IS_RIGHT: OnceLock<bool> = OnceLock::new();
    let is_right = match IS_RIGHT.get() {
        Some(is_right) => *is_right,
        None => {
            let output = compute(KNOWN_COST, KNOWN_INPUT.0, KNOWN_INPUT.1)?;
            *IS_RIGHT.get_or_init(|| *output == KNOWN_OUTPUT)
        }
    };
    verdict(is_right)
}

fn verdict(is_right: bool) -> Result<(), HashError> {
    if is_right { Ok(()) } else { Err(HashError::WrongBackend(argon2_rust::detected_backend().name())) }
}

fn compute(cost: HashCost, password: &[u8], salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, HashError> {
    // One memory per thread is reused. Mapping 19 MiB for each hash takes a quarter of its time.
    thread_local!(static HASHER: RefCell<Option<Hasher>> = const { RefCell::new(None) });
    let failed = |error| match error {
        Error::MemoryAllocationError => HashError::NoMemory(cost),
        _ => HashError::Rejected(cost),
    };
    let params = Params::builder()
        .memory(Memory::kib(cost.memory.into()))
        .passes(cost.passes)
        .lanes(cost.lanes)
        .tag_len(TagLen::bytes(32))
        .build()
        .map_err(failed)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut output = Zeroizing::new([0; 32]);
    HASHER.with_borrow_mut(|hasher| {
        let hasher = hasher.get_or_insert_with(|| argon2.hasher());
        hasher.set_argon2(argon2);
        hasher.hash_into(password, salt, &mut *output).map_err(failed)
    })?;
    Ok(output)
}

#[cfg(test)]
mod tests {
    use argon2::Params as ReferenceParams;
    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestRunner};

    use super::*;

    fn reference(cost: HashCost, password: &[u8], salt: &[u8; 16]) -> [u8; 32] {
        let params = ReferenceParams::new(cost.memory, cost.passes, cost.lanes, Some(32)).expect("a cost");
        let mut output = [0; 32];
        argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
            .hash_password_into(password, salt, &mut output)
            .expect("an output");
        output
    }

    #[test]
    fn cost_has_one_text_form() {
        let cost = HashCost { memory: 8, passes: 1, lanes: 1 };
        assert_eq!(cost.to_string(), "m=8,t=1,p=1");
        assert_eq!("m=8,t=1,p=1".parse(), Ok(cost));
        for text in ["", "x", "m=8", "t=1,m=8,p=1", "m=08,t=1,p=1", "m=7,t=1,p=1", "m=8,t=0,p=1"] {
            assert!(text.parse::<HashCost>().is_err(), "{text}");
        }
    }

    #[test]
    fn known_answer_is_that_of_the_reference() {
        let (password, salt) = KNOWN_INPUT;
        assert_eq!(reference(KNOWN_COST, password, salt), KNOWN_OUTPUT);
        assert_eq!(check_known_answer(), Ok(()));
    }

    #[test]
    fn wrong_known_answer_is_an_error_that_names_the_backend() {
        let error = verdict(false).expect_err("a wrong answer");
        assert!(error.to_string().ends_with(&format!("backend {}", argon2_rust::detected_backend())), "{error}");
    }

    /// The corners of the policy, up to 64 MiB. `tests/bench/raw.rs` compares the corner of 1 GiB.
    #[test]
    fn both_crates_agree_at_the_corners_of_the_policy() {
        let longest = [0xc3; 1024];
        let passwords: [&[u8]; 3] = [b"x", b"Violeta-9-Oceano-Trigo", &longest];
        // In turn, the memory of a thread grows, shrinks and grows.
        for (memory, passes) in [(19_456, 2), (8, 1), (65_536, 2), (8, 20), (19_456, 20), (64, 3), (65_536, 1)] {
            let cost = HashCost { memory, passes, lanes: 1 };
            for (password, salt) in passwords.iter().zip([[0; 16], [0xff; 16], [7; 16]]) {
                let output = argon2id(cost, password, &salt).expect("an output");
                assert_eq!(*output, reference(cost, password, &salt), "{cost}");
                if memory > 8 {
                    break;
                }
            }
        }
    }

    #[test]
    fn both_crates_agree_at_random_costs_and_inputs() {
        let inputs =
            (8..4096_u32, 1..=4_u32, 1..=2_u32, proptest::collection::vec(any::<u8>(), 1..300), any::<[u8; 16]>());
        TestRunner::new_with_rng(
            Config::with_cases(48),
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        )
        .run(&inputs, |(memory, passes, lanes, password, salt)| {
            let cost = HashCost { memory: memory.max(8 * lanes), passes, lanes };
            let output = argon2id(cost, &password, &salt).expect("an output");
            prop_assert_eq!(*output, reference(cost, &password, &salt), "{}", cost);
            Ok(())
        })
        .expect("equal outputs");
    }
}
