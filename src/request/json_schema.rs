//! The JSON Schema of the lines of a file, for `ssd schema`.
//!
//! For each operation it has the name, the fields and the required fields. Rules across fields (for example, a
//! company has no date of birth) are not in the schema; the program checks them.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::Request;
use super::field::FieldGroup;
use super::fields::{RawText, RowId, RowLimit};
use super::operation::Operation;
use super::operator_reason::OperatorReason;
use super::request_line::stand_in;
use super::tokens::{CallToken, SessionToken};
use crate::domain::json_schema::in_schema;
use crate::domain::niss::Niss;

in_schema! {
    text SessionToken: "The token of a session; @login is the token from an earlier line of the same holder.", { "writeOnly": true };
    text CallToken: "The token of a call on the phone line; @phone_line is the token from an earlier line of the same holder.", { "writeOnly": true };
    text OperatorReason: "One line of text, recorded in the audit log.", { "minLength": 1, "maxLength": 500 };
    digits RowId: "An integer.", { "pattern": "^[0-9]+$" };
    digits RowLimit: "How many at most.", { "pattern": "^[0-9]+$" };
    digits RawText: "A text.", {};
}

/// Returns the schema of all operations that a line can request.
pub fn requests(generator: &mut SchemaGenerator) -> Schema {
    let lines: Vec<Value> = Request::OPERATIONS.iter().map(|op| line(*op, generator)).collect();
    let mut schema = Schema::default();
    schema.insert("oneOf".to_owned(), lines.into());
    schema
}

fn line(op: Operation, generator: &mut SchemaGenerator) -> Value {
    let mut object = Request::schema(op, generator).map(Schema::to_value).unwrap_or_default();
    let mut properties = match object["properties"].take() {
        Value::Object(properties) => properties,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    };
    let (alone, groups): (Vec<FieldGroup>, Vec<FieldGroup>) = Request::empty(op)
        .map(|blank| blank.always_required())
        .unwrap_or_default()
        .into_iter()
        .partition(|group| group.len() == 1);
    let mut names = vec!["op"];
    names.extend(alone.iter().flat_map(|group| group.iter()).map(|field| field.as_str()));
    for (name, property) in &mut properties {
        let Some(forms) = property.get_mut("anyOf").and_then(Value::as_array_mut) else { continue };
        // `null` counts as absent, so a required field excludes it.
        if names.contains(&name.as_str()) {
            forms.retain(|form| form["type"] != "null");
        }
        if name == "code" && stand_in(op, "@wrong").is_ok() {
            forms.push(placeholder_schema(op));
        }
    }
    properties.insert("op".to_owned(), json!({ "const": op }));
    properties
        .insert("id".to_owned(), json!({ "type": ["string", "number"], "description": "What the reply repeats." }));
    if Request::empty(op).is_some_and(|request| request.token_field().is_some()) {
        let niss = generator.subschema_for::<Option<Niss>>();
        properties.insert("niss".to_owned(), niss.to_value());
    }
    object["properties"] = properties.into();
    object["required"] = json!(names);
    // Remarks of programs, which are ignored.
    object["patternProperties"] = json!({ "^_": {} });
    object["additionalProperties"] = false.into();
    let one_of = |group: &FieldGroup| -> Value {
        group.iter().map(|field| json!({ "required": [field.as_str()] })).collect::<Vec<_>>().into()
    };
    match &groups[..] {
        [] => {}
        [group] => object["anyOf"] = one_of(group),
        groups => object["allOf"] = groups.iter().map(|group| json!({ "anyOf": one_of(group) })).collect(),
    }
    if let Some((usual, by_cmd)) = login_alternatives(op) {
        object["anyOf"] = json!([{ "required": usual }, { "required": by_cmd }]);
    }
    object
}

/// Returns the fields that only the usual way requires, and those that only Chave Móvel Digital requires. `None` for
/// other operations.
fn login_alternatives(op: Operation) -> Option<(Vec<&'static str>, Vec<&'static str>)> {
    let usual = Request::empty(op)?;
    let mut by_cmd = usual.clone();
    for field in ["procedure", "method"] {
        // Operations without the field ignore it.
        let _ = by_cmd.set(field, &"cmd".into());
    }
    let (usual, by_cmd) = (usual.missing_fields(), by_cmd.missing_fields());
    let only = |of: &[FieldGroup], other: &[FieldGroup]| -> Vec<&'static str> {
        of.iter().filter(|group| !other.contains(group)).flat_map(|group| group.iter()).map(|f| f.as_str()).collect()
    };
    let ways = (only(&usual, &by_cmd), only(&by_cmd, &usual));
    (!ways.1.is_empty()).then_some(ways)
}

/// Returns the schema of the placeholders of a code.
fn placeholder_schema(op: Operation) -> Value {
    let pattern = match stand_in(op, "@phone_code") {
        Ok(_) => "^@(phone_code|wrong)$",
        Err(_) => "^@(outbox(-[0-9]+)?|wrong)$",
    };
    json!({ "type": "string", "pattern": pattern })
}

