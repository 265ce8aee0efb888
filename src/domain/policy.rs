//! The policy: every number of the service, and the sender of its letters, in one typed table.
//!
//! The store has only the settings that an operator changed; the others have their default here. A change applies to
//! codes, sessions and lockouts that start later.
//!
//! Each setting has two pairs of bounds. A sandbox accepts every sensible value; any other store accepts only values
//! that the standards allow (`src/domain/README.md`).

use std::fmt::Display;
use std::str::FromStr;

use super::letter_sender::LetterSender;
use super::time::Span;
use super::validation_error::ValidationError;
use super::vocabulary::{
    AccountType, Channel, CompanySecondFactor, NameComparison, PasswordProfile, Purpose, SecondFactorMode,
};

/// One row of the table: a key, and the functions that read and write its field of a [`Policy`].
pub struct Setting {
    /// The name on the command line and in the store.
    pub key: &'static str,
    get: fn(&Policy) -> String,
    set: fn(&mut Policy, &str, BoundsProfile) -> Result<(), ValidationError>,
    bounds: fn(BoundsProfile) -> (String, String),
}

/// The bounds that apply to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundsProfile {
    /// Sensible values, for a sandbox.
    Sandbox,
    /// Values that the standards allow, for any other store.
    Standard,
    /// As `Standard`, but with a second factor. Then a password may be shorter, because it is not the only factor
    /// (63B 3.1.1.2).
    SecondFactor,
}

trait Value: FromStr + Display + Clone {
    const FORM: ValidationError;
    /// What the bounds limit: the value itself, or the size of a text.
    type Measure: PartialOrd + Display;
    fn measure(&self) -> Self::Measure;
}

/// Declares values that are compared with their bounds.
macro_rules! ordered {
    ($($type:ty: $form:expr;)+) => {$(
        impl Value for $type {
            const FORM: ValidationError = $form;
            type Measure = $type;
            fn measure(&self) -> $type {
                *self
            }
        }
    )+};
}

ordered! {
    u32: ValidationError::Format("an integer");
    Span: ValidationError::Format("90s, 10m, 24h, 8d");
    SecondFactorMode: ValidationError::UnknownWord("off, optional, on, sms");
    CompanySecondFactor: ValidationError::UnknownWord("same, off, optional, on, sms");
    NameComparison: ValidationError::UnknownWord("strict, particles");
    PasswordProfile: ValidationError::UnknownWord("rcm41, nist");
}

impl Value for LetterSender {
    const FORM: ValidationError = ValidationError::Format("Segurança Social; Rua Inventada 100; 1000-999 Lisboa");
    type Measure = usize;
    /// Returns the number of lines.
    fn measure(&self) -> usize {
        self.lines().count()
    }
}
fn read<T: Value>(text: &str, (least, most): (T::Measure, T::Measure)) -> Result<T, ValidationError> {
    let value: T = text.parse().map_err(|_| T::FORM)?;
    let measure = value.measure();
    if measure < least || measure > most {
        return Err(ValidationError::BoundsProfile(least.to_string(), most.to_string()));
    }
    Ok(value)
}

