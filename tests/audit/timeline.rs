//! Account timelines: their events, and their HTML page.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use serde_json::Value;

use crate::support::chave_movel;
use crate::support::*;

fn events(sandbox: &Sandbox, niss: &str) -> Vec<Value> {
    lines(&sandbox.ssd(&format!("--json account timeline {niss}")).ok())
}

/// Returns `kind what outcome` of each event.
fn message_log(events: &[Value]) -> Vec<String> {
    let outcome = |event: &Value| event["outcome"].as_str().unwrap_or("-").to_owned();
    events.iter().map(|event| format!("{} {} {}", word(event, "kind"), word(event, "what"), outcome(event))).collect()
}

fn page(sandbox: &Sandbox, niss: &str, language: &str) -> String {
    sandbox.ssd(&format!("account timeline {niss} --html page.html --lang {language}")).ok();
    sandbox.read("page.html")
}

#[test]
fn timeline_lists_requests_with_their_effects() {
    let expected = "refusal register identity_mismatch
request register done
state requested -
code activation used
message activation -
request activate done
state active requested
message activated -
message activated -
request login done
request contacts_update done
code contact_mobile used
message contact_mobile -
request contacts_confirm done
message contact_changed -
message contact_changed -
message contact_changed -
refusal login login_failed
refusal login login_failed
refusal login login_failed
refusal login login_failed
refusal login login_failed
block login set
message login_locked -
message login_locked -
refusal login login_locked
request account_unlock done
block login lifted
request account_suspend done
state suspended active
message suspended -
message suspended -
request account_resume done
state active suspended
message resumed -
message resumed -";
    let sandbox = sandbox_with_history();
    let events = events(&sandbox, ANA);
    assert_eq!(message_log(&events).join("\n"), expected);
    let set = events.iter().find(|event| event["kind"] == "block").expect("a block");
    assert_eq!(word(set, "until"), "2026-01-06T09:17:00Z");
    // Each event belongs to an audit entry, and each message event to an outbox message.
    let numbers: Vec<i64> = sandbox.audit(ANA).iter().filter_map(|entry| entry["id"].as_i64()).collect();
    assert!(events.iter().all(|event| numbers.contains(&event["entry"].as_i64().expect("an entry"))));
    let sent: Vec<&Value> = events.iter().map(|event| &event["message"]).filter(|id| !id.is_null()).collect();
    assert_eq!(sent, sandbox.messages(ANA).iter().map(|message| &message["id"]).collect::<Vec<_>>());
}

#[test]
fn cmd_account_opens_at_the_second_call_within_one_second() {
    let sandbox = chave_movel::enrolled();
    for step in ["identity", "channels"] {
        sandbox.ssd(&format!("{REGISTER_ANA} --until {step}")).ok();
    }
    let code = chave_movel::sent(&sandbox, chave_movel::REGISTER);
    sandbox.feed_json(&format!("{} --code {code}", chave_movel::REGISTER), chave_movel::PIN);
    done(chave_movel::typed(&sandbox, chave_movel::REGISTER, &code));
    sandbox.advance("2m");
    done(chave_movel::through(&sandbox, chave_movel::LOGIN));
    let expected = "request cmd_enrol done
request register done
request register done
request register done
code cmd used
message cmd -
refusal register consent_refused
request register done
state active -
message activated -
message activated -
request login done
code cmd used
message cmd -
request login done";
    assert_eq!(message_log(&events(&sandbox, ANA)).join("\n"), expected);
    // The page's band has the same states.
    let page = page(&sandbox, ANA, "pt");
    assert!(page.contains("<b>ativa</b>") && !page.contains("<b>por ativar</b>"), "{page}");
    assert_eq!(page.matches("<h4>Registo (avaliação parcial)").count(), 2);
}

#[test]
fn login_code_follows_its_login_and_blocks_until_the_next() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.confirm_registered(ANA);
    sandbox.policy("login.second_factor", "on");
    let line = |more: &str| sandbox.feed_json(&format!("login {ANA} --password-stdin {more}"), PASSWORD);
    sandbox.login(ANA, OTHER_PASSWORD);
    done(line(""));
    let code = sandbox.code(ANA);
    for _ in 0..5 {
        line(&format!("--code {}", wrong(&code)));
    }
    sandbox.advance("2m");
    done(line("--channel email"));
    done(line(&format!("--code {}", sandbox.code(ANA))));
    sandbox.advance("30d");
    let log = message_log(&events(&sandbox, ANA)).join("\n");
    let expected = "refusal login login_failed\nrequest login done\ncode login superseded\nmessage login -";
    assert!(log.contains(expected), "{log}");
    assert!(log.ends_with("request login done\ncode login used\nmessage login -\nrequest login done"), "{log}");
    // Two minutes of a month are a thin line.
    let page = page(&sandbox, ANA, "en");
    let bar = page.split("<rect class=\"block\" ").nth(1).and_then(|bar| bar.split("width=\"").nth(1)).expect("a bar");
    assert!(bar.starts_with("4.0\""), "{bar:.20}");
}

