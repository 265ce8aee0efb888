//! Failures grant nothing and reveal nothing (ASVS 16.5).

use crate::conformance::harness::{CheckSandbox, OTHER, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, RUI};
use crate::conformance::runner::CheckRunner;
use crate::conformance::tamper;
use crate::domain::validation_error::ValidationError;
use crate::request::Operation;

/// Returns the error text if the request failed.
fn failure<T>(tried: Result<T, CheckError>) -> Option<String> {
    match tried {
        Err(CheckError::Failed(error)) => Some(format!("{error} {error:?}")),
        _ => None,
    }
}

/// ASVS 16.5: a request that fails midway changes nothing.
pub fn closed(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    let code = world.register(&ANA, "sms")?;
    let before = world.audit()?.len();
    tamper::drop_outbox(&world.store)?;
    let failed = |findings: &mut Observation, what: &str, rendered: Option<String>| {
        findings.record(what, if rendered.is_some() { "error" } else { "done" }, rendered.is_some());
        let secrets = [PASSWORD, OTHER, code.as_str()];
        let leaks = rendered.is_some_and(|rendered| secrets.iter().any(|secret| rendered.contains(secret)));
        findings.record("secret in the error", leaks, !leaks);
    };
    failed(&mut findings, "activate without an outbox", failure(world.activate(ANA.niss, &code, PASSWORD)));
    failed(&mut findings, "register without an outbox", failure(world.send(Operation::Register, RUI.portal("sms"))));
    findings.expect_eq("login", world.login(ANA.niss, PASSWORD)?, "login_failed");
    // The entry of the login only.
    findings.expect_eq("new entries", world.audit()?.len() - before, 1);
    Ok(findings)
}

/// ASVS 16.5: the error about an invalid value does not repeat the value.
pub fn generic(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    let long = "Segredo-9-".repeat(30);
    for (what, response) in [
        ("password", world.activate(ANA.niss, "000000", &long)?),
        ("code", world.activate(ANA.niss, "Segredo-9-", PASSWORD)?),
    ] {
        let rendered = response.reply.as_ref().err().map(ValidationError::to_string).unwrap_or_default();
        let debug = format!("{:?}", response.reply);
        findings.expect_eq(what, &response, "malformed");
        let repeats = rendered.contains("Segredo") || debug.contains("Segredo");
        findings.record("repeated", repeats, !repeats);
    }
    Ok(findings)
}
