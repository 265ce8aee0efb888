//! Letters as PDF pages: text and layout, the selection of letters, and their state in the outbox.
//!
//! `print_runs` of the long tests has interrupted print runs.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{ANA, ANTONIO, LUIS, Run, Sandbox, VARZEA, done, lines, manifest, pdf, person, skipped, word};

/// Registers holders by letter.
fn write_to(sandbox: &Sandbox, holders: &[&str]) {
    for niss in holders {
        sandbox.ssd(&format!("{} --channel letter", person(niss).portal())).ok();
    }
}

/// Returns a sandbox with letters to these holders.
fn with_letters(holders: &[&str]) -> Sandbox {
    let sandbox = Sandbox::new();
    write_to(&sandbox, holders);
    sandbox
}

fn bytes(sandbox: &Sandbox, name: &str) -> Vec<u8> {
    std::fs::read(sandbox.folder().join(name)).expect(name)
}

fn pages(sandbox: &Sandbox, name: &str) -> Vec<Vec<String>> {
    pdf::pages(&bytes(sandbox, name))
}

fn counts(reply: &Value) -> [u64; 4] {
    ["letters", "pages", "dispatched", "skipped"].map(|key| reply[key].as_u64().expect(key))
}

#[test]
fn page_has_address_text_and_code_with_accents() {
    let sandbox = with_letters(&[ANTONIO, LUIS]);
    let reply = done(sandbox.json("outbox print --pending --out letters.pdf --manifest letters.csv"));
    assert_eq!(counts(&reply), [2, 2, 2, 0]);
    assert_eq!((word(&reply, "file"), word(&reply, "manifest")), ("letters.pdf", "letters.csv"));
    let pages = pages(&sandbox, "letters.pdf");
    assert_eq!(pages.len(), 2);
    let has = |page: usize, line: &str| assert!(pages[page].iter().any(|one| one == line), "{line}: {:?}", pages[page]);
    for line in
        ["António Simões d'Ávila", "Rua de Cedofeita 340", "4050-180 Porto", "Lisboa, 5 de janeiro de 2026", "1/1"]
    {
        has(0, line);
    }
    for (page, holder) in [ANTONIO, LUIS].iter().enumerate() {
        has(page, &sandbox.code(holder));
        has(page, "O seu código para ativar a conta");
        has(page, "O seu código de verificação:");
    }
    has(1, "LUXEMBURGO");
    let rows = manifest(&sandbox, "letters.csv");
    assert_eq!(rows.len(), 2);
    let row = |key: &str| rows[1][key].as_str();
    assert_eq!(
        [row("page"), row("pages"), row("message"), row("niss"), row("purpose"), row("language")],
        ["2", "1", "2", LUIS, "activation", "pt"]
    );
    assert_eq!(row("to"), "Luís Filipe Évora, 8 Rue du Fort Elisabeth, 1463 Luxembourg, LUXEMBURGO");
    assert_eq!(
        [row("letter_expected_on"), row("created_at"), row("lacking")],
        ["2026-01-21", "2026-01-05T09:00:00Z", ""]
    );
    for name in ["letters.pdf", "letters.csv"] {
        let mode = std::fs::metadata(sandbox.folder().join(name)).expect(name).permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "only the owner can read codes");
    }
}

#[test]
fn letter_says_who_writes_to_whom_and_what_to_do() {
    let sandbox = with_letters(&[ANTONIO, LUIS]);
    sandbox.ssd("outbox print --out letters.pdf").ok();
    let pages = pages(&sandbox, "letters.pdf");
    for (page, number, niss, day) in
        [(&pages[0], 1, "NISS: ********046", "25 de janeiro"), (&pages[1], 2, "NISS: ********062", "3 de fevereiro")]
    {
        let text = page.join(" ");
        for part in [
            "Remetente: Segurança Social, Rua Inventada 100, 1000-999 Lisboa, Portugal".to_owned(),
            format!("Nossa referência: SSD/2026/{number}"),
            niss.to_owned(),
            "Lisboa, 5 de janeiro de 2026".to_owned(),
            "1. Aceda a «Ativar conta».".to_owned(),
            "2. Insira o NISS.".to_owned(),
            "3. Insira este código de verificação e confirme-o.".to_owned(),
            format!("válido até ao dia {day} de 2026, inclusive"),
            "Com os melhores cumprimentos, Segurança Social".to_owned(),
            "Esta carta não carece de resposta.".to_owned(),
            format!("Carta n.º {number}"),
        ] {
            assert!(text.contains(&part), "{part}: {text}");
        }
        assert!(!text.contains("09:00") && !text.contains("mensagem"), "{text}");
        assert!(!text.contains(ANTONIO) && !text.contains(LUIS), "{text}");
    }
}

