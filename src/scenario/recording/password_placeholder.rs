//! Placeholders for passwords in a recording. A placeholder never contains the password but leads to the same outcome.
//! It derives from a keyed hash under the sandbox's key. The same password of the same holder has the same placeholder
//! in every process. A login, its repetition and a wrong guess therefore have the recorded outcomes.

use sha2::{Digest, Sha256};

use crate::domain::holder::Holder;
use crate::domain::password::{Password, Weakness, common_passwords};
use crate::domain::policy::Policy;
use crate::store::crypto::key::Mac;

/// The usual length of a placeholder in characters.
const DEFAULT_LENGTH: usize = 25;

/// Returns the placeholder of a password that is not weak. It is at least as long as the password and contains four
/// character classes.
pub fn strong(password: &Password, mac: &Mac) -> String {
    of_length(length(password).max(DEFAULT_LENGTH), mac)
}

/// Returns the placeholder of a PIN. It has the maximum length, so that different PINs have different placeholders.
pub fn pin(mac: &Mac) -> String {
    mac.iter().take(8).map(|byte| char::from(b'0' + byte % 10)).collect()
}

/// Returns a placeholder of this length. No policy requires more characters than it can have.
fn of_length(length: usize, mac: &Mac) -> String {
    let text = format!("Recorded-{}", base16ct::lower::encode_string(mac));
    text.chars().take(length).collect()
}

/// Returns the placeholder of an unknown password with this number. Its length satisfies every policy.
pub fn numbered(number: u64) -> String {
    of_length(64, &Sha256::digest(number.to_be_bytes()).into())
}

/// Returns a placeholder with this weakness for an unknown password.
pub fn weak_by(weakness: Weakness, policy: &Policy, holder: Option<&Holder>) -> String {
    let text = if weakness == Weakness::Short { "x".to_owned() } else { "x".repeat(64) };
    let mac = Sha256::digest(weakness.as_str()).into();
    text.parse().map_or(text, |password| weak(weakness, &password, &mac, policy, holder))
}

/// Returns a placeholder with the weakness of a refused password.
pub fn weak(weakness: Weakness, password: &Password, mac: &Mac, policy: &Policy, holder: Option<&Holder>) -> String {
    let length = length(password);
    let digits = base16ct::lower::encode_string(mac);
    let repeated = |text: &str| text.chars().cycle().take(length.max(text.len())).collect::<String>();
    let candidates: Vec<String> = match weakness {
        Weakness::Short => vec![
            digits.chars().take(length.min(4)).collect(),
            digits.chars().skip(4).take(length.min(4)).collect(),
            digits.chars().skip(8).take(length.min(4)).collect(),
        ],
        Weakness::Classes => vec![format!("recorded{digits}").chars().take(length.max(DEFAULT_LENGTH)).collect()],
        Weakness::Common => common_passwords().map(capitalised).collect(),
        Weakness::Personal => holder.map(|holder| own_data(holder, length)).unwrap_or_default(),
        Weakness::Guessable => ["Password1", "Password2", "Aa1", "Aa1-", "Aaa-", "a"].map(repeated).to_vec(),
    };
    let fits = |text: &&String| {
        text.parse::<Password>().is_ok_and(|stand_in| {
            let found = stand_in.general_weakness(policy).or_else(|| stand_in.personal_weakness(policy, holder, false));
            stand_in != *password && found == Some(weakness)
        })
    };
    candidates.iter().find(fits).cloned().unwrap_or_else(|| strong(password, mac))
}

/// Returns a word with a capital first letter: another character class, if the bounds profile counts classes.
fn capitalised(word: &str) -> String {
    word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect()
}

fn length(password: &Password) -> usize {
    password.expose().chars().count()
}

/// Returns passwords that are guessable only with the holder's own data.
fn own_data(holder: &Holder, length: usize) -> Vec<String> {
    let name = holder.name.as_str().replace(' ', ".");
    let niss = holder.niss.to_string();
    let longer = |text: String| {
        let more = length.saturating_sub(text.chars().count()).div_ceil(niss.len());
        text + &niss.repeat(more)
    };
    vec![longer(format!("{name}.{niss}")), longer(format!("{niss}.{name}")), longer(format!("{name}-Aa1-{niss}"))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::{HolderKind, HolderStatus, Language, PasswordProfile};

    fn ana() -> Holder {
        Holder {
            niss: "12000000012".parse().expect("a NISS"),
            kind: HolderKind::Citizen,
            status: HolderStatus::Active,
            name: "Ana Sofia Marques Ferreira".parse().expect("a name"),
            birth_date: "1984-03-22".parse().ok(),
            civil_id: None,
            nif: "200000012".parse().ok(),
            responsible: None,
            email: None,
            mobile: None,
            telephone: None,
            address: None,
            postal_code: None,
            locality: None,
            country: None,
            language: Language::Pt,
        }
    }

    fn weakness(text: &str, policy: &Policy) -> Option<Weakness> {
        let password: Password = text.parse().expect("a password");
        let general = password.general_weakness(policy);
        general.or_else(|| password.personal_weakness(policy, Some(&ana()), false))
    }

    #[test]
    fn placeholder_has_weakness_of_its_password_in_both_profiles() {
        let nist = Policy { password_profile: PasswordProfile::Nist, ..Policy::default() };
        let long = Policy { password_rcm41_least: 64, password_score: 4, ..Policy::default() };
        let strict = Policy { password_score: 4, ..nist.clone() };
        for policy in [Policy::default(), nist, long, strict] {
            for text in [
                "Violeta-9-Oceano-Trigo",
                &"Violeta-9-Oceano-Trigo".repeat(4),
                "quinze letras e mais um trigo",
                "Porto",
                "x",
                "abcdefgh1",
                "Password1",
                "pASSWORD1",
                "123456789987654321",
                "Password1Password1",
                "Password1234",
                "aaaaaaaaaaaaaaaaaaaa",
                "Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-Aa1-",
                "Ferreira-1984-Ana",
                "Ana.Sofia.Marques.Ferreira.12000000012",
            ] {
                let password: Password = text.parse().expect("a password");
                // Hash-like bytes: a repeated byte would be guessable.
                let mac: Mac = Sha256::digest(text).into();
                let (fate, stand_in) = match weakness(text, &policy) {
                    Some(way) => (Some(way), weak(way, &password, &mac, &policy, Some(&ana()))),
                    None => (None, strong(&password, &mac)),
                };
                assert_eq!(weakness(&stand_in, &policy), fate, "{text} became {stand_in}");
                assert_ne!(stand_in, text);
            }
        }
    }

    #[test]
    fn placeholder_contains_only_the_hash() {
        let password: Password = "Violeta-9-Oceano-Trigo".parse().expect("a password");
        assert_eq!(strong(&password, &[0xab; 32]), "Recorded-abababababababab");
    }
}
