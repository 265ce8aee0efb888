//! Passwords: their rules and their hashes.
//!
//! The rules have two parts, because they apply at different moments:
//!
//! - [`Password::general_weakness`] needs no data of the holder, so it can be reported before a code is checked. It
//!   includes the list of common passwords.
//! - [`Password::personal_weakness`] uses the holder's data, so it is reported only to a proven holder. Its first
//!   estimate in a process builds dictionaries and takes longer than a hash.

use std::fmt;
use std::str::FromStr;

use argon2::Params;
use argon2::password_hash::phc::PasswordHash as Phc;
use base64ct::{Base64Unpadded, Encoding as _};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::argon2id::{HashCost, HashError, argon2id};
use super::holder::Holder;
use super::name::fold_for_comparison;
use super::policy::Policy;
use super::validation_error::ValidationError;
use super::vocabulary::PasswordProfile;
use super::work_count;

/// The longest password, in code points. Longer ones are rejected, never truncated (63B 3.1.1.2).
pub const MAX_CODE_POINTS: usize = 256;

/// The names of the service, which a stranger would try too (63B 3.1.1.2).
const SERVICE: [&str; 7] = ["seguranca", "segurança", "social", "direta", "directa", "segsocial", "ssd"];

/// The words of a holder who does not exist. No password for that holder is ever stored.
const STAND_IN_WORDS: [&str; 24] = [
    "seguranca",
    "segurança",
    "social",
    "direta",
    "directa",
    "segsocial",
    "ssd",
    "00000000000",
    "nome",
    "apelido",
    "sobrenome",
    "correio",
    "exemplo",
    "rua",
    "número",
    "localidade",
    "0000",
    "000000000",
    "00000000",
    "351000000000",
    "000000001",
    "00000000",
    "00000001",
    "000000",
];

/// Returns the common passwords in lower case, the most common first.
///
/// They are the 3,000 most common ones with at least eight characters, the shortest length of a real store. To them
/// come those with at least 15 characters among the 30,000 most common, for the `nist` profile. The source is the
/// list of leaked passwords of zxcvbn (MIT licence).
pub fn common_passwords() -> std::str::Lines<'static> {
    include_str!("common_passwords.txt").lines()
}

/// A typed password in NFC; 1 to 256 code points.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

/// The cause of a weak password. The catalogues have a sentence for each one (`weak-…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// It is shorter than the profile requires.
    Short,
    /// It has fewer than three of lower case, upper case, digits and other characters (RCM 41/2018).
    Classes,
    /// It is one of the most common passwords (ASVS 6.2.4, 63B 3.1.1.2).
    Common,
    /// It is easy to guess: a word, a pattern or a date.
    Guessable,
    /// It is easy to guess with the holder's data: a name, a number or a contact.
    Personal,
}

impl Weakness {
    /// Returns the word for replies and the catalogues.
    pub const fn as_str(self) -> &'static str {
        match self {
            Weakness::Short => "short",
            Weakness::Classes => "classes",
            Weakness::Common => "common",
            Weakness::Guessable => "guessable",
            Weakness::Personal => "personal",
        }
    }
}

impl Password {
    /// Returns the weakness by the rules that need no data of the holder.
    pub fn general_weakness(&self, policy: &Policy) -> Option<Weakness> {
        let least = policy.min_password_length() as usize;
        if self.0.chars().count() < least {
            return Some(Weakness::Short);
        }
        let classes: [fn(char) -> bool; 4] = [char::is_lowercase, char::is_uppercase, char::is_numeric, |c| {
            !c.is_lowercase() && !c.is_uppercase() && !c.is_numeric()
        }];
        let found = classes.iter().filter(|class| self.0.chars().any(**class)).count();
        if policy.password_profile == PasswordProfile::Rcm41 && found < 3 {
            return Some(Weakness::Classes);
        }
        self.is_common().then_some(Weakness::Common)
    }

    /// Returns whether it is a common password, ignoring case.
    fn is_common(&self) -> bool {
        let lower: Zeroizing<String> = Zeroizing::new(self.0.to_lowercase());
        common_passwords().any(|known| known == *lower)
    }