#[test]
fn code_is_valid_until_the_end_of_the_day_that_its_letter_names() {
    let sandbox = with_letters(&[ANTONIO]);
    sandbox.at("2026-01-25T23:59:59Z");
    let code = sandbox.code(ANTONIO);
    sandbox.fork().activate_with(ANTONIO, &code).ok();
    // The day after, at the hour of the letter, it has expired.
    sandbox.at("2026-01-26T09:00:00Z");
    assert_eq!(crate::support::reason(&sandbox.try_activate(ANTONIO, &code)), "code_expired");
}

#[test]
fn sender_is_a_setting_and_the_page_of_the_timeline_shows_the_same_letter() {
    let sandbox = with_letters(&[ANTONIO]);
    sandbox.policy("letter.sender", "'Instituto; Largo do Teste 1; 4000-001 Porto'");
    sandbox.ssd("outbox print --out letters.pdf").ok();
    let page = pages(&sandbox, "letters.pdf").concat();
    let sender = "Remetente: Instituto, Largo do Teste 1, 4000-001 Porto, Portugal";
    assert!(page.iter().any(|line| line == sender), "{page:?}");
    sandbox.ssd(&format!("account timeline {ANTONIO} --html page.html")).ok();
    let html = sandbox.read("page.html").replace("&#39;", "'");
    for line in page.iter().filter(|line| *line != "1/1") {
        // The label of the code is above it, without a colon.
        let line = line.trim_end_matches(':');
        assert!(html.contains(line), "{line}: {html}");
    }
    sandbox.ssd("policy set letter.sender Instituto").fails(2).says("2").says("5");
    sandbox.ssd("policy set letter.sender 'A; www.exemplo.pt'").fails(2).says("expected Segurança Social; ");
}

#[test]
fn file_has_a_title_and_each_letter_a_bookmark_and_its_language() {
    let sandbox = with_letters(&[ANTONIO]);
    sandbox.ssd("outbox print --out one.pdf").ok();
    let own = "Carta n.º 1: O seu código para ativar a conta".to_owned();
    assert_eq!(pdf::titles(&bytes(&sandbox, "one.pdf")), (own.clone(), vec![own.clone()]));
    assert_eq!(pdf::languages(&bytes(&sandbox, "one.pdf")), ("pt-PT".to_owned(), vec!["pt-PT".to_owned()]));
    // A letter in English in the same file.
    let registry = sandbox.file(
        "r.csv",
        format!("niss,kind,name,birth_date,address,locality,language\n{ANA},citizen,Ann,1984-03-22,A 1,Lisboa,en\n"),
    );
    sandbox.ssd(&format!("registry import {registry}")).ok();
    sandbox.ssd(&format!("{} --channel letter", person(ANA).portal())).ok();
    sandbox.ssd("outbox print --out two.pdf").ok();
    let file = bytes(&sandbox, "two.pdf");
    let english = "Letter no. 2: Your code to activate your account".to_owned();
    assert_eq!(pdf::titles(&file), ("Cartas".to_owned(), vec![own, english]));
    assert_eq!(pdf::languages(&file), ("pt-PT".to_owned(), vec!["pt-PT".to_owned(), "en".to_owned()]));
    if let Some(info) = poppler(&sandbox, "pdfinfo", &["two.pdf"]) {
        assert!(String::from_utf8_lossy(&info).contains("Title:"), "{info:?}");
    }
}

/// Runs a program of poppler on a file of the sandbox. Returns `None` if it is not installed.
fn poppler(sandbox: &Sandbox, program: &str, args: &[&str]) -> Option<Vec<u8>> {
    match Command::new(program).args(args).current_dir(sandbox.folder()).output() {
        Ok(output) => {
            assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
            Some(output.stdout)
        }
        Err(_) => {
            skipped(&format!("a look at a letter by another program: {program} is not installed"));
            None
        }
    }
}

