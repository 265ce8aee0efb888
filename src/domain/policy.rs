//! Every number of the service in one typed table (DESIGN.md 4). The store keeps what an operator has changed; the rest
//! is the default that stands here. A change holds for what is issued from then on.
//!
//! Each setting has two pairs of bounds: what makes sense at all, which a sandbox may use to the full, and what
//! STANDARDS.md allows, which holds everywhere else.

use std::fmt::Display;
use std::str::FromStr;

use super::time::Span;
use super::validation_error::ValidationError;
use super::vocabulary::{Channel, PasswordProfile, Purpose, SecondFactorMode};

/// One line of the table: a key, and how it is read from and written to a [`Policy`].
pub struct Setting {
    /// Its name on the command line and in the store.
    pub key: &'static str,
    get: fn(&Policy) -> String,
    set: fn(&mut Policy, &str, BoundsProfile) -> Result<(), ValidationError>,
    bounds: fn(BoundsProfile) -> (String, String),
}

/// Which bounds a value must keep to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundsProfile {
    /// Whatever makes sense: in a sandbox.
    Sandbox,
    /// What the standards allow: everywhere else.
    Standard,
    /// The same where a login has a second factor: a password that does not stand alone may be shorter (63B 3.1.1.2).
    SecondFactor,
}

trait Value: FromStr + PartialOrd + Display + Copy {
    const FORM: ValidationError;
}
impl Value for u32 {
    const FORM: ValidationError = ValidationError::Format("a whole number");
}
impl Value for Span {
    const FORM: ValidationError = ValidationError::Format("90s, 10m, 24h, 8d");
}
impl Value for SecondFactorMode {
    const FORM: ValidationError = ValidationError::UnknownWord("off, on, sms");
}
impl Value for PasswordProfile {
    const FORM: ValidationError = ValidationError::UnknownWord("rcm41, nist");
}

fn read<T: Value>(text: &str, (least, most): (T, T)) -> Result<T, ValidationError> {
    let value: T = text.parse().map_err(|_| T::FORM)?;
    if value < least || value > most {
        return Err(ValidationError::BoundsProfile(least.to_string(), most.to_string()));
    }
    Ok(value)
}

macro_rules! policy {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $default:expr, $key:literal, $sensible:expr, $standard:expr
        $(, with a second factor $second:expr)?;)+) => {
        /// The numbers in force.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Policy { $($(#[$doc])* pub $field: $type,)+ }

        impl Default for Policy {
            fn default() -> Policy { Policy { $($field: $default,)+ } }
        }

        /// The table, in the order of `ssd policy show`.
        pub const SETTINGS: &[Setting] = &[$(Setting {
            key: $key,
            get: |policy| policy.$field.to_string(),
            set: |policy, text, bounds| {
                policy.$field = read(text, policy!(@pair bounds, $sensible, $standard $(, $second)?))?;
                Ok(())
            },
            bounds: |bounds| {
                let (least, most): ($type, $type) = policy!(@pair bounds, $sensible, $standard $(, $second)?);
                (least.to_string(), most.to_string())
            },
        },)+];
    };
    (@pair $bounds:expr, $sensible:expr, $standard:expr) => { policy!(@pair $bounds, $sensible, $standard, $standard) };
    (@pair $bounds:expr, $sensible:expr, $standard:expr, $second:expr) => {
        match $bounds { BoundsProfile::Sandbox => $sensible, BoundsProfile::Standard => $standard, BoundsProfile::SecondFactor => $second }
    };
}

use Span as S;

