//! Short resources: threads, memory and core dumps.

use std::process::Command;

use crate::support::*;

/// Runs a script in a shell with the binary in `SSD`.
fn shell(sandbox: &Sandbox, script: &str) -> Run {
    let mut shell = Command::new("sh");
    shell.args(["-c", script]);
    let ours = sandbox.command("");
    shell.env_clear().env("SSD", SSD).envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let run = shell.current_dir(sandbox.folder()).output().expect("a shell");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Run { out: text(run.stdout), err: text(run.stderr), code: run.status.code().unwrap_or(-1) }
}

#[test]
fn batch_without_threads_goes_on_or_ends_with_exit_code_3() {
    let line = format!("{{\"op\":\"account_unlock\",\"niss\":\"{ANA}\",\"reason\":\"x\"}}\n");
    // 256 threads need 512 MiB of address space for their stacks.
    let sandbox = Sandbox::new();
    sandbox.file("batch.jsonl", line.repeat(20));
    let run = shell(&sandbox, "ulimit -v 300000; exec \"$SSD\" batch batch.jsonl --jobs 256 --json");
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(lines(&run.out).len(), 20);
    // Each thread has open files of its own.
    let run = shell(&sandbox, "ulimit -n 40; exec \"$SSD\" batch batch.jsonl --jobs 256 --json");
    assert_eq!((run.code, run.out.lines().count()), (0, 20), "{run:?}");
}

#[test]
fn batch_never_aborts_for_lack_of_memory() {
    let sandbox = Sandbox::new();
    let unlock = format!("{{\"op\":\"account_unlock\",\"niss\":\"{ANA}\",\"reason\":\"x\"}}\n");
    let login = format!("{{\"op\":\"login\",\"niss\":\"{ANA}\",\"password\":\"{PASSWORD}\"}}\n");
    sandbox.file("batch.jsonl", unlock.repeat(10) + &login);
    sandbox.file("alerts.csv", format!("niss;kind;about\n{ANA};payment;x\n"));
    // The binary itself needs a number of KiB that depends on its build.
    let starts = |limit: &usize| shell(&sandbox, &format!("ulimit -v {limit}; exec \"$SSD\" store info")).code == 0;
    let least = (10_000..400_000).step_by(2_000).find(starts).expect("a limit under which it starts") + 2_000;
    let mut ends = std::collections::BTreeSet::new();
    for (command, limits) in [
        ("batch batch.jsonl --jobs 8", (least..least + 20_000).step_by(1_000)),
        ("batch batch.jsonl --jobs 8", (least + 80_000..least + 240_000).step_by(10_000)),
        ("alerts send alerts.csv", (least..least + 10_000).step_by(1_000)),
    ] {
        for limit in limits {
            let run = shell(&sandbox, &format!("ulimit -v {limit}; exec \"$SSD\" --json {command}"));
            let is_short = run.code == 3 && run.out.contains("\"no_resources\"");
            assert!(is_short || [0, 5].contains(&run.code), "{command} {limit}: {run:?}");
            ends.insert(is_short);
        }
    }
    assert_eq!(ends.len(), 2, "limits that are too low and limits that are not");
}

#[test]
fn long_lines_wait_in_limited_memory() {
    let sandbox = Sandbox::new();
    // Almost 1 MiB per line, most of it blank: only the waiting lines need memory.
    sandbox.file("line", format!("{{\"op\":\"registry_count\"{}}}\n", " ".repeat(1_048_000)));
    let run = shell(
        &sandbox,
        "n=0; while [ $n -lt 170 ]; do cat line; n=$((n + 1)); done | (ulimit -d 150000; exec \"$SSD\" batch - --jobs 1) | wc -l",
    );
    assert_eq!(run.out.trim(), "170", "{run:?}");
}

#[test]
fn hash_without_memory_ends_with_exit_code_3_and_counts_nothing() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.file("password", OTHER_PASSWORD);
    let line = format!("{{\"op\":\"activate\",\"niss\":\"{ANA}\",\"code\":\"000001\",\"password\":\"{PASSWORD}\"}}\n");
    sandbox.file("batch.jsonl", line);
    sandbox.policy("argon2.memory", "1048576");
    let before = sandbox.bytes();
    for command in [format!("login {ANA} --password-stdin < password"), "batch batch.jsonl".to_owned()] {
        let run = shell(&sandbox, &format!("ulimit -v 500000; exec \"$SSD\" --json {command}"));
        assert_eq!((run.code, word(&run.json(), "kind")), (3, "no_resources"), "{run:?}");
        assert!(run.json().to_string().contains("m=1048576,t=1,p=1"), "{run:?}");
    }
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn password_is_estimated_without_a_second_thread() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = sandbox.code(ANA);
    sandbox.file("weak", "Sofia-Marques-Ferreira-1");
    sandbox.file("strong", PASSWORD);
    let activate = |input| {
        // The system can't map a stack of this size.
        let huge = "RUST_MIN_STACK=200000000000000; export RUST_MIN_STACK";
        let line = format!("{huge}; exec \"$SSD\" --json activate {ANA} --code {code} --password-stdin < {input}");
        shell(&sandbox, &line).json()
    };
    assert_eq!(reason(&activate("weak")), "password_weak");
    assert_eq!(word(&activate("strong"), "result"), "done");
}

#[test]
fn core_dumps_are_forbidden() {
    let sandbox = Sandbox::new();
    // The process waits for its input while the shell reads its limits.
    let run = shell(
        &sandbox,
        "mkfifo input replies; exec 9<>input; ulimit -c unlimited
        \"$SSD\" batch - < input > replies 9>&- & pid=$!
        exec 8<replies; echo '{' >&9; read reply <&8
        grep 'Max core file size' /proc/$pid/limits; kill $pid; wait",
    );
    let line = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line.starts_with("Max core file size 0 0"), "{run:?}");
}

#[test]
fn outputs_are_synced_with_their_folders() {
    let sandbox = Sandbox::new();
    sandbox.file("batch.jsonl", "{\n");
    sandbox.file("registry.csv", "niss,kind,name\n1,citizen,x\n");
    std::fs::create_dir(sandbox.folder().join("out")).expect("a folder");
    for line in
        ["batch batch.jsonl --out out/replies.jsonl", "registry import registry.csv --rejects out/rejects.jsonl"]
    {
        // One file per thread: in a common one, calls of two threads interrupt each other's lines.
        let run = shell(
            &sandbox,
            &format!(
                "rm -f trace.*; strace -ff -y -e trace=fsync,fdatasync -o trace \"$SSD\" {line}
                cat trace.* > calls; test -s calls || exit 77; cat calls"
            ),
        );
        if run.code != 0 && run.code != 5 {
            skipped("synced outputs: strace can't run here");
            return;
        }
        let synced = |name: &str| run.out.lines().any(|call| call.contains(&format!("/{name}>)")));
        let file = line.rsplit('/').next().expect("a name");
        assert!(synced(&format!("out/{file}")) && synced("out"), "{line}: {run:?}");
    }
}