#[test]
fn pdftotext_reads_address_code_and_accents() {
    let sandbox = with_letters(&[ANTONIO]);
    sandbox.ssd("outbox print --out letters.pdf").ok();
    let Some(text) = poppler(&sandbox, "pdftotext", &["-layout", "letters.pdf", "-"]) else { return };
    let text = String::from_utf8(text).expect("UTF-8");
    for line in ["António Simões d'Ávila", "Rua de Cedofeita 340", "4050-180 Porto", "O seu código de verificação"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.contains(&sandbox.code(ANTONIO)), "{text}");
}

/// A page in shades of grey.
struct Picture {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

impl Picture {
    fn of(pgm: &[u8]) -> Picture {
        let head: Vec<usize> = pgm[2..]
            .split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty())
            .take(3)
            .map(|word| String::from_utf8_lossy(word).parse().expect("a number"))
            .collect();
        let (width, height) = (head[0], head[1]);
        Picture { width, height, shades: pgm[pgm.len() - width * height..].to_vec() }
    }

    /// Returns the number of dark points in an area: left, top, right and bottom in millimetres.
    fn ink(&self, [left, top, right, bottom]: [f64; 4]) -> usize {
        let x = |millimetres: f64| (millimetres / 210.0 * self.width as f64) as usize;
        let y = |millimetres: f64| (millimetres / 297.0 * self.height as f64) as usize;
        let dark = |row: usize| {
            self.shades[row * self.width..][x(left)..x(right)].iter().filter(|shade| **shade < 128).count()
        };
        (y(top)..y(bottom)).map(dark).sum()
    }
}

#[test]
fn address_is_in_the_window_and_margins_are_empty() {
    let sandbox = with_letters(&[ANTONIO]);
    sandbox.ssd("outbox print --out letters.pdf").ok();
    let Some(picture) = poppler(&sandbox, "pdftoppm", &["-gray", "-r", "100", "letters.pdf"]) else { return };
    let picture = Picture::of(&picture);
    assert_eq!((picture.width, picture.height), (827, 1170));
    assert!(picture.ink([102.0, 51.0, 190.0, 79.0]) > 300, "the address is in the window");
    assert!(picture.ink([25.0, 115.0, 110.0, 155.0]) > 1500, "the code is large");
    assert!(picture.ink([25.0, 18.0, 95.0, 35.0]) > 300, "the letterhead is printed");
    for (part, name) in [
        ([0.0, 0.0, 24.0, 297.0], "left"),
        ([191.0, 0.0, 210.0, 297.0], "right"),
        ([0.0, 0.0, 210.0, 17.0], "upper"),
        ([0.0, 287.0, 210.0, 297.0], "lower"),
        // The reference and the NISS are beside the window, up to 95 mm.
        ([95.0, 41.0, 99.0, 88.0], "the window's left"),
        ([99.0, 79.0, 210.0, 88.0], "the window's lower"),
        ([96.0, 0.0, 210.0, 44.5], "the window's upper"),
    ] {
        assert_eq!(picture.ink(part), 0, "{name} margin");
    }
}

#[test]
fn same_letters_give_the_same_bytes() {
    let print = |language: &str| {
        let sandbox = with_letters(&[ANTONIO, LUIS, VARZEA]);
        sandbox.ssd(&format!("outbox print --out a.pdf --manifest a.csv --lang {language}")).ok();
        sandbox.advance("1h");
        sandbox.ssd("outbox print --out b.pdf --manifest b.csv").ok();
        assert_eq!(bytes(&sandbox, "a.pdf"), bytes(&sandbox, "b.pdf"));
        assert_eq!(sandbox.read("a.csv"), sandbox.read("b.csv"));
        (bytes(&sandbox, "a.pdf"), sandbox.ssd("state-hash").ok())
    };
    assert_eq!(print("en"), print("pt"));
}