macro_rules! policy {
    ($($(#[$doc:meta])* $field:ident: $type:ty = $default:expr, $key:literal, $sensible:expr, $standard:expr
        $(, with a second factor $second:expr)?;)+) => {
        /// The settings in force.
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
                policy.$field = read::<$type>(text, policy!(@pair bounds, $sensible, $standard $(, $second)?))?;
                Ok(())
            },
            bounds: |bounds| {
                let (least, most): (<$type as Value>::Measure, <$type as Value>::Measure) = policy!(@pair bounds, $sensible, $standard $(, $second)?);
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
    /// The number of digits of a code by SMS or e-mail (63B 3.1.3: at least six).
    code_digits: u32 = 6, "code.digits", (6, 10), (6, 10);
    /// The validity of a code by SMS (63B 4.2.1.2).
    sms_validity: Span = S::minutes(10), "code.sms.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::minutes(10));
    /// The validity of a code by e-mail.
    email_validity: Span = S::hours(24), "code.email.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(24));
    /// The validity of a code by letter.
    letter_validity: Span = S::days(21), "code.letter.life", (S::seconds(1), S::days(366)), (S::days(1), S::days(21));
    /// The validity of a code by letter to another country.
    letter_abroad_validity: Span = S::days(30), "code.letter_abroad.life", (S::seconds(1), S::days(366)), (S::days(1), S::days(30));
    /// The wrong attempts after which one code by e-mail or SMS becomes invalid.
    code_attempts: u32 = 5, "code.attempts", (1, 1000), (1, 10);
    /// The consecutive wrong attempts that block the codes of a purpose (63B 3.2.2: at most 100).
    code_failures: u32 = 10, "code.failures", (1, 1000), (1, 100);
    /// The duration of that block.
    code_block: Span = S::hours(1), "code.block", (S::seconds(1), S::days(366)), (S::minutes(1), S::days(30));
    /// The waiting time between two codes by e-mail or SMS.
    resend_wait: Span = S::seconds(60), "resend.wait", (S::seconds(0), S::days(366)), (S::seconds(30), S::days(1));
    /// The highest number of codes per purpose in the window.
    max_resends: u32 = 5, "resend.most", (1, 100_000), (1, 20);
    /// The window of `resend.most`.
    resend_window: Span = S::hours(24), "resend.window", (S::seconds(1), S::days(366)), (S::hours(1), S::days(30));
    /// The highest number of codes by letter per purpose in their window.
    max_letter_resends: u32 = 4, "resend.letter.most", (1, 100_000), (1, 20);
    /// The window of `resend.letter.most`.
    letter_resend_window: Span = S::days(30), "resend.letter.window", (S::seconds(1), S::days(366)), (S::days(1), S::days(366));
    /// The failed identity checks in the window that block identity checks.
    identity_failures: u32 = 5, "identity.failures", (1, 100_000), (1, 100);
    /// The window of `identity.failures`.
    identity_window: Span = S::hours(1), "identity.window", (S::seconds(1), S::days(366)), (S::minutes(10), S::days(30));
    /// The duration of that block.
    identity_block: Span = S::hours(1), "identity.block", (S::seconds(1), S::days(366)), (S::minutes(1), S::days(30));
    /// The comparison of names (assumed; particles are what people most often leave out).
    identity_name: NameComparison = NameComparison::Strict, "identity.name",
        (NameComparison::Strict, NameComparison::Particles), (NameComparison::Strict, NameComparison::Particles);
    /// The consecutive failed logins before a lock, and again before each longer lock.
    login_failures: u32 = 5, "login.failures", (1, 1000), (1, 100);
    /// The duration of the first login lock. Each further lock takes twice as long.
    login_lock: Span = S::minutes(15), "login.lock", (S::seconds(1), S::days(366)), (S::seconds(30), S::days(30));
    /// The longest duration of a login lock.
    login_lock_most: Span = S::hours(24), "login.lock_most", (S::seconds(1), S::days(366)), (S::minutes(1), S::days(30));
    /// The consecutive failed logins that disable the password (63B 3.2.2).
    login_dead: u32 = 100, "login.dead", (1, 100_000), (1, 100);
    /// Whether a login needs a code besides the password (in force since May 2026, later than the guides).
    second_factor: SecondFactorMode = SecondFactorMode::Off, "login.second_factor",
        (SecondFactorMode::Off, SecondFactorMode::Sms), (SecondFactorMode::Off, SecondFactorMode::Sms);
    /// The second factor of companies and employers.
    second_factor_company: CompanySecondFactor = CompanySecondFactor::Same, "login.second_factor.company",
        (CompanySecondFactor::Same, CompanySecondFactor::Sms), (CompanySecondFactor::Same, CompanySecondFactor::Sms);
    /// The validity of that code by SMS and e-mail (63B 3.1.3: at most ten minutes).
    login_code_validity: Span = S::minutes(5), "login.code.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::minutes(10));
    /// The password rule.
    password_profile: PasswordProfile = PasswordProfile::Rcm41, "password.profile",
        (PasswordProfile::Rcm41, PasswordProfile::Nist), (PasswordProfile::Rcm41, PasswordProfile::Nist);
    /// The least number of code points under `rcm41` (ASVS 6.2.1: eight).
    password_rcm41_least: u32 = 9, "password.rcm41.least", (1, 64), (8, 64);
    /// The least number of code points under `nist` (63B 3.1.1.2: 15 as the only factor, else eight).
    password_nist_least: u32 = 15, "password.nist.least", (1, 64), (15, 64), with a second factor (8, 64);
    /// The least zxcvbn score, 0 to 4.
    password_score: u32 = 3, "password.score", (0, 4), (3, 4);
    /// The memory of argon2id in KiB (OWASP).
    argon2_memory: u32 = 19_456, "argon2.memory", (8, 1_048_576), (19_456, 1_048_576);
    /// The passes of argon2id.
    argon2_iterations: u32 = 2, "argon2.passes", (1, 20), (2, 20);
    /// The lanes of argon2id.
    argon2_parallelism: u32 = 1, "argon2.lanes", (1, 1), (1, 1);
    /// The time without use after which a session ends (63B 5).
    session_idle: Span = S::minutes(30), "session.idle", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(1));
    /// The longest duration of a session.
    session_lifetime: Span = S::hours(12), "session.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(24));
    /// The time for which a login counts as fresh (ASVS 7.5.1).
    session_fresh: Span = S::minutes(10), "session.fresh", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(1));
    /// The consecutive wrong phone codes that block the phone code.
    phone_code_failures: u32 = 3, "phone_code.failures", (1, 1000), (1, 10);
    /// The validity of a call token on the phone line (003 G; assumed).
    call_lifetime: Span = S::minutes(15), "phone_line.token.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::hours(1));
    /// The consecutive wrong PINs that block Chave Móvel Digital (`src/domain/README.md`).
    cmd_pin_failures: u32 = 3, "cmd.pin.failures", (1, 1000), (1, 10);
    /// The duration of the first block by wrong PINs or temporary codes. Each further block takes twice as long, up to
    /// `login.lock_most`.
    cmd_block: Span = S::hours(1), "cmd.pin.block", (S::seconds(1), S::days(366)), (S::minutes(1), S::days(30));
    /// The consecutive wrong temporary codes, over all of them, that block Chave Móvel Digital.
    cmd_code_failures: u32 = 3, "cmd.code.failures", (1, 1000), (1, 10);
    /// The validity of a temporary code (63B 3.1.3: at most ten minutes).
    cmd_code_validity: Span = S::minutes(5), "cmd.code.life", (S::seconds(1), S::days(366)), (S::minutes(1), S::minutes(10));
    /// The usual delivery time of a letter, in working days (002 step 9).
    letter_days: u32 = 8, "letter.working_days", (1, 250), (1, 30);
    /// The usual delivery time of a letter to another country, in working days of Portugal (assumed).
    letter_abroad_days: u32 = 12, "letter.abroad.days", (1, 250), (1, 30);
    /// The sender of letters, an invented address. The bounds are its lines.
    letter_sender: LetterSender = LetterSender::default(), "letter.sender", (2, 5), (2, 5);
}

