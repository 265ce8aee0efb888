//! The rows of a registry as JSON, valid or not, for a recording. Rows that were rejected are rejected again.

use std::io::Cursor;

use serde_json::{Map, Value};

use crate::domain::time::Date;
use crate::error::Error;
use crate::import::block_reader::{BlockReader, CsvForm, Form, InputForm};
use crate::import::pack;
use crate::import::row::Column;
use crate::import::validate_block::{self, RowPlace, ValidatedBlock};
use crate::request::request_line::JsonFields;
use crate::tabular::json_array::{self, Next};
use crate::tabular::{ReadOptions, Slot};

/// Returns the rows of a file as JSON, in their order. The values of a valid row have their exact form. A row that is too
/// short or not UTF-8, or has a stray quotation mark or a key twice, becomes an empty row, which is also rejected. The
/// rows behind a fault of the file are missing: it can't be imported.
///
/// # Errors
/// As for [`crate::import::run`].
pub fn rows_as_json(file: Vec<u8>, reading: &ReadOptions, today: Date) -> Result<Vec<String>, Error> {
    let (mut source, form) = BlockReader::new(Box::new(Cursor::new(file)), reading)?;
    let mut rows = vec![];
    while let Some(block) = source.block()? {
        let judged = validate_block::validate(block, &form, today);
        add(&judged, &form, &mut rows)?;
    }
    Ok(rows)
}

fn add(judged: &ValidatedBlock, form: &InputForm, rows: &mut Vec<String>) -> Result<(), Error> {
    let mut from = 0;
    let mut found: Vec<(RowPlace, Option<&[u8]>)> = judged.bad.iter().map(|row| (row.place, None)).collect();
    for row in &judged.good {
        found.push((row.place, Some(&judged.packed[from as usize..row.until as usize])));
        from = row.until;
    }
    found.sort_by_key(|(place, _)| place.before);
    let nisses = judged.good.iter().map(|row| row.niss.to_string());
    let mut nisses = nisses.collect::<Vec<_>>().into_iter();
    for (place, packed) in found {
        let text = &judged.bytes[place.at as usize..];
        let niss = packed.and_then(|_| nisses.next()).unwrap_or_default();
        rows.push(match &form.rows {
            Form::Csv(csv) => {
                let mut texts = fields(text, csv).unwrap_or_default();
                if let Some(packed) = packed {
                    let exact = pack::unpack(packed)?;
                    let exact = |column: Column| match column {
                        Column::Niss => niss.clone(),
                        other => exact[other as usize - 1].unwrap_or_default().to_owned(),
                    };
                    texts.iter_mut().for_each(|(column, text)| *text = exact(*column));
                }
                let field = |(column, text): &(Column, String)| format!("\"{column}\":{}", Value::from(text.as_str()));
                format!("{{{}}}", texts.iter().map(field).collect::<Vec<_>>().join(","))
            }
            Form::JsonLines | Form::JsonArray => object(text, &form.rows).to_string(),
        });
    }
    Ok(())
}

/// Returns the fields with content of a row of a CSV.
fn fields(text: &[u8], csv: &CsvForm) -> Option<Vec<(Column, String)>> {
    let mut cells = vec![];
    let row = csv.shape.split(text, true, &mut cells).filter(|row| row.stray.is_none())?;
    let text = str::from_utf8(&text[..row.length]).ok()?;
    let mut fields = vec![];
    for (cell, slot) in cells.iter().zip(&csv.header.slots) {
        let content = cell.text(text);
        if let (Slot::Column(column), false) = (slot, content.trim().is_empty()) {
            fields.push((Column::ALL[*column], content.trim().to_owned()));
        }
    }
    (cells.len() == csv.header.slots.len()).then_some(fields)
}

/// Returns the object at the start of a text; an empty one if there is none.
fn object(text: &[u8], form: &Form) -> Value {
    let end = match json_array::next(text) {
        Next::Element(range) if *form == Form::JsonArray => range.end,
        _ => memchr::memchr(b'\n', text).unwrap_or(text.len()),
    };
    let object =
        JsonFields::read(&text[..end]).ok().map(|_| serde_json::from_slice::<Map<String, Value>>(&text[..end]));
    Value::Object(object.and_then(Result::ok).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_rows_become_rows_that_are_rejected_again() {
        let rows = |text: &str| {
            let today = "2026-01-05".parse().expect("a date");
            rows_as_json(text.into(), &ReadOptions::default(), today).expect("a registry").join(",")
        };
        let csv = "\u{feff}NISS;kind ;Nome;_line\r\n1;citizen;\"Ana; a \"\"boa\"\"\";7\r\n\r\n2;citizen\n3;;x;\n";
        assert_eq!(rows(csv), r#"{"niss":"1","kind":"citizen","name":"Ana; a \"boa\""},{},{"niss":"3","name":"x"}"#);
        assert_eq!(rows("niss,kind,name\n1,,\"Ana\n2,,Eva"), r#"{},{"niss":"2","name":"Eva"}"#);
        assert_eq!(rows("\n{\"niss\":1,\"name\":null}\n\n[]\n{\"x\n"), r#"{"name":null,"niss":1},{},{}"#);
        assert_eq!(rows("{\"niss\":1,\"niss\":2}\n{\"id\":1}"), r#"{},{"id":1}"#);
        assert_eq!(rows("[\n{\"niss\":1},\n 2, {\n\"niss\":3}]"), r#"{"niss":1},{},{"niss":3}"#);
    }
}