#[test]
fn page_does_not_overwrite_batch_or_print_run_files() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    sandbox.ssd("outbox print --out letters.pdf").ok();
    let bytes = |name: &str| std::fs::read(sandbox.folder().join(name)).expect("a file");
    let letters = bytes("letters.pdf");
    sandbox.ssd(&format!("account timeline {ANTONIO} --html letters.pdf")).fails(2).says("letters.pdf").says("hint: ");
    sandbox.ssd("outbox print --out more.pdf --manifest letters.pdf").fails(2).says("letters.pdf");
    assert!(bytes("letters.pdf") == letters && !sandbox.folder().join("more.pdf").exists());
    sandbox.file("in", "{\"op\":\"account_unlock\",\"niss\":\"12000000012\",\"reason\":\"x\"}\n{}\n");
    sandbox.ssd("batch in --out out --stop-on-refusal --group 1").fails(5);
    let replies = bytes("out");
    sandbox.ssd(&format!("account timeline {ANTONIO} --html out")).fails(2).says("--resume");
    assert_eq!(bytes("out"), replies);
}

#[test]
fn letter_has_a_message_and_a_dispatch_event() {
    let sandbox = Sandbox::new();
    let register = |niss: &str| sandbox.ssd(&format!("{} --channel letter", person(niss).portal())).ok();
    let print = |narrowed: &str, file: &str| {
        done(sandbox.json(&format!("outbox print --pending {narrowed} --out {file}.pdf")))["request"].clone()
    };
    let asked = "request register done\nstate requested -\ncode activation open\nmessage activation -";
    register(ANTONIO);
    assert_eq!(message_log(&events(&sandbox, ANTONIO)).join("\n"), asked);
    sandbox.advance("1h");
    // All within one second: each letter belongs to the run that printed it first, and a reprint does not count.
    let all = print("", "all");
    register(LUIS);
    let own = print(&format!("--niss {LUIS}"), "own");
    sandbox.ssd("outbox print --out again.pdf").ok();
    let (antonio, luis) = (events(&sandbox, ANTONIO), events(&sandbox, LUIS));
    assert_eq!(message_log(&antonio).join("\n"), format!("{asked}\ndispatch activation -"));
    assert_eq!(message_log(&luis).join("\n"), format!("{asked}\nreading outbox_print done\ndispatch activation -"));
    for (events, run, niss) in [(&antonio, all, ANTONIO), (&luis, own, LUIS)] {
        let (dispatch, message) = (events.last().expect("an event"), &sandbox.messages(niss)[0]);
        assert_eq!((&dispatch["entry"], word(dispatch, "at")), (&run, "2026-01-05T10:00:00Z"));
        assert_eq!((&dispatch["message"], &dispatch["to"]), (&message["id"], &message["to"]));
    }
    // On the page, the letter appears once, at the time it was sent.
    let page = page(&sandbox, ANTONIO, "en");
    assert_eq!(page.matches("<figure").count(), 1);
    assert!(
        page.contains("<li class=\"dispatch \">Letter to António Simões d&#39;Ávila, Rua de Cedofeita 340"),
        "{page}"
    );
    let spoken = sandbox.ssd(&format!("account timeline {LUIS} --lang pt")).ok();
    assert!(spoken.lines().last().is_some_and(|line| line.starts_with("10:00 de 5 de janeiro de 2026: » Carta para ")));
    // The outbox's CSV has the dispatch time, as its JSON does.
    let sheet = sandbox.ssd("outbox list --channel letter --format csv").ok();
    assert_eq!(sheet.matches("Z,2026-01-05T10:00:00Z").count(), 2, "{sheet}");
    let run = sandbox.ssd("outbox print --pending --out more.pdf --format csv").ok();
    assert_eq!(run, "letters,pages,dispatched,skipped,lacking,file,manifest,earlier\r\n0,0,0,0,0,,,");
}

