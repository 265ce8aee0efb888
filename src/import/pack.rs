//! Packed registry records between validation and store: the texts of the columns, one after the other. A packed record
//! is smaller than a [`Holder`], in one piece, and not validated again.

use chrono::Datelike;

use crate::domain::address::PostalCode;
use crate::domain::civil_id::CivilId;
use crate::domain::holder::Holder;
use crate::error::Error;
use crate::store::registry::ColumnTexts;

/// The length byte before a two-byte length. No text is longer than 64 KiB.
const LONG: u8 = u8::MAX;

/// Appends the texts of a record, each after its length. Length 0 means no text.
pub fn pack(holder: &Holder, into: &mut Vec<u8>) {
    let mut text = |text: Option<&str>| {
        let text = text.unwrap_or_default();
        match u8::try_from(text.len()) {
            Ok(length) if length < LONG => into.push(length),
            _ => {
                into.push(LONG);
                into.extend((text.len() as u16).to_le_bytes());
            }
        }
        into.extend(text.as_bytes());
    };
    // Equal to the `Display` of the date, without the cost of chrono's format pattern.
    let born = |day: chrono::NaiveDate| format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
    text(Some(holder.kind.as_str()));
    text(Some(holder.status.as_str()));
    text(Some(holder.name.as_str()));
    text(holder.birth_date.map(|date| born(date.day())).as_deref());
    text(holder.civil_id.as_ref().map(|id| id.kind().as_str()));
    text(holder.civil_id.as_ref().map(CivilId::as_str));
    text(holder.nif.map(|nif| nif.to_string()).as_deref());
    text(holder.responsible.as_ref().map(|name| name.as_str()));
    text(holder.email.as_ref().map(|email| email.as_str()));
    text(holder.mobile.as_ref().map(|mobile| mobile.as_str()));
    text(holder.telephone.as_ref().map(|telephone| telephone.as_str()));
    text(holder.address.as_ref().map(|line| line.as_str()));
    text(holder.postal_code.as_ref().map(PostalCode::as_str));
    text(holder.locality.as_ref().map(|line| line.as_str()));
    text(holder.country.map(|country| country.as_str()));
    text(Some(holder.language.as_str()));
}

/// Returns the texts of a packed record.
pub fn unpack(packed: &[u8]) -> Result<ColumnTexts<'_>, Error> {
    fn next<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
        let (mut length, mut behind) = rest.split_first().map(|(length, behind)| (usize::from(*length), behind))?;
        if length == usize::from(LONG) {
            let (two, more) = behind.split_first_chunk()?;
            (length, behind) = (usize::from(u16::from_le_bytes(*two)), more);
        }
        let (text, more) = behind.split_at_checked(length)?;
        *rest = more;
        Some(text)
    }
    let altered = || Error::Bug("packed record is malformed".to_owned());
    let (mut rest, mut texts) = (packed, ColumnTexts::default());
    for text in &mut texts {
        let bytes = next(&mut rest).ok_or_else(altered)?;
        *text = Some(str::from_utf8(bytes).map_err(|_| altered())?).filter(|text| !text.is_empty());
    }
    if rest.is_empty() { Ok(texts) } else { Err(altered()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::row::{self, ValueForm};

    #[test]
    fn packed_record_round_trips() {
        let long = "é".repeat(200);
        let full = [
            "12000000012",
            "company",
            "ceased",
            &long,
            "1984-03-02",
            "bi",
            "12345670",
            "200000012",
            "Ana",
            "ana@correio.example",
            "+351912000001",
            "+351213000003",
            "Rua 1",
            "1200-195",
            "Lisboa",
            "PT",
            "en",
        ];
        let bare = ["12000000012", "employer", "", "A", "", "", "", "", "", "", "", "", "", "", "", "", ""];
        let read_as = |status, language| {
            let mut texts = ColumnTexts::default();
            (texts[0], texts[1], texts[2], texts[15]) = (Some("employer"), Some(status), Some("A"), Some(language));
            texts
        };
        for (fields, expected) in
            [(full, std::array::from_fn(|at| Some(full[at + 1]))), (bare, read_as("active", "pt"))]
        {
            let mut packed = vec![];
            pack(
                &row::holder(&fields, ValueForm::Exact, "2026-01-05".parse().expect("a date")).expect("a record"),
                &mut packed,
            );
            assert_eq!(unpack(&packed).expect("texts"), expected);
            assert!(unpack(&packed[1..]).is_err() && unpack(&packed[..packed.len() - 1]).is_err());
        }
    }
}
