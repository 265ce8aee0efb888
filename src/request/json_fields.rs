//! The fields of a JSON object on one line. A key that occurs twice, at any depth, makes the line invalid: readers of JSON
//! disagree on which value counts.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};
use zeroize::Zeroize;

use crate::domain::validation_error::ValidationError;

/// A fault of a JSON line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    /// The key; `None` means the line itself.
    pub key: Option<String>,
    /// The fault.
    pub cause: ValidationError,
}

/// The identifier of a line. A number is the text of the file: conversions would change large and unusual numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineId {
    /// A text.
    Text(String),
    /// A number in JSON.
    Number(String),
}

impl LineId {
    /// Converts a JSON value; `None` for `null`.
    fn read(json: &str) -> Result<Option<LineId>, ValidationError> {
        match json.as_bytes().first() {
            Some(b'n') => Ok(None),
            Some(b'"') => {
                serde_json::from_str(json).map(|text| Some(LineId::Text(text))).map_err(|_| ValidationError::NotJson)
            }
            Some(b'-' | b'0'..=b'9') => Ok(Some(LineId::Number(json.to_owned()))),
            _ => Err(ValidationError::Format("text")),
        }
    }
}

impl Serialize for LineId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            LineId::Text(text) => serializer.serialize_str(text),
            LineId::Number(number) => {
                let raw = RawValue::from_string(number.clone()).map_err(serde::ser::Error::custom)?;
                raw.serialize(serializer)
            }
        }
    }
}

/// The fields of a line in order, without duplicates. They can include passwords, so `Debug` hides values and memory
/// is wiped.
#[derive(Default)]
pub struct JsonFields {
    /// All fields except `id`.
    fields: Vec<(String, Value)>,
    /// The field `id` in JSON.
    id: Option<String>,
}

impl Drop for JsonFields {
    fn drop(&mut self) {
        for (_, value) in &mut self.fields {
            if let Value::String(text) = value {
                text.zeroize();
            }
        }
    }
}

impl fmt::Debug for JsonFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|(name, _)| (name, "***"))).finish()
    }
}

impl JsonFields {
    /// Parses the fields of a JSON line.
    ///
    /// # Errors
    /// The line is not UTF-8, not a JSON object, or has a duplicate key.
    pub fn read(line: &[u8]) -> Result<JsonFields, JsonError> {
        let of_line = |cause| JsonError { key: None, cause };
        let text = std::str::from_utf8(line).map_err(|_| of_line(ValidationError::NotUtf8))?;
        let (mut twice, mut json) = (None, serde_json::Deserializer::from_str(text));
        let read = Object(&mut twice).deserialize(&mut json).and_then(|fields| json.end().map(|()| fields));
        match (read, twice) {
            (Err(_), _) => Err(of_line(ValidationError::NotJson)),
            (Ok(_), key) if key.is_some() => Err(JsonError { key, cause: ValidationError::DuplicateKey }),
            (Ok(fields), _) => Ok(fields),
        }
    }

    /// Removes and returns a field other than `id`. `null` counts as absent.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.fields.iter().position(|(field, _)| field == name)?;
        Some(self.fields.remove(at).1).filter(|value| !value.is_null())
    }

    /// Removes and returns the identifier of the line.
    ///
    /// # Errors
    /// It is neither a text nor a number.
    pub fn take_id(&mut self) -> Result<Option<LineId>, ValidationError> {
        self.id.take().map_or(Ok(None), |json| LineId::read(&json))
    }

    /// Returns whether there are fields, and all of them have ignored names.
    pub fn is_only_ignored(&self) -> bool {
        self.id.is_none() && !self.fields.is_empty() && self.fields.iter().all(|(name, _)| name.starts_with('_'))
    }

    /// Returns whether there is a field `id`.
    pub fn has_id(&self) -> bool {
        self.id.is_some()
    }

    /// Returns a field other than `id`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// Returns the remaining fields without `id`.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Adds a field, whose name must be new.
    pub(super) fn push(&mut self, name: &str, value: Value) {
        self.fields.push((name.to_owned(), value));
    }
}