#[test]
fn codes_have_their_present_state() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = |sandbox: &Sandbox| {
        let events = events(sandbox, ANA);
        let codes = events.into_iter().filter(|event| event["kind"] == "code");
        codes.map(|event| word(&event, "outcome").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(code(&sandbox), ["open"]);
    sandbox.advance("10m");
    assert_eq!(code(&sandbox), ["expired"]);
    sandbox.register();
    assert_eq!(code(&sandbox), ["superseded", "open"]);
    // Five wrong attempts block the code; a new one is valid.
    for _ in 0..5 {
        sandbox.try_activate(ANA, &wrong(&sandbox.code(ANA)));
    }
    sandbox.advance("60s");
    sandbox.register();
    let log = message_log(&events(&sandbox, ANA));
    assert_eq!(log.iter().filter(|event| event.starts_with("block")).collect::<Vec<_>>(), ["block activation set"]);
    assert_eq!(code(&sandbox), ["superseded", "superseded", "open"]);
}

#[test]
fn timeline_needs_a_known_niss_but_no_account() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.ssd(&format!("account timeline {JOSE}")).fails(0).out, "");
    assert!(page(&sandbox, JOSE, "pt").contains("Ainda nada aconteceu."));
    // Attempts with an unregistered NISS are shown to operators.
    assert_eq!(sandbox.refused(&format!("account timeline {NOBODY}")), "not_in_registry");
    sandbox
        .ssd(&format!("register {NOBODY} --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms"));
    assert_eq!(message_log(&events(&sandbox, NOBODY)), ["refusal register identity_mismatch"]);
    assert!(page(&sandbox, NOBODY, "en").contains(&format!("<h1>NISS {NOBODY}</h1>")));
    // Erased holders have no timeline.
    sandbox.activate();
    sandbox.ssd(&format!("account erase {ANA} --reason 'asked for by letter'")).ok();
    for line in [format!("account timeline {ANA}"), format!("account timeline {ANA} --html erased.html")] {
        assert_eq!(sandbox.refused(&line), "not_in_registry");
    }
    assert!(!sandbox.folder().join("erased.html").exists());
    // The account of a deceased holder is closed by the registry.
    let closing = Sandbox::new();
    closing.activate();
    let row = "niss,kind,status,name,birth_date\n12000000012,citizen,deceased,Ana,1984-03-22\n";
    closing.file("r.csv", row);
    closing.ssd("registry import r.csv").ok();
    let log = message_log(&events(&closing, ANA));
    assert!(log.ends_with(&["request account_close done".to_owned(), "state closed active".to_owned()]), "{log:?}");
}

#[test]
fn filtered_timeline_keeps_its_states() {
    let sandbox = sandbox_with_history();
    let of =
        |options: &str| message_log(&lines(&sandbox.ssd(&format!("--json account timeline {ANA} {options}")).ok()));
    assert_eq!(of("--limit 3"), ["state active suspended", "message resumed -", "message resumed -"]);
    assert_eq!(of("--since 2026-01-15T00:00:00Z").len(), 4);
    assert_eq!(of("--since 2026-01-15T00:00:00Z")[1], "state active suspended");
    sandbox.ssd(&format!("account timeline {ANA} --limit 3 --html page.html")).ok();
    assert!(is_well_formed(&sandbox.read("page.html")));
}

#[test]
fn lines_are_localised_and_json_is_not() {
    let sandbox = sandbox_with_history();
    let list = |language: &str| sandbox.ssd(&format!("account timeline {ANA} --lang {language}")).ok();
    let (en, pt) = (list("en"), list("pt"));
    assert!(en.starts_with("5 January 2026 at 09:00: × Registration, refused: identity_mismatch (tester, request 4)"));
    assert!(pt.starts_with("09:00 de 5 de janeiro de 2026: × Registo: recusado[identity_mismatch] (tester, pedido 4)"));
    for (english, portuguese) in en.lines().zip(pt.lines()) {
        assert_ne!(english, portuguese);
    }
    let json = |language: &str| sandbox.ssd(&format!("--json account timeline {ANA} --lang {language}")).ok();
    assert_eq!(json("en"), json("pt"));
    // Lisbon is an hour ahead of UTC in summer.
    let summer = Sandbox::new();
    summer.at("2026-07-01T09:00:00Z");
    summer.register();
    assert!(summer.ssd(&format!("account timeline {ANA}")).ok().starts_with("1 July 2026 at 10:00: ● Registration"));
    assert!(page(&summer, ANA, "en").contains("<time datetime=\"2026-07-01T09:00:00Z\">10:00</time>"));
}

