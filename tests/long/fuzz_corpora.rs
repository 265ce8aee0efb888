//! Runs the fuzz targets (tests/fuzz) with their corpus, with similar bytes and with random bytes.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

#[path = "../fuzz/bodies.rs"]
mod bodies;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(name)
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder("corpus").join(target)).unwrap_or_else(|_| panic!("no corpus of {target}"));
    entries.map(|entry| fs::read(entry.expect("an entry").path()).expect("a file")).collect()
}

#[test]
fn every_target_has_a_file_and_a_corpus() {
    let manifest = fs::read_to_string(folder("Cargo.toml")).expect("the manifest");
    for (name, _) in bodies::TARGETS {
        let file = fs::read_to_string(folder("targets").join(format!("{name}.rs"))).expect(name);
        assert!(file.ends_with(&format!("\nfuzz_target!(|data: &[u8]| bodies::{name}(data));\n")), "{file}");
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"targets/{name}.rs\"")), "{name}");
        assert!(!corpus(name).is_empty());
    }
    let files = fs::read_dir(folder("targets")).expect("a folder").count();
    assert_eq!(files, bodies::TARGETS.len());
}

#[test]
fn corpus_does_not_panic() {
    for (name, body) in bodies::TARGETS {
        for bytes in corpus(name) {
            body(&bytes);
            // Truncated, and with single bytes changed.
            for part in 1..4 {
                let at = bytes.len() * part / 4;
                body(&bytes[..at]);
                let mut bent = bytes.clone();
                if let Some(byte) = bent.get_mut(at) {
                    *byte ^= 1 << part;
                    body(&bent);
                }
            }
        }
    }
}

#[test]
fn random_bytes_do_not_panic() {
    for (name, body) in bodies::TARGETS {
        let cases = if ["store", "import"].contains(&name) { 8 } else { 256 };
        let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
        let any = prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..64),
            ".{0,40}".prop_map(String::into_bytes),
            "[0-9A-Za-z:+ ,;\"{}@.-]{0,60}".prop_map(String::into_bytes),
        ];
        runner
            .run(&any, |bytes| {
                body(&bytes);
                Ok(())
            })
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
