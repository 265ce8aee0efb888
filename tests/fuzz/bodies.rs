//! The functions of the fuzz targets: no input panics, hangs or leaves partial changes, and parsed values round-trip.
//!
//! tests/fuzz_corpora.rs calls the same functions with the corpus.

use std::fmt::{Debug, Display};
use std::io::{BufReader, Cursor};
use std::path::Path;
use std::str::FromStr;

use ssd::batch::{InputFormat, Reader};
use ssd::domain::address::PostalCode;
use ssd::domain::alert_subject::AlertSubject;
use ssd::domain::amount::Amount;
use ssd::domain::civil_id::{CivilId, TypedCivilId};
use ssd::domain::code::{PhoneCode, VerificationCode};
use ssd::domain::country::Country;
use ssd::domain::email::Email;
use ssd::domain::name::Name;
use ssd::domain::nif::Nif;
use ssd::domain::niss::Niss;
use ssd::domain::password::Password;
use ssd::domain::phone::{Mobile, Telephone};
use ssd::domain::time::{ClockStep, Date, Span, Timestamp};
use ssd::domain::vocabulary::{CivilIdKind, Language};
use ssd::error::{Error, ExitStatus};
use ssd::flow::lists;
use ssd::import::{self, Import, ReadOptions, RejectRecord};
use ssd::request::Operation;
use ssd::scenario::Scenario;
use ssd::store::{Sandbox, Store};
use ssd::store_admin;

/// A target: its name and its function.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 14] = [
    ("niss", niss),
    ("nif", nif),
    ("civil_id", civil_id),
    ("phone", phone),
    ("email", email),
    ("name", name),
    ("time", time),
    ("code", code),
    ("password", password),
    ("import", import),
    ("batch_line", batch_line),
    ("batch_csv", batch_csv),
    ("scenario", scenario),
    ("store", store),
];

fn text(data: &[u8]) -> &str {
    std::str::from_utf8(data).unwrap_or_default()
}

/// Asserts that a parsed value is equal after writing and parsing it again. `written` writes it.
fn assert_round_trip<T: FromStr + PartialEq + Debug>(data: &[u8], written: impl Fn(&T) -> String)
where
    T::Err: Debug,
{
    if let Ok(value) = text(data).parse::<T>() {
        let again = written(&value);
        assert_eq!(again.parse::<T>().expect("formatted value"), value, "{again}");
    }
}

fn format_value<T: Display>(value: &T) -> String {
    value.to_string()
}

pub fn niss(data: &[u8]) {
    assert_round_trip::<Niss>(data, format_value);
    let by_bytes = Niss::parse_bytes(data).ok();
    assert_eq!(by_bytes, text(data).parse().ok());
    assert!(by_bytes.is_none_or(|niss| Niss::from_i64(niss.as_i64()) == Some(niss)));
}

pub fn nif(data: &[u8]) {
    assert_round_trip::<Nif>(data, format_value);
    assert_eq!(Nif::parse_bytes(data).ok(), text(data).parse().ok());
    assert_round_trip::<Amount>(data, format_value);
}

pub fn civil_id(data: &[u8]) {
    assert_round_trip::<TypedCivilId>(data, |id| id.as_str().to_owned());
    let typed: Option<TypedCivilId> = text(data).parse().ok();
    for kind in CivilIdKind::ALL {
        if let Ok(id) = CivilId::parse(*kind, text(data)) {
            assert_eq!(CivilId::parse(*kind, id.as_str()).expect("formatted value"), id);
            assert!(typed.as_ref().is_none_or(|typed| id.matches(typed)), "{id:?}: {typed:?}");
        }
    }
}

pub fn phone(data: &[u8]) {
    assert_round_trip::<Mobile>(data, |number| number.as_str().to_owned());
    assert_round_trip::<Telephone>(data, |number| number.as_str().to_owned());
    if let Ok(mobile) = text(data).parse::<Mobile>() {
        assert_eq!(Mobile::from_stored(mobile.as_str()).expect("stored form"), mobile);
        assert!(!mobile.masked().contains(mobile.as_str()), "the mask shows the number");
    }
    let _ = PostalCode::parse(Country::from_str("PT").expect("a country"), text(data));
    let _ = text(data).parse::<Country>();
}

