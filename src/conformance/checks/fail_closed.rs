//! What happens when something goes wrong (ASVS 16.5): nothing is let through, and nothing is given away.

use crate::conformance::harness::{CheckContext, CheckSandbox, OTHER, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, RUI};
use crate::conformance::tamper;
use crate::domain::validation_error::ValidationError;
use crate::request::Operation;

/// Whether something failed, and what was told of it.
fn failure<T>(tried: Result<T, CheckError>) -> Option<String> {
    match tried {
        Err(CheckError::Failed(error)) => Some(format!("{error} {error:?}")),
        _ => None,
    }
}

/// ASVS 16.5: what fails half-way is as if it had not been begun.
pub fn closed(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = CheckSandbox::new(context)?;
    let code = world.register(&ANA, "sms")?;
    let before = world.audit()?.len();
    tamper::drop_outbox(&world.store)?;
    let failed = |observation_value: &mut Observation, what: &str, rendered: Option<String>| {
        observation_value.record(what, if rendered.is_some() { "error" } else { "done" }, rendered.is_some());
        let secrets = [PASSWORD, OTHER, code.as_str()];
        let leaks = rendered.is_some_and(|rendered| secrets.iter().any(|secret| rendered.contains(secret)));
        observation_value.record("secret in the error", leaks, !leaks);
    };
    failed(&mut observation_value, "activate without an outbox", failure(world.activate(ANA.niss, &code, PASSWORD)));
    failed(
        &mut observation_value,
        "register without an outbox",
        failure(world.send(Operation::Register, RUI.portal("sms"))),
    );
    observation_value.expect_eq("login", world.login(ANA.niss, PASSWORD)?, "login_failed");
    // The login's own entry alone.
    observation_value.expect_eq("new entries", world.audit()?.len() - before, 1);
    Ok(observation_value)
}

/// ASVS 16.5: what is told of a value that can't be read doesn't repeat it.
pub fn generic(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = CheckSandbox::new(context)?;
    let long = "Segredo-9-".repeat(30);
    for (what, response) in [
        ("password", world.activate(ANA.niss, "000000", &long)?),
        ("code", world.activate(ANA.niss, "Segredo-9-", PASSWORD)?),
    ] {
        let rendered = response.reply.as_ref().err().map(ValidationError::to_string).unwrap_or_default();
        let debug = format!("{:?}", response.reply);
        observation_value.expect_eq(what, &response, "malformed");
        let repeats = rendered.contains("Segredo") || debug.contains("Segredo");
        observation_value.record("repeated", repeats, !repeats);
    }
    Ok(observation_value)
}
