//! The export of a holder as a scenario.

use serde_json::json;

use super::*;

/// Exports a holder, replays the scenario in another sandbox, and compares the state.
pub fn assert_replays(sandbox: &Sandbox, niss: &str) -> String {
    let export = sandbox.json(&format!("scenario export {niss}"));
    let scenario = export["scenario"].as_str().expect("a scenario").to_owned();
    let audit = || sandbox.ssd(&format!("audit list --niss {niss}")).out;
    assert_eq!(export["otherwise"], json!([]), "{scenario}\n{}", audit());
    let elsewhere = Sandbox::nothing();
    elsewhere.file("export.jsonl", &scenario);
    let run = elsewhere.ssd("scenario run export.jsonl --keep store.db");
    assert_eq!(run.code, 0, "{run:?}\n{scenario}");
    let hash = |of: &Sandbox| of.ssd(&format!("state-hash --niss {niss}")).ok();
    assert_eq!(hash(sandbox), hash(&elsewhere), "{}{scenario}\n{}", difference(sandbox, &elsewhere, niss), audit());
    assert_eq!(export["same_state"], true);
    scenario
}

/// Returns the differences between two stores about a holder.
fn difference(one: &Sandbox, other: &Sandbox, niss: &str) -> String {
    let state_of = |of: &Sandbox| -> Vec<String> {
        let looks = ["outbox list --json --niss", "account show --json", "registry show --json"];
        let all = looks.iter().flat_map(|look| {
            let shown = of.ssd(&format!("{look} {niss}")).out;
            shown.lines().map(str::to_owned).collect::<Vec<_>>()
        });
        all.map(|line| line.split_once("\"niss\"").map_or(line.clone(), |(_, rest)| rest.to_owned())).collect()
    };
    let (one, other) = (state_of(one), state_of(other));
    let only = |of: &[String], in_other: &[String], mark: &str| -> String {
        of.iter().filter(|line| !in_other.contains(line)).map(|line| format!("{mark} {line}\n")).collect()
    };
    only(&one, &other, "-") + &only(&other, &one, "+")
}
