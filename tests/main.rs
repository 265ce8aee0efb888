//! The integration tests, as one binary.
//!
//! Most modules run the program as people and scripts do; `rules` and `storage` also call the library in process.
//! [`support`] has the fixtures: sandboxes, personas, a terminal and a PDF reader.

mod architecture;
mod audit;
mod batch;
mod cli;
mod conformance;
mod regressions;
mod rules;
mod storage;
mod support;