impl Setting {
    /// Returns the setting with this key.
    pub fn find(key: &str) -> Option<&'static Setting> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// Returns its value in `policy` as text.
    pub fn value(&self, policy: &Policy) -> String {
        (self.get)(policy)
    }

    /// Returns its lowest and highest value as text.
    pub fn bounds(&self, bounds: BoundsProfile) -> (String, String) {
        (self.bounds)(bounds)
    }

    /// Sets its value in `policy`.
    ///
    /// # Errors
    /// `text` is malformed or outside the bounds. `policy` is unchanged then.
    pub fn change(&self, policy: &mut Policy, text: &str, bounds: BoundsProfile) -> Result<(), ValidationError> {
        (self.set)(policy, text, bounds)
    }

    /// Returns whether its value in `policy` is within these bounds.
    fn is_within(&self, policy: &Policy, bounds: BoundsProfile) -> bool {
        self.change(&mut policy.clone(), &self.value(policy), bounds).is_ok()
    }
}

impl Policy {
    /// Returns the second factor of accounts of a type.
    pub fn second_factor_for(&self, account_type: AccountType) -> SecondFactorMode {
        match (account_type, self.second_factor_company) {
            (AccountType::Citizen, _) | (AccountType::Company, CompanySecondFactor::Same) => self.second_factor,
            (AccountType::Company, CompanySecondFactor::Off) => SecondFactorMode::Off,
            (AccountType::Company, CompanySecondFactor::Optional) => SecondFactorMode::Optional,
            (AccountType::Company, CompanySecondFactor::On) => SecondFactorMode::On,
            (AccountType::Company, CompanySecondFactor::Sms) => SecondFactorMode::Sms,
        }
    }