policy! {
    /// Digits of a code by SMS or e-mail (63B 3.1.3: six at least).
    code_digits: u32 = 6, "code.digits", (6, 10), (6, 10);
    /// Life of a code by SMS (63B 4.2.1.2).
    sms_validity: Span = S::minutes(10), "code.sms.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::minutes(10));
    /// Life of a code by e-mail.
    email_validity: Span = S::hours(24), "code.email.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(24));
    /// Life of a code by letter.
    letter_validity: Span = S::days(21), "code.letter.life", (S::seconds(1), S::days(366)), (S::days(1), S::days(21));
    /// Life of a code by letter to another country.
    letter_abroad_validity: Span = S::days(30), "code.letter_abroad.life", (S::seconds(1), S::days(366)), (S::days(1), S::days(30));
    /// Wrong attempts after which one code by e-mail or SMS is dead.
    code_attempts: u32 = 5, "code.attempts", (1, 1000), (1, 10);
    /// Wrong attempts in a row after which codes of a purpose are blocked (63B 3.2.2: never more than 100).
    code_failures: u32 = 10, "code.failures", (1, 1000), (1, 100);
    /// How long that block lasts.
    code_block: Span = S::hours(1), "code.block", (S::seconds(1), S::days(366)), (S::minutes(1), S::days(30));
    /// How long after a code another may be asked for by e-mail or SMS.
    resend_wait: Span = S::seconds(60), "resend.wait", (S::seconds(0), S::days(366)), (S::seconds(30), S::days(1));
    /// Codes of a purpose in the window.
    max_resends: u32 = 5, "resend.most", (1, 100_000), (1, 20);
    /// The window.
    resend_window: Span = S::hours(24), "resend.window", (S::seconds(1), S::days(366)), (S::hours(1), S::days(30));
    /// The same for letters.
    max_letter_resends: u32 = 4, "resend.letter.most", (1, 100_000), (1, 20);
    /// The window for letters.
    letter_resend_window: Span = S::days(30), "resend.letter.window", (S::seconds(1), S::days(366)), (S::days(1), S::days(366));
    /// Identity checks that may fail in the window before they are blocked.
    identity_failures: u32 = 5, "identity.failures", (1, 100_000), (1, 100);
    /// The window.
    identity_window: Span = S::hours(1), "identity.window", (S::seconds(1), S::days(366)), (S::minutes(10), S::days(30));
    /// How long that block lasts.
    identity_block: Span = S::hours(1), "identity.block", (S::seconds(1), S::days(366)), (S::minutes(1), S::days(30));
    /// Failed logins in a row before a lock, and again before each longer one.
    login_failures: u32 = 5, "login.failures", (1, 1000), (1, 100);
    /// The first lock; each next one is twice as long.
    login_lock: Span = S::minutes(15), "login.lock", (S::seconds(1), S::days(366)), (S::seconds(30), S::days(30));
    /// The longest lock.
    login_lock_most: Span = S::hours(24), "login.lock_most", (S::seconds(1), S::days(366)), (S::minutes(1), S::days(30));
    /// Failed logins in a row after which the password is dead (63B 3.2.2).
    login_dead: u32 = 100, "login.dead", (1, 100_000), (1, 100);
    /// Whether a login wants a code beside the password (in force since May 2026, so newer than the guides).
    second_factor: SecondFactorMode = SecondFactorMode::Off, "login.second_factor",
        (SecondFactorMode::Off, SecondFactorMode::Sms), (SecondFactorMode::Off, SecondFactorMode::Sms);
    /// Life of that code, by whichever channel (63B 3.1.3: ten minutes at most).
    login_code_validity: Span = S::minutes(5), "login.code.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::minutes(10));
    /// Which rule for passwords.
    password_profile: PasswordProfile = PasswordProfile::Rcm41, "password.profile",
        (PasswordProfile::Rcm41, PasswordProfile::Nist), (PasswordProfile::Rcm41, PasswordProfile::Nist);
    /// Code points at least, under `rcm41` (ASVS 6.2.1: eight).
    password_rcm41_least: u32 = 9, "password.rcm41.least", (1, 64), (8, 64);
    /// Code points at least, under `nist` (63B 3.1.1.2: fifteen where it is the only factor, eight where it is not).
    password_nist_least: u32 = 15, "password.nist.least", (1, 64), (15, 64), with a second factor (8, 64);
    /// The least score by zxcvbn, of four.
    password_score: u32 = 3, "password.score", (0, 4), (3, 4);
    /// argon2id: memory in KiB (OWASP).
    argon2_memory: u32 = 19_456, "argon2.memory", (8, 1_048_576), (19_456, 1_048_576);
    /// argon2id: passes.
    argon2_iterations: u32 = 2, "argon2.passes", (1, 20), (2, 20);
    /// argon2id: lanes.
    argon2_parallelism: u32 = 1, "argon2.lanes", (1, 1), (1, 1);
    /// A session ends when it is not used for so long (63B 5).
    session_idle: Span = S::minutes(30), "session.idle", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(1));
    /// A session ends at the latest after so long.
    session_lifetime: Span = S::hours(12), "session.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(24));
    /// A login counts as fresh for so long (ASVS 7.5.1).
    session_fresh: Span = S::minutes(10), "session.fresh", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(1));
    /// Wrong phone codes in a row before it is blocked.
    phone_code_failures: u32 = 3, "phone_code.failures", (1, 1000), (1, 10);
    /// How long a caller who was identified on the phone line is on it (003 G; assumed).
    call_lifetime: Span = S::minutes(15), "phone_line.token.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(1));
    /// Wrong PINs of Chave Móvel Digital in a row before it is blocked (DOMAIN.md).
    cmd_pin_failures: u32 = 3, "cmd.pin.failures", (1, 1000), (1, 10);
    /// Wrong temporary codes in a row, over all of them, before it is blocked.
    cmd_code_failures: u32 = 3, "cmd.code.failures", (1, 1000), (1, 10);
    /// Life of a temporary code (63B 3.1.3: ten minutes at most).
    cmd_code_validity: Span = S::minutes(5), "cmd.code.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::minutes(10));
    /// Working days that a letter takes, as a rule (002 step 9).
    letter_days: u32 = 8, "letter.working_days", (1, 250), (1, 30);
}