#[test]
fn real_store_audits_the_reading_and_masks_codes() {
    let real = Sandbox::real();
    real.register();
    let code = real.code(ANA);
    let entries = real.audit(ANA).len();
    let events = events(&real, ANA);
    assert_eq!(message_log(&events).len(), 5);
    assert!(events.iter().all(|event| event["request"] == real.audit(ANA)[entries]["id"]), "{events:?}");
    let page = page(&real, ANA, "pt");
    assert!(page.contains("******") && !page.contains(&code) && page.contains("Os códigos vão ocultos"));
    let actions: Vec<String> =
        real.audit(ANA)[entries..].iter().map(|entry| word(entry, "action").to_owned()).collect();
    assert_eq!(actions, ["account_timeline", "account_timeline"]);
    // The next reading shows the earlier readings, but not itself.
    let readings = |page: &str| page.matches("<li class=\"reading\">").count();
    assert_eq!(readings(&page), 2);
    // In a sandbox nothing is written, and codes are shown.
    let sandbox = Sandbox::new();
    sandbox.register();
    let before = sandbox.bytes();
    assert!(self::page(&sandbox, ANA, "pt").contains(&sandbox.code(ANA)));
    assert_eq!(sandbox.bytes(), before);
}

// The HTML page.

/// Returns whether elements are closed in order, attributes are quoted, and each `&` begins an entity.
pub fn is_well_formed(page: &str) -> bool {
    let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a document type");
    let mut open: Vec<&str> = vec![];
    let mut tops = 0;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        let entity = |piece: &str| ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| piece.starts_with(name));
        assert!(text.split('&').skip(1).all(entity), "a bare & in {text:?}");
        assert!(!text.contains('>') || open.last() == Some(&"style"), "a bare > in {text:?}");
        let end = tag.find('>').expect("the end of a tag");
        let inside = &tag[1..end];
        rest = &tag[end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed in another order");
            continue;
        }
        let name = inside.split([' ', '/']).next().expect("a name");
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "{name}");
        let attributes = inside[name.len()..].trim_end_matches('/');
        assert!(attributes.matches('"').count() % 2 == 0 && !attributes.contains('<'), "{attributes}");
        for (at, piece) in attributes.split('"').enumerate() {
            let is_name = |piece: &str| piece.starts_with(' ') && piece.ends_with('=') && !piece.trim().contains(' ');
            assert!(at % 2 == 1 || piece.is_empty() || is_name(piece), "{piece:?} in {inside:?}");
            assert!(at % 2 == 0 || piece.split('&').skip(1).all(entity), "{piece:?} in {inside:?}");
        }
        tops += usize::from(open.is_empty());
        if !inside.ends_with('/') {
            open.push(name);
        }
    }
    open.is_empty() && tops == 1
}

