//! Sessions: how long they last, their tokens, and the events that end them (63B 5, ASVS 7.2-7.5, 11.5.1).

use std::collections::BTreeSet;

use serde_json::json;

use crate::conformance::harness::{CheckContext, CheckSandbox, OTHER, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::ANA;
use crate::reply::ReplyBody;
use crate::request::Operation;

/// The part of a token that locates its row, in bits. The rest is secret.
const LOCATOR_BITS: usize = 64;

struct Inside<'a> {
    world: CheckSandbox<'a>,
    token: String,
    /// The maximum time from login to the end of the session, in seconds.
    lifetime: i64,
    /// The maximum time without use, in seconds.
    idle: i64,
}

fn inside<'a>(context: &'a CheckContext<'a>) -> Result<Inside<'a>, CheckError> {
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let now = world.store.now()?.seconds();
    let ReplyBody::LoggedIn { session, expires_at, idle_expires_at, .. } = world.login(ANA.niss, PASSWORD)?.body()?
    else {
        return Err(CheckError::Unexpected("login".to_owned()));
    };
    let (lifetime, idle) = (expires_at.seconds() - now, idle_expires_at.seconds() - now);
    Ok(Inside { world, token: session.expose().to_owned(), lifetime, idle })
}

/// 63B 5: a session ends after at most an hour without use.
pub fn idle(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for (before, wanted) in [(1, "done"), (0, "login_required")] {
        let Inside { world, token, idle, .. } = inside(context)?;
        world.wait(idle - before)?;
        findings.record("idle", format!("{idle}s"), idle <= 3600);
        findings.expect_eq(&format!("{}s", idle - before), world.session_is_valid(&token)?, wanted);
    }
    Ok(findings)
}

/// 63B 5: a session ends after at most a day, however much it is used.
pub fn lifetime(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for (before, wanted) in [(1, "done"), (0, "login_required")] {
        let Inside { world, token, lifetime, idle } = inside(context)?;
        let (mut left, step) = (lifetime - before, (idle - 1).max(1));
        while left > step {
            world.wait(step)?;
            if !world.session_is_valid(&token)?.is_done() {
                findings.expect_eq("used within idle", "login_required", "done");
                return Ok(findings);
            }
            left -= step;
        }
        world.wait(left)?;
        findings.record("lifetime", format!("{lifetime}s"), lifetime <= 86_400);
        findings.expect_eq(&format!("{}s", lifetime - before), world.session_is_valid(&token)?, wanted);
    }
    Ok(findings)
}

/// ASVS 7.2.3: the token has 128 secret bits, and each of them is checked.
pub fn token(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let Inside { world, token, .. } = inside(context)?;
    let is_hex = token.bytes().all(|byte| byte.is_ascii_hexdigit());
    let bits = if is_hex { (token.len() * 4).saturating_sub(LOCATOR_BITS) } else { 0 };
    findings.record("secret", format!("{bits} bits"), bits >= 128);
    let (head, tail) = token.split_at(LOCATOR_BITS / 4);
    let taken = (0..tail.len()).filter(|at| {
        let changed = if tail.as_bytes()[*at] == b'0' { "1" } else { "0" };
        let other = format!("{head}{}{changed}{}", &tail[..*at], &tail[at + 1..]);
        world.session_is_valid(&other).is_ok_and(|response| response.is_done())
    });
    findings.expect_eq("taken with another digit", taken.count(), 0);
    findings.expect_eq("itself", world.session_is_valid(&token)?, "done");
    Ok(findings)
}

/// ASVS 7.2.4: each login gives another token.
pub fn new_each_time(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let Inside { world, token, .. } = inside(context)?;
    let mut tokens = BTreeSet::from([token]);
    for _ in 0..20 {
        tokens.insert(world.log_in(ANA.niss, PASSWORD)?);
    }
    findings.expect_eq("tokens of 21 logins", tokens.len(), 21);
    Ok(findings)
}

/// ASVS 11.5.1: secrets have 128 random bits and do not repeat.
pub fn unguessable(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let mut halves = BTreeSet::new();
    for _ in 0..20 {
        let token = world.log_in(ANA.niss, PASSWORD)?;
        let secret = token.get(LOCATOR_BITS / 4..).unwrap_or_default();
        halves.extend(secret.as_bytes().chunks(16).map(<[u8]>::to_vec));
    }
    findings.expect_eq("64-bit parts of 20 tokens", halves.len(), 40);
    let keys = [crate::random::RandomSource::System.key()?, crate::random::RandomSource::System.key()?];
    findings.record("key", format!("{} bits", keys[0].len() * 8), keys[0].len() >= 16 && keys[0] != keys[1]);
    Ok(findings)
}

/// ASVS 7.4.x: the events that end a session.
pub fn ended(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let gone = |findings: &mut Observation,
                what: &str,
                act: &dyn Fn(&CheckSandbox<'_>, &str) -> Result<(), CheckError>|
     -> Result<(), CheckError> {
        let Inside { world, token, .. } = inside(context)?;
        findings.expect_eq(&format!("before {what}"), world.session_is_valid(&token)?, "done");
        act(&world, &token)?;
        findings.expect_eq(&format!("after {what}"), world.session_is_valid(&token)?, "login_required");
        Ok(())
    };
    gone(&mut findings, "logout", &|world, token| {
        world.send_ok(Operation::Logout, json!({ "session": token })).map(|_| ())
    })?;
    for op in [Operation::AccountClose, Operation::AccountSuspend, Operation::AccountReset] {
        gone(&mut findings, op.as_str(), &|world, _| world.operator_action(op, ANA.niss).map(|_| ()))?;
    }
    gone(&mut findings, "recover_confirm", &|world, _| {
        let code = world.request_recovery(&ANA, "sms")?;
        world.recover(ANA.niss, &code, OTHER)?.body().map(|_| ())
    })?;
    gone(&mut findings, "password_change elsewhere", &|world, _| {
        let other = world.log_in(ANA.niss, PASSWORD)?;
        let asked = json!({ "session": other, "password": PASSWORD, "new_password": OTHER });
        world.send_ok(Operation::PasswordChange, asked).map(|_| ())
    })?;
    Ok(findings)
}

/// ASVS 7.5.1: changes of contacts and phone code need a login within ten minutes.
pub fn fresh(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let asks: [(Operation, serde_json::Value); 5] = [
        (Operation::ContactsUpdate, json!({ "email": "ana@outro.example" })),
        (Operation::ContactsConfirm, json!({ "channel": "sms" })),
        (Operation::ContactsRemove, json!({ "mobile": true })),
        (Operation::ContactsShow, json!({})),
        (Operation::PhoneCodeSet, json!({})),
    ];
    for (after, wanted) in [(599, "done"), (600, "login_required")] {
        for (op, fields) in &asks {
            let Inside { world, token, .. } = inside(context)?;
            world.wait(after)?;
            let mut fields = fields.clone();
            fields["session"] = token.as_str().into();
            findings.expect_eq(&format!("{op} {after}s"), world.send(*op, fields)?, wanted);
            if after == 600 {
                findings.expect_eq("session", world.session_is_valid(&token)?, "done");
            }
        }
    }
    Ok(findings)
}

/// ASVS 7.2.3: an incomplete token opens nothing (fails closed).
pub fn none(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let Inside { world, token, .. } = inside(context)?;
    for (what, typed) in [("empty", ""), ("locator alone", token.get(..16).unwrap_or_default())] {
        findings.expect_eq(what, world.session_is_valid(typed)?, "login_required");
    }
    Ok(findings)
}
