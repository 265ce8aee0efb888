//! The shell sessions in tests/transcripts.

use crate::support::transcripts::{documents, follow};

#[test]
fn the_transcripts_say_what_is_printed() {
    let documents = documents("tests/transcripts");
    assert!(!documents.is_empty());
    follow(&documents);
}