impl Setting {
    /// The setting of this name.
    pub fn find(key: &str) -> Option<&'static Setting> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// Its value in `policy`, as text.
    pub fn value(&self, policy: &Policy) -> String {
        (self.get)(policy)
    }

    /// Its lowest and highest value, as text.
    pub fn bounds(&self, bounds: BoundsProfile) -> (String, String) {
        (self.bounds)(bounds)
    }

    /// Changes it in `policy`.
    ///
    /// # Errors
    /// The form or the bounds that `text` does not keep to; `policy` is then as before.
    pub fn change(&self, policy: &mut Policy, text: &str, bounds: BoundsProfile) -> Result<(), ValidationError> {
        (self.set)(policy, text, bounds)
    }

    /// Whether its value in `policy` keeps to these bounds.
    fn is_within(&self, policy: &Policy, bounds: BoundsProfile) -> bool {
        self.change(&mut policy.clone(), &self.value(policy), bounds).is_ok()
    }
}

impl Policy {
    /// Which bounds hold under it outside a sandbox.
    pub fn applicable_bounds(&self) -> BoundsProfile {
        match self.second_factor {
            SecondFactorMode::Off => BoundsProfile::Standard,
            SecondFactorMode::On | SecondFactorMode::Sms => BoundsProfile::SecondFactor,
        }
    }

    /// Whether `later` may follow it outside a sandbox: no other setting is left behind the bounds that hold then.
    ///
    /// # Errors
    /// The first one that is, with its bounds.
    pub fn check_transition(&self, later: &Policy) -> Result<(), ValidationError> {
        let left = |one: &&Setting| {
            one.is_within(self, self.applicable_bounds()) && !one.is_within(later, later.applicable_bounds())
        };
        let Some(one) = SETTINGS.iter().find(left) else { return Ok(()) };
        let (least, most) = one.bounds(later.applicable_bounds());
        Err(ValidationError::ConflictsWithSetting(one.key, format!("{least}-{most}")))
    }