#[test]
fn other_alphabets_are_printed_and_missing_glyphs_reported() {
    let sandbox = Sandbox::empty();
    let names = ["Łukasz Šimić", "Ştefan Őry", "Nguyễn Thị Ánh", "Γεώργιος Ωνάσης", "Анна Їжак", "山本 Ana"];
    let street = "Praceta da Nossa Senhora da Conceição e São João Baptista 1234, Bloco B, 3.º andar esquerdo, porta das traseiras";
    let mut rows = "niss,kind,name,birth_date,address,postal_code,locality,language\n".to_owned();
    for (name, niss) in
        names.iter().zip([ANTONIO, LUIS, ANA, crate::support::JOSE, crate::support::MARIA, crate::support::INES])
    {
        rows += &format!("{niss},citizen,{name},1939-10-05,\"{street}\",4050-180,Porto,en\n");
        sandbox.file("r.csv", &rows);
    }
    sandbox.ssd("registry import r.csv").ok();
    for niss in [ANTONIO, LUIS, ANA, crate::support::JOSE, crate::support::MARIA, crate::support::INES] {
        sandbox
            .ssd(&format!(
                "register {niss} --account-type citizen --birth-date 1939-10-05 --channel letter --accept-terms"
            ))
            .ok();
    }
    let run = sandbox.ssd("--json outbox print --out letters.pdf --manifest letters.csv");
    assert!(run.err.contains("Letters with a character"), "{run:?}");
    assert_eq!(run.json()["lacking"], 1);
    let pages = pages(&sandbox, "letters.pdf");
    for (name, page) in names.iter().zip(&pages) {
        let shown = name.replace("山本", "\u{fffd}\u{fffd}");
        assert!(page.contains(&shown), "{name}: {page:?}");
        assert!(page.iter().any(|line| line.starts_with(&format!("Dear {shown},"))), "{page:?}");
    }
    let rows = manifest(&sandbox, "letters.csv");
    assert_eq!(
        rows.iter().map(|row| row["lacking"].as_str()).collect::<Vec<_>>(),
        ["", "", "", "", "", "U+5C71 U+672C"]
    );
}

#[test]
fn letter_is_pending_until_printed_and_can_be_reprinted() {
    let sandbox = with_letters(&[ANTONIO]);
    let pending = || lines(&sandbox.ssd("--json outbox list --pending").ok()).len();
    assert_eq!((pending(), sandbox.json("outbox show 1").get("dispatched_at")), (1, None));
    sandbox.advance("1h");
    sandbox.ssd("outbox print --pending --out 1.pdf").ok();
    assert_eq!(pending(), 0);
    for message in [sandbox.json("outbox show 1"), sandbox.messages(ANTONIO)[0].clone()] {
        assert_eq!(word(&message, "dispatched_at"), "2026-01-05T10:00:00Z");
    }
    assert!(sandbox.ssd("outbox show 1").out.contains("dispatched: 5 January 2026 at 10:00"));
    let nothing = done(sandbox.json("outbox print --pending --out 2.pdf"));
    assert_eq!((counts(&nothing), &nothing["file"]), ([0; 4], &Value::Null));
    assert!(!sandbox.folder().join("2.pdf").exists(), "no file without letters");
    sandbox.advance("1h");
    let again = done(sandbox.json(&format!("outbox print --niss {ANTONIO} --out 2.pdf")));
    assert_eq!(counts(&again), [1, 1, 0, 0]);
    assert_eq!(
        word(&sandbox.json("outbox show 1"), "dispatched_at"),
        "2026-01-05T10:00:00Z",
        "it was printed first then"
    );
    assert_eq!(bytes(&sandbox, "1.pdf"), bytes(&sandbox, "2.pdf"));
    // Notices without a code, and messages by other channels.
    sandbox.ssd(&format!("account suspend {ANTONIO} --reason x")).fails(1);
    sandbox.activate_with(ANTONIO, &sandbox.code(ANTONIO)).ok();
    sandbox.register();
    let notice = done(sandbox.json("outbox print --pending --out 3.pdf"));
    assert_eq!(counts(&notice), [1, 1, 1, 0]);
    assert!(pages(&sandbox, "3.pdf")[0].iter().any(|line| line == "A sua conta está ativa"));
}

