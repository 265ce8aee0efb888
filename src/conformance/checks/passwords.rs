//! Password rules (63B 3.1.1.2; ASVS 6.2.1, 6.2.9). Each password is set by an activation, as a holder does.

use crate::conformance::check_reply::CheckReply;
use crate::conformance::harness::{CheckSandbox, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::ANA;
use crate::conformance::runner::CheckRunner;
use crate::reply::ReplyBody;
use crate::request::Request;

/// Both password profiles.
const PROFILES: [&str; 2] = ["rcm41", "nist"];

/// A strong password with all kinds of characters, cut to the needed length.
const STRONG: &str = "vX7#qLz2mWk9pBt4";

/// Sets passwords by activation in its own sandbox.
pub struct PasswordForm<'a> {
    /// The sandbox.
    pub world: CheckSandbox<'a>,
    /// The activation code.
    pub code: String,
}

impl<'a> PasswordForm<'a> {
    /// Returns a form under the named profile.
    ///
    /// # Errors
    /// The sandbox can't be created.
    pub fn under(bench: &'a CheckRunner<'a>, profile: &str) -> Result<PasswordForm<'a>, CheckError> {
        let world = CheckSandbox::under(bench, profile)?;
        let code = world.register(&ANA, "email")?;
        Ok(PasswordForm { world, code })
    }

    /// Tries a password. A refusal leaves the code valid.
    pub fn submit(&self, password: &str) -> Result<CheckReply, CheckError> {
        self.world.activate(ANA.niss, &self.code, password)
    }
}

/// Returns the outcome of a password in its own sandbox.
pub fn outcome_of(bench: &CheckRunner<'_>, profile: &str, password: &str) -> Result<String, CheckError> {
    Ok(PasswordForm::under(bench, profile)?.submit(password)?.reason_and_variant())
}

fn strong(length: usize) -> &'static str {
    STRONG.get(..length).unwrap_or(STRONG)
}

/// Returns a password of that many code points in which no two neighbours repeat.
fn long(length: usize) -> String {
    const KINDS: &[u8] = b"vX7#qLz2mWk9pBt4-Rf8+Jd5cGh3nYs6";
    (0..length).map(|at| char::from(KINDS[(at * at / 7 + at * 5) % KINDS.len()])).collect()
}

/// 63B 3.1.1.2: at least 15 characters under `nist`.
pub fn least_nist(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    findings.expect_eq("nist 14", outcome_of(bench, "nist", strong(14))?, "password_weak/short");
    findings.expect_eq("nist 15", outcome_of(bench, "nist", strong(15))?, "done");
    Ok(findings)
}

/// 63B 3.1.1.2: at least 15 characters under the default profile.
pub fn least_default(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let tried = |password: &str| -> Result<String, CheckError> {
        let world = CheckSandbox::new(bench)?;
        let code = world.register(&ANA, "email")?;
        Ok(world.activate(ANA.niss, &code, password)?.reason_and_variant())
    };
    let fourteen = tried(strong(14))?;
    if fourteen == "password_weak/short" {
        findings.expect_eq("14", fourteen, "password_weak/short");
        findings.expect_eq("15", tried(strong(15))?, "done");
        return Ok(findings);
    }
    findings.expect_eq("8", tried(strong(8))?, "password_weak/short");
    findings.expect_eq("9", tried(strong(9))?, "done");
    findings.deviates();
    Ok(findings)
}

/// ASVS 6.2.1: at least eight characters under every profile.
pub fn minimum_eight(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for profile in PROFILES {
        findings.expect_eq(&format!("{profile} 7"), outcome_of(bench, profile, strong(7))?, "password_weak/short");
    }
    Ok(findings)
}

/// 63B 3.1.1.2, ASVS 6.2.9: 64 characters are allowed, and more.
pub fn longest(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for profile in PROFILES {
        for (length, wanted) in [(64, "done"), (256, "done"), (257, "malformed")] {
            findings.expect_eq(&format!("{profile} {length}"), outcome_of(bench, profile, &long(length))?, wanted);
        }
    }
    // A code point counts as one, however many bytes it has.
    findings.expect_eq(
        "256 of 2 bytes",
        outcome_of(bench, "nist", &long(256).replace('v', "é").replace('q', "ç"))?,
        "done",
    );
    Ok(findings)
}

