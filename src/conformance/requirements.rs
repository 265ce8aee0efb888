//! The list of requirements, each with its check. The catalogue key of its text is `conform-KEY`. The reason of a known
//! deviation is `conform-KEY-reason`.

use super::harness::CheckContext;
use super::observation::CheckResult;
use crate::conformance::checks::{
    audit, blocklist, chave_movel, code_lifetimes, codes, encryption, enumeration, fail_closed, hashes, limits,
    notifications, passwords, phone_line, randomness, recovery, second_factor, sessions, timing,
};
use crate::domain::vocabulary::string_enum;

string_enum! {
    /// A group of standards, for `ssd conform --standard`.
    Standard {
        /// NIST SP 800-63A-4 and 800-63B-4.
        Nist = "nist",
        /// OWASP ASVS 5.0 and the cheat sheets.
        Asvs = "asvs",
    }
}

/// A requirement of a standard.
pub struct Requirement {
    /// Its number in the standard: `63B 3.1.1.2`.
    pub id: &'static str,
    /// The key of its sentences in the catalogues.
    pub key: &'static str,
    /// Its check.
    pub(super) check: fn(&CheckContext<'_>) -> CheckResult,
}

impl Requirement {
    /// Returns the group of standards of this requirement.
    pub fn standard(&self) -> Standard {
        if self.id.starts_with("63") { Standard::Nist } else { Standard::Asvs }
    }
}

const fn row(id: &'static str, key: &'static str, check: fn(&CheckContext<'_>) -> CheckResult) -> Requirement {
    Requirement { id, key, check }
}

const FORGOT_PASSWORD_SHEET: &str = "cheat sheet forgotten password";
const PASSWORD_STORAGE_SHEET: &str = "cheat sheet password storage";

/// All requirements, by standard.
pub const REQUIREMENTS: &[Requirement] = &[
    row("63A 3.1", "registry-encrypted", encryption::registry),
    row("63A 3.1.2.1", "datum", enumeration::datum),
    row("63A 3.1.2.1", "deceased", enumeration::deceased),
    row("63A 3.8", "enrolment-digits", codes::digits),
    row("63A 3.8", "confirmation-validity", code_lifetimes::confirmation),
    row("63A 3.8", "contact-digits", codes::contact_digits),
    row("63A 3.8", "contact-once", codes::contact_once),
    row("63A 3.10", "proofed", notifications::proofed),
    row("63B 3.1.1.2", "least-nist", passwords::least_nist),
    row("63B 3.1.1.2", "least-default", passwords::least_default),
    row("63B 3.1.1.2", "least-second", second_factor::least),
    row("63B 3.1.1.2", "longest", passwords::longest),
    row("63B 3.1.1.2", "every-character", passwords::no_truncation),
    row("63B 3.1.1.2", "normal", passwords::unicode_normalisation),
    row("63B 3.1.1.2", "no-kinds", passwords::no_composition_rules),
    row("63B 3.1.1.2", "kinds", passwords::default_composition_rules),
    row("63B 3.1.1.2", "no-change", passwords::no_change),
    row("63B 3.1.1.2", "no-hints", passwords::no_hints),
    row("63B 3.1.1.2", "common", blocklist::common),
    row("63B 3.1.1.2", "context", blocklist::context),
    row("63B 3.1.1.2", "service", blocklist::service),
    row("63B 3.1.1.2", "weak-explained", blocklist::reported_why),
    row("63B 3.1.1.2", "memory-hard", hashes::memory_hard),
    row("63B 3.1.1.2", "salt", hashes::salt),
    row("63B 3.1.1.2", "beside", hashes::beside),
    row("63B 3.1.1.2", "keyed-hash", hashes::keyed),
    row("63B 3.1.3", "digits", codes::digits),
    row("63B 3.1.3", "once", codes::once),
    row("63B 3.1.3", "cmd-code", chave_movel::code),
    row("63B 3.1.3", "ten-minutes", code_lifetimes::out_of_band),
    row("63B 3.1.3", "attempts", limits::attempts),
    row("63B 3.1.3", "no-login", codes::no_login),
    row("63B 3.1.3", "login-digits", second_factor::digits),
    row("63B 3.1.3", "login-once", second_factor::once),
    row("63B 3.1.3", "login-code-validity", second_factor::lifetime),
    row("63B 3.1.3", "login-attempts", second_factor::attempts),
    row("63B 3.1.3", "sms-alone", second_factor::sms_alone),
    row("63B 3.1.3", "by-email", second_factor::by_email),
    row("63B 3.2.2", "hundred", limits::hundred),
    row("63B 3.2.2", "unlocked", limits::unlocked),
    row("63B 3.2.2", "new-code", limits::new_code),
    row("63B 3.2.2", "letter-failures", limits::letter),
    row("63B 3.2.2", "phone-code-failures", limits::phone_code),
    row("63B 3.2.2", "cmd-failures", chave_movel::failures),
    row("63B 4.2.1.2", "recovery-sms", code_lifetimes::recovery_sms),
    row("63B 4.2.1.2", "recovery-email", code_lifetimes::recovery_email),
    row("63B 4.2.1.2", "letter-validity", code_lifetimes::letter),
    row("63B 4.2.1.2", "letter-abroad-validity", code_lifetimes::letter_abroad),
    row("63B 4.2.2-3", "proofing", recovery::proofing),
    row("63B 4.2.2-3", "recovered", notifications::recovered),
    row("63B 4.2.2-3", "bound-notified", notifications::bound),
    row("63B 5", "session-duration", sessions::lifetime),
    row("63B 5", "session-idle", sessions::idle),
    row("ASVS 6.2.1", "eight", passwords::minimum_eight),
    row("ASVS 6.2.4", "most-common", blocklist::common),
    row("ASVS 6.2.9", "sixty-four", passwords::longest),
    row("ASVS 6.3.7", "credentials", notifications::credentials),
    row("ASVS 6.3.7", "contacts", notifications::contacts),
    row("ASVS 6.3.7", "locked", notifications::locked),
    row("ASVS 6.3.8", "oracle-register", enumeration::register),
    row("ASVS 6.3.8", "oracle-recover", enumeration::recover),
    row("ASVS 6.3.8", "oracle-login", enumeration::login),
    row("ASVS 6.3.8", "oracle-second-factor", second_factor::alike),
    row("ASVS 6.3.8", "oracle-activate", enumeration::activate),
    row("ASVS 6.3.8", "oracle-recover-confirm", enumeration::recover_confirm),
    row("ASVS 6.3.8", "oracle-phone-code", enumeration::phone_code),
    row("ASVS 6.3.8", "oracle-phone-line", enumeration::phone_line),
    row("ASVS 6.3.8", "login-time", timing::login_time),
    row("ASVS 6.3.8", "code-time", timing::code_time),
    row("ASVS 6.4.1", "activation-code", codes::activation),
    row("ASVS 6.4.6", "operators", recovery::operators),
    row("ASVS 6.5.1", "stale", codes::stale),
    row("ASVS 6.5.2", "keyed", encryption::keyed),
    row("ASVS 6.5.3", "generator", randomness::generator),
    row("ASVS 6.5.4", "twenty-bits", codes::twenty_bits),
    row("ASVS 6.5.5", "ten-minutes-for-all", code_lifetimes::ten_minutes_for_all),
    row("ASVS 6.6.2", "bound", codes::bound),
    row("ASVS 6.6.2", "cmd-bound", chave_movel::bound),
    row("ASVS 6.6.3", "attempts-limited", limits::attempts),
    row("ASVS 6.6.3", "resend", limits::resend),
    row("ASVS 6.6.3", "identity", limits::identity),
    row("ASVS 7.2.3", "token", sessions::token),
    row("ASVS 7.2.3", "no-token", sessions::none),
    row("ASVS 7.2.3", "call-token", phone_line::token),
    row("ASVS 7.2.4", "new-token", sessions::new_each_time),
    row("ASVS 7.4.x", "ended", sessions::ended),
    row("ASVS 7.4.x", "call-ended", phone_line::ended),
    row("ASVS 7.5.1", "fresh", sessions::fresh),
    row("ASVS 11.2.4", "compared", encryption::compared),
    row("ASVS 11.3.x", "authenticated", encryption::authenticated),
    row("ASVS 11.3.x", "nonces", encryption::nonces),
    row("ASVS 11.5.1", "unguessable", sessions::unguessable),
    row("ASVS 16.2", "who-what-when", audit::who_what_when),
    row("ASVS 16.2", "no-secret", audit::no_secret),
    row("ASVS 16.3", "failures", audit::failures),
    row("ASVS 16.4", "forged", audit::forged),
    row("ASVS 16.4", "unalterable", audit::unalterable),
    row("ASVS 16.5", "generic", fail_closed::generic),
    row("ASVS 16.5", "closed", fail_closed::closed),
    row(PASSWORD_STORAGE_SHEET, "cost", hashes::cost),
    row(PASSWORD_STORAGE_SHEET, "quick", hashes::quick),
    row(PASSWORD_STORAGE_SHEET, "renewed", hashes::renewed),
    row(FORGOT_PASSWORD_SHEET, "one-answer", enumeration::recover),
    row(FORGOT_PASSWORD_SHEET, "one-time", timing::recover_time),
    row(FORGOT_PASSWORD_SHEET, "single-use", recovery::once),
    row(FORGOT_PASSWORD_SHEET, "unchanged", recovery::unchanged),
    row(FORGOT_PASSWORD_SHEET, "notified-after", notifications::recovered),
    row(FORGOT_PASSWORD_SHEET, "destination", notifications::destination),
    row(FORGOT_PASSWORD_SHEET, "no-session", recovery::no_session),
];
