//! Checks that every step of the guides is covered: each numbered step, and each lettered section of 003 about the service,
//! has a test of its name or a row in the table of web page steps in the topic `guides`, and never both.

const TESTS: [&str; 2] = [include_str!("../rules/guide_steps.rs"), include_str!("prompts.rs")];
const GUIDES: &str = include_str!("../../src/l10n/help/en/guides.md");

/// Every step: how a test names it and how a row does.
fn steps() -> Vec<(String, String)> {
    let two_digits = |test: &str, row: &str, count: usize| -> Vec<(String, String)> {
        (1..=count).map(|step| (format!("{test}_step_{step:02}"), format!("{row} step {step}"))).collect()
    };
    let one_digit = |test: &str, row: &str, count: usize| -> Vec<(String, String)> {
        (1..=count).map(|step| (format!("{test}_step_{step}"), format!("{row} step {step}"))).collect()
    };
    let section = |letter: &str| vec![(format!("seed_003_{}", letter.to_lowercase()), format!("003 {letter}"))];
    [
        two_digits("seed_000", "000", 15),
        two_digits("seed_001", "001", 25),
        two_digits("seed_002", "002", 10),
        two_digits("seed_002_activation", "002 activation", 8),
        one_digit("seed_002_cmd", "002 Chave Móvel Digital", 3),
        section("B"),
        one_digit("seed_003_c", "003 C", 3),
        section("D"),
        section("E"),
        one_digit("seed_003_f", "003 F", 4),
        section("G"),
    ]
    .concat()
}

fn is_tested(step: &str) -> bool {
    TESTS.iter().any(|file| file.contains(&format!("#[test]\nfn {step}_")))
}

fn has_a_row(step: &str) -> bool {
    GUIDES.lines().any(|line| line.starts_with(&format!("| {step} |")))
}

#[test]
fn every_step_of_the_seeds_is_a_test_or_a_row_of_the_guides() {
    for (test, row) in steps() {
        match (is_tested(&test), has_a_row(&row)) {
            (true, false) | (false, true) => {}
            (true, true) => panic!("{row} is a test and has a row in the guides too"),
            (false, false) => panic!("{row} is neither a test {test}_... nor a row of the guides"),
        }
    }
}

#[test]
fn no_test_and_no_row_is_of_a_step_that_the_seeds_do_not_have() {
    let known = steps();
    for name in TESTS.iter().flat_map(|file| file.lines()).filter_map(|line| line.strip_prefix("fn seed_")) {
        assert!(known.iter().any(|(test, _)| format!("seed_{name}").starts_with(&format!("{test}_"))), "seed_{name}");
    }
    for row in GUIDES.lines().filter(|line| line.starts_with("| 00") && line.contains(" step ")) {
        assert!(known.iter().any(|(_, step)| row.starts_with(&format!("| {step} |"))), "{row}");
    }
}
