//! The rows of a registry in a scenario, valid or not, so that rejected rows are rejected again.

use serde_json::{Map, Value};

/// Returns the rows as JSON, separated by commas. A row that is too short or not UTF-8 becomes an empty row, which is
/// also rejected.
pub fn parse(registry: &[u8]) -> String {
    let registry = registry.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(registry);
    let is_json = registry.trim_ascii_start().starts_with(b"{");
    let rows: Vec<String> = if is_json { json(registry) } else { csv(registry.trim_ascii_start()) };
    rows.join(",")
}

fn json(registry: &[u8]) -> Vec<String> {
    let lines = registry.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let row = |line| serde_json::from_slice::<Map<String, Value>>(line).map(Value::Object);
    lines.map(|line| row(line).unwrap_or_else(|_| Map::new().into()).to_string()).collect()
}

fn csv(registry: &[u8]) -> Vec<String> {
    let header = registry.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |byte: u8| header.iter().filter(|one| **one == byte).count();
    let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(registry);
    let columns: Vec<String> = match reader.byte_headers() {
        Ok(names) => names.iter().map(|name| String::from_utf8_lossy(name).trim().to_ascii_lowercase()).collect(),
        Err(_) => vec![],
    };
    let records = reader.byte_records().map_while(Result::ok);
    let there = records.filter(|record| !(record.len() == 1 && record[0].trim_ascii().is_empty()));
    there.map(|record| row(&record, &columns).unwrap_or_else(|| "{}".to_owned())).collect()
}

fn row(record: &csv::ByteRecord, columns: &[String]) -> Option<String> {
    if record.len() != columns.len() {
        return None;
    }
    let mut fields = vec![];
    for (text, column) in record.iter().zip(columns) {
        let text = std::str::from_utf8(text).ok()?.trim();
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
        assert_eq!(parse(b"\n{\"niss\":1,\"name\":null}\n\n[]\n{\"x\n"), r#"{"name":null,"niss":1},{},{}"#);
    }
}
