//! A complete run of `ssd conform`.

use std::sync::OnceLock;

use serde_json::Value;

use super::*;

/// Returns the rows and the JUnit report of a complete run.
pub fn complete_run() -> &'static (Vec<Value>, String) {
    static RUN: OnceLock<(Vec<Value>, String)> = OnceLock::new();
    RUN.get_or_init(|| {
        let nothing = Sandbox::nothing();
        let rows = lines(&nothing.ssd("--json conform --junit report.xml --quiet").ok());
        let files = || std::fs::read_dir(nothing.folder()).expect("a folder").count();
        assert_eq!(files(), 1, "it creates no files but the report");
        (rows, nothing.read("report.xml"))
    })
}

/// Returns the rows of a complete run.
pub fn rows() -> &'static [Value] {
    &complete_run().0
}
