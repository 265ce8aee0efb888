//! One integration binary: the program from the outside, as people and scripts call it. `support` has what the tests stand on;
//! every other module is about one thing, which its first lines say.

mod answers;
mod batch;
mod contract;
mod faults;
mod found;
mod hints;
mod house;
mod imports;
mod input;
mod lifecycle;
mod limits;
mod messages;
mod personas;
mod processes;
mod prompts;
mod reasons;
mod schema;
mod seeds;
mod state;
mod support;
mod tables;
mod trail;
mod transcripts;
mod upgrades;
mod values;
mod waiting;
