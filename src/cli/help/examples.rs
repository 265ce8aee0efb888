//! Command lines that work, for the pages of help. They are code, the same in both languages; a test has clap read each.

/// Of a command, by its words; of the program itself for none.
pub fn of(path: &str) -> &'static [&'static str] {
    match path {
        "" => &[
            "ssd init --sandbox",
            "ssd registry import examples/data/personas.csv",
            "ssd register 12000000012 --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms",
            "ssd outbox code 12000000012",
        ],
        "register" => &[
            "ssd register 12000000012 --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms",
            "ssd register 25000000129 --account-type company --nif 500000123 --channel email --accept-terms",
        ],
        "activate" => &["ssd activate 12000000012 --code 123456 --password-stdin < password.txt"],
        "login" => &["export SSD_SESSION=$(ssd login 12000000012 --password-stdin < password.txt)"],
        "logout" => &["ssd logout"],
        "recover request" => &[
            "ssd recover request 12000000012 --name 'Ana Sofia Marques Ferreira' --birth-date 1984-03-22 --civil-id 12345670 \
             --nif 200000012 --mobile 912000001 --channel sms",
        ],
        "recover confirm" => &["ssd recover confirm 12000000012 --code 123456 --password-stdin < password.txt"],
        "password change" => &["printf '%s\\n' \"$OLD\" \"$NEW\" | ssd password change --password-stdin"],
        "contacts show" => &["ssd contacts show"],
        "contacts update" => &["ssd contacts update --email ana@correio.example --mobile +33612345678"],
        "contacts confirm" => {
            &["ssd contacts confirm --channel sms", "ssd contacts confirm --channel sms --code 123456"]
        }
        "contacts remove" => &["ssd contacts remove --telephone"],
        "alerts set" => &["ssd alerts set sms"],
        "alerts send" => {
            &["ssd alerts send examples/data/alerts.csv --out replies.jsonl", "ssd alerts send - --dry-run"]
        }
        "messages list" => &["ssd messages list --unread", "ssd messages list --kind payment"],
        "messages calendar" => &["ssd messages calendar --ics payments.ics"],
        "messages show" => &["ssd messages show 1"],
        "profile show" => &["ssd profile show"],
        "second-factor enrol" => &[
            "ssd second-factor enrol 12000000046 --account-type citizen --name \"António Simões d'Ávila\" --birth-date 1939-10-05 --civil-id 00234567 --nif 100000045 --password-stdin < password.txt",
        ],
        "session list" => &["ssd session list"],
        "session end" => &["ssd session end --others", "ssd session end 83f1c0a2d45be967"],
        "phone-code set" => &["ssd phone-code set"],
        "phone-code change" => &["ssd phone-code change --generate"],
        "phone-code remove" => &["ssd phone-code remove"],
        "phone-line" => &[
            "printf '12000000012\\n271828\\n' | ssd phone-line",
            "export SSD_CALL=$(ssd phone-line 12000000012 --code-stdin < digits.txt)",
        ],
        "phone-line payments" => &["ssd phone-line payments"],
        "phone-line whoami" => &["ssd phone-line whoami"],
        "cmd enrol" => &["ssd cmd enrol 12000000012 --mobile 912000001 --pin-stdin < pin.txt"],
        "cmd revoke" => &["ssd cmd revoke 12000000012"],
        "phone-code verify" => &["ssd phone-code verify 12000000012 --code-stdin < digits.txt"],
        "template" => &["ssd template registry --out registry.csv", "ssd template register --lang pt > registos.csv"],
        "batch" => &[
            "ssd batch requests.jsonl --out replies.jsonl",
            "ssd batch requests.jsonl --out replies.jsonl --resume",
            "ssd batch requests.csv --op register --failed failed.csv --once 'March 2026'",
        ],
        "batch forget" => &["ssd batch forget 'March 2026'"],
        "registry import" => {
            &["ssd registry import records.csv --rejects rejects.jsonl", "ssd registry import - --dry-run"]
        }
        "registry show" => &["ssd registry show 12000000012"],
        "registry list" => &["ssd registry list --limit 20", "ssd registry list --all --format csv > registry.csv"],
        "registry find" => &["ssd registry find ana ferreira", "ssd registry find 912 000 001 --json"],
        "registry count" => &["ssd registry count"],
        "account show" => &["ssd account show 12000000012"],
        "account list" => &[
            "ssd account list --state requested --limit 20",
            "ssd account list --blocked login",
            "ssd account list --since 7d --count",
        ],
        "account unlock" => &["ssd account unlock 12000000012 --reason 'asked for by telephone'"],
        "account suspend" => &["ssd account suspend 12000000012 --reason 'a complaint'"],
        "account resume" => &["ssd account resume 12000000012 --reason 'settled'"],
        "account reset" => &["ssd account reset 12000000012 --reason 'lost both contacts'"],
        "account close" => &["ssd account close 12000000012 --reason 'asked for by letter'"],
        "account history" => &["ssd account history 12000000012"],
        "account timeline" => {
            &["ssd account timeline 12000000012", "ssd account timeline 12000000012 --html timeline.html"]
        }
        "account export" => &["ssd account export 12000000012"],
        "account erase" => &["ssd account erase 12000000012 --reason 'asked for' --yes"],
        "outbox list" => &["ssd outbox list --niss 12000000012 --channel sms", "ssd outbox list --status returned"],
        "outbox show" => &["ssd outbox show 1"],
        "outbox code" => &["ssd outbox code 12000000012 --purpose activation"],
        "outbox wait" => &["ssd outbox wait 12000000012 --purpose recovery --timeout 10s"],
        "outbox print" => {
            &["ssd outbox print --out letters.pdf", "ssd outbox print --pending --out monday.pdf --manifest monday.csv"]
        }
        "outbox returned" => &["ssd outbox returned 1 2 --reason 'moved'"],
        "outbox failed" => &["ssd outbox failed 1 --reason bounced"],
        "outbox export" => &["ssd outbox export --eml mail --since 2026-01-05T09:00:00Z"],
        "audit list" => &[
            "ssd audit list --niss 12000000012 --since 2026-01-05",
            "ssd audit list --op login --outcome refused --since 7d",
        ],
        "audit verify" => &["ssd audit verify"],
        "audit head" => &["ssd audit head > anchor.txt"],
        "audit export" => &["ssd audit export > audit.jsonl"],
        "why" => &["ssd why 7"],
        "report" => &["ssd report", "ssd report --since 2026-03-01 --until 2026-03-31 --html march.html"],
        "policy show" => &["ssd policy show"],
        "policy set" => &["ssd policy set code.sms.life 5m"],
        "clock show" => &["ssd clock show"],
        "clock advance" => &["ssd clock advance 8wd"],
        "clock set" => &["ssd clock set 2026-03-02T09:00:00Z"],
        "scenario run" => &["ssd scenario run examples/scenarios/*.jsonl --junit report.xml"],
        "scenario export" => &["ssd scenario export 12000000012 --anonymise > scenario.jsonl"],
        "conform" => &["ssd conform --standard nist"],
        "init" => &["ssd init", "ssd init --sandbox --seed 7 --at 2026-03-02T09:00:00Z"],
        "store check" => &["ssd store check"],
        "store backup" => &["ssd store backup copy.db"],
        "store restore" => &["ssd store restore copy.db", "ssd store restore copy.db --backup-key old.key --replace"],
        "store rekey" => &["ssd store rekey"],
        "store clock-reset" => &["ssd store clock-reset --reason 'the clock was a year ahead on 3 March'"],
        "store info" => &["ssd store info"],
        "state-hash" => &["ssd state-hash --niss 12000000012"],
        "schema" => &["ssd schema > schema.json"],
        "help" => &["ssd help", "ssd help registry-files", "ssd help outbox print"],
        "demo" => &["ssd demo", "ssd demo trial"],
        "explain" => &["ssd explain code_superseded", "ssd explain"],
        "terms" => &["ssd terms", "ssd terms --lang pt"],
        "completions" => &["source <(ssd completions bash)"],
        "man" => &["ssd man | man -l -", "ssd man ~/.local/share/man/man1"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command_tree;

    #[test]
    fn every_command_has_an_example_and_clap_reads_each() {
        for entry in command_tree::entries() {
            for spec in entry.commands() {
                let examples = of(spec.path);
                assert!(!examples.is_empty(), "{} has no example", spec.path);
                for example in examples {
                    let call = &example[example.find("ssd ").expect("a call") + 4..];
                    let call = call.split([')', '|', '>', '<']).next().expect("a call");
                    assert!(call.trim().starts_with(spec.path), "{example} is of another command");
                    let words = shell_words::split(call).expect("words of a shell");
                    let matches = command_tree::command(&[]).try_get_matches_from(words);
                    assert!(matches.is_ok(), "{example}: {}", matches.expect_err("an error"));
                }
            }
        }
    }
}