pub fn email(data: &[u8]) {
    assert_round_trip::<Email>(data, |email| email.as_str().to_owned());
    if let Ok(email) = text(data).parse::<Email>() {
        assert!(
            email.eq_ignoring_case(&email) && !email.masked().contains(email.as_str()),
            "the mask shows the address"
        );
    }
}

pub fn name(data: &[u8]) {
    assert_round_trip::<Name>(data, |name| name.as_str().to_owned());
    assert_round_trip::<AlertSubject>(data, |about| about.as_str().to_owned());
    if let Ok(name) = text(data).parse::<Name>() {
        assert!(name.matches(&name) && !name.comparison_key().is_empty());
    }
}

pub fn time(data: &[u8]) {
    assert_round_trip::<Date>(data, format_value);
    assert_round_trip::<Timestamp>(data, format_value);
    assert_round_trip::<Span>(data, format_value);
    assert_round_trip::<ClockStep>(data, format_value);
}

pub fn code(data: &[u8]) {
    assert_round_trip::<VerificationCode>(data, |code| code.grouped().to_string());
    assert_round_trip::<PhoneCode>(data, |code| code.expose().to_owned());
    if let Ok(code) = text(data).parse::<PhoneCode>() {
        let _ = code.is_trivial("1984-03-22".parse().ok());
    }
}

pub fn password(data: &[u8]) {
    assert_round_trip::<Password>(data, |password| password.expose().to_owned());
    if let Ok(password) = text(data).parse::<Password>() {
        let policy = ssd::domain::policy::Policy::default();
        let _ = password.general_weakness(&policy);
        let _ = password.personal_weakness(&policy, None, true);
    }
}

/// Returns the value, or `None` for an error. Asserts that the error is not a bug.
fn is_reported<T>(response: Result<T, Error>) -> Option<T> {
    match response {
        Ok(value) => Some(value),
        Err(error) => {
            assert_ne!(error.exit(), ExitStatus::Bug, "{error}");
            None
        }
    }
}

pub fn import(data: &[u8]) {
    let store = Store::temporary(Sandbox::default()).expect("a sandbox");
    let input = Import {
        input: Box::new(Cursor::new(data.to_vec())),
        reading: ReadOptions::default(),
        rejects: None,
        language: Language::En,
        dry_run: false,
    };
    is_reported(import::run(&store, "x", input, &mut |_: &RejectRecord| {}));
    is_reported(store_admin::state_hash(&store, None));
}

fn batch(data: &[u8], form: InputFormat) {
    let mut reader = Reader::new(data, form);
    let mut lines = 0;
    while let Some(Some(record)) = is_reported(reader.read()) {
        // A missing line end counts.
        assert!(record.line > lines && record.end.offset <= data.len() as u64 + 1);
        lines = record.line;
        let _ = format!("{:?}", record.asked);
    }
}

pub fn batch_line(data: &[u8]) {
    batch(data, InputFormat::JsonLines);
}

pub fn batch_csv(data: &[u8]) {
    batch(data, InputFormat::Csv(Operation::Register));
}

pub fn scenario(data: &[u8]) {
    is_reported(Scenario::read("x".to_owned(), Path::new("."), &mut BufReader::new(data)));
}

/// Checks a damaged store of version 1.
///
/// The first byte decides the form of the rest: a complete file, or a list of changes of three bytes each.
pub fn store(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else { return };
    let bytes = match kind {
        0 => rest.to_vec(),
        _ => {
            let mut bytes = include_bytes!("../data/store-1.db").to_vec();
            for change in rest.chunks_exact(4) {
                let at = usize::from(change[0]) << 16 | usize::from(change[1]) << 8 | usize::from(change[2]);
                let at = at % bytes.len();
                bytes[at] ^= change[3];
            }
            bytes
        }
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.db");
    std::fs::write(&path, bytes).expect("a file");
    let Some(store) = is_reported(Store::open(&path)) else { return };
    let filter = lists::ListFilter::default();
    is_reported(store_admin::check(&store, vec![]));
    is_reported(store_admin::info(&store));
    is_reported(store_admin::state_hash(&store, None));
    is_reported(lists::outbox(&store, "x", &filter, &mut |_| Ok(())));
    is_reported(lists::accounts(&store, &filter, &mut |_| Ok(())));
    is_reported(lists::audit(&store, Operation::AuditList, &filter, &mut |_| Ok(())));
    is_reported(lists::policy(&store, &mut |_| Ok(())));
}
