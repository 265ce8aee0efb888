//! What a reply looks like, for `ssd schema`: done, refused or error, of each operation with its own keys. More keys may come,
//! so nothing here forbids them.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{Body, Message, Reason, Secret};
use crate::domain::niss::Niss;
use crate::domain::schema::in_schema;
use crate::domain::time::Time;
use crate::domain::words::Channel;
use crate::request::{Op, Request};

in_schema! {
    text Secret: "Handed over here and shown nowhere else.", {};
}

/// What a reply to a line of a file has beside its own.
const LINE: &str = "Line";

/// Every reply; `kinds` are those of errors.
pub fn replies(generator: &mut SchemaGenerator, kinds: &[&str]) -> Schema {
    let bodies = Body::json_schema(generator);
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
    for op in Op::ALL {
        replies.extend(shapes(*op).iter().map(|shape| done(*op, body(&bodies, shape), generator)));
    }
    replies.push(refused(generator));
    replies.push(error(generator, kinds));
    json_schema!({ "type": "object", "required": ["result"], "anyOf": replies })
}

/// To be taken into a reply that a line of a file can have.
fn of_a_line() -> Value {
    json!([{ "$ref": format!("#/$defs/{LINE}") }])
}

fn done(op: Op, body: Value, generator: &mut SchemaGenerator) -> Value {
    let niss = generator.subschema_for::<Niss>();
    let mut properties = Map::new();
    // A row says itself whose it is, if anybody's.
    if !has(&body, "niss", generator) {
        properties.insert("niss".to_owned(), niss.to_value());
    }
    properties.insert("request".to_owned(), request());
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
    if Request::OPS.contains(&op) {
        reply["allOf"] = of_a_line();
    }
    reply
}

fn request() -> Value {
    json!({ "type": "integer", "minimum": 1, "description": "The number of the request's entry in the audit, if it has one." })
}

/// Whether a body has a key, itself or in the type that it refers to.
fn has(body: &Value, key: &str, generator: &SchemaGenerator) -> bool {
    let referred = body["$ref"].as_str().and_then(|name| generator.definitions().get(name.strip_prefix("#/$defs/")?));
    [Some(body), referred].into_iter().flatten().any(|body| body["properties"].get(key).is_some())
}

fn refused(generator: &mut SchemaGenerator) -> Value {
    json!({
        "title": "refused",
        "allOf": of_a_line(),
        "type": "object",
        "properties": {
            "result": { "const": "refused" },
            "op": generator.subschema_for::<Op>(),
            "niss": generator.subschema_for::<Niss>(),
            "request": request(),
            "reason": generator.subschema_for::<Reason>(),
            "message": { "type": "string" },
            "hint": { "type": ["string", "null"], "description": "What can really be done next." },
            "retry_at": generator.subschema_for::<Option<Time>>(),
            "channels": generator.subschema_for::<Vec<Channel>>(),
        },
        "required": ["result", "op", "reason", "message", "hint", "retry_at"],
    })
}

fn error(generator: &mut SchemaGenerator, kinds: &[&str]) -> Value {
    json!({
        "title": "error",
        "allOf": of_a_line(),
        "type": "object",
        "properties": {
            "result": { "const": "error" },
            "kind": { "enum": kinds },
            "op": generator.subschema_for::<Op>(),
            "niss": generator.subschema_for::<Niss>(),
            "field": { "type": ["string", "null"], "description": "Of a line of a file, the field that is wrong." },
            "message": { "type": "string" },
            "hint": { "type": ["string", "null"] },
        },
        "required": ["result", "kind", "message", "hint"],
    })
}

/// The body of that title.
fn body(bodies: &Schema, title: &str) -> Value {
    let all = bodies.get("anyOf").and_then(Value::as_array);
    all.into_iter().flatten().find(|body| body["title"] == title).cloned().unwrap_or_default()
}

/// The bodies that an operation is answered with, by their titles.
fn shapes(op: Op) -> &'static [&'static str] {
    match op {
        Op::Init | Op::StoreInfo => &["Store"],
        Op::RegistryImport => &["Imported"],
        Op::RegistryShow => &["Record"],
        Op::RegistryCount => &["Count"],
        Op::Register => &["Issued", "Reached", "TemporaryCode", "Opened"],
        Op::RecoverRequest => &["Issued", "Reached"],
        Op::AccountReset => &["Issued"],
        Op::Activate | Op::RecoverConfirm => &["Opened", "Reached"],
        Op::Login => &["LoggedIn", "Sent", "TemporaryCode"],
        Op::Logout | Op::PasswordChange | Op::PhoneCodeVerify | Op::AccountErase | Op::CmdRevoke => &["Nothing"],
        Op::PhoneCodeSet | Op::PhoneCodeChange => &["PhoneCode"],
        Op::PhoneLine => &["Identified"],
        Op::PhoneLineWhoami => &["Caller"],
        Op::ContactsShow => &["Contacts"],
        Op::ContactsUpdate => &["Sent"],
        Op::ContactsConfirm => &["Sent", "Confirmed"],
        Op::ContactsRemove => &["Removed"],
        Op::AlertsSet => &["Alerts"],
        Op::CmdEnrol => &["Enrolled"],
        Op::AlertsSend => &["Alerted", "Batch"],
        Op::MessagesList => &["Inbox"],
        Op::MessagesShow => &["InboxLine"],
        Op::ProfileShow => &["Profile"],
        Op::OutboxList | Op::OutboxShow => &["Message"],
        Op::OutboxPrint => &["Printed"],
        Op::OutboxExport => &["Mailed"],
        Op::OutboxCode => &["Code"],
        Op::OutboxWait => &["Awaited"],
        Op::AccountShow => &["Account"],
        Op::AccountList => &["AccountLine"],
        Op::AccountExport => &["Person"],
        Op::AccountTimeline => &["Event", "Page"],
        Op::AccountUnlock => &["Unlocked"],
        Op::AccountSuspend | Op::AccountResume | Op::AccountClose => &["State"],
        Op::Batch => &["Batch"],
        Op::AuditList | Op::AccountHistory | Op::Why => &["Audit"],
        Op::AuditVerify => &["Verified"],
        Op::AuditHead => &["Anchor"],
        Op::AuditExport => &["AuditRow"],
        Op::PolicyShow | Op::PolicySet => &["Setting"],
        Op::ClockShow | Op::ClockAdvance | Op::ClockSet => &["Now"],
        Op::StoreCheck => &["Checked"],
        Op::StoreBackup => &["BackedUp"],
        Op::StoreRekey => &["Rekeyed"],
        Op::StateHash => &["Hashed"],
        Op::Schema => &["Schema"],
        Op::ScenarioRun => &["Scenario"],
        Op::ScenarioExport => &["Exported"],
        Op::Conform => &["Conformance"],
        Op::Explain => &["Explanation"],
        Op::Completions => &["Text"],
        Op::Man => &["Text", "Pages"],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use schemars::generate::SchemaSettings;

    use super::*;

    #[test]
    fn every_body_has_a_title_and_is_the_body_of_some_operation() {
        let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let bodies = Body::json_schema(&mut generator);
        let all = bodies.get("anyOf").and_then(Value::as_array).expect("a list");
        let titles: BTreeSet<&str> = all.iter().map(|body| body["title"].as_str().expect("a title")).collect();
        assert_eq!(titles.len(), all.len());
        let used: BTreeSet<&str> = Op::ALL.iter().flat_map(|op| shapes(*op)).copied().collect();
        assert_eq!(titles, used);
    }
}