#[test]
fn page_is_complete_well_formed_and_reproducible() {
    let sandbox = sandbox_with_history();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    for niss in [ANA, ANTONIO, JOSE] {
        let pages = ["en", "pt"].map(|language| page(&sandbox, niss, language));
        assert_eq!(pages[0], page(&sandbox, niss, "en"));
        assert!(pages[0].contains("<html lang=\"en\">") && pages[1].contains("<html lang=\"pt-PT\">"));
        for page in &pages {
            assert!(is_well_formed(page));
            for forbidden in
                ["<script", "<link", "<img", "<iframe", "<form", "http://", "https://", "url(", "style=\"", "{$"]
            {
                assert!(!page.contains(forbidden), "{forbidden}");
            }
            for key in ["page-", "label-", "event-", "deed-", "state-", "about-", "word-", "row-"] {
                let text = page.split("</style>").nth(1).expect("a body");
                assert!(!text.contains(&format!(">{key}")), "a key of the catalogues: {key}");
            }
            assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"));
            assert_eq!(page.matches("<figure").count(), sandbox.messages(niss).len());
            for message in sandbox.messages(niss) {
                let id = format!("id=\"message-{}\"", message["id"]);
                assert!(page.contains(&id), "{id}");
            }
        }
    }
    let page = page(&sandbox, ANA, "pt");
    for part in [
        "<h1>Ana Sofia Marques Ferreira</h1>",
        "<span class=\"pill active\">ativa</span>",
        "Registo <span class=\"tag\">recusado <code>identity_mismatch</code></span>",
        "campos diferentes: data de nascimento · contagem: 1 de 5",
        "Bloqueio: início de sessão, até às 09:17 de 6 de janeiro de 2026",
        "«a court order»",
        "<dd lang=\"pt\" class=\"subject\">A sua conta está ativa</dd>",
        "9 dias depois",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let letter = self::page(&sandbox, ANTONIO, "en");
    let address = "<p class=\"address\">António Simões d&#39;Ávila\nRua de Cedofeita 340\n4050-180 Porto</p>\
                   <p class=\"reference\">Nossa referência: SSD/2026/";
    assert!(letter.contains(address), "{letter}");
    assert!(letter.contains("<p class=\"date\">Lisboa, "), "{letter}");
    assert!(letter.contains(&format!("<strong>{}</strong>", sandbox.code(ANTONIO))));
}

#[test]
fn hostile_text_stays_escaped_in_the_page() {
    let sandbox = Sandbox::empty();
    let hostile = "<script>alert(1)</script>\"' & </p></main> <img src=x onerror=alert(1)>";
    let row = serde_json::json!({
        "niss": "12000000046", "kind": "citizen", "name": hostile, "birth_date": "1939-10-05",
        "address": hostile, "postal_code": "4050-180", "locality": "Porto</div>&amp;",
    });
    let loaded = sandbox.feed_json("registry import -", row.to_string());
    assert_eq!(loaded["loaded"], 1, "{loaded}");
    sandbox
        .ssd(&format!(
            "register {ANTONIO} --account-type citizen --birth-date 1939-10-05 --channel letter --accept-terms"
        ))
        .ok();
    let actor = "<b onclick=\"x\">\u{1b}[31m\u{202e}";
    let close = serde_json::json!({"op": "account_close", "niss": ANTONIO, "reason": hostile});
    sandbox.request_by(actor, &close);
    for language in ["en", "pt"] {
        let page = page(&sandbox, ANTONIO, language);
        assert!(is_well_formed(&page));
        for out in ["<script", "<img", "<b ", "onclick=\"", "</div>&amp;<", "\u{1b}", "\u{202e}"] {
            assert!(!page.contains(out), "{out:?}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39; &amp; &lt;/p&gt;"));
    }
}

#[test]
fn page_file_is_private_and_replaces_only_itself() {
    let sandbox = sandbox_with_history();
    let mode = |name: &str| sandbox.folder().join(name).metadata().expect(name).permissions().mode() & 0o777;
    let made = sandbox.json(&format!("account timeline {ANA} --html page.html"));
    assert_eq!((word(&made, "file"), made["events"].as_u64()), ("page.html", Some(36)));
    assert_eq!(mode("page.html"), 0o600);
    // An existing file is replaced completely, whatever its mode. A link is refused.
    sandbox.file("page.html", "x".repeat(1_000_000));
    std::fs::set_permissions(sandbox.folder().join("page.html"), PermissionsExt::from_mode(0o644)).expect("a mode");
    std::os::unix::fs::symlink("page.html", sandbox.folder().join("link.html")).expect("a link");
    sandbox.ssd(&format!("account timeline {ANA} --html link.html")).fails(2).says("symbolic link");
    sandbox.ssd(&format!("account timeline {ANA} --html page.html")).ok();
    assert_eq!(mode("page.html"), 0o600);
    assert!(is_well_formed(&sandbox.read("page.html")));
    // The store and its key are never overwritten, under any name.
    let before = sandbox.bytes();
    std::os::unix::fs::symlink("store.db", sandbox.folder().join("other.html")).expect("a link");
    for name in ["store.db", "./store.db", "store.db.key", "store.db-wal", "other.html"] {
        sandbox.ssd(&format!("account timeline {ANA} --html {name}")).fails(2).says("belongs to the store");
    }
    sandbox.ssd(&format!("account timeline {ANA} --html -")).fails(2).says("a file of its own");
    sandbox.ssd(&format!("account timeline {ANA} --html .")).fails(2).says("is not a regular file");
    sandbox.ssd(&format!("account timeline {ANA} --html no/such/folder.html")).fails(2).says("no such file");
    assert_eq!(sandbox.bytes(), before);
    let device = Path::new("/dev/null").metadata().expect("a device").rdev();
    sandbox.ssd(&format!("account timeline {ANA} --html /dev/null")).ok();
    assert_eq!(Path::new("/dev/null").metadata().expect("a device").rdev(), device);
    rustix::fs::mkfifoat(rustix::fs::CWD, sandbox.folder().join("pipe"), rustix::fs::Mode::RWXU).expect("a pipe");
    sandbox.ssd(&format!("account timeline {ANA} --html pipe")).fails(2).says("is not a regular file");
    let names: Vec<String> = std::fs::read_dir(sandbox.folder())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(names.iter().all(|name| !name.ends_with(".part")), "{names:?}");
}

#[test]
fn page_of_a_thousand_events_is_a_few_hundred_kilobytes() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.policy("login.failures", "4");
    sandbox.policy("login.lock", "1s");
    sandbox.policy("login.lock_most", "1s");
    let line = format!("{{\"op\":\"login\",\"niss\":\"{ANA}\",\"password\":\"{OTHER_PASSWORD}\"}}\n");
    let clock = "{\"op\":\"clock_advance\",\"advance\":\"1h\"}\n";
    let batch: String = (0..860).map(|at| if at % 6 == 5 { clock } else { line.as_str() }).collect();
    sandbox.file("many.jsonl", batch);
    sandbox.ssd("batch many.jsonl --out replies.jsonl").fails(5);
    let count = events(&sandbox, ANA).len();
    let page = page(&sandbox, ANA, "pt");
    assert!(count > 700 && is_well_formed(&page), "{count}");
    assert!(page.len() < 600 * count, "{} for {count}", page.len());
}

