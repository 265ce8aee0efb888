//! Attempt limits (63B 3.1.3, 3.2.2; ASVS 6.6.3). Each check reaches a limit and tries the next attempt.

use serde_json::json;

use crate::conformance::check_reply::CheckReply;
use crate::conformance::harness::{CheckContext, CheckSandbox, PASSWORD, wrong_code};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, ANTONIO, with};
use crate::reply::{Reply, ReplyBody};
use crate::request::Operation;

/// A year in seconds: longer than any lockout.
const YEAR: i64 = 366 * 86_400;
/// A wrong password.
const GUESS: &str = "Porto";

/// Returns the time in seconds at which a refusal ends by itself.
fn retry(response: &CheckReply) -> Option<i64> {
    match &response.reply {
        Ok(Reply::Refused(refusal)) => refusal.retry_at.map(|at| at.seconds()),
        _ => None,
    }
}

/// Enters wrong activation codes.
fn guess(world: &CheckSandbox<'_>, niss: &str, code: &str, times: usize) -> Result<(), CheckError> {
    for _ in 0..times {
        let response = world.activate(niss, &wrong_code(code), PASSWORD)?;
        if response.to_string() != "code_wrong" {
            return Err(CheckError::Unexpected(format!("guess: {response}")));
        }
    }
    Ok(())
}

/// 63B 3.1.3: a code is blocked after five wrong attempts, and valid after four.
pub fn attempts(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for (times, wanted) in [(4, "done"), (5, "code_blocked")] {
        for channel in ["sms", "email"] {
            let world = CheckSandbox::new(context)?;
            let code = world.register(&ANA, channel)?;
            guess(&world, ANA.niss, &code, times)?;
            findings.expect_eq(
                &format!("{channel} attempt {}", times + 1),
                world.activate(ANA.niss, &code, PASSWORD)?,
                wanted,
            );
        }
    }
    Ok(findings)
}

/// 63B 3.2.2: a new code does not reset the counter. Ten wrong attempts over two codes block the purpose.
pub fn new_code(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let first = world.register(&ANA, "email")?;
    guess(&world, ANA.niss, &first, 5)?;
    world.wait(60)?;
    let second = world.register(&ANA, "email")?;
    guess(&world, ANA.niss, &second, 5)?;
    let response = world.activate(ANA.niss, &second, PASSWORD)?;
    findings.expect_eq("attempt 11", &response, "code_blocked");
    findings.record("retry_at", retry(&response).is_some(), retry(&response).is_some());
    world.wait(60)?;
    findings.expect_eq("a third code", world.send(Operation::Register, ANA.portal("email"))?, "code_blocked");
    Ok(findings)
}

/// Fails a number of logins in a row, waiting for the end of each lockout.
fn fail_logins(world: &CheckSandbox<'_>, times: usize) -> Result<usize, CheckError> {
    let mut failed = 0;
    for _ in 0..times * 3 {
        if failed == times {
            break;
        }
        let response = world.login(ANA.niss, GUESS)?;
        match response.to_string().as_str() {
            "login_failed" => failed += 1,
            "login_locked" if retry(&response).is_some() => world.wait(86_400)?,
            _ => break,
        }
    }
    Ok(failed)
}

/// 63B 3.2.2: 100 failed logins in a row disable the password for good; 99 do not.
pub fn hundred(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for (times, wanted) in [(99, "done"), (100, "login_locked")] {
        let world = CheckSandbox::new(context)?;
        world.register_and_activate(&ANA, PASSWORD)?;
        findings.expect_eq("failures", fail_logins(&world, times)?, times);
        world.wait(YEAR)?;
        findings.expect_eq(&format!("right password after {times}"), world.login(ANA.niss, PASSWORD)?, wanted);
        if times == 100 {
            world.operator_action(Operation::AccountUnlock, ANA.niss)?;
            findings.expect_eq("after account_unlock", world.login(ANA.niss, PASSWORD)?, "login_locked");
            let code = world.request_recovery(&ANA, "sms")?;
            findings.expect_eq("recover_confirm", world.recover(ANA.niss, &code, "Moinho_7_Granito_Vela")?, "done");
        }
    }
    Ok(findings)
}

