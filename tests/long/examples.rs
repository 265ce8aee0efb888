//! The contents of examples/: every scenario passes, and the test suites run as a reader would run them.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::support::{Run, SSD, Sandbox, finish, folder, project, shell, skipped};

fn scenarios() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(project("examples/scenarios"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    files
}

/// Runs a command of a suite. `ssd` is in PATH, and `SSD` is not set, as for most readers.
fn run(mut command: Command) -> Run {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    finish(command, None)
}

#[test]
fn every_scenario_passes() {
    let files = scenarios();
    assert!(files.len() >= 6);
    let sandbox = Sandbox::nothing();
    let mut command = sandbox.command("scenario run");
    command.args(&files);
    let run = finish(command, None);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a scenario");
        assert!(
            text.contains("\"//\"") && text.contains("\"expect\""),
            "{} has no comment or no expectation",
            file.display()
        );
    }
}

#[test]
fn shell_suite_passes_and_prints_tap() {
    let folder = folder();
    let suite = project("examples/suite/suite.sh");
    let mut all = shell(folder.path());
    all.arg(&suite);
    let output = run(all);
    assert_eq!((output.code, output.err.as_str()), (0, ""), "{}", output.out);
    // SSD names another binary, by a relative path or a word.
    for ssd in [SSD, "ssd"] {
        let mut one = shell(folder.path());
        one.arg(&suite).arg("test_wrong_code").env("SSD", ssd);
        assert_eq!(run(one).code, 0, "SSD={ssd}");
    }
    let mut one = shell(folder.path());
    one.arg(&suite).arg("test_wrong_code").env("SSD", "/nowhere/ssd");
    assert_eq!(run(one).code, 1);
    let lines: Vec<&str> = output.out.lines().collect();
    assert_eq!(lines[0], format!("1..{}", lines.len() - 1));
    assert!(lines[1..].iter().all(|line| line.starts_with("ok ")), "{}", output.out);
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 0, "it leaves nothing behind");
}

#[test]
fn shell_suite_fails_with_a_failing_assertion() {
    let folder = folder();
    let suite = std::fs::read_to_string(project("examples/suite/suite.sh")).expect("a suite");
    let broken = suite.replace("has '\"reason\":\"code_wrong\"'", "has '\"reason\":\"code_right\"'");
    std::fs::create_dir_all(folder.path().join("examples/suite")).expect("a folder");
    std::fs::create_dir_all(folder.path().join("examples/data")).expect("a folder");
    std::fs::copy(project("examples/data/personas.csv"), folder.path().join("examples/data/personas.csv"))
        .expect("a copy");
    let file = folder.path().join("examples/suite/suite.sh");
    std::fs::write(&file, broken).expect("a suite");
    let mut one = shell(folder.path());
    one.arg(&file).args(["test_wrong_code", "test_that_is_absent", "test_messages"]);
    let output = run(one);
    assert_eq!(output.code, 1);
    for part in ["1..3\n", "not ok 1 - test_wrong_code\n", "# no \"reason\":\"code_right\" in: ", "not ok 2", "ok 3"] {
        assert!(output.out.contains(part), "{part:?} in {}", output.out);
    }
}

#[test]
fn bats_and_pytest_suites_pass_if_installed() {
    let folder = folder();
    let suites: [(&str, &[&str], &str); 2] = [
        ("bats", &["bats", "--version"], "bats"),
        ("pytest", &["pytest", "--version"], "PYTHONDONTWRITEBYTECODE=1 pytest -q -p no:cacheprovider"),
    ];
    for ((name, probe, runner), file) in suites.into_iter().zip(["ssd.bats", "test_ssd.py"]) {
        let mut there = shell(folder.path());
        there.arg("-c").arg(format!("'{}' >/dev/null 2>&1", probe.join("' '")));
        if run(there).code != 0 {
            skipped(&format!("{name}: not on this machine"));
            continue;
        }
        let mut suite = shell(folder.path());
        let file = project("examples/suite").join(file);
        suite.arg("-c").arg(format!("{runner} {}", shell_words::quote(&file.to_string_lossy())));
        let output = run(suite);
        assert_eq!(output.code, 0, "{}{}", output.out, output.err);
    }
}

#[test]
fn commands_of_the_workflow_pass() {
    let folder = folder();
    let workflow = std::fs::read_to_string(project("examples/suite/ci.yml")).expect("a workflow");
    let commands: Vec<&str> = workflow.lines().filter_map(|line| line.trim().strip_prefix("- run: ")).collect();
    // The installation is a step of its own in `.ci/run`.
    let (install, commands): (Vec<&str>, Vec<&str>) = commands.iter().partition(|line| line.starts_with("cargo "));
    assert_eq!((install.len(), commands.len()), (1, 2), "{workflow}");
    std::os::unix::fs::symlink(project("examples"), folder.path().join("examples")).expect("a link");
    for line in commands {
        let mut step = shell(folder.path());
        step.arg("-c").arg(line);
        let output = run(step);
        assert_eq!(output.code, 0, "{line}: {}{}", output.out, output.err);
    }
    assert!(folder.path().join("report.xml").exists());
}

#[test]
fn commands_of_the_demo_work_in_its_folder() {
    let sandbox = Sandbox::nothing();
    let shown = sandbox.json("demo");
    let words = |key: &str| -> Vec<String> {
        let list = shown[key].as_array().expect("a list").iter();
        list.map(|word| word.as_str().expect("a text").to_owned()).collect()
    };
    let folder = sandbox.folder().join("ssd-demo");
    let text = sandbox.ssd("demo other").ok();
    for file in words("files") {
        assert!(folder.join(&file).is_file() && text.contains(&file), "{file}");
    }
    assert_eq!(words("try").len(), 5);
    for line in words("try") {
        let mut command = Command::new(SSD);
        command.args(line.split(' ').skip(1)).current_dir(&folder);
        let run = run(command);
        // One of the registrations is refused.
        let expected = if line.contains("batch") { 5 } else { 0 };
        assert_eq!(run.code, expected, "{line}: {}{}", run.out, run.err);
        assert!(text.contains(&line), "{text}");
    }
    std::fs::write(folder.join("data/alerts.csv"), "mine").expect("a file");
    sandbox.ssd("demo").fails(2).says("ssd-demo/data/personas.csv").says("ssd demo DIR");
    assert_eq!(std::fs::read_to_string(folder.join("data/alerts.csv")).expect("a file"), "mine");
}

#[test]
fn forms_are_loaded_as_they_are() {
    for language in ["en", "pt"] {
        let sandbox = Sandbox::empty();
        sandbox.ssd(&format!("template registry --lang {language} --out registry.csv")).ok();
        assert_eq!(sandbox.json("registry import registry.csv")["loaded"], 2);
        sandbox.ssd(&format!("template register --lang {language} --out requests.csv")).ok();
        sandbox.ssd("batch requests.csv --op register").ok();
        for niss in ["12000000012", "25000000129"] {
            sandbox.activate_with(niss, &sandbox.code(niss)).ok();
        }
        sandbox.file("alerts.csv", sandbox.ssd(&format!("template alerts --lang {language}")).ok());
        let replies = crate::support::lines(&sandbox.ssd("alerts send alerts.csv").fails(5).out);
        assert_eq!(replies[0]["result"], "done", "the second holder has no account");
    }
    let sandbox = Sandbox::nothing();
    sandbox.ssd("template session_list").fails(2).says("registry, alerts, register");
}