    /// How long a code for this purpose by this channel lives.
    pub fn code_validity(&self, purpose: Purpose, channel: Channel, abroad: bool) -> Span {
        if purpose == Purpose::Login {
            return self.login_code_validity;
        }
        match channel {
            Channel::Sms => self.sms_validity,
            Channel::Email => self.email_validity,
            Channel::Letter if abroad => self.letter_abroad_validity,
            Channel::Letter => self.letter_validity,
        }
    }

    /// The settings that judge passwords and hash them: what was worked out under others has to be worked out again.
    pub fn password_parameters(&self) -> (PasswordProfile, [u32; 6]) {
        let numbers = [
            self.password_rcm41_least,
            self.password_nist_least,
            self.password_score,
            self.argon2_memory,
            self.argon2_iterations,
            self.argon2_parallelism,
        ];
        (self.password_profile, numbers)
    }

    /// The least length of a password, in code points.
    pub fn min_password_length(&self) -> u32 {
        match self.password_profile {
            PasswordProfile::Rcm41 => self.password_rcm41_least,
            PasswordProfile::Nist => self.password_nist_least,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_keeps_to_both_bounds_and_every_standard_bound_is_sensible() {
        for setting in SETTINGS {
            for bounds in [BoundsProfile::Sandbox, BoundsProfile::Standard] {
                let text = setting.value(&Policy::default());
                assert_eq!(setting.change(&mut Policy::default(), &text, bounds), Ok(()), "{}", setting.key);
            }
            let (least, most) = setting.bounds(BoundsProfile::Standard);
            for text in [least, most] {
                assert_eq!(
                    setting.change(&mut Policy::default(), &text, BoundsProfile::Sandbox),
                    Ok(()),
                    "{}",
                    setting.key
                );
            }
        }
    }

    #[test]
    fn a_password_beside_a_second_factor_may_be_shorter_and_keeps_the_factor_from_being_switched_off() {
        let set = |policy: &mut Policy, key: &str, value: &str| {
            let bounds = policy.applicable_bounds();
            Setting::find(key).expect(key).change(policy, value, bounds)
        };
        let mut policy = Policy::default();
        assert!(matches!(set(&mut policy, "password.nist.least", "8"), Err(ValidationError::BoundsProfile(..))));
        for word in ["on", "sms"] {
            let mut policy = Policy::default();
            assert_eq!(set(&mut policy, "login.second_factor", word), Ok(()));
            assert!(matches!(set(&mut policy, "password.nist.least", "7"), Err(ValidationError::BoundsProfile(..))));
            assert_eq!(set(&mut policy, "password.nist.least", "8"), Ok(()));
            let before = policy.clone();
            assert_eq!(set(&mut policy, "login.second_factor", "off"), Ok(()));
            let left = ValidationError::ConflictsWithSetting("password.nist.least", "15-64".to_owned());
            assert_eq!(before.check_transition(&policy), Err(left));
            policy.password_nist_least = 15;
            assert_eq!(before.check_transition(&policy), Ok(()));
        }
    }

    #[test]
    fn outside_a_sandbox_nothing_may_be_weaker_than_the_standards() {
        for (key, weak) in [
            ("code.digits", "5"),
            ("code.sms.life", "11m"),
            ("code.email.life", "25h"),
            ("code.letter.life", "22d"),
            ("code.letter_abroad.life", "31d"),
            ("code.failures", "101"),
            ("login.dead", "101"),
            ("login.code.life", "11m"),
            ("phone_line.token.life", "61m"),
            ("password.score", "2"),
            ("password.nist.least", "14"),
            ("password.rcm41.least", "7"),
            ("argon2.memory", "19455"),
            ("argon2.passes", "1"),
            ("session.idle", "61m"),
            ("session.life", "25h"),
        ] {
            let setting = Setting::find(key).expect(key);
            let refused = setting.change(&mut Policy::default(), weak, BoundsProfile::Standard);
            assert!(matches!(refused, Err(ValidationError::BoundsProfile(..))), "{key} {weak}");
        }
    }
}
