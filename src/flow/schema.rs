//! What goes into the program and comes out of it as JSON, as one JSON Schema (draft 2020-12): the lines of files, replies, and
//! the rows of a registry with those that were set aside. It is worked out when it is asked for, from the types themselves.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use super::import;
use crate::error::Error;
use crate::reply::{self, Body, Done};
use crate::request::{self, Op};

/// The version, which is in the name of the schema. Another one when something that was valid no longer is; what is added
/// leaves it as it is.
pub const VERSION: u32 = 1;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema.
pub fn schema() -> Done {
    Done::new(Op::Schema, Body::Schema { version: VERSION, schema: bundle() })
}

fn bundle() -> Value {
    let read = || SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let written = || SchemaSettings::draft2020_12().for_serialize().into_generator();
    let parts = [
        part("request", "A line of a file: what is asked.", read(), request::schema::requests),
        part("reply", "What is answered; every object that --json prints.", written(), |generator| {
            reply::schema::replies(generator, &Error::KINDS)
        }),
        part("record", "A row of a registry, as a line of JSON.", read(), import::record),
        part("reject", "A row that an import set aside.", written(), import::Rejected::json_schema),
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

/// A part that stands by itself: with its own name and definitions.
fn part(
    name: &'static str,
    about: &str,
    mut generator: SchemaGenerator,
    of: impl FnOnce(&mut SchemaGenerator) -> Schema,
) -> (&'static str, Value) {
    let mut part = of(&mut generator).to_value();
    part["$schema"] = json!(DRAFT);
    part["$id"] = json!(id(Some(name)));
    part["title"] = json!(name);
    part["description"] = json!(about);
    part["$defs"] = generator.take_definitions(true).into();
    (name, part)
}

fn id(part: Option<&str>) -> String {
    match part {
        Some(part) => format!("urn:ssd:schema:{VERSION}:{part}"),
        None => format!("urn:ssd:schema:{VERSION}"),
    }
}