/// 63B 3.1.1.2: passwords are not truncated: a difference in any character counts.
pub fn no_truncation(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let door = PasswordForm::under(bench, "nist")?;
    let password = long(256);
    findings.expect_eq("256", door.submit(&password)?, "done");
    for at in [64, 65, 73, 128, 255, 256] {
        let mut other = password.clone();
        other.replace_range(at - 1..at, "!");
        findings.expect_eq(&format!("another {at}th"), door.world.login(ANA.niss, &other)?, "login_failed");
        // A right password in between, so that no lockout hides the comparison.
        if !door.world.login(ANA.niss, &password)?.is_done() {
            findings.expect_eq("itself", "login_failed", "done");
        }
    }
    findings.expect_eq("first 64", door.world.login(ANA.niss, &password[..64])?, "login_failed");
    findings.expect_eq("itself", door.world.login(ANA.niss, &password)?, "done");
    Ok(findings)
}

/// 63B 3.1.1.2: both Unicode forms of a text are one password.
pub fn unicode_normalisation(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let (nfc, nfd) = ("Avi\u{e3}o-\u{e0}-Lua-9-C\u{e9}u", "Avia\u{303}o-a\u{300}-Lua-9-Ce\u{301}u");
    for (set, typed, what) in [(nfc, nfd, "NFC then NFD"), (nfd, nfc, "NFD then NFC")] {
        let door = PasswordForm::under(bench, "rcm41")?;
        findings.expect_eq("set", door.submit(set)?, "done");
        findings.expect_eq(what, door.world.login(ANA.niss, typed)?, "done");
    }
    Ok(findings)
}

/// 63B 3.1.1.2: no composition rules under `nist`.
pub fn no_composition_rules(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for (what, password) in
        [("a-z", "trigovioletaoceanomoinho"), ("0-9", "8402917365518293"), ("words", "moinho violeta trigo")]
    {
        findings.expect_eq(what, outcome_of(bench, "nist", password)?, "done");
    }
    Ok(findings)
}

/// 63B 3.1.1.2: no composition rules under the default profile.
pub fn default_composition_rules(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    let code = world.register(&ANA, "email")?;
    let response = world.activate(ANA.niss, &code, "trigovioletaoceanomoinho")?.reason_and_variant();
    if response == "password_weak/classes" {
        findings.note("a-z", response);
        findings.expect_eq("3 kinds", world.activate(ANA.niss, &code, "Trigo-violeta-oceano")?, "done");
        findings.deviates();
    } else {
        findings.expect_eq("a-z", response, "done");
    }
    Ok(findings)
}

/// 63B 3.1.1.2: passwords do not expire.
pub fn no_change(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    for years in [1, 10] {
        world.wait(years * 366 * 86_400)?;
        match world.login(ANA.niss, PASSWORD)?.body()? {
            ReplyBody::LoggedIn { due, .. } => {
                let due: Vec<&str> = due.iter().map(|due| due.as_str()).collect();
                findings.record(&format!("after {years} more years, due"), due.join(" "), !due.contains(&"password"));
            }
            _ => findings.expect_eq("login", "-", "done"),
        }
    }
    Ok(findings)
}

/// 63B 3.1.1.2: no password hints and no security questions.
pub fn no_hints(_: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let fields =
        || Request::OPERATIONS.iter().filter_map(|op| Request::empty(*op)).flat_map(|request| request.fields().iter());
    let hints =
        fields().filter(|field| ["hint", "question", "answer", "reminder"].iter().any(|word| field.contains(word)));
    findings.expect_eq("fields that hint", hints.count(), 0);
    findings.record("fields looked at", fields().count(), fields().any(|field| *field == "password"));
    Ok(findings)
}