    /// Returns the bounds that apply outside a sandbox. A password may be shorter only if nobody logs in with it alone.
    pub fn applicable_bounds(&self) -> BoundsProfile {
        match AccountType::ALL.iter().all(|account_type| self.second_factor_for(*account_type).is_for_all()) {
            true => BoundsProfile::SecondFactor,
            false => BoundsProfile::Standard,
        }
    }

    /// Checks that changing this policy to `later` leaves no other setting outside its bounds. It applies outside a
    /// sandbox.
    ///
    /// # Errors
    /// The first setting outside its bounds, with those bounds.
    pub fn check_transition(&self, later: &Policy) -> Result<(), ValidationError> {
        let left = |one: &&Setting| {
            one.is_within(self, self.applicable_bounds()) && !one.is_within(later, later.applicable_bounds())
        };
        let Some(one) = SETTINGS.iter().find(left) else { return Ok(()) };
        let (least, most) = one.bounds(later.applicable_bounds());
        Err(ValidationError::ConflictsWithSetting(one.key, format!("{least}-{most}")))
    }

    /// Returns the validity of a code.
    pub fn code_validity(&self, purpose: Purpose, channel: Channel, abroad: bool) -> Span {
        if purpose == Purpose::Login && channel != Channel::Letter {
            return self.login_code_validity;
        }
        match channel {
            Channel::Sms => self.sms_validity,
            Channel::Email => self.email_validity,
            Channel::Letter if abroad => self.letter_abroad_validity,
            Channel::Letter => self.letter_validity,
        }
    }

    /// Returns the working days until a letter is expected.
    pub fn letter_delivery(&self, abroad: bool) -> u32 {
        if abroad { self.letter_abroad_days } else { self.letter_days }
    }

    /// Returns the settings for password rules and hashes. Results computed under other values must be computed
    /// again.
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

    /// Returns the least length of a password, in code points.
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
    fn defaults_are_within_both_bounds() {
        for setting in SETTINGS {
            for bounds in [BoundsProfile::Sandbox, BoundsProfile::Standard] {
                let text = setting.value(&Policy::default());
                assert_eq!(setting.change(&mut Policy::default(), &text, bounds), Ok(()), "{}", setting.key);
            }
            let (least, most) = setting.bounds(BoundsProfile::Standard);
            if setting.key == "letter.sender" {
                assert_eq!((least.as_str(), most.as_str()), ("2", "5"), "numbers of lines");
                continue;
            }
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
    fn sender_has_two_to_five_lines() {
        let setting = Setting::find("letter.sender").expect("a setting");
        let mut policy = Policy::default();
        let mut set = |text: &str| setting.change(&mut policy, text, BoundsProfile::Standard);
        assert_eq!(set("Instituto;1000-001 Lisboa"), Ok(()));
        for text in ["Instituto", "A; B; C; D; E; F"] {
            assert!(matches!(set(text), Err(ValidationError::BoundsProfile(..))), "{text}");
        }
        for text in ["", "A; ", "A; www.exemplo.pt"] {
            assert!(matches!(set(text), Err(ValidationError::Format(_))), "{text}");
        }
        assert_eq!(setting.value(&policy), "Instituto; 1000-001 Lisboa");
    }

    #[test]
    fn second_factor_allows_shorter_passwords_and_blocks_switching_off() {
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
    fn real_store_rejects_values_weaker_than_the_standards() {
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