    /// Returns the weakness by an estimate that includes the holder's data.
    ///
    /// With `in_equal_time` the duration reveals nothing about the holder. Otherwise it is shorter for a strong password.
    pub fn personal_weakness(&self, policy: &Policy, holder: Option<&Holder>, in_equal_time: bool) -> Option<Weakness> {
        let score = |words: &[&str]| {
            work_count::add(|done| done.estimates += 1);
            u32::from(u8::from(zxcvbn::zxcvbn(&self.0, words).score()))
        };
        // An unknown holder has about as many words as others. In equal time, both estimates run whatever the result of the
        // first: otherwise the duration would reveal whether the record contains a word.
        let words = holder.map_or_else(|| STAND_IN_WORDS.map(str::to_owned).to_vec(), personal_words);
        let known: Vec<&str> = words.iter().map(String::as_str).collect();
        let strong = (score(&known) >= policy.password_score) & !self.consists_only_of(&known);
        let strong_for_strangers = (in_equal_time || !strong)
            .then(|| (score(&SERVICE) >= policy.password_score) & !self.consists_only_of(&SERVICE));
        match (strong, strong_for_strangers.unwrap_or(true)) {
            (true, _) => None,
            (false, true) => Some(Weakness::Personal),
            (false, false) => Some(Weakness::Guessable),
        }
    }

    /// Returns whether fewer than six letters and digits remain without the known words. The estimate overrates such
    /// a row of words.
    fn consists_only_of(&self, known: &[&str]) -> bool {
        let mut words: Vec<String> =
            known.iter().map(|word| fold_for_comparison(word)).filter(|word| word.len() > 2).collect();
        words.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
        let left = words.iter().fold(fold_for_comparison(&self.0), |left, word| left.replace(word.as_str(), " "));
        !words.is_empty() && left.chars().filter(|c| c.is_alphanumeric()).count() < 6
    }

    /// Hashes the password with argon2id. This takes about 10 ms: never call it in a transaction.
    ///
    /// # Errors
    /// The system has no memory, or computes wrong hashes.
    pub fn hash(&self, cost: HashCost, salt: [u8; 16]) -> Result<RawHash, HashError> {
        Ok(RawHash { cost, salt, output: argon2id(cost, self.0.as_bytes(), &salt)? })
    }

    /// Hashes the password with the cost and the salt of a stored hash, to compare them; `None` if the stored hash is
    /// unreadable.
    ///
    /// # Errors
    /// As of [`Password::hash`].
    pub fn hash_like(&self, stored: &PasswordHash) -> Result<Option<RawHash>, HashError> {
        stored.fields().map(|PhcFields { cost, salt, .. }| self.hash(cost, salt)).transpose()
    }

    /// Returns the text, for the salt in a sandbox.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for Password {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Password, ValidationError> {
        let normal: Zeroizing<String> = Zeroizing::new(text.nfc().collect());
        match normal.chars().take(MAX_CODE_POINTS + 1).count() {
            0 => Err(ValidationError::Missing),
            1..=MAX_CODE_POINTS => Ok(Password(normal)),
            _ => Err(ValidationError::Length("1-256")),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// The output of argon2id, with its cost and salt. It is never stored: only a key turns it into a [`PasswordHash`].
pub struct RawHash {
    cost: HashCost,
    salt: [u8; 16],
    output: Zeroizing<[u8; 32]>,
}

impl RawHash {
    /// Returns the hash to store. Its last field is the keyed hash of the output (63B 3.1.1.2).
    pub fn keyed(&self, key: impl FnOnce(&[u8; 32]) -> Hmac<Sha256>) -> PasswordHash {
        let last = key(&self.output).finalize().into_bytes();
        let [salt, last] = [&self.salt[..], &last[..]].map(Base64Unpadded::encode_string);
        PasswordHash(format!("$argon2id$v=19${}${salt}${last}", self.cost))
    }

    /// Checks in constant time whether the last field of `stored` is the keyed hash of this output.
    pub fn matches(&self, stored: &PasswordHash, key: impl FnOnce(&[u8; 32]) -> Hmac<Sha256>) -> bool {
        stored.fields().is_some_and(|fields| key(&self.output).verify_slice(&fields.last).is_ok())
    }

    /// Parses a hash of a store before version 5. Its last field is the output itself.
    pub fn from_older_store(phc: String) -> Option<RawHash> {
        let PhcFields { cost, salt, last } = PasswordHash(phc).fields()?;
        Some(RawHash { cost, salt, output: Zeroizing::new(last) })
    }
}

impl fmt::Debug for RawHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RawHash(***)")
    }
}

/// A stored hash: a PHC string with scheme and costs, `$argon2id$v=19$m=…,t=…,p=…$salt$hash` (63B 3.1.1.2). The last
/// field is keyed, so it can't be guessed without the store's key.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

/// The fields of a stored hash.
struct PhcFields {
    cost: HashCost,
    salt: [u8; 16],
    last: [u8; 32],
}

impl PasswordHash {
    /// Wraps a hash from the store.
    pub fn from_store(phc: String) -> PasswordHash {
        PasswordHash(phc)
    }

