//! The JSON Schema (draft 2020-12) of all input and output: lines of files, replies, registry rows and rejected rows.
//!
//! It is generated from the types when `ssd schema` runs.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, RemoveRefSiblings, RestrictFormats, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::domain::message_purpose::MessagePurpose;
use crate::domain::niss::Niss;
use crate::domain::time::{ClockStep, Timestamp};
use crate::domain::vocabulary::Channel;
use crate::error::Error;
use crate::import;
use crate::reply::{self, Done, ReplyBody};
use crate::request::{self, Operation};

/// The version in the `$id`. It increases when valid data becomes invalid; additions do not change it.
pub const VERSION: u32 = 1;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Returns the schema as a reply.
pub fn schema() -> Done {
    Done::new(Operation::Schema, ReplyBody::Schema { version: VERSION, schema: bundle() })
}

fn bundle() -> Value {
    let read = || SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let written = || SchemaSettings::draft2020_12().for_serialize().into_generator();
    let parts = [
        part("request", "A line of a file: what is asked.", read(), request::json_schema::requests),
        part("scenario", "A line of a scenario: what is asked, and what is expected.", read(), scenario),
        part("reply", "What is answered; every object that --json prints.", written(), |generator| {
            reply::json_schema::replies(generator, &Error::KINDS)
        }),
        part("record", "A row of a registry, as a line of JSON.", read(), import::record),
        part("failed", "A line of a batch that was not done, in the file of --failed.", written(), failed),
        part("reject", "A fault of a row that an import rejected.", written(), import::RejectedRow::json_schema),
    ];
    let mut defs = serde_json::Map::new();
    let mut any = vec![];
    for (name, part) in parts {
        any.push(json!({ "$ref": id(Some(name)) }));
        defs.insert(name.to_owned(), part);
    }
    json!({
        "$schema": DRAFT,
        "$id": id(None),
        "title": "ssd",
        "description": "What goes into ssd and comes out of it as JSON. Each of $defs stands by itself.",
        "anyOf": any,
        "$defs": defs,
    })
}

/// Returns the schema of a scenario line: a request with its envelope, or a line that only scenarios have.
fn scenario(generator: &mut SchemaGenerator) -> Schema {
    let mut lines = match request::json_schema::requests(generator).remove("oneOf") {
        Some(Value::Array(lines)) => lines,
        _ => vec![],
    };
    let number = json!({ "type": "integer", "minimum": 0 });
    let purposes: Vec<&str> = MessagePurpose::all().map(MessagePurpose::as_str).collect();
    let mut own = |op: &str, properties: Value, required: &[&str]| {
        lines.push(
            json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false }),
        );
        if let Some(line) = lines.last_mut() {
            line["properties"]["op"] = json!({ "const": op });
        }
    };
    let time = generator.subschema_for::<Timestamp>();
    own("init", json!({ "seed": number, "at": time }), &["op"]);
    let rows = json!({ "type": "array", "items": import::record(generator), "minItems": 1 });
    own("registry", json!({ "rows": rows }), &["op", "rows"]);
    own("registry", json!({ "file": { "type": "string" } }), &["op", "file"]);
    own("clock", json!({ "advance": generator.subschema_for::<ClockStep>() }), &["op", "advance"]);
    own("clock", json!({ "set": time }), &["op", "set"]);
    let wanted = json!({
        "niss": generator.subschema_for::<Niss>(),
        "purpose": { "enum": purposes },
        "channel": generator.subschema_for::<Channel>(),
        "count": number,
    });
    own("message", wanted, &["op", "niss"]);
    let printed = json!({
        "niss": generator.subschema_for::<Niss>(),
        "since": time,
        "until": time,
        "limit": { "type": "integer", "minimum": 1 },
        "pending": { "type": "boolean" },
    });
    own("letters", printed, &["op"]);
    let comment = json!({ "type": "string", "description": "A comment." });
    for line in &mut lines {
        line["properties"]["expect"] = json!({ "type": "object" });
        line["properties"]["//"] = comment.clone();
    }
    lines.push(
        json!({ "type": "object", "properties": { "//": comment }, "required": ["//"], "additionalProperties": false }),
    );
    let mut schema = Schema::default();
    schema.insert("oneOf".to_owned(), lines.into());
    schema
}

/// Returns the schema of a failed line. Its other keys are those of the input, valid or not.
fn failed(_: &mut SchemaGenerator) -> Schema {
    let text = |about: &str| json!({ "type": "string", "description": about });
    json_schema!({
        "type": "object",
        "properties": {
            "_reason": text("The reason of the refusal or the fault. A line that other lines need has none."),
            "_message": text("The sentence of the reply."),
        },
        "required": ["_message"],
    })
}

/// Returns a self-contained part with its own `$id` and definitions.
fn part(
    name: &'static str,
    about: &str,
    mut generator: SchemaGenerator,
    of: impl FnOnce(&mut SchemaGenerator) -> Schema,
) -> (&'static str, Value) {
    let mut part = of(&mut generator);
    part.insert("$schema".to_owned(), json!(DRAFT));
    part.insert("$id".to_owned(), json!(id(Some(name))));
    part.insert("title".to_owned(), json!(name));
    part.insert("description".to_owned(), json!(about));
    part.insert("$defs".to_owned(), generator.take_definitions(true).into());
    make_portable(&mut part);
    (name, part.to_value())
}

/// Replaces what other programs do not understand: the integer formats, which only the OpenAPI registry defines, by
/// bounds, and keywords beside `$ref`, which some generators ignore or reject, by `allOf`.
fn make_portable(schema: &mut Schema) {
    RecursiveTransform(bound_integers).transform(schema);
    RestrictFormats::default().transform(schema);
    RemoveRefSiblings::default().transform(schema);
}

fn bound_integers(schema: &mut Schema) {
    let (minimum, maximum) = match schema.get("format").and_then(Value::as_str) {
        Some("uint8") => (json!(0), json!(u8::MAX)),
        Some("uint16") => (json!(0), json!(u16::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint" | "uint64") => (json!(0), json!(u64::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int" | "int64") => (json!(i64::MIN), json!(i64::MAX)),
        _ => return,
    };
    for (bound, value) in [("minimum", minimum), ("maximum", maximum)] {
        if schema.get(bound).is_none() {
            schema.insert(bound.to_owned(), value);
        }
    }
}

fn id(part: Option<&str>) -> String {
    match part {
        Some(part) => format!("urn:ssd:schema:{VERSION}:{part}"),
        None => format!("urn:ssd:schema:{VERSION}"),
    }
}
