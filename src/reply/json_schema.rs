//! The JSON Schema of replies, for `ssd schema`: done (per operation), refused or error.
//!
//! Later versions may add keys, so the schema allows unknown ones.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::body::ReplyBody;
use super::message::Message;
use super::reason::Reason;
use super::secret::Secret;
use crate::domain::json_schema::in_schema;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Channel;
use crate::request::{Operation, Request};

in_schema! {
    text Secret: "Handed over here and shown nowhere else.", {};
}

/// The definition with the additional keys of a reply to a line of a file.
const LINE: &str = "Line";

/// Returns the schema of all replies; `kinds` are the kinds of errors.
pub fn replies(generator: &mut SchemaGenerator, kinds: &[&str]) -> Schema {
    let bodies = ReplyBody::json_schema(generator);
    let messages = generator.subschema_for::<Vec<Message>>();
    let line = json!({
        "description": "What a reply to a line of a file has beside.",
        "properties": {
            "line": { "type": "integer", "minimum": 1, "description": "Its number." },
            "id": { "type": ["string", "number"], "description": "What it calls itself; else the number of a message." },
            "messages": messages,
        },
    });
    generator.definitions_mut().insert(LINE.to_owned(), line);
    let mut replies: Vec<Value> = vec![];
    for op in Operation::ALL {
        replies.extend(op.spec().reply.iter().map(|shape| done_schema(*op, body(&bodies, shape), generator)));
    }
    replies.push(repeated(generator));
    replies.push(refused(generator));
    replies.push(error(generator, kinds));
    json_schema!({ "type": "object", "required": ["result"], "anyOf": replies })
}

/// Returns the reference to those keys, for replies that a line of a file can have.
fn line_schema() -> Value {
    json!([{ "$ref": format!("#/$defs/{LINE}") }])
}

fn done_schema(op: Operation, body: Value, generator: &mut SchemaGenerator) -> Value {
    let niss = generator.subschema_for::<Niss>();
    let mut properties = Map::new();
    // A row has its own NISS, if any.
    if !has_property(&body, "niss", generator) {
        properties.insert("niss".to_owned(), niss.to_value());
    }
    if !has_property(&body, "request", generator) {
        properties.insert("request".to_owned(), request_property());
    }
    properties.insert("warnings".to_owned(), warnings_property());
    properties.insert("result".to_owned(), json!({ "const": "done" }));
    properties.insert("op".to_owned(), json!({ "const": op }));
    let mut reply = body;
    if let Value::Object(own) = reply["properties"].take() {
        properties.extend(own);
    }
    let mut required = vec![json!("result"), json!("op")];
    if let Value::Array(own) = reply["required"].take() {
        required.extend(own);
    }
    reply["title"] = json!(format!("{op}: done"));
    reply["type"] = json!("object");
    reply["properties"] = properties.into();
    reply["required"] = required.into();
    if Request::OPERATIONS.contains(&op) {
        reply["allOf"] = line_schema();
    }
    reply
}

fn request_property() -> Value {
    json!({ "type": "integer", "minimum": 1, "description": "The number of the request's entry in the audit, if it has one." })
}

fn warnings_property() -> Value {
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "properties": { "kind": { "enum": ["clock_behind"] }, "message": { "type": "string" } },
            "required": ["kind", "message"],
        },
        "minItems": 1,
        "description": "What the user should know beside the reply. Only the first object of a command has it.",
    })
}

/// Returns whether a body has a key, directly or in the type to which it refers.
fn has_property(body: &Value, key: &str, generator: &SchemaGenerator) -> bool {
    let referred = body["$ref"].as_str().and_then(|name| generator.definitions().get(name.strip_prefix("#/$defs/")?));
    [Some(body), referred].into_iter().flatten().any(|body| body["properties"].get(key).is_some())
}

/// Returns the schema of the reply to a line that an earlier run under the same name has done.
fn repeated(generator: &mut SchemaGenerator) -> Value {
    json!({
        "title": "repeated",
        "allOf": line_schema(),
        "type": "object",
        "properties": {
            "result": { "const": "done" },
            "op": generator.subschema_for::<Operation>(),
            "niss": generator.subschema_for::<Niss>(),
            "request": request_property(),
            "repeated": { "const": true, "description": "An earlier run has done the line, as this request." },
        },
        "required": ["result", "op", "request", "repeated"],
    })
}

fn refused(generator: &mut SchemaGenerator) -> Value {
    json!({
        "title": "refused",
        "allOf": line_schema(),
        "type": "object",
        "properties": {
            "result": { "const": "refused" },
            "op": generator.subschema_for::<Operation>(),
            "niss": generator.subschema_for::<Niss>(),
            "request": request_property(),
            "reason": generator.subschema_for::<Reason>(),
            "message": { "type": "string" },
            "hint": { "type": ["string", "null"], "description": "What can really be done next." },
            "retry_at": generator.subschema_for::<Option<Timestamp>>(),
            "warnings": warnings_property(),
            "channels": generator.subschema_for::<Vec<Channel>>(),
        },
        "required": ["result", "op", "reason", "message", "hint", "retry_at"],
    })
}

fn error(generator: &mut SchemaGenerator, kinds: &[&str]) -> Value {
    json!({
        "title": "error",
        "allOf": line_schema(),
        "type": "object",
        "properties": {
            "result": { "const": "error" },
            "kind": { "enum": kinds },
            "op": generator.subschema_for::<Operation>(),
            "niss": generator.subschema_for::<Niss>(),
            "field": { "type": ["string", "null"], "description": "Of a line of a file, the field that is wrong." },
            "reason": { "type": "string", "description": "Of a line of a file, the kind of fault." },
            "message": { "type": "string" },
            "hint": { "type": ["string", "null"] },
        },
        "required": ["result", "kind", "message", "hint"],
    })
}

/// Returns the body with this title.
fn body(bodies: &Schema, title: &str) -> Value {
    let all = bodies.get("anyOf").and_then(Value::as_array);
    all.into_iter().flatten().find(|body| body["title"] == title).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use schemars::generate::SchemaSettings;

    use super::*;

    #[test]
    fn every_body_has_a_title_and_an_operation() {
        let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let bodies = ReplyBody::json_schema(&mut generator);
        let all = bodies.get("anyOf").and_then(Value::as_array).expect("a list");
        let titles: BTreeSet<&str> = all.iter().map(|body| body["title"].as_str().expect("a title")).collect();
        assert_eq!(titles.len(), all.len());
        let used: BTreeSet<&str> = Operation::ALL.iter().flat_map(|op| op.spec().reply).copied().collect();
        assert_eq!(titles, used);
    }
}
