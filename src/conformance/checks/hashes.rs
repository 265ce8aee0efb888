//! Password storage, read from the stored hash and from the effect of a login (63B 3.1.1.2, cheat sheet on password
//! storage).

use std::time::{Duration, Instant};

use crate::conformance::harness::{self, CheckContext, CheckSandbox, OTHER, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, RUI};
use crate::conformance::tamper;
use crate::domain::password::{Password, PasswordHash};
use crate::error::Error;
use crate::request::Operation;
use crate::store::crypto::key::Key;

/// The costs that the cheat sheet on password storage treats as equal: KiB, passes, lanes.
const ENOUGH: [(u32, u32, u32); 5] = [(47_104, 1, 1), (19_456, 2, 1), (12_288, 3, 1), (9_216, 4, 1), (7_168, 5, 1)];

/// The parts of a PHC string.
struct Phc {
    scheme: String,
    version: String,
    costs: (u32, u32, u32),
    salt_bits: usize,
    hash_bits: usize,
    salt: String,
}

/// Returns the bits of a base64 text without padding.
fn bits(text: &str) -> usize {
    text.len() * 6 / 8 * 8
}

fn phc(text: &str) -> Result<Phc, CheckError> {
    let mut parts = text.split('$').skip(1);
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let (scheme, version, costs, salt, hash) = (next(), next(), next(), next(), next());
    let cost = |name: &str| costs.split(',').find_map(|cost| cost.strip_prefix(name)?.parse().ok()).unwrap_or(0);
    let costs = (cost("m="), cost("t="), cost("p="));
    Ok(Phc { scheme, version, costs, salt_bits: bits(&salt), hash_bits: bits(&hash), salt })
}

fn stored<'a>(context: &'a CheckContext<'a>) -> Result<CheckSandbox<'a>, CheckError> {
    let world = CheckSandbox::with(context, &[])?;
    world.register_and_activate(&ANA, PASSWORD)?;
    Ok(world)
}

/// 63B 3.1.1.2: the hash function is memory-hard.
pub fn memory_hard(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let Phc { scheme, version, costs: (m, t, p), .. } = phc(&stored(context)?.password_hash_of(ANA.niss)?)?;
    findings.expect_eq("scheme", scheme, "argon2id");
    findings.expect_eq("version", version, "v=19");
    // Cracking hardware lacks memory for several MiB per lane.
    findings.record("memory", format!("{m} KiB"), m >= 7_168);
    findings.record("t p", format!("{t} {p}"), t >= 1 && p >= 1);
    Ok(findings)
}

/// 63B 3.1.1.2: the salt has at least 32 bits and differs for each password.
pub fn salt(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    world.register_and_activate(&RUI, PASSWORD)?;
    let (ana, rui) = (phc(&world.password_hash_of(ANA.niss)?)?, phc(&world.password_hash_of(RUI.niss)?)?);
    findings.record("salt", format!("{} bits", ana.salt_bits), ana.salt_bits >= 32);
    findings.record("of two holders with one password", "another", ana.salt != rui.salt);
    Ok(findings)
}

/// 63B 3.1.1.2: scheme and cost are stored with the hash.
pub fn beside(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let Phc { scheme, costs: (m, t, p), hash_bits, .. } = phc(&stored(context)?.password_hash_of(ANA.niss)?)?;
    findings.record("kept", format!("{scheme} m={m} t={t} p={p}"), !scheme.is_empty() && m > 0 && t > 0 && p > 0);
    findings.record("hash", format!("{hash_bits} bits"), hash_bits >= 128);
    Ok(findings)
}

/// 63B 3.1.1.2: an additional keyed step, here bound to the holder.
pub fn keyed(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    world.register_and_activate(&RUI, OTHER)?;
    let [ana, rui] = [harness::number(ANA.niss)?, harness::number(RUI.niss)?];
    let stored = PasswordHash::from_store(world.password_hash_of(ANA.niss)?);
    let password: Password = PASSWORD.parse().map_err(|_| CheckError::Unexpected("password".to_owned()))?;
    let raw = password
        .hash_like(&stored)
        .map_err(Error::from)?
        .ok_or_else(|| CheckError::Unexpected("password hash".to_owned()))?;
    let own = world.store.read(|unit| Ok(unit.key()?.verify_password(ana, &raw, &stored)))?;
    findings.record("the store's key", "fits", own);
    findings.record("another key", "does not fit", !Key::new([0; 32]).verify_password(ana, &raw, &stored));
    tamper::copy_password_hash(&world.store, ana, rui)?;
    let is_copied = world.password_hash_of(RUI.niss)? == stored.as_str();
    findings.record("hash", "copied to another account", is_copied);
    findings.expect_eq("login there", world.login(RUI.niss, PASSWORD)?, "login_failed");
    findings.expect_eq("login with its own account", world.login(ANA.niss, PASSWORD)?, "done");
    Ok(findings)
}

/// Cheat sheet: argon2id with 19 MiB, two passes and one lane, or an equal cost.
pub fn cost(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let Phc { scheme, costs: (m, t, p), .. } = phc(&stored(context)?.password_hash_of(ANA.niss)?)?;
    findings.expect_eq("scheme", scheme, "argon2id");
    let is_enough = ENOUGH.iter().any(|least| m >= least.0 && t >= least.1 && p >= least.2);
    findings.record("cost", format!("m={m} t={t} p={p}"), is_enough);
    Ok(findings)
}

/// Cheat sheet: a login takes less than a second. The best of three runs, because the machine may be busy.
pub fn quick(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = stored(context)?;
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let begun = Instant::now();
        world.log_in(ANA.niss, PASSWORD)?;
        best = best.min(begun.elapsed());
    }
    let is_quick = best < Duration::from_secs(1);
    findings.record("login", if is_quick { "<1s" } else { ">=1s" }, is_quick);
    Ok(findings)
}

/// Cheat sheet: after a policy change, a login hashes the password again.
pub fn renewed(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let before = world.password_hash_of(ANA.niss)?;
    let (memory, ..) = phc(&before)?.costs;
    let more = memory + 8;
    world.send_ok(Operation::PolicySet, serde_json::json!({ "key": "argon2.memory", "value": more.to_string() }))?;
    findings.record("policy moved", "unchanged", world.password_hash_of(ANA.niss)? == before);
    findings.expect_eq("wrong password", world.login(ANA.niss, "Porto")?, "login_failed");
    findings.record("then", "unchanged", world.password_hash_of(ANA.niss)? == before);
    findings.expect_eq("login", world.login(ANA.niss, PASSWORD)?, "done");
    findings.expect_eq("then m", phc(&world.password_hash_of(ANA.niss)?)?.costs.0, more);
    findings.expect_eq("login again", world.login(ANA.niss, PASSWORD)?, "done");
    Ok(findings)
}