impl FromIterator<(String, Value)> for JsonFields {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(fields: I) -> JsonFields {
        let mut all = JsonFields { fields: fields.into_iter().collect(), id: None };
        all.id = all.take("id").map(|id| id.to_string());
        all
    }
}

/// Reads the object of a line, and the first key that occurs twice.
struct Object<'a>(&'a mut Option<String>);

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = JsonFields;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<JsonFields, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = JsonFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonFields, A::Error> {
        let mut all = JsonFields::default();
        while let Some(name) = map.next_key::<String>()? {
            if name == "id" {
                let id: Box<RawValue> = map.next_value()?;
                if all.id.replace(id.get().to_owned()).is_some() {
                    self.0.get_or_insert(name);
                }
            } else {
                let value = map.next_value_seed(Unique(self.0))?;
                all.fields.push((name, value));
            }
        }
        let mut names = HashSet::with_capacity(all.fields.len());
        if let Some((name, _)) = all.fields.iter().find(|(name, _)| !names.insert(name.as_str())) {
            self.0.get_or_insert_with(|| name.clone());
        }
        drop(names);
        Ok(all)
    }
}

/// Reads a value, and the first key that occurs twice in one of its objects.
struct Unique<'a>(&'a mut Option<String>);

impl<'de> DeserializeSeed<'de> for Unique<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a finite number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = vec![];
        while let Some(value) = list.next_element_seed(Unique(self.0))? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(Unique(self.0))?;
            if fields.contains_key(&name) {
                self.0.get_or_insert_with(|| name.clone());
            }
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_keeps_its_text() {
        for id in
            ["18446744073709551617", "1.0", "1e2", "-0", "0.1234567890123456789", "1e400", "1E+2", r#""""#, r#""1""#]
        {
            let mut fields = JsonFields::read(format!(r#"{{"x":1, "id" : {id} }}"#).as_bytes()).expect("an object");
            let read = fields.take_id().expect("an id").expect("one");
            assert_eq!(serde_json::to_string(&(1, &read)).expect("JSON"), format!("[1,{id}]"));
        }
        let id =
            |json: &str| JsonFields::read(format!(r#"{{"id":{json}}}"#).as_bytes()).map(|mut fields| fields.take_id());
        assert_eq!(id("null"), Ok(Ok(None)));
        for other in ["true", "[]", "{}"] {
            assert_eq!(id(other), Ok(Err(ValidationError::Format("text"))), "{other}");
        }
        for other in ["01", "1.", "+1", ".5", "NaN", ""] {
            assert_eq!(id(other), Err(JsonError { key: None, cause: ValidationError::NotJson }), "{other}");
        }
    }

    #[test]
    fn key_that_occurs_twice_is_an_error_at_any_depth() {
        for (text, name) in [
            (r#"{"a":1,"b":2,"a":3}"#, "a"),
            (r#"{"id":1,"id":1}"#, "id"),
            (r#"{"a":[{"b":1},{"c":1,"\u0063":2}]}"#, "c"),
        ] {
            let error = JsonFields::read(text.as_bytes()).map(|_| ());
            let key = Some(name.to_owned());
            assert_eq!(error, Err(JsonError { key, cause: ValidationError::DuplicateKey }), "{text}");
        }
        assert!(JsonFields::read(br#"{"a":{"b":1},"b":[{"a":1},{"a":1}]}"#).is_ok());
    }

    #[test]
    fn values_are_those_of_serde() {
        let text = r#"{"a":[null,true,-1,1,1.5,"x\n",{"y":{}}],"b":18446744073709551615}"#;
        let fields = JsonFields::read(text.as_bytes()).expect("an object");
        let read: Map<String, Value> = fields.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
        assert_eq!(Value::Object(read), serde_json::from_str::<Value>(text).expect("JSON"));
    }
}
