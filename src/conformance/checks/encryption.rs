//! Protection of the secrets in the store against readers of the file (ASVS 6.5.2, 11.2.4, 11.3.x).

use std::collections::BTreeSet;

use serde_json::json;

use crate::conformance::harness::{CheckContext, CheckSandbox, PASSWORD, number, shifted_code};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::ANA;
use crate::conformance::tamper;
use crate::domain::code::VerificationCode;
use crate::domain::vocabulary::Purpose;
use crate::random::RandomSource;
use crate::reply::ReplyBody;
use crate::request::Operation;
use crate::store::codes;
use crate::store::crypto::key::Key;

/// ASVS 6.5.2: codes, tokens and phone codes are stored as keyed hashes, so that guessing them needs the key.
pub fn keyed(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let code = world.register(&ANA, "sms")?;
    let typed: VerificationCode = code.parse().map_err(|_| CheckError::Unexpected("code".to_owned()))?;
    let niss = number(ANA.niss)?;
    let (ours, anothers) = world.store.read(|unit| {
        let Some(stored) = codes::newest(unit, niss, Purpose::Activation)? else { return Ok((false, true)) };
        let is = |key: &Key| stored.matches(key, niss, Purpose::Activation, &typed);
        Ok((is(unit.key()?), is(&Key::new([0; 32]))))
    })?;
    findings.record("code under the key", ours, ours);
    findings.record("under another key", anothers, !anothers);
    world.activate(ANA.niss, &code, PASSWORD)?.body()?;
    let token = world.log_in(ANA.niss, PASSWORD)?;
    let ReplyBody::PhoneCode { phone_code: Some(digits) } =
        world.send_ok(Operation::PhoneCodeSet, json!({ "session": token }))?
    else {
        return Err(CheckError::Unexpected("phone_code".to_owned()));
    };
    let secret = token.get(16..).unwrap_or_default();
    for (what, text) in [("password", PASSWORD), ("token", secret), ("phone code", digits.expose()), ("code", &code)] {
        let tables = tamper::tables_containing(&world.store, text)?;
        findings.record(&format!("{what} in the clear"), format!("{} tables", tables.len()), tables.is_empty());
    }
    let control = tamper::tables_containing(&world.store, ANA.niss)?;
    findings.record("control, NISS", format!("{} tables", control.len()), control.len() > 1);
    Ok(findings)
}

/// 63A 3.1, general requirements: personal data is encrypted at rest. Registered data is not.
pub fn registry(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let clear = tamper::tables_containing(&world.store, ANA.name)?;
    findings.note("tables with a registered name", clear.len());
    if !clear.is_empty() {
        findings.deviates();
    }
    Ok(findings)
}

/// ASVS 11.2.4: keyed hashes are compared, so the time of a comparison reveals nothing about a secret.
///
/// The hash of a near miss has no prefix in common with the stored hash.
pub fn compared(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let code = world.register(&ANA, "sms")?;
    let niss = number(ANA.niss)?;
    let mut most = 0;
    let mut is_known = true;
    world.store.read(|unit| {
        let key = unit.key()?;
        let stored = key.mac("activation", niss, &code);
        is_known = key.verify(&stored, "activation", niss, &code);
        for steps in 1..10 {
            let near = shifted_code(&code, steps);
            let mac = key.mac("activation", niss, &near);
            is_known &= !key.verify(&stored, "activation", niss, &near);
            most = most.max(mac.iter().zip(&stored).take_while(|(one, other)| one == other).count());
        }
        Ok(())
    })?;
    findings.record("equal leading bytes of 9 near misses", format!("{most} of 32"), most <= 3);
    findings.record("distinguished", is_known, is_known);
    Ok(findings)
}

/// The row that the sealed text is bound to.
const ROW: &[u8] = b"row 1";

fn sealing() -> Result<Key, CheckError> {
    Ok(Key::new(RandomSource::System.key()?))
}

/// ASVS 11.3.x: a sealed text opens only unchanged, for its purpose and row, and with its key.
pub fn authenticated(_: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let key = sealing()?;
    let sealed = key.seal("conform", ROW, PASSWORD.as_bytes())?;
    let opens = |key: &Key, what: &str, row: &[u8], sealed: &[u8]| key.unseal(what, row, sealed).is_some();
    let itself = key.unseal("conform", ROW, &sealed).is_some_and(|plain| *plain == PASSWORD.as_bytes());
    findings.record("itself", itself, itself);
    let flipped = (0..sealed.len()).filter(|at| {
        let mut changed = sealed.clone();
        changed[*at] ^= 1;
        opens(&key, "conform", ROW, &changed)
    });
    findings.expect_eq("with a flipped bit", flipped.count(), 0);
    findings.expect_eq("cut short", opens(&key, "conform", ROW, &sealed[..sealed.len() - 1]), false);
    findings.expect_eq("for another purpose", opens(&key, "other", ROW, &sealed), false);
    findings.expect_eq("in another row", opens(&key, "conform", b"row 2", &sealed), false);
    findings.expect_eq("under another key", opens(&sealing()?, "conform", ROW, &sealed), false);
    let is_hidden = !sealed.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes());
    findings.record("plain text in it", !is_hidden, is_hidden);
    Ok(findings)
}

/// ASVS 11.3.x: no nonce is used twice.
pub fn nonces(_: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let key = sealing()?;
    let (mut nonces, mut texts) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..1_000 {
        let sealed = key.seal("conform", ROW, PASSWORD.as_bytes())?;
        let (nonce, text) = sealed.split_at_checked(24).unwrap_or((&sealed, &[]));
        nonces.insert(nonce.to_vec());
        texts.insert(text.to_vec());
    }
    findings.expect_eq("nonces of 1000 seals of one text", nonces.len(), 1_000);
    findings.expect_eq("sealed texts", texts.len(), 1_000);
    Ok(findings)
}