#[test]
fn oldest_letters_are_printed_first_and_filters_apply() {
    let sandbox = with_letters(&[LUIS]);
    sandbox.advance("1h");
    write_to(&sandbox, &[ANTONIO]);
    sandbox.advance("1h");
    write_to(&sandbox, &[VARZEA]);
    let whose = |line: &str| -> Vec<String> {
        let other = sandbox.fork();
        other.ssd(&format!("outbox print --out a.pdf --manifest a.csv {line}")).ok();
        manifest(&other, "a.csv").into_iter().map(|row| row["niss"].clone()).collect()
    };
    assert_eq!(whose("--pending"), [LUIS, ANTONIO, VARZEA]);
    assert_eq!(whose("--limit 2"), [LUIS, ANTONIO]);
    assert_eq!(whose("--since 2026-01-05T10:00:00Z"), [ANTONIO, VARZEA]);
    assert_eq!(whose("--since 2026-01-05T10:00:00Z --limit 1 --pending"), [ANTONIO]);
    assert_eq!(whose(&format!("--niss {VARZEA}")), [VARZEA]);
}

/// Returns whether a line has stars. The NISS has some.
fn has_masked_code(lines: &[String]) -> bool {
    lines.iter().any(|line| line.contains('*') && !line.starts_with("NISS: "))
}

#[test]
fn letter_with_an_invalid_code_is_not_printed() {
    let all = [ANTONIO, LUIS, VARZEA];
    let skipped = |sandbox: &Sandbox, expected: [u64; 4]| {
        let reply = done(sandbox.json("outbox print --pending --out letters.pdf"));
        assert_eq!(counts(&reply), expected, "{reply}");
    };
    let sandbox = with_letters(&all);
    // Used: the notice about the activation is printed instead.
    sandbox.activate_with(ANTONIO, &sandbox.code(ANTONIO)).ok();
    // Superseded.
    sandbox.ssd(&format!("account reset {LUIS} --reason x")).ok();
    let one = sandbox.fork();
    skipped(&one, [4, 4, 4, 2]);
    let texts = pages(&one, "letters.pdf").concat();
    assert!(texts.contains(&one.code(LUIS)) && !has_masked_code(&texts), "{texts:?}");
    // Expired: letters within the country after 21 days, letters abroad after 30.
    sandbox.advance("25d");
    skipped(&sandbox, [3, 3, 3, 3]);
    skipped(&sandbox, [0, 0, 0, 3]);
    // The same with wiped codes.
    let real = Sandbox::real();
    write_to(&real, &all);
    real.activate_with(ANTONIO, &real.code(ANTONIO)).ok();
    real.ssd(&format!("account reset {LUIS} --reason x")).ok();
    skipped(&real, [4, 4, 4, 2]);
    assert!(!has_masked_code(&pages(&real, "letters.pdf").concat()));
}

#[test]
fn real_store_print_run_is_audited_without_codes() {
    let real = Sandbox::real();
    write_to(&real, &[ANTONIO, LUIS]);
    let code = real.code(ANTONIO);
    let reply = done(real.json("outbox print --pending --out letters.pdf"));
    let entry = real.json(&format!("why {}", reply["request"]));
    assert_eq!((word(&entry, "action"), word(&entry, "actor")), ("outbox_print", "tester"));
    let detail = &entry["detail"];
    assert_eq!([&detail["letters"], &detail["pages"], &detail["dispatched"]], [2, 2, 2]);
    assert_eq!(word(detail, "file").len(), 64, "a keyed hash");
    real.json(&format!("outbox print --niss {ANTONIO} --out again.pdf"));
    let entries = real.ssd("audit list").ok();
    assert!(!entries.contains(&code) && !entries.contains(&code.replace('-', "")), "{entries}");
    assert!(
        real.audit(ANTONIO).iter().any(|entry| entry["action"] == "outbox_print"),
        "the named holder has the entry"
    );
    real.ssd("audit verify").ok();
}