#[test]
fn print_runs_in_one_second_are_distinguished() {
    let sandbox = Sandbox::new();
    let print = |file: &str| sandbox.json(&format!("outbox print --out {file}"))["request"].clone();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    let code = sandbox.code(ANTONIO);
    let first = print("first.pdf");
    sandbox.activate_with(ANTONIO, &code).ok();
    let second = print("second.pdf");
    let events = events(&sandbox, ANTONIO);
    let dispatched =
        events.iter().filter(|event| event["kind"] == "dispatch").map(|event| (word(event, "what"), &event["entry"]));
    assert_eq!(dispatched.collect::<Vec<_>>(), [("activation", &first), ("activated", &second)]);
    let times: std::collections::BTreeSet<&str> = events.iter().map(|event| word(event, "at")).collect();
    assert_eq!(times.len(), 1, "all within one second: {times:?}");
}

#[test]
fn each_message_has_the_request_that_caused_it() {
    let sandbox = sandbox_with_history();
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let sql = "SELECT m.purpose, a.action FROM message m LEFT JOIN audit a ON a.id = m.request ORDER BY m.id";
    let mut statement = connection.prepare(sql).expect(sql);
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect(sql);
    let causes: Vec<(String, String)> = rows.collect::<Result<_, _>>().expect("each message has a request");
    let causes: Vec<(&str, &str)> =
        causes.iter().map(|(purpose, action)| (purpose.as_str(), action.as_str())).collect();
    assert_eq!(causes[..2], [("activation", "register"), ("activated", "activate")]);
    assert_eq!(
        causes[causes.len() - 3..],
        [("suspended", "account_suspend"), ("resumed", "account_resume"), ("resumed", "account_resume")]
    );
    assert!(causes.contains(&("login_locked", "login")) && causes.contains(&("contact_changed", "contacts_confirm")));
}

#[test]
fn stored_effects_add_up_to_the_state_of_the_account() {
    let sandbox = sandbox_with_history();
    let (mut state, mut codes, mut locked) = (None, std::collections::BTreeMap::new(), vec![]);
    for entry in sandbox.audit(ANA) {
        let effects = &entry["detail"]["effects"];
        state = effects["state"].as_str().map(str::to_owned).or(state);
        for code in effects["codes"].as_array().into_iter().flatten() {
            codes.insert(code["id"].as_i64(), word(code, "state").to_owned());
        }
        locked.extend(effects["set"].as_array().into_iter().flatten().map(|set| word(set, "scope").to_owned()));
        for lifted in effects["lifted"].as_array().into_iter().flatten() {
            locked.retain(|scope| Some(scope.as_str()) != lifted.as_str());
        }
    }
    assert_eq!(state, Some(sandbox.state(ANA)));
    assert_eq!(locked, [""; 0], "the lockout was lifted");
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let mut statement = connection.prepare("SELECT id, state FROM code ORDER BY id").expect("codes");
    let stored = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("codes");
    assert_eq!(stored.collect::<Result<std::collections::BTreeMap<_, _>, _>>().expect("codes"), codes);
    let why = sandbox.ssd("why 7").ok();
    assert!(!why.contains('{') || !why.contains("effects: {"), "{why}");
}
