//! Calls of identified callers on the phone line. A call token grants access as a session token does (ASVS 7.2.3,
//! 7.4.x).

use serde_json::json;

use crate::conformance::check_reply::CheckReply;
use crate::conformance::harness::{CheckContext, CheckSandbox, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::ANA;
use crate::reply::ReplyBody;
use crate::request::Operation;

/// The part of a token that locates its row, in bits.
const LOCATOR_BITS: usize = 64;
const DIGITS: &str = "582046";

/// A call with Ana, and her open session.
struct OnTheLine<'a> {
    world: CheckSandbox<'a>,
    session: String,
    call: String,
}

fn on_the_line<'a>(context: &'a CheckContext<'a>) -> Result<OnTheLine<'a>, CheckError> {
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let session = world.log_in(ANA.niss, PASSWORD)?;
    world.send_ok(Operation::PhoneCodeSet, json!({ "session": session }))?;
    world.send_ok(Operation::PhoneCodeChange, json!({ "session": session, "new_code": DIGITS }))?;
    match world.send_ok(Operation::PhoneLine, json!({ "niss": ANA.niss, "code": DIGITS }))? {
        ReplyBody::Identified { call, .. } => Ok(OnTheLine { world, session, call: call.expose().to_owned() }),
        _ => Err(CheckError::Unexpected("phone_line".to_owned())),
    }
}

fn stands(world: &CheckSandbox<'_>, call: &str) -> Result<CheckReply, CheckError> {
    world.send(Operation::PhoneLineWhoami, json!({ "call": call }))
}

/// ASVS 7.2.3: the token has 128 secret bits, and each of them is checked.
pub fn token(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let OnTheLine { world, call, .. } = on_the_line(context)?;
    let is_hex = call.bytes().all(|byte| byte.is_ascii_hexdigit());
    let bits = if is_hex { (call.len() * 4).saturating_sub(LOCATOR_BITS) } else { 0 };
    findings.record("secret", format!("{bits} bits"), bits >= 128);
    let (head, tail) = call.split_at(LOCATOR_BITS / 4);
    let taken = (0..tail.len()).filter(|at| {
        let changed = if tail.as_bytes()[*at] == b'0' { "1" } else { "0" };
        let other = format!("{head}{}{changed}{}", &tail[..*at], &tail[at + 1..]);
        stands(&world, &other).is_ok_and(|response| response.is_done())
    });
    findings.expect_eq("taken with another digit", taken.count(), 0);
    findings.expect_eq("itself", stands(&world, &call)?, "done");
    Ok(findings)
}

/// ASVS 7.4.x: the events that end a call, including its expiry.
pub fn ended(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let gone = |findings: &mut Observation,
                what: &str,
                act: &dyn Fn(&OnTheLine<'_>) -> Result<(), CheckError>|
     -> Result<(), CheckError> {
        let line = on_the_line(context)?;
        act(&line)?;
        findings.expect_eq(&format!("after {what}"), stands(&line.world, &line.call)?, "call_required");
        Ok(())
    };
    for op in [Operation::AccountClose, Operation::AccountSuspend, Operation::AccountReset] {
        gone(&mut findings, op.as_str(), &|line| line.world.operator_action(op, ANA.niss).map(|_| ()))?;
    }
    gone(&mut findings, "phone_code_change", &|line| {
        line.world.send_ok(Operation::PhoneCodeChange, json!({ "session": line.session, "generate": true })).map(|_| ())
    })?;
    let lifetime = CheckSandbox::new(context)?.store.read(|unit| Ok(unit.policy.call_lifetime.in_seconds()))?;
    findings.record("lifetime", format!("{lifetime}s"), lifetime <= 3600);
    gone(&mut findings, &format!("{lifetime}s"), &|line| line.world.wait(lifetime))?;
    let line = on_the_line(context)?;
    line.world.wait(lifetime - 1)?;
    findings.expect_eq(&format!("{}s", lifetime - 1), stands(&line.world, &line.call)?, "done");
    Ok(findings)
}
