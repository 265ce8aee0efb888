//! What stands for a password in a recording: never the password itself, but one that has the same fate. The same password of
//! the same holder has the same placeholder, in every process, by a keyed hash under the sandbox's key; so a login with it, its
//! repetition and a wrong guess come out as they did.

use sha2::{Digest, Sha256};

use crate::domain::holder::Holder;
use crate::domain::password::{Password, common_passwords};
use crate::domain::policy::Policy;
use crate::store::crypto::key::Mac;

/// How long a placeholder is that need not be longer.
const DEFAULT_LENGTH: usize = 25;

/// For a password that was not found weak: as long as it, so that it is long enough wherever that was, and of four classes.
pub fn strong(password: &Password, mac: &Mac) -> String {
    of_length(length(password).max(DEFAULT_LENGTH), mac)
}

/// For a PIN: the longest there is, so that another PIN has another.
pub fn pin(mac: &Mac) -> String {
    mac.iter().take(8).map(|byte| char::from(b'0' + byte % 10)).collect()
}

/// No policy asks for more characters than there are here.
fn of_length(length: usize, mac: &Mac) -> String {
    let text = format!("Recorded-{}", base16ct::lower::encode_string(mac));
    text.chars().take(length).collect()
}

/// One that stands for a password of which nothing is known but which one it was; long enough for every policy.
pub fn numbered(number: u64) -> String {
    of_length(64, &Sha256::digest(number.to_be_bytes()).into())
}

/// One that is weak in this way, where nothing else is known of the password.
pub fn weak_by(way: &str, policy: &Policy, holder: Option<&Holder>) -> String {
    let text = if way == "short" { "x".to_owned() } else { "x".repeat(64) };
    let mac = Sha256::digest(way).into();
    text.parse().map_or(text, |password| weak(way, &password, &mac, policy, holder))
}

/// For one that was refused as weak in this way (`short`, `classes`, `common`, `guessable`, `personal`).
pub fn weak(way: &str, password: &Password, mac: &Mac, policy: &Policy, holder: Option<&Holder>) -> String {
    let length = length(password);
    let digits = base16ct::lower::encode_string(mac);
    let repeated = |text: &str| text.chars().cycle().take(length.max(text.len())).collect::<String>();
    let candidates: Vec<String> = match way {
        "short" => vec![
            digits.chars().take(length.min(4)).collect(),
            digits.chars().skip(4).take(length.min(4)).collect(),
            digits.chars().skip(8).take(length.min(4)).collect(),
        ],
        "classes" => vec![format!("recorded{digits}").chars().take(length.max(DEFAULT_LENGTH)).collect()],
        "common" => common_passwords().map(capitalised).collect(),
        "personal" => holder.map(|holder| own_data(holder, length)).unwrap_or_default(),
        _ => ["Password1", "Password2", "Aa1", "Aa1-", "Aaa-", "a"].map(repeated).to_vec(),
    };
    let fits = |text: &&String| {
        text.parse::<Password>().is_ok_and(|stand_in| {
            let weakness = stand_in.general_weakness(policy).or_else(|| stand_in.personal_weakness(policy, holder));
            stand_in != *password && weakness.is_some_and(|weakness| weakness.as_str() == way)
        })
    };
    candidates.iter().find(fits).cloned().unwrap_or_else(|| strong(password, mac))
}

/// With a capital in front, which is another kind of character where the profile counts them.
fn capitalised(word: &str) -> String {
    word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect()
}

fn length(password: &Password) -> usize {
    password.expose().chars().count()
}

/// What somebody would guess who knows the holder, and nobody else.
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

    fn weakness(text: &str, policy: &Policy) -> Option<&'static str> {
        let password: Password = text.parse().expect("a password");
        let general = password.general_weakness(policy);
        general.or_else(|| password.personal_weakness(policy, Some(&ana()))).map(|weakness| weakness.as_str())
    }

    #[test]
    fn a_placeholder_has_the_fate_of_its_password_under_both_profiles() {
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
                // As a keyed hash looks: one byte over and over would be guessed.
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
    fn a_placeholder_is_the_hash_and_nothing_of_the_password() {
        let password: Password = "Violeta-9-Oceano-Trigo".parse().expect("a password");
        assert_eq!(strong(&password, &[0xab; 32]), "Recorded-abababababababab");
    }
}
