//! The forms in which people write values, besides their exact ones (`domain::written`): numbers in groups of digits, and words
//! in Portuguese and English.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::address::AddressLine;
use super::alert_subject::AlertSubject;
use super::audit_anchor::AuditAnchor;
use super::civil_id::TypedCivilId;
use super::code::{PhoneCode, VerificationCode};
use super::email::Email;
use super::message_purpose::MessagePurpose;
use super::name::{Name, fold_for_comparison};
use super::nif::Nif;
use super::niss::Niss;
use super::password::Password;
use super::phone::{Mobile, Telephone};
use super::pin::CmdPin;
use super::time::{ClockStep, Span, Timestamp};
use super::token_id::TokenId;
use super::validation_error::ValidationError;
use super::vocabulary::{
    AccountState, AccountType, AlertKind, AlertPreference, Channel, CheckStep, CivilIdKind, ContactKind, Decision,
    DeliveryFailure, HolderKind, HolderStatus, Language, LockoutScope, LoginMethod, Purpose, RecoveryProcedure,
    RegistrationProcedure,
};
use super::written::{Written, exact};

exact! {
    AddressLine, AlertSubject, AuditAnchor, TypedCivilId, VerificationCode, PhoneCode, Email, MessagePurpose, Name, Password, Mobile,
    Telephone, CmdPin, ClockStep, Span, Timestamp, TokenId,
}

/// Numbers that people write in groups of digits.
macro_rules! grouped {
    ($($name:ty),+ $(,)?) => {$(
        impl Written for $name {
            fn read_written(text: &str) -> Result<$name, ValidationError> {
                text.parse().or_else(|cause| match text.trim().contains(char::is_whitespace) {
                    true => text.split_whitespace().collect::<String>().parse(),
                    false => Err(cause),
                })
            }
        }
    )+};
}

grouped! { Niss, Nif }

