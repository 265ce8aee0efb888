//! The documentation: what its commands print.

use std::fs;
use std::process::Stdio;

use snapbox::Data;
use ssd::cli::help::topics::Topic;

use crate::support::snapshots::as_written;
use crate::support::transcripts::{documents, follow};
use crate::support::{SSD, folder, project, shell};

#[test]
fn the_readme_says_what_is_printed() {
    follow(&[project("README.md")]);
}

#[test]
fn the_help_topics_say_what_is_printed_in_both_languages() {
    let topics = [documents("src/l10n/help/en"), documents("src/l10n/help/pt")].concat();
    assert_eq!(topics.len(), 2 * Topic::ALL.len());
    follow(&topics);
}

#[test]
fn the_readme_is_short() {
    let readme = fs::read_to_string(project("README.md")).expect("the README");
    assert!(readme.lines().count() <= 180 && readme.len() <= 14_000, "{} bytes", readme.len());
    // Its list of topics is complete, and each of its links leads to a file.
    for topic in Topic::NAMES {
        assert!(readme.contains(&format!("| [{topic}](src/l10n/help/en/{topic}.md) |")), "{topic}");
    }
    for link in readme.split("](").skip(1) {
        let target = link.split(')').next().expect("a target");
        assert!(project(target).exists(), "{target}");
    }
}

#[test]
fn the_examples_say_what_is_printed() {
    follow(&documents("examples"));
}

#[test]
fn the_quickstart_prints_the_same_each_time() {
    let folder = folder();
    let mut shell = shell(folder.path());
    shell.env("SSD", SSD).arg(project("examples/quickstart.sh"));
    let output = shell.stderr(Stdio::piped()).output().expect("a shell");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success(), "{}", output.status);
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").collect();
    assert!(left.is_empty(), "it leaves {left:?} behind");
    let expected = Data::read_from(&project("examples/quickstart.txt"), None);
    as_written().eq(String::from_utf8(output.stdout).expect("UTF-8"), expected);
}
