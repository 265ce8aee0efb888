//! The rows of a registry in a scenario, valid or not, so that rejected rows are rejected again.

use serde_json::{Map, Value};

use crate::domain::csv_rows::{Cell, CsvShape, column_names};
use crate::request::request_line::JsonFields;

/// Returns the rows as JSON, separated by commas. A row that is too short or not UTF-8, or has a stray quotation mark or
/// a key twice, becomes an empty row, which is also rejected.
pub fn parse(registry: &[u8]) -> String {
    let registry = registry.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(registry);
    let is_json = registry.trim_ascii_start().starts_with(b"{");
    let rows: Vec<String> = if is_json { json(registry) } else { csv(registry.trim_ascii_start()) };
    rows.join(",")
}

fn json(registry: &[u8]) -> Vec<String> {
    let lines = registry.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let row = |line| JsonFields::read(line).ok().and_then(|_| serde_json::from_slice::<Map<String, Value>>(line).ok());
    lines.map(|line| Value::Object(row(line).unwrap_or_default()).to_string()).collect()
}

fn csv(registry: &[u8]) -> Vec<String> {
    let header = CsvShape::of_header(registry.split(|byte| *byte == b'\n').next().unwrap_or_default());
    let (mut cells, mut rows) = (vec![], vec![]);
    let Some(first) = header.split(registry, true, &mut cells) else { return rows };
    let columns = column_names(registry, &cells).unwrap_or_default();
    let shape = header.with_columns(columns.len(), columns.iter().position(|name| name == "niss"));
    let mut rest = &registry[first.length..];
    while let Some(extent) = shape.split(rest, true, &mut cells).filter(|row| row.length > 0) {
        let bytes = &rest[..extent.length];
        if extent.stray.is_some() {
            rows.push("{}".to_owned());
        } else if !bytes.trim_ascii().is_empty() {
            rows.push(row(bytes, &cells, &columns).unwrap_or_else(|| "{}".to_owned()));
        }
        rest = &rest[extent.length..];
    }
    rows
}

fn row(bytes: &[u8], cells: &[Cell], columns: &[String]) -> Option<String> {
    if cells.len() != columns.len() {
        return None;
    }
    let mut fields = vec![];
    for (cell, column) in cells.iter().zip(columns) {
        let content = cell.bytes(bytes);
        let text = std::str::from_utf8(&content).ok()?.trim();
        if !text.is_empty() {
            fields.push(format!("{}:{}", Value::from(column.as_str()), Value::from(text)));
        }
    }
    Some(format!("{{{}}}", fields.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_rows_become_empty_rows() {
        let csv = "\u{feff}NISS;kind ;name\r\n1;citizen;\"Ana; a \"\"boa\"\"\"\r\n\r\n2;citizen\n3;;x\n".as_bytes();
        assert_eq!(parse(csv), r#"{"niss":"1","kind":"citizen","name":"Ana; a \"boa\""},{},{"niss":"3","name":"x"}"#);
        assert_eq!(parse(b"niss,kind\n1,\xff\n"), "{}");
        assert_eq!(parse(b"niss,name\n1,\"Ana\n2,Eva"), r#"{},{"niss":"2","name":"Eva"}"#);
        assert_eq!(parse(b"\n{\"niss\":1,\"name\":null}\n\n[]\n{\"x\n"), r#"{"name":null,"niss":1},{},{}"#);
        assert_eq!(parse(b"{\"niss\":1,\"niss\":2}\n{\"id\":1}"), r#"{},{"id":1}"#);
    }
}