/// A value that is one of several words.
trait Words: Sized {
    /// Returns each value with each of its words, its own first.
    fn words() -> impl Iterator<Item = (Self, &'static str)>;
}

/// The words for each value, in Portuguese and English, besides the value's own word. Case, accents, spaces and punctuation do
/// not matter.
macro_rules! words {
    ($($name:ident { $($variant:ident: [$($word:literal),* $(,)?],)* })+) => {$(
        impl Written for $name {
            fn read_written(text: &str) -> Result<$name, ValidationError> {
                static BY_WORD: LazyLock<HashMap<String, $name>> = LazyLock::new(|| {
                    $name::words().map(|(value, word)| (fold_for_comparison(word), value)).collect()
                });
                text.parse().or_else(|cause| BY_WORD.get(&fold_for_comparison(text)).copied().ok_or(cause))
            }
        }

        impl Words for $name {
            fn words() -> impl Iterator<Item = ($name, &'static str)> {
                const OTHER: &[($name, &[&str])] = &[$(($name::$variant, &[$($word),*]),)*];
                let own = $name::ALL.iter().map(|value| (*value, value.as_str()));
                own.chain(OTHER.iter().flat_map(|(value, words)| words.iter().map(|word| (*value, *word))))
            }
        }
    )+};
}

words! {
    HolderKind {
        Citizen: ["cidadão", "cidadã", "pessoa singular", "singular", "natural person", "individual", "person"],
        Employer: ["entidade empregadora", "empregador", "empregadora", "EE"],
        Company: [
            "empresa", "empresa/instituição", "instituição", "pessoa coletiva", "pessoa colectiva", "coletiva", "colectiva",
            "sociedade", "institution", "legal person",
        ],
    }
    HolderStatus {
        Active: ["ativo", "ativa", "activo", "activa"],
        Deceased: ["falecido", "falecida", "óbito"],
        Ceased: [
            "cessou atividade", "cessou actividade", "cessado", "cessada", "extinto", "extinta", "dissolvido", "dissolvida",
            "encerrado", "encerrada", "dissolved",
        ],
    }
    CivilIdKind {
        Cc: ["cartão de cidadão", "cartão do cidadão", "cartão cidadão", "citizen card", "citizen's card"],
        Bi: ["bilhete de identidade", "bilhete identidade"],
        Passport: ["passaporte"],
        ResidencePermit: [
            "título de residência", "autorização de residência", "cartão de residência", "residence card", "residence title",
        ],
        EuId: [
            "documento de identificação de um país da UE", "documento de identificação da UE", "documento de identificação UE",
            "documento de identidade da UE", "documento de identidade UE", "cartão de identidade da UE", "cartão de identidade UE",
            "identity document of an EU country", "EU identity card", "EU ID card", "EU identity document",
        ],
    }
    Language {
        En: ["inglês", "inglesa", "english", "eng", "en-GB", "en-US"],
        Pt: ["português", "portuguesa", "portuguese", "por", "pt-PT"],
    }
    AccountType {
        Citizen: ["cidadão", "cidadã", "pessoa singular", "singular"],
        Company: ["empresa", "empresa/instituição", "instituição", "company or institution", "institution", "pessoa coletiva",
            "pessoa colectiva", "coletiva", "entidade empregadora"],
    }
    RegistrationProcedure {
        Classic: ["clássico", "clássica"],
        Cmd: ["chave móvel digital", "chave móvel"],
    }
    RecoveryProcedure {
        Classic: ["clássico", "clássica"],
    }
    LoginMethod {
        Password: ["palavra-passe"],
        Cmd: ["chave móvel digital", "chave móvel"],
    }
    CheckStep {
        Identity: ["identidade"],
        Channels: ["canais"],
        Code: ["código"],
    }
    AccountState {
        Requested: ["por ativar", "pedida", "pedido"],
        Active: ["ativa", "ativo", "activa", "activo"],
        Suspended: ["suspensa", "suspenso"],
        Closed: ["encerrada", "encerrado"],
    }
    Channel {
        Email: ["correio eletrónico", "correio electrónico", "por e-mail", "by e-mail"],
        Sms: ["mensagem escrita", "por SMS", "by SMS", "telemóvel", "mobile"],
        Letter: ["carta", "por carta", "by letter", "correio postal"],
    }
    ContactKind {
        Email: ["correio eletrónico", "correio electrónico"],
        Mobile: ["telemóvel"],
        Telephone: ["telefone"],
    }
    AlertPreference {
        Email: ["correio eletrónico", "correio electrónico", "por e-mail", "by e-mail"],
        Sms: ["mensagem escrita", "por SMS", "by SMS", "telemóvel", "mobile"],
        None: ["nenhum", "nenhuma", "sem alertas", "no alerts"],
    }
    Purpose {
        Activation: ["ativação", "activação"],
        Recovery: ["recuperação"],
        Login: ["início de sessão"],
        Cmd: ["chave móvel digital", "chave móvel"],
    }
    AlertKind {
        Decision: ["decisão"],
        Benefit: ["prestação", "benefício", "apoio"],
        Payment: ["pagamento"],
    }
    Decision {
        Granted: ["deferido", "deferida", "concedido", "concedida", "approved"],
        Refused: ["indeferido", "indeferida", "recusado", "recusada", "rejected", "denied"],
    }
    DeliveryFailure {
        Bounced: ["devolvido", "devolvida"],
        Undeliverable: ["não entregue", "impossível entregar"],
    }
    LockoutScope {
        Identity: ["identidade", "verificações de identidade"],
        Login: ["início de sessão"],
        Activation: ["ativação", "activação"],
        Recovery: ["recuperação"],
        PhoneCode: ["código de segurança"],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::amount::Amount;
    use crate::domain::country::Country;
    use crate::domain::time::Date;
    use crate::domain::written::read_bool;

    fn read<T: Written + ToString>(text: &str) -> Result<String, ValidationError> {
        T::read_written(text).map(|value| value.to_string())
    }

    fn words_are_unambiguous<T: Words + Written + ToString>() {
        let mut values = BTreeMap::new();
        for (value, word) in T::words() {
            let (key, value) = (fold_for_comparison(word), value.to_string());
            assert!(values.insert(key, value.clone()).is_none_or(|other| other == value), "{word} has two meanings");
            for form in [word.to_uppercase(), format!("  {word} "), word.replace(['_', '-'], " ")] {
                assert_eq!(read::<T>(&form), Ok(value.clone()), "{form}");
            }
        }
    }

    #[test]
    fn every_word_has_one_meaning_in_any_case() {
        words_are_unambiguous::<HolderKind>();
        words_are_unambiguous::<HolderStatus>();
        words_are_unambiguous::<CivilIdKind>();
        words_are_unambiguous::<Language>();
        words_are_unambiguous::<AccountType>();
        words_are_unambiguous::<RegistrationProcedure>();
        words_are_unambiguous::<RecoveryProcedure>();
        words_are_unambiguous::<LoginMethod>();
        words_are_unambiguous::<CheckStep>();
        words_are_unambiguous::<AccountState>();
        words_are_unambiguous::<Channel>();
        words_are_unambiguous::<ContactKind>();
        words_are_unambiguous::<AlertPreference>();
        words_are_unambiguous::<Purpose>();
        words_are_unambiguous::<AlertKind>();
        words_are_unambiguous::<Decision>();
        words_are_unambiguous::<LockoutScope>();
        words_are_unambiguous::<DeliveryFailure>();
    }

    #[test]
    fn words_of_offices_are_read() {
        for (text, value) in
            [("CIDADÃ", "citizen"), ("Entidade  empregadora", "employer"), ("PESSOA COLECTIVA", "company")]
        {
            assert_eq!(read::<HolderKind>(text).as_deref(), Ok(value), "{text}");
        }
        for (text, value) in [("Ativa", "active"), ("FALECIDO", "deceased"), ("extinta", "ceased")] {
            assert_eq!(read::<HolderStatus>(text).as_deref(), Ok(value), "{text}");
        }
        for text in ["Cidadao estrangeiro", "", "pessoa"] {
            let allowed = ValidationError::UnknownWord("citizen, employer, company");
            assert_eq!(read::<HolderKind>(text), Err(allowed), "{text}");
        }
        assert_eq!("Ativa".parse::<HolderStatus>().ok(), None, "the exact form is that of JSON");
    }

    #[test]
    fn grouped_numbers_are_read() {
        for text in ["120 000 000 12", "12000000012", " 120\u{a0}000\u{202f}000 12 ", "1 2 0 0 0 0 0 0 0 1 2"] {
            assert_eq!(read::<Niss>(text).as_deref(), Ok("12000000012"), "{text}");
        }
        assert_eq!(read::<Nif>("123 456 789").as_deref(), Ok("123456789"));
        assert_eq!(read::<Niss>("120 000 000 13"), Err(ValidationError::CheckDigit));
        assert_eq!(read::<Niss>("120-000-000-12"), Err(ValidationError::InvalidCharacter));
        assert_eq!(read::<Niss>("120 000 000 1"), Err(ValidationError::Length("11")));
    }

    #[test]
    fn day_of_a_date_is_always_first() {
        let day = |text: &str| Date::read_written(text).map(|day| day.to_string());
        for text in [
            "1984-03-02",
            "02/03/1984",
            "02-03-1984",
            "02.03.1984",
            "2/3/1984",
            " 02/03/1984 ",
            "02/03/1984 00:00:00",
            "1984-03-02 00:00",
        ] {
            assert_eq!(day(text).as_deref(), Ok("1984-03-02"), "{text}");
        }
        for text in [
            "02/03/84",
            "02/03-1984",
            "1984/03/02",
            "02/03/1984 10:00",
            "002/3/1984",
            "2 de março de 1984",
            "1980",
            "02 03 1984",
        ] {
            assert_eq!(day(text), Err(ValidationError::Format("a date")), "{text}");
        }
        for text in ["31/02/1990", "03/22/1984", "2023-02-29"] {
            assert_eq!(day(text), Err(ValidationError::NoSuchDate), "{text}");
        }
        assert!(matches!(day("01/01/1084"), Err(ValidationError::BoundsProfile(..))));
    }

    #[test]
    fn country_is_a_code_or_a_name() {
        for (text, code) in [
            ("PRT", "PT"),
            ("portugal", "PT"),
            ("Suiça", "CH"),
            ("SUÍÇA", "CH"),
            ("Switzerland", "CH"),
            ("España", "ES"),
            ("espanha", "ES"),
            ("UK", "GB"),
            ("Reino Unido", "GB"),
            ("EUA", "US"),
            ("Estados Unidos", "US"),
            ("Holanda", "NL"),
            ("Deutschland", "DE"),
            ("Cabo-Verde", "CV"),
            ("República Checa", "CZ"),
            ("fr", "FR"),
        ] {
            assert_eq!(Country::read_written(text).map(Country::as_str), Ok(code), "{text}");
        }
        for text in ["Congo", "Coreia", "América", "XX", "ZZZ", "P1", "Guinea-"] {
            let read = Country::read_written(text);
            assert!(read.is_err() || text == "Guinea-", "{text}: {read:?}");
        }
    }

    #[test]
    fn amount_in_groups_is_read_if_it_has_one_meaning() {
        for (text, cents) in [
            ("1.234,56", 123_456),
            ("1 234,56 €", 123_456),
            ("1,234.56", 123_456),
            ("540,00 EUR", 54_000),
            ("€ 540", 54_000),
            ("123\u{a0}456,7", 12_345_670),
        ] {
            assert_eq!(Amount::read_written(text).map(Amount::cents), Ok(cents), "{text}");
        }
        for text in ["1.234", "1,234", "1.23,45", "12 34,00", "-5", "540 USD", "1.234.567,89 €"] {
            assert!(Amount::read_written(text).is_err(), "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_read_in_both_languages() {
        for text in ["sim", "S", "Yes", "y", "TRUE", "Verdadeiro"] {
            assert_eq!(read_bool(text), Ok(true), "{text}");
        }
        for text in ["não", "NAO", "n", "No", "FALSE", "falso"] {
            assert_eq!(read_bool(text), Ok(false), "{text}");
        }
        for text in ["", "1", "talvez", "on"] {
            assert!(read_bool(text).is_err(), "{text}");
        }
    }
}