/// 63B 3.2.2: an operator's unlock and a recovery request do not reset the counter.
pub fn unlocked(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    findings.expect_eq("failures", fail_logins(&world, 50)?, 50);
    world.operator_action(Operation::AccountUnlock, ANA.niss)?;
    findings.expect_eq("more failures", fail_logins(&world, 50)?, 50);
    world.wait(YEAR)?;
    findings.expect_eq("right password", world.login(ANA.niss, PASSWORD)?, "login_locked");
    Ok(findings)
}

/// 63B 3.2.2: phone codes.
pub fn phone_code(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for (times, wanted) in [(2, "done"), (3, "phone_code_blocked")] {
        let world = CheckSandbox::new(context)?;
        world.register_and_activate(&ANA, PASSWORD)?;
        let session = world.log_in(ANA.niss, PASSWORD)?;
        let ReplyBody::PhoneCode { phone_code: Some(code) } =
            world.send_ok(Operation::PhoneCodeSet, json!({ "session": session }))?
        else {
            return Err(CheckError::Unexpected("phone_code".to_owned()));
        };
        let verify = |code: &str| world.send(Operation::PhoneCodeVerify, json!({ "niss": ANA.niss, "code": code }));
        for _ in 0..times {
            verify(&wrong_code(code.expose()))?;
        }
        world.wait(YEAR)?;
        findings.expect_eq(&format!("right code after {times}"), verify(code.expose())?, wanted);
    }
    Ok(findings)
}

/// 63B 3.2.2: the number of guesses against a code by letter while it is valid, waiting for each block to end.
pub fn letter(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let ReplyBody::CodeIssued { code_expires_at, .. } = world.send_ok(Operation::Register, ANTONIO.portal("letter"))?
    else {
        return Err(CheckError::Unexpected("register".to_owned()));
    };
    let code = world.code(ANTONIO.niss)?;
    let (mut guesses, mut blocks) = (0, vec![]);
    while guesses < 100 {
        let response = world.activate(ANTONIO.niss, &wrong_code(&code), PASSWORD)?;
        let now = world.store.now()?.seconds();
        match (response.to_string().as_str(), retry(&response)) {
            ("code_wrong", _) => guesses += 1,
            ("code_blocked", Some(until)) if until < code_expires_at.seconds() => {
                blocks.push((guesses, until - now));
                world.wait(until - now)?;
            }
            _ => break,
        }
    }
    if guesses < 100 {
        findings.note("guesses while it is valid", guesses);
        return Ok(findings);
    }
    // The known deviation and nothing worse: ten guesses per hour.
    let (first, wait) = blocks.first().copied().unwrap_or((guesses, 0));
    findings.record("first block", format!("{wait}s after {first}"), first <= 10 && wait >= 3600);
    let mut response = world.activate(ANTONIO.niss, &code, PASSWORD)?;
    if let Some(until) = retry(&response) {
        // A block that ends by itself does not invalidate the code.
        world.wait(until - world.store.now()?.seconds())?;
        response = world.activate(ANTONIO.niss, &code, PASSWORD)?;
    }
    if response.is_done() {
        findings.note("right code after 100", response);
        findings.deviates();
    } else {
        findings.expect_eq("right code after 100", response, "code_blocked");
    }
    Ok(findings)
}

/// ASVS 6.6.3: the number of codes is limited.
pub fn resend(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    world.register(&ANA, "sms")?;
    world.wait(59)?;
    findings.expect_eq("59s", world.send(Operation::Register, ANA.portal("sms"))?, "too_soon");
    world.wait(1)?;
    findings.expect_eq("60s", world.send(Operation::Register, ANA.portal("sms"))?, "done");
    for _ in 0..3 {
        world.wait(60)?;
        world.register(&ANA, "sms")?;
    }
    world.wait(60)?;
    findings.expect_eq("6th in 24h", world.send(Operation::Register, ANA.portal("sms"))?, "too_many_codes");
    Ok(findings)
}

/// ASVS 6.6.3: identity checks are limited over all procedures.
pub fn identity(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    for _ in 0..4 {
        world.send(Operation::Register, with(ANA.portal("sms"), "birth_date", "1984-03-23"))?;
    }
    findings.expect_eq(
        "5th",
        world.send(Operation::RecoverRequest, with(ANA.recovery("sms"), "nif", "100000037"))?,
        "identity_mismatch",
    );
    findings.expect_eq("right data", world.send(Operation::Register, ANA.portal("sms"))?, "identity_blocked");
    Ok(findings)
}