#[cfg(test)]
mod tests {
    use clap::Command;
    use schemars::generate::SchemaSettings;

    use super::*;
    use crate::request::request_line::{JsonFields, RequestLine};

    /// The fields that are never options, because other users of the machine could read them.
    const SECRETS: [&str; 7] = ["session", "old_session", "call", "password", "new_password", "new_code", "pin"];

    fn schema() -> (Vec<Value>, Map<String, Value>) {
        let mut generator = SchemaSettings::draft2020_12().for_deserialize().into_generator();
        let schema = requests(&mut generator).to_value();
        (schema["oneOf"].as_array().expect("a list").clone(), generator.take_definitions(true))
    }

    fn sorted<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn fields_are_the_command_line_arguments_and_its_skipped_secrets() {
        let (lines, definitions) = schema();
        assert_eq!(lines.len(), Request::OPERATIONS.len());
        for (op, line) in Request::OPERATIONS.iter().zip(&lines) {
            let request = Request::empty(*op).expect("a request");
            let command = request.arguments(Command::new("x"));
            let arguments: Vec<&str> = command.get_arguments().map(|argument| argument.get_id().as_str()).collect();
            let fields = request.fields();
            let skipped: Vec<&str> = fields.iter().copied().filter(|field| !arguments.contains(field)).collect();
            assert_eq!(sorted([&arguments[..], &skipped].concat()), sorted(fields.iter().copied()), "{op}");
            for secret in &skipped {
                let digits_of_the_phone_line =
                    matches!(op, Operation::PhoneCodeVerify | Operation::PhoneLine) && *secret == "code";
                assert!(SECRETS.contains(secret) || digits_of_the_phone_line, "{op}: {secret} has no option");
                let reference = line["properties"][secret]["anyOf"][0]["$ref"].as_str().expect("a type");
                let name = reference.strip_prefix("#/$defs/").expect("a definition");
                assert_eq!(definitions[name]["writeOnly"], true, "{op}: {secret} is a {name}");
            }
            let envelope = ["op", "id"].into_iter().chain(request.token_field().map(|_| "niss"));
            let properties = line["properties"].as_object().expect("properties");
            assert_eq!(
                sorted(properties.keys().map(String::as_str)),
                sorted(fields.iter().copied().chain(envelope)),
                "{op}"
            );
        }
    }

    #[test]
    fn schema_lists_exactly_the_accepted_words() {
        let (lines, definitions) = schema();
        for (op, line) in Request::OPERATIONS.iter().zip(&lines) {
            for (name, property) in line["properties"].as_object().expect("properties") {
                let reference = property["anyOf"][0]["$ref"].as_str().unwrap_or_default();
                let Some(definition) = reference.strip_prefix("#/$defs/").map(|name| &definitions[name]) else {
                    continue;
                };
                for word in definition["enum"].as_array().into_iter().flatten() {
                    let mut request = Request::empty(*op).expect("a request");
                    assert_eq!(request.set(name, word), Ok(()), "{op}: {name}");
                    assert!(request.set(name, &json!("no such word")).is_err(), "{op}: {name}");
                }
            }
        }
    }

    #[test]
    fn required_fields_are_those_that_the_program_reports_missing() {
        let (lines, _) = schema();
        let required = |op: Operation| -> Vec<&str> {
            let at = Request::OPERATIONS.iter().position(|one| *one == op).expect("an operation");
            lines[at]["required"].as_array().expect("a list").iter().filter_map(Value::as_str).collect()
        };
        assert_eq!(required(Operation::Register), ["op", "niss"], "the rest depends on the procedure");
        assert_eq!(required(Operation::RecoverRequest), ["op", "niss"], "the rest depends on the procedure");
        assert_eq!(required(Operation::Activate), ["op", "niss", "code"], "a code may be checked without a password");
        assert_eq!(required(Operation::PhoneCodeChange), ["op"], "the code is chosen or generated");
        assert_eq!(required(Operation::Logout), ["op"]);
        assert_eq!(required(Operation::OutboxShow), ["op", "message"]);
        assert_eq!(required(Operation::PolicySet), ["op", "key", "value"]);
        // Their field is required unless a flag replaces it.
        let alternatives = [Operation::PhoneCodeChange, Operation::SessionEnd];
        for op in Request::OPERATIONS {
            // A line with only its operation is valid exactly if the operation requires no field.
            let text = json!({ "op": op }).to_string();
            let read = RequestLine::parse(JsonFields::read(text.as_bytes()).expect("an object"));
            let at = Request::OPERATIONS.iter().position(|one| one == op).expect("an operation");
            let has_groups = lines[at].get("anyOf").or(lines[at].get("allOf")).is_some();
            let free = required(*op) == ["op"] && !has_groups && !alternatives.contains(op);
            assert_eq!(read.is_ok(), free, "{op}");
        }
    }
}
