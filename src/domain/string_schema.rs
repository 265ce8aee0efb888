//! JSON Schemas of values that are strings.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Value, json};

/// Returns the schema of a string with a description. `form` is an object with the keywords of its form.
pub fn string_schema(about: &str, form: Value) -> Schema {
    let mut schema = Schema::default();
    schema.insert("type".to_owned(), "string".into());
    schema.insert("description".to_owned(), about.into());
    if let Value::Object(form) = form {
        form.into_iter().for_each(|(key, value)| drop(schema.insert(key, value)));
    }
    schema
}

/// Returns the schema of a string of digits. In input, a number is accepted for its digits.
pub fn digits_schema(generator: &SchemaGenerator, about: &str, form: Value) -> Schema {
    let mut schema = string_schema(about, form);
    if generator.contract().is_deserialize() {
        schema.insert("type".to_owned(), json!(["string", "integer"]));
    }
    schema
}

/// Returns the schema of an enum: its words, and a description from its doc comment.
pub fn enum_schema(about: &[&str], words: &[&str]) -> Schema {
    let about: Vec<&str> = about.iter().map(|line| line.trim()).collect();
    string_schema(&about.join(" "), json!({ "enum": words }))
}