    /// Returns the PHC string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns its cost, or `None` if it is unreadable. A login replaces a hash whose cost is not the policy's.
    pub fn cost(&self) -> Option<HashCost> {
        Some(self.fields()?.cost)
    }

    /// Returns a hash of a cost that no password matches. Verifying it makes a login without an account equally slow
    /// (ASVS 6.3.8).
    pub fn dummy(cost: HashCost) -> PasswordHash {
        let (salt, last) = ("A".repeat(22), "A".repeat(43));
        PasswordHash(format!("$argon2id$v=19${cost}${salt}${last}"))
    }

    /// Returns its fields, or `None` if this program can't have written it.
    fn fields(&self) -> Option<PhcFields> {
        let phc = Phc::new(&self.0).ok()?;
        let params = Params::try_from(&phc).ok()?;
        Some(PhcFields {
            cost: HashCost::from(&params),
            salt: phc.salt?.as_ref().try_into().ok()?,
            last: phc.hash?.as_bytes().try_into().ok()?,
        })
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(***)")
    }
}

/// Returns the words that somebody who knows the holder would try first.
fn personal_words(holder: &Holder) -> Vec<String> {
    let parts = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|part| part.chars().count() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let mut words: Vec<String> = SERVICE.map(str::to_owned).to_vec();
    words.push(holder.niss.to_string());
    words.extend(parts(holder.name.as_str()));
    words.extend(holder.responsible.iter().flat_map(|name| parts(name.as_str())));
    words.extend(holder.email.iter().flat_map(|email| parts(email.as_str())));
    words.extend(holder.address.iter().chain(&holder.locality).flat_map(|line| parts(line.as_str())));
    words.extend(holder.postal_code.iter().flat_map(|code| parts(code.as_str())));
    words.extend(holder.nif.iter().map(ToString::to_string));
    words.extend(holder.civil_id.iter().map(|id| id.as_str().to_lowercase()));
    for number in holder.mobile.iter().map(|m| m.as_str()).chain(holder.telephone.iter().map(|t| t.as_str())) {
        words.push(number.trim_start_matches('+').to_owned());
        words.push(number.trim_start_matches("+351").to_owned());
    }
    if let Some(born) = holder.birth_date {
        words.extend(["%Y%m%d", "%d%m%Y", "%d%m%y", "%Y"].map(|form| born.day().format(form).to_string()));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hmac::keyed;
    use crate::domain::vocabulary::{HolderKind, HolderStatus, Language};

    fn cheap() -> HashCost {
        "m=8,t=1,p=1".parse().expect("a cost")
    }

    fn key(output: &[u8; 32]) -> Hmac<Sha256> {
        keyed(&[9; 32], &[output])
    }

    fn hashed(password: &Password, salt: u8) -> RawHash {
        password.hash(cheap(), [salt; 16]).expect("an output")
    }

    fn hashed_like(password: &Password, hash: &PasswordHash) -> Option<RawHash> {
        password.hash_like(hash).expect("an output")
    }

    fn verify(password: &Password, hash: &PasswordHash) -> bool {
        hashed_like(password, hash).expect("a readable hash").matches(hash, key)
    }

    #[test]
    fn verification_uses_nfc_and_all_characters() {
        let composed: Password = "Açores 2026 ok".parse().expect("a password");
        let decomposed: Password = "Ac\u{327}ores 2026 ok".parse().expect("a password");
        let hash = hashed(&composed, 7).keyed(key);
        assert!(verify(&decomposed, &hash));
        let long: Password = "x".repeat(256).parse().expect("256 code points");
        let other: Password = ("x".repeat(255) + "y").parse().expect("256 code points");
        assert!(!verify(&other, &hashed(&long, 7).keyed(key)));
    }

    #[test]
    fn password_has_1_to_256_code_points() {
        assert_eq!("".parse::<Password>(), Err(ValidationError::Missing));
        assert!("é".repeat(256).parse::<Password>().is_ok());
        assert_eq!("é".repeat(257).parse::<Password>(), Err(ValidationError::Length("1-256")));
    }

    #[test]
    fn profiles_differ_in_length_and_classes() {
        let policy = Policy::default();
        let nist = Policy { password_profile: PasswordProfile::Nist, ..Policy::default() };
        let weakness =
            |text: &str, policy: &Policy| text.parse::<Password>().expect("a password").general_weakness(policy);
        assert_eq!(weakness("Ab1-Ab1-", &policy), Some(Weakness::Short));
        assert_eq!(weakness("Ab1-Ab1-x", &policy), None);
        assert_eq!(weakness("abcdefgh1", &policy), Some(Weakness::Classes));
        assert_eq!(weakness("quatorze letra", &nist), Some(Weakness::Short));
        assert_eq!(weakness("quinze letras a", &nist), None);
    }

    #[test]
    fn password_of_holder_data_is_weak_at_any_length() {
        let ana = Holder {
            niss: "12000000012".parse().expect("a NISS"),
            kind: HolderKind::Citizen,
            status: HolderStatus::Active,
            name: "Ana Sofia Marques Ferreira".parse().expect("a name"),
            birth_date: "1984-03-22".parse().ok(),
            civil_id: None,
            nif: "200000012".parse().ok(),
            responsible: None,
            email: "ana.ferreira@correio.example".parse().ok(),
            mobile: "912000001".parse().ok(),
            telephone: None,
            address: None,
            postal_code: None,
            locality: "Lisboa".parse().ok(),
            country: None,
            language: Language::Pt,
        };
        let weakness = |text: &str, holder| {
            text.parse::<Password>().expect("a password").personal_weakness(&Policy::default(), holder, true)
        };
        for text in ["Ferreira-1984-Ana", "Sofia.Marques.22031984", "Lisboa912000001!", "MARQUES_ferreira_1"] {
            assert_eq!(weakness(text, Some(&ana)), Some(Weakness::Personal), "{text}");
        }
        for text in ["Seguranca-Social-Direta", "SegurançaSocial2026", "SSD.segurança.social.1"] {
            assert_eq!(weakness(text, Some(&ana)), Some(Weakness::Guessable), "{text} is the service's name");
        }
        assert_eq!(weakness("Violeta-9-Oceano-Trigo", Some(&ana)), None);
        assert_eq!(weakness("Password1234", None), Some(Weakness::Guessable));
    }

    #[test]
    fn common_passwords_are_rejected_in_capitals_too() {
        let rcm41 = Policy::default();
        let nist = Policy { password_profile: PasswordProfile::Nist, password_nist_least: 8, ..Policy::default() };
        let weakness =
            |text: &str, policy: &Policy| text.parse::<Password>().expect("a password").general_weakness(policy);
        let mut counted = 0;
        for known in common_passwords() {
            let capitals = known.to_uppercase();
            for text in [known, &capitals] {
                assert_eq!(weakness(text, &nist), Some(Weakness::Common), "{text}");
                assert!(weakness(text, &rcm41).is_some(), "{text}");
            }
            assert!(known.chars().count() >= 8 && *known == known.nfc().collect::<String>().to_lowercase());
            counted += 1;
        }
        assert!(counted >= 3000, "{counted}");
        let known: Vec<&str> = common_passwords().collect();
        assert_eq!(known[..3], ["password", "12345678", "123456789"]);
        for text in ["Password1", "PassWord1", "Q1w2e3r4t5"] {
            assert_eq!(weakness(text, &rcm41), Some(Weakness::Common), "{text}");
        }
        assert_eq!(weakness("Password1-", &rcm41), None, "a common part alone is left to the estimate");
        assert_eq!(
            weakness("123456789987654321", &Policy { password_profile: PasswordProfile::Nist, ..Policy::default() }),
            Some(Weakness::Common)
        );
    }

    #[test]
    fn outdated_hash_is_detected_by_its_costs() {
        let password: Password = "x".parse().expect("a password");
        let (hash, cost) = (hashed(&password, 1).keyed(key), cheap());
        assert_eq!(hash.cost(), Some(cost));
        assert_ne!(hash.cost(), Some(HashCost::of(&Policy::default())));
        assert!(!verify(&password, &PasswordHash::dummy(cost)));
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
        assert!(argon2::PasswordHash::new(hash.as_str()).is_ok());
    }

    #[test]
    fn only_the_key_of_the_stored_hash_verifies_it() {
        let password: Password = "Violeta-9-Oceano-Trigo".parse().expect("a password");
        let raw = hashed(&password, 1);
        let hash = raw.keyed(key);
        assert!(raw.matches(&hash, key));
        assert!(!raw.matches(&hash, |output| keyed(&[8; 32], &[output])));
        assert!(!hashed(&password, 2).matches(&hash, key));
        // Parsed as an older hash, its last field is the output, which a second keyed step changes.
        let again = RawHash::from_older_store(hash.as_str().to_owned()).expect("a readable hash");
        assert_ne!(again.keyed(key), hash);
        for unreadable in ["", "$argon2id$x", &hash.as_str()[..hash.as_str().len() - 1]] {
            let unreadable = PasswordHash::from_store(unreadable.to_owned());
            assert!(hashed_like(&password, &unreadable).is_none() && !raw.matches(&unreadable, key));
            assert_eq!(unreadable.cost(), None);
        }
    }
}