#[test]
fn store_and_special_files_are_not_overwritten() {
    let real = Sandbox::real();
    write_to(&real, &[ANTONIO]);
    std::os::unix::fs::symlink("store.db", real.folder().join("link.pdf")).expect("a link");
    std::fs::hard_link(real.key(), real.folder().join("hard.pdf")).expect("a link");
    std::fs::create_dir(real.folder().join("folder.pdf")).expect("a folder");
    rustix::fs::mkfifoat(rustix::fs::CWD, real.folder().join("pipe.pdf"), rustix::fs::Mode::RWXU).expect("a pipe");
    let (store, key) = (real.bytes(), std::fs::read(real.key()).expect("a key"));
    let refused = |line: &str| -> Run { real.ssd(line).fails(2).says("hint: ") };
    for name in ["store.db", "store.db-wal", "store.db.key", "link.pdf", "hard.pdf", "./store.db"] {
        refused(&format!("outbox print --out {name}")).says("belongs to the store");
        refused(&format!("outbox print --out a.pdf --manifest {name}")).says("belongs to the store");
    }
    for name in ["-", "folder.pdf", "pipe.pdf"] {
        refused(&format!("outbox print --out {name}")).says("is not a regular file");
    }
    refused("outbox print --out a.pdf --manifest ./a.pdf").says("two different files");
    refused("outbox print --out nowhere/a.pdf").says("nowhere");
    refused("outbox print --pending");
    assert_eq!((real.bytes(), std::fs::read(real.key()).expect("a key")), (store, key));
    assert!(!real.folder().join("a.pdf").exists());
    assert_eq!(lines(&real.ssd("--json outbox list --pending").ok()).len(), 1);
    // A link to a file is not followed.
    real.file("old.pdf", "old");
    std::os::unix::fs::symlink("old.pdf", real.folder().join("new.pdf")).expect("a link");
    refused("outbox print --out new.pdf").says("symbolic link");
    assert_eq!(real.read("old.pdf"), "old");
}

#[test]
fn recorded_and_exported_print_runs_replay() {
    let sandbox = Sandbox::empty();
    let line = |line: &str| sandbox.under(&[("SSD_RECORD", "session.jsonl")], line);
    let registry = format!("registry import {}", crate::support::data("personas.csv").display());
    line(&registry).ok();
    for niss in [ANTONIO, LUIS] {
        line(&format!("{} --channel letter", person(niss).portal())).ok();
    }
    line("clock advance 1h").ok();
    line("outbox print --pending --limit 1 --out 1.pdf --manifest 1.csv").ok();
    line("clock advance 1h").ok();
    line("outbox print --pending --out 2.pdf").ok();
    line("outbox print --pending --out 3.pdf").ok();
    line("outbox show 2").ok();
    let recorded = sandbox.read("session.jsonl");
    assert_eq!(recorded.matches("\"op\":\"letters\"").count(), 2, "{recorded}");
    let elsewhere = Sandbox::nothing();
    elsewhere.file("session.jsonl", &recorded);
    elsewhere.ssd("scenario run session.jsonl --keep store.db").ok();
    for niss in [ANTONIO, LUIS] {
        let hash = |of: &Sandbox| of.ssd(&format!("state-hash --niss {niss}")).ok();
        assert_eq!(hash(&sandbox), hash(&elsewhere));
        let export = sandbox.json(&format!("scenario export {niss}"));
        assert_eq!((&export["otherwise"], &export["same_state"]), (&json!([]), &json!(true)), "{export}");
        let again = Sandbox::nothing();
        again.file("export.jsonl", word(&export, "scenario"));
        again.ssd("scenario run export.jsonl --keep store.db").ok();
        assert_eq!(hash(&sandbox), hash(&again));
        sandbox.ssd(&format!("scenario export {niss} --anonymise")).ok();
    }
}

#[test]
fn scenario_prints_without_a_file_and_batch_is_refused() {
    let sandbox = with_letters(&[]);
    let scenario = format!(
        "{}\n{}\n{}\n{}\n",
        json!({"op": "registry", "file": crate::support::data("personas.csv")}),
        json!({"op": "register", "niss": ANTONIO, "account_type": "citizen", "birth_date": "1939-10-05", "channel": "letter", "accept_terms": true}),
        json!({"op": "letters", "pending": true, "expect": {"letters": 1, "dispatched": 1, "file": null}}),
        json!({"op": "message", "niss": ANTONIO, "expect": {"dispatched_at": "2026-01-05T09:00:00Z"}}),
    );
    sandbox.file("s.jsonl", scenario);
    sandbox.ssd("scenario run s.jsonl").ok();
    for (line, field) in [
        (r#"{"op":"letters","pending":1}"#, "pending"),
        (r#"{"op":"letters","limit":0}"#, "limit"),
        (r#"{"op":"letters","out":"x"}"#, "out"),
    ] {
        sandbox.file("bad.jsonl", line);
        sandbox.ssd("scenario run bad.jsonl").fails(2).says(field);
    }
    sandbox.file("batch.jsonl", "{\"op\":\"outbox_print\"}\n");
    sandbox.ssd("batch batch.jsonl --out replies.jsonl").fails(5);
}
