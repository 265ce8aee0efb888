//! Alerts, the inbox and the profile: sending by operators, delivery by channel, and reading by holders.

use std::process::Child;

use serde_json::{Value, json};

use crate::support::*;

/// Returns an alert of each kind to a holder.
fn alerts(niss: &str) -> [Value; 3] {
    let about = "Subsídio de desemprego";
    [
        json!({"niss": niss, "kind": "decision", "about": about, "decision": "granted"}),
        json!({"niss": niss, "kind": "payment", "about": about, "amount": "540,00", "paid_on": "2026-02-20"}),
        json!({"niss": niss, "kind": "benefit", "about": "Abono de família"}),
    ]
}

/// Sends alerts and returns the replies, one per line.
fn sent(sandbox: &Sandbox, alerts: &[Value]) -> Vec<Value> {
    lines(&sandbox.feed("alerts send - -q", json_lines(alerts)).out)
}

/// Sends one alert and returns the reply.
fn send(sandbox: &Sandbox, alert: &Value) -> Value {
    sent(sandbox, std::slice::from_ref(alert)).remove(0)
}

/// Returns the alert messages to a holder.
fn out(sandbox: &Sandbox, niss: &str) -> Vec<Value> {
    sandbox.messages(niss).into_iter().filter(|message| message["purpose"] == "alert").collect()
}

/// Returns the inbox of the logged-in holder.
fn inbox(sandbox: &Sandbox, options: &str) -> Vec<Value> {
    done(sandbox.json(&format!("messages list {options}")))["inbox"].as_array().expect("a list").clone()
}

fn numbers(sandbox: &Sandbox, options: &str) -> Vec<i64> {
    inbox(sandbox, options).iter().map(|message| message["id"].as_i64().expect("a number")).collect()
}

/// Returns a sandbox with Ana logged in, both contacts confirmed, and this alert preference.
fn ana_wants(alerts: &str) -> Sandbox {
    let sandbox = Sandbox::new().logged_in();
    sandbox.confirm(ANA, &["email", "sms"]);
    sandbox.ssd(&format!("alerts set {alerts}")).ok();
    sandbox
}

// Sending.

#[test]
fn alert_is_stored_and_sent_by_the_preferred_channel() {
    for (wanted, channel, destination, to) in [
        ("email", json!("email"), json!("a***@c***.example"), Some("ana.ferreira@correio.example")),
        ("sms", json!("sms"), json!("+351 9** *** *01"), Some("+351912000001")),
        ("none", Value::Null, Value::Null, None),
    ] {
        let sandbox = ana_wants(wanted);
        for (number, reply) in (1..).zip(sent(&sandbox, &alerts(ANA))) {
            assert_eq!((&reply["niss"], &reply["alert"]), (&json!(ANA), &json!(number)), "{reply}");
            assert_eq!((&reply["channel"], &reply["destination"]), (&channel, &destination), "{reply}");
        }
        let messages = out(&sandbox, ANA);
        assert_eq!(messages.len(), if to.is_some() { 3 } else { 0 });
        assert!(messages.iter().all(|message| Some(word(message, "to")) == to && message["channel"] == channel));
        assert_eq!(numbers(&sandbox, ""), [1, 2, 3]);
    }
}

#[test]
fn alert_without_its_contact_is_only_in_the_inbox() {
    let registry = std::fs::read_to_string(data("personas.csv")).expect("the personas");
    let mut sandbox = Sandbox::new().logged_in();
    sandbox.ssd("alerts set email").ok();
    sandbox.file("now.csv", registry.replace("ana.ferreira@correio.example", ""));
    sandbox.ssd("registry import now.csv").ok();
    let reply = send(&sandbox, &alerts(ANA)[0]);
    assert_eq!((&reply["alert"], &reply["channel"], &reply["destination"]), (&json!(1), &Value::Null, &Value::Null));
    assert_eq!(out(&sandbox, ANA), Vec::<Value>::new(), "no other channel is used");
    // If the holder removes the contact, the preference is removed too.
    sandbox.import("personas.csv").ok();
    sandbox.log_in(ANA, PASSWORD);
    sandbox.confirm(ANA, &["email"]);
    sandbox.ssd("contacts remove --email").ok();
    assert_eq!(send(&sandbox, &alerts(ANA)[0])["channel"], Value::Null);
    assert_eq!(numbers(&sandbox, ""), [1, 2]);
}

#[test]
fn alert_waits_for_the_confirmation_of_its_contact() {
    let sandbox = Sandbox::new().logged_in();
    for (wanted, kind, channel) in [("email", "email", "email"), ("sms", "mobile", "sms")] {
        let sandbox = sandbox.fork();
        let reply = done(sandbox.json(&format!("alerts set {wanted}")));
        assert_eq!((word(&reply, "alerts"), word(&reply, "alerts_waiting_for")), (wanted, kind));
        let said = sandbox.ssd(&format!("alerts set {wanted}")).err;
        assert!(said.contains(&format!("Until your {}", if kind == "email" { "e-mail" } else { kind })), "{said}");
        assert_eq!(word(&sandbox.json(&format!("account show {ANA}")), "alerts_waiting_for"), kind);
        let shown = sandbox.ssd(&format!("account show {ANA}")).ok();
        assert!(shown.contains(&format!("alerts: {wanted}, waiting for a confirmed")), "{shown}");
        assert_eq!(send(&sandbox, &alerts(ANA)[0])["channel"], Value::Null);
        sandbox.confirm(ANA, &[channel]);
        assert_eq!(send(&sandbox, &alerts(ANA)[0])["channel"], channel);
        assert!(sandbox.json(&format!("account show {ANA}")).get("alerts_waiting_for").is_none());
        assert!(done(sandbox.json(&format!("alerts set {wanted}"))).get("alerts_waiting_for").is_none());
        let export = sandbox.json(&format!("scenario export {ANA}"));
        assert_eq!((&export["same_state"], &export["otherwise"]), (&json!(true), &json!([])), "{export}");
    }
}

#[test]
fn alert_does_not_go_to_a_number_that_is_being_replaced() {
    let mut sandbox = Sandbox::new();
    let typed = "--email ana.ferreira@correio.example --mobile 916000006 --channel email --alerts sms";
    let reply = done(sandbox.json(&format!("{} {typed}", person(ANA).classic())));
    assert_eq!(word(&reply, "alerts_waiting_for"), "mobile");
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    assert_eq!(send(&sandbox, &alerts(ANA)[0])["channel"], Value::Null);
    sandbox.log_in(ANA, PASSWORD);
    sandbox.confirm(ANA, &["sms"]);
    send(&sandbox, &alerts(ANA)[0]);
    assert_eq!(out(&sandbox, ANA).iter().map(|message| word(message, "to")).collect::<Vec<_>>(), ["+351916000006"]);
}

#[test]
fn alerts_can_be_chosen_without_a_registered_contact() {
    let mut sandbox = Sandbox::new();
    sandbox.open_account(ANTONIO);
    sandbox.log_in(ANTONIO, PASSWORD);
    assert_eq!(word(&done(sandbox.json("alerts set email")), "alerts_waiting_for"), "email");
    assert_eq!(send(&sandbox, &alerts(ANTONIO)[0])["channel"], Value::Null);
    sandbox.ssd("contacts update --email antonio@correio.example").ok();
    assert_eq!(send(&sandbox, &alerts(ANTONIO)[0])["channel"], Value::Null, "proposed, not confirmed");
    sandbox.ssd(&format!("contacts confirm --channel email --code {}", sandbox.code(ANTONIO))).ok();
    assert_eq!(send(&sandbox, &alerts(ANTONIO)[0])["channel"], "email");
}

#[test]
fn company_alerts_are_only_in_the_inbox() {
    let mut sandbox = Sandbox::new();
    sandbox.open_account(PADARIA);
    let reply = send(&sandbox, &alerts(PADARIA)[0]);
    assert_eq!((&reply["result"], &reply["channel"]), (&json!("done"), &Value::Null));
    assert!(out(&sandbox, PADARIA).is_empty());
    sandbox.log_in(PADARIA, PASSWORD);
    assert_eq!(numbers(&sandbox, "--unread"), [1]);
    done(sandbox.json("messages show 1"));
    let profile = done(sandbox.json("profile show"));
    assert_eq!(
        (&profile["holder"], &profile["birth_date"], &profile["alerts"]),
        (&json!("company"), &Value::Null, &json!("none"))
    );
}

#[test]
fn profile_has_only_what_applies_to_the_holder() {
    let profile = |niss: &str, kind: &str| {
        let mut sandbox = Sandbox::new();
        let row = json!({
            "niss": niss, "kind": kind, "name": "A Holder", "nif": person(niss).nif, "birth_date": "1984-03-22",
            "civil_id_kind": "passport", "civil_id": "AB12345", "email": "holder@correio.example",
            "mobile": "+351912000001",
        });
        sandbox.feed("registry import -", row.to_string()).ok();
        sandbox.open_account(niss);
        sandbox.log_in(niss, PASSWORD);
        let text = sandbox.ssd("profile show").ok();
        let labels = ["date of birth: ", "civil identification number: ", "alerts: "];
        labels.map(|label| text.lines().any(|line| line.starts_with(label)))
    };
    // A legal person has no date of birth and no civil identification. Only citizens choose alerts.
    assert_eq!(profile(PADARIA, "company"), [false, false, false]);
    assert_eq!(profile(METALURGICA, "employer"), [false, false, false]);
    assert_eq!(profile(FRANCISCO, "employer"), [true, true, false]);
    assert_eq!(profile(ANA, "citizen"), [true, true, true]);
}

#[test]
fn only_citizens_have_alerts_in_the_views_of_operators() {
    let sandbox = Sandbox::new();
    for (niss, has) in [(ANA, true), (PADARIA, false), (METALURGICA, false)] {
        sandbox.open_account(niss);
        let text = sandbox.ssd(&format!("account show {niss}")).ok();
        assert_eq!(text.lines().any(|line| line.starts_with("alerts: ")), has, "{text}");
        sandbox.ssd(&format!("account timeline {niss} --html {niss}.html")).ok();
        assert_eq!(sandbox.read(&format!("{niss}.html")).contains("<dt>alerts</dt>"), has, "{niss}");
    }
}

#[test]
fn alert_without_an_active_account_is_refused() {
    let sandbox = Sandbox::new();
    let refused = |sandbox: &Sandbox, niss: &str| {
        let reply = send(sandbox, &alerts(niss)[1]);
        assert!(out(sandbox, niss).is_empty() && reply["hint"].is_string(), "{reply}");
        (reason(&reply), word(&reply, "hint").to_owned())
    };
    for niss in [ANA, NOBODY] {
        let (reason, hint) = refused(&sandbox, niss);
        assert_eq!((reason.as_str(), hint.contains("registry show")), ("no_account", true));
    }
    sandbox.register();
    assert_eq!(refused(&sandbox, ANA).0, "not_active");
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    sandbox.ssd(&format!("account suspend {ANA} --reason x")).ok();
    let (reason, hint) = refused(&sandbox, ANA);
    assert_eq!((reason.as_str(), hint.contains("account resume")), ("suspended", true));
    let fork = sandbox.fork();
    fork.ssd(&format!("account close {ANA} --reason x")).ok();
    let (reason, hint) = refused(&fork, ANA);
    assert_eq!((reason.as_str(), hint.contains("account reset")), ("closed", true));
    let registry = std::fs::read_to_string(data("personas.csv")).expect("the personas");
    sandbox.file("gone.csv", registry.replace("12000000012,citizen,active", "12000000012,citizen,deceased"));
    sandbox.ssd("registry import gone.csv").ok();
    let (reason, hint) = refused(&sandbox, ANA);
    assert_eq!((reason.as_str(), hint.contains("registry import")), ("closed", true));
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    assert_eq!(connection.query_row("SELECT count(*) FROM alert", [], |row| row.get(0)), Ok(0));
}

#[test]
fn malformed_alert_line_names_its_field() {
    let sandbox = ana_wants("sms");
    let [decision, payment, benefit] = alerts(ANA);
    let with = |line: &Value, field: &str, value: Value| {
        let mut line = line.clone();
        line[field] = value;
        line
    };
    let without = |line: &Value, field: &str| with(line, field, Value::Null);
    let before = sandbox.ssd("state-hash").ok();
    for (line, field) in [
        (without(&decision, "niss"), "niss"),
        (without(&decision, "kind"), "kind"),
        (without(&decision, "about"), "about"),
        (without(&decision, "decision"), "decision"),
        (without(&payment, "amount"), "amount"),
        (without(&payment, "paid_on"), "paid_on"),
        (with(&decision, "amount", json!("5")), "amount"),
        (with(&decision, "paid_on", json!("2026-02-20")), "paid_on"),
        (with(&benefit, "decision", json!("granted")), "decision"),
        (with(&benefit, "paid_on", json!("2026-02-20")), "paid_on"),
        (with(&payment, "decision", json!("granted")), "decision"),
        (with(&decision, "kind", json!("news")), "kind"),
        (with(&decision, "decision", json!("perhaps")), "decision"),
        (with(&payment, "paid_on", json!("2026-02-30")), "paid_on"),
        (with(&payment, "amount", json!(540)), "amount"),
        (with(&payment, "amount", json!(540.5)), "amount"),
        (with(&payment, "amount", json!("1.234,56")), "amount"),
        (with(&payment, "amount", json!("-1")), "amount"),
        (with(&payment, "amount", json!("0")), "amount"),
        (with(&payment, "amount", json!("1000000")), "amount"),
        (with(&benefit, "about", json!("")), "about"),
        (with(&benefit, "about", json!("x".repeat(101))), "about"),
        (with(&benefit, "about", json!("a\nb")), "about"),
        (with(&benefit, "about", json!("a\u{202e}b")), "about"),
        (with(&benefit, "about", json!("https://exemplo.pt")), "about"),
        (with(&benefit, "about", json!("ｗｗｗ．exemplo．pt")), "about"),
        (with(&benefit, "niss", json!("12000000013")), "niss"),
        (with(&benefit, "channel", json!("sms")), "channel"),
        (with(&benefit, "session", json!("@login")), "session"),
        (with(&benefit, "op", json!("account_close")), "op"),
        (with(&benefit, "op", json!(5)), "op"),
        (with(&benefit, "id", json!([])), "id"),
    ] {
        let run = sandbox.feed("alerts send -", json_lines(std::slice::from_ref(&line))).fails(5);
        let reply = &lines(&run.out)[0];
        assert_eq!((&reply["result"], &reply["field"]), (&json!("error"), &json!(field)), "{line}: {reply}");
    }
    assert_eq!(sandbox.ssd("state-hash").ok(), before);
    done(send(&sandbox, &with(&benefit, "amount", json!(" 0,01 "))));
    done(send(&sandbox, &with(&benefit, "op", json!("alerts_send"))));
}

// Texts.

/// Returns the septets of an ASCII text in GSM 03.38, or `None` for other texts.
fn septets(text: &str) -> Option<usize> {
    text.is_ascii().then(|| text.len() + text.matches(['^', '{', '}', '\\', '[', ']', '~', '|']).count())
}

/// Returns a sandbox with a holder of this language and alert preference.
fn holder(language: &str, alerts: &str) -> Sandbox {
    let mut sandbox = Sandbox::empty();
    sandbox.file(
        "registry.csv",
        format!(
            "niss,kind,name,birth_date,email,mobile,language\n\
             {ANA},citizen,Ana Ávila,1984-03-22,ana@correio.example,+351912000099,{language}\n"
        ),
    );
    sandbox.ssd("registry import registry.csv").ok();
    sandbox.activate();
    sandbox.log_in(ANA, PASSWORD);
    sandbox.confirm(ANA, &["email", "sms"]);
    sandbox.ssd(&format!("alerts set {alerts}")).ok();
    sandbox
}

#[test]
fn alert_sms_fits_one_message() {
    let longest = "Subsídio de desemprego – complemento de “maternidade”, prorrogação de âmbito € § [ç] […] ©";
    let abouts = [
        "Subsídio".to_owned(),
        longest.chars().chain("ãé".chars().cycle()).take(100).collect(),
        "{}[]~|\\^".repeat(12) + "x",
        "œ".repeat(100),
        "€".repeat(99) + "x",
        "ﷺ".repeat(100),
        "中文".repeat(50),
        "x".repeat(100),
    ];
    for language in ["en", "pt"] {
        let sandbox = holder(language, "sms");
        let mut all = vec![];
        for about in &abouts {
            for decision in ["granted", "refused"] {
                all.push(json!({"niss": ANA, "kind": "decision", "about": about, "decision": decision}));
            }
            all.push(json!({"niss": ANA, "kind": "benefit", "about": about}));
            all.push(json!({"niss": ANA, "kind": "benefit", "about": about, "amount": "999999.99"}));
            all.push(
                json!({"niss": ANA, "kind": "payment", "about": about, "amount": "999999.99", "paid_on": "2026-12-31"}),
            );
        }
        let kinds = all.len();
        sent(&sandbox, &all).into_iter().for_each(|reply| drop(done(reply)));
        let messages = out(&sandbox, ANA);
        assert_eq!(messages.len(), kinds);
        for message in &messages {
            let body = word(message, "body");
            let length = septets(body);
            assert!(length.is_some_and(|length| length <= 160), "{length:?} septets: {body}");
            assert!(body.starts_with("Seguranca Social Direta: ") && !body.contains('$'), "{body}");
            assert!(message["subject"].is_null() && !body.to_lowercase().contains("www"));
        }
        // The subject is cut, never the facts.
        let payment = messages.iter().rfind(|message| word(message, "body").contains("31/12/2026")).expect("a payment");
        let amount = if language == "en" { "999999.99 EUR" } else { "999999,99 EUR" };
        assert!(word(payment, "body").contains(amount) && word(payment, "body").ends_with("x..."), "{payment}");
        assert!(messages.iter().any(|message| word(message, "body").ends_with(": Subsidio")));
    }
}

#[test]
fn alert_email_is_in_the_holders_language() {
    for (language, expected) in [
        (
            "pt",
            [
                ("Decisão sobre o seu requerimento", "O seu requerimento foi deferido: Subsídio de desemprego"),
                (
                    "Pagamento da Segurança Social",
                    "Pagamento de 540,00 € em 20 de fevereiro de 2026: Subsídio de desemprego",
                ),
                ("Prestação a que tem direito", "Tem direito a uma prestação: Abono de família"),
            ],
        ),
        (
            "en",
            [
                ("A decision on your application", "Your application was granted: Subsídio de desemprego"),
                ("Payment from Social Security", "Payment of €540.00 on 20 February 2026: Subsídio de desemprego"),
                ("A benefit that you are entitled to", "You are entitled to a benefit: Abono de família"),
            ],
        ),
    ] {
        let sandbox = holder(language, "email");
        sent(&sandbox, &alerts(ANA));
        for (message, (subject, sentence)) in out(&sandbox, ANA).iter().zip(expected) {
            assert_eq!((word(message, "subject"), word(message, "language")), (subject, language));
            let body = word(message, "body");
            assert!(body.lines().next().is_some_and(|line| line.contains("Ana Ávila")), "{body}");
            assert!(body.contains(&format!("\n\n{sentence}\n\n")) && body.contains(CUSTOMER_LINE[0]), "{body}");
        }
        // The inbox shows the same in the reader's language.
        for (reader, at) in [("pt", 0), ("en", 1)] {
            let shown = sandbox.ssd(&format!("messages show 1 --lang {reader}")).ok();
            let sentence = ["O seu requerimento foi deferido: ", "Your application was granted: "][at];
            assert!(shown.contains(sentence), "{shown}");
        }
    }
}

// The input file.

#[test]
fn csv_and_json_lines_send_the_same_alerts() {
    let csv = format!(
        "\u{FEFF}NISS; Kind ;about;decision;amount;paid_on\r\n\r\n{ANA};decision;Subsídio de desemprego;granted;;\r\n\
         {ANA};payment;\"Subsídio de desemprego\";;540,00;2026-02-20\r\n{ANA};benefit;Abono de família;;;\r\n"
    );
    let comma = csv.replace(';', ",").replace("540,00", "\"540,00\"").replace('\u{FEFF}', "");
    let json = format!("\u{FEFF}\n  {}", json_lines(&alerts(ANA)));
    let mut hashes = vec![];
    for text in [csv, comma, json, json_lines(&alerts(ANA))] {
        let sandbox = ana_wants("email");
        sandbox.file("in", &text);
        let replies = lines(&sandbox.ssd("alerts send in").fails(0).out);
        assert_eq!(
            replies.iter().map(|reply| reply["alert"].as_i64()).collect::<Vec<_>>(),
            [Some(1), Some(2), Some(3)]
        );
        hashes.push(sandbox.ssd("state-hash").ok());
    }
    hashes.dedup();
    assert_eq!(hashes.len(), 1);
    let sandbox = Sandbox::new();
    sandbox.file("nothing", "");
    assert_eq!(sandbox.json("alerts send nothing --out replies")["lines"], 0);
    sandbox.file("odd", "niss;text\n");
    sandbox.ssd("alerts send odd").fails(2).says("`text`").says("paid_on");
    sandbox.ssd("alerts send").fails(2).says("FILE");
    sandbox.ssd("alerts send there-is-none").fails(2);
    sandbox.ssd("alerts send odd --op alerts_send").fails(2).says("--op");
}

#[test]
fn dry_run_shows_messages_and_changes_nothing() {
    let sandbox = ana_wants("sms");
    sandbox.file("in", json_lines(&[&alerts(ANA)[..], &alerts(JOSE)[..1]].concat()));
    let before = sandbox.ssd("state-hash").ok();
    let run = sandbox.ssd("alerts send in --dry-run").fails(5).says("Nothing has changed");
    let replies = lines(&run.out);
    assert!(replies[..3].iter().all(|reply| reply["messages"][0]["purpose"] == "alert"), "{replies:?}");
    assert_eq!((&replies[3]["reason"], &replies[3]["messages"]), (&json!("no_account"), &json!([])));
    assert_eq!(sandbox.ssd("state-hash").ok(), before);
    assert_eq!(lines(&sandbox.ssd("alerts send in").out)[0]["alert"], 1);
}

#[test]
fn batch_and_alerts_send_resume_each_other() {
    let sandbox = ana_wants("sms");
    sandbox.file("in.csv", format!("niss,kind,about\n{ANA},benefit,one\n{JOSE},benefit,two\n{ANA},benefit,three\n"));
    let sum = sandbox.json("alerts send in.csv --out out --stop-on-refusal --group 1");
    assert_eq!((&sum["op"], &sum["done"], &sum["refused"]), (&json!("alerts_send"), &json!(1), &json!(1)));
    // Interrupted in one command and resumed in the other, the replies are the same bytes.
    sandbox.ssd("alerts send in.csv --out out").fails(2).says("--resume");
    sandbox.ssd("batch in.csv --op alerts_send --out out --resume").fails(5);
    let ids: Vec<String> = lines(&sandbox.read("out")).iter().map(|reply| reply["alert"].to_string()).collect();
    assert_eq!(ids, ["1", "null", "2"]);
    sandbox.file("in.jsonl", json_lines(&alerts(ANA)));
    sandbox.ssd("alerts send in.jsonl --out other --group 1").ok();
    sandbox.file("more.jsonl", json_lines(&alerts(ANA)) + &json_lines(&alerts(ANA)));
    sandbox.ssd("batch in.jsonl --out other --resume").fails(2).says("the input is not the one");
    let sum = sandbox.json("alerts send more.jsonl --out other --resume");
    assert_eq!((&sum["lines"], numbers(&sandbox, "").len()), (&json!(6), 8), "exactly the added lines");
    // In a mixed batch, the line names its operation.
    let [mut line, ..] = alerts(ANA);
    line["op"] = "alerts_send".into();
    sandbox.file("batch", json_lines(&[line]));
    assert_eq!(lines(&sandbox.ssd("batch batch").ok())[0]["alert"], 9);
    sandbox.file("in.jsonl", json_lines(&alerts(ANA)));
    sandbox.ssd("batch in.jsonl").fails(5);
}

// Reading.

#[test]
fn lone_carriage_return_loses_no_row() {
    let sandbox = ana_wants("none");
    let rows = format!("niss,kind,about\n{ANA},benefit,Abono\r{ANA},benefit,Outro\n{ANA},benefit,Mais um\r\n");
    let replies = lines(&sandbox.feed("alerts send - -q", &rows).fails(5).out);
    assert_eq!((word(&replies[0], "result"), &replies[1]["alert"], replies.len()), ("error", &json!(1), 2));
    sandbox.feed("alerts send -", rows.replace('\n', "\r")).fails(2).says("neither CSV nor JSON");
}

#[test]
fn inbox_is_printed_as_csv_and_table() {
    let sandbox = ana_wants("none");
    let header = "id,kind,about,decision,amount,paid_on,created_at,read_at\r\n";
    assert_eq!(sandbox.ssd("messages list --format csv").fails(0).out, header);
    sent(&sandbox, &alerts(ANA));
    let sheet = sandbox.ssd("messages list --format csv --kind payment").fails(0).out;
    let row = "2,payment,Subsídio de desemprego,,540.00,2026-02-20,2026-01-05T09:00:00Z,\r\n";
    assert_eq!(sheet, format!("{header}{row}"));
    let table = sandbox.ssd("messages list --format table --lang pt").fails(0).out;
    assert_eq!(table.lines().count(), 4, "{table}");
    assert!(table.starts_with("mensagem  ") && table.contains("540.00"), "{table}");
}

#[test]
fn bidirectional_controls_in_alerts_are_rejected() {
    let sandbox = ana_wants("none");
    for mark in ['\u{61c}', '\u{202e}', '\u{2067}', '\u{fff9}', '\u{e0041}'] {
        let alert = json!({"niss": ANA, "kind": "benefit", "about": format!("Abono{mark}")});
        assert_eq!(send(&sandbox, &alert)["field"], "about", "{mark:?}");
    }
}

#[test]
fn message_is_unread_until_shown() {
    let mut sandbox = ana_wants("none");
    sent(&sandbox, &alerts(ANA));
    sandbox.advance("5m");
    assert_eq!(numbers(&sandbox, "--unread"), [1, 2, 3], "a list marks nothing as read");
    let first = done(sandbox.json("messages show 2"));
    assert_eq!(word(&first, "read_at"), "2026-01-05T09:05:00Z");
    sandbox.advance("2h");
    sandbox.log_in(ANA, PASSWORD);
    assert_eq!(done(sandbox.json("messages show 2"))["read_at"], first["read_at"], "when it was first read");
    assert_eq!(numbers(&sandbox, "--unread"), [1, 3]);
    let listed = &inbox(&sandbox, "")[1];
    for key in ["id", "kind", "about", "decision", "amount", "paid_on", "created_at", "read_at"] {
        assert_eq!(listed[key], first[key], "{key}");
    }
    assert_eq!((&first["amount"], &first["paid_on"]), (&json!("540.00"), &json!("2026-02-20")));
}

#[test]
fn inbox_filters_keep_numbers_and_order() {
    let sandbox = ana_wants("none");
    sent(&sandbox, &alerts(ANA));
    sandbox.advance("1m");
    sent(&sandbox, &alerts(ANA));
    sandbox.ssd("messages show 5").ok();
    for (options, expected) in [
        ("", vec![1, 2, 3, 4, 5, 6]),
        ("--kind payment", vec![2, 5]),
        ("--kind payment --unread", vec![2]),
        ("--limit 2", vec![5, 6]),
        ("--limit 2 --unread", vec![4, 6]),
        ("--since 2026-01-05T09:01:00Z", vec![4, 5, 6]),
        ("--since 2026-01-05T09:01:01Z", vec![]),
        ("--kind decision --since 2026-01-05T09:01:00Z --limit 9", vec![4]),
    ] {
        assert_eq!(numbers(&sandbox, options), expected, "{options}");
        assert_eq!(sandbox.ssd(&format!("messages list {options}")).fails(0).out.lines().count(), expected.len());
    }
    for (options, field) in [("--kind news", "--kind"), ("--limit 0", "--limit"), ("--since x", "--since")] {
        sandbox.ssd(&format!("messages list {options}")).fails(2).says(field);
    }
    let line = json!({"op": "messages_list", "niss": ANA, "session": sandbox.fork().session().clone(), "limit": 0});
    sandbox.file("in", format!("{line}\n"));
    assert_eq!(lines(&sandbox.ssd("batch in").fails(5).out)[0]["field"], "limit");
}

#[test]
fn messages_of_others_look_like_missing_ones() {
    let mut sandbox = ana_wants("none");
    sandbox.open_account(JOSE);
    sent(&sandbox, &alerts(ANA));
    let replies = sent(&sandbox, &alerts(JOSE)[..1]);
    assert_eq!(replies[0]["alert"], 1);
    let anas = sandbox.session().clone();
    sandbox.log_in(JOSE, PASSWORD);
    assert_eq!(numbers(&sandbox, ""), [1]);
    // Ana's message and a missing one are refused with the same bytes.
    let refusal_text = |sandbox: &Sandbox, number: &str| {
        let run = sandbox.ssd(&format!("--json messages show {number}")).fails(1);
        assert_eq!(reason(&run.json()), "no_message");
        unnumbered(&run.out).replace(number, "N")
    };
    assert_eq!(refusal_text(&sandbox, "2"), refusal_text(&sandbox, "99"));
    assert_eq!(refusal_text(&sandbox, "0"), refusal_text(&sandbox, "9223372036854775807"));
    let session = sandbox.session().clone();
    for number in ["-1", "-9223372036854775808", "0"] {
        sandbox.file("in", format!("{}\n", json!({"op": "messages_show", "session": session, "message": number})));
        assert_eq!(reason(&lines(&sandbox.ssd("batch in").fails(5).out)[0]), "no_message", "{number}");
    }
    *sandbox.session() = anas;
    assert_eq!(numbers(&sandbox, "--unread"), [1, 2, 3]);
}

#[test]
fn reading_needs_a_valid_session() {
    let mut sandbox = ana_wants("none");
    sent(&sandbox, &alerts(ANA));
    sandbox.advance("11m");
    assert_eq!(sandbox.refused("contacts show"), "login_required");
    for line in ["messages list", "messages show 1", "profile show"] {
        done(sandbox.json(line));
    }
    sandbox.advance("30m");
    for line in ["messages list", "messages show 1", "profile show"] {
        assert_eq!(sandbox.refused(line), "login_required", "{line}");
    }
    *sandbox.session() = None;
    for line in ["messages list", "messages show 1", "profile show"] {
        assert_eq!(sandbox.refused(line), "login_required", "{line}");
    }
}

#[test]
fn inbox_json_does_not_depend_on_the_language() {
    let sandbox = ana_wants("none");
    sent(&sandbox, &alerts(ANA));
    sandbox.ssd("messages show 1").ok();
    for line in ["messages list", "messages show 1", "profile show"] {
        let [en, pt] =
            ["en", "pt"].map(|language| sandbox.fork().ssd(&format!("--json --lang {language} {line}")).ok());
        assert_eq!(unnumbered(&en), unnumbered(&pt), "{line}");
    }
}

#[test]
fn message_replies_have_the_batch_line_id() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sent(&sandbox, &alerts(ANA)[..1]);
    let input = [
        json!({"op": "login", "niss": ANA, "password": PASSWORD}),
        json!({"op": "messages_show", "id": "mine", "niss": ANA, "session": "@login", "message": 1}),
        json!({"op": "profile_show", "id": 7, "niss": ANA, "session": "@login"}),
        json!({"op": "messages_list", "session": "@login"}),
    ];
    sandbox.file("in", json_lines(&input));
    let replies = sandbox.ssd("batch in").ok();
    let shown = lines(&replies);
    assert_eq!((&shown[1]["id"], &shown[1]["message"]), (&json!("mine"), &json!(1)));
    assert_eq!((&shown[2]["id"], &shown[2]["niss"], &shown[3]["niss"]), (&json!(7), &json!(ANA), &json!(ANA)));
    for reply in replies.lines() {
        assert!(reply.matches("\"niss\":").count() == 1 && reply.matches("\"id\":").count() <= 2, "{reply}");
    }
}

#[test]
fn profile_masks_sensitive_values() {
    let sandbox = ana_wants("sms");
    sandbox.advance("60s");
    sandbox.ssd("contacts update --mobile +33612345678").ok();
    let run = sandbox.ssd("--json profile show");
    let profile = done(run.json());
    for (key, value) in [
        ("niss", ANA),
        ("holder", "citizen"),
        ("name", "Ana Sofia Marques Ferreira"),
        ("birth_date", "1984-03-22"),
        ("civil_id_kind", "cc"),
        ("civil_id", "*********ZY4"),
        ("nif", "******012"),
        ("address", "12**-*** L***"),
        ("language", "pt"),
        ("alerts", "sms"),
    ] {
        assert_eq!(word(&profile, key), value, "{key}");
    }
    assert_eq!(profile["contacts"], sandbox.json("contacts show")["contacts"]);
    let person = sandbox.ssd("profile show").ok();
    for hidden in ["ana.ferreira", "912000001", "612345678", "200000012", "123456703", "Flores", "1200-195"] {
        assert!(!run.out.contains(hidden) && !person.contains(hidden), "{hidden}");
    }
}

// Storage.

#[test]
fn audit_has_the_kind_of_an_alert_but_not_its_text() {
    let sandbox = ana_wants("email");
    sent(&sandbox, &alerts(ANA));
    sent(&sandbox, &alerts(NOBODY));
    sandbox.ssd("messages show 2").ok();
    sandbox.ssd("messages list --kind payment --unread").ok();
    let entries = sandbox.ssd("--json audit list").ok();
    for datum in ["Subs", "desemprego", "Abono", "540", "54000", "2026-02-20"] {
        assert!(!entries.contains(datum), "{datum} in {entries}");
    }
    let sent: Vec<Value> = sandbox
        .audit(ANA)
        .into_iter()
        .filter(|entry| entry["action"] == "alerts_send")
        .map(|entry| entry["detail"].clone())
        .collect();
    let expected = json!({"alert": 2, "channel": "email", "asked": {"kind": "payment", "about": true, "amount": true, "paid_on": true},
        "effects": {"messages": [7]}});
    assert_eq!((sent.len(), &sent[1]), (3, &expected));
}

#[test]
fn alerts_are_exported_and_erased_with_the_person() {
    let sandbox = ana_wants("sms");
    sandbox.open_account(JOSE);
    sent(&sandbox, &[alerts(ANA), alerts(JOSE)].concat());
    sandbox.ssd("messages show 2").ok();
    let person = &sandbox.json(&format!("account export {ANA}"))["person"];
    let expected = json!({
        "kind": "payment", "about": "Subsídio de desemprego", "decision": null, "amount": "540.00", "paid_on": "2026-02-20",
        "created_at": "2026-01-05T09:00:00Z", "read_at": "2026-01-05T09:00:00Z",
    });
    assert_eq!((person["alerts"].as_array().map(Vec::len), &person["alerts"][1]), (Some(3), &expected));
    let joses = sandbox.ssd(&format!("state-hash --niss {JOSE}")).ok();
    let mut only = alerts(ANA);
    only[2]["about"] = "Pensão de viuvez".into();
    sent(&sandbox, &only[2..]);
    // In the store file or in the log of a completed batch.
    let holds = |sandbox: &Sandbox| {
        let log = std::fs::read(sandbox.folder().join("store.db-wal")).unwrap_or_default();
        memchr::memmem::find(&[sandbox.bytes(), log].concat(), b"viuvez").is_some()
    };
    assert!(holds(&sandbox));
    sandbox.ssd(&format!("account erase {ANA} --reason 'asked for'")).ok();
    assert!(!holds(&sandbox));
    assert_eq!(sandbox.ssd(&format!("state-hash --niss {JOSE}")).ok(), joses);
    sandbox.ssd("store check").ok();
    sandbox.ssd("audit verify").ok();
}

#[test]
fn alerts_and_their_reading_alter_the_state_hash() {
    let sandbox = ana_wants("none");
    let hash = |sandbox: &Sandbox| sandbox.ssd(&format!("state-hash --niss {ANA}")).ok();
    let none = hash(&sandbox);
    sent(&sandbox, &alerts(ANA));
    let three = hash(&sandbox);
    sandbox.ssd("messages list").ok();
    assert_ne!(none, three);
    assert_eq!(hash(&sandbox), three);
    sandbox.ssd("messages show 1").ok();
    assert_ne!(hash(&sandbox), three);
}

#[test]
fn concurrent_senders_and_readers_lose_no_alert() {
    let sandbox = ana_wants("sms");
    sandbox.file("in", json_lines(&alerts(ANA)));
    let lines_of = |n: usize| match n % 4 {
        0 | 1 => "alerts send in --group 1".to_owned(),
        2 => format!("--json messages show {}", 1 + n / 4),
        _ => "--json messages list".to_owned(),
    };
    let racers: Vec<Child> = (0..32).map(|n| sandbox.command(&lines_of(n)).spawn().expect("the binary runs")).collect();
    let mut given = vec![];
    for (n, racer) in racers.into_iter().enumerate() {
        let output = racer.wait_with_output().expect("it ends");
        let out = String::from_utf8(output.stdout).expect("UTF-8");
        match n % 4 {
            0 | 1 => given.extend(lines(&out).iter().map(|reply| reply["alert"].as_i64().expect("a number"))),
            2 => assert!(["done", "refused"].contains(&word(&lines(&out)[0], "result")), "{out}"),
            _ => {
                let ids: Vec<Value> =
                    lines(&out)[0]["inbox"].as_array().expect("a list").iter().map(|one| one["id"].clone()).collect();
                assert_eq!(ids, (1..=ids.len()).map(|id| json!(id)).collect::<Vec<_>>(), "{out}");
            }
        }
    }
    given.sort_unstable();
    assert_eq!(given, (1..=48).collect::<Vec<_>>());
    assert_eq!((out(&sandbox, ANA).len(), numbers(&sandbox, "").len()), (48, 48));
    sandbox.ssd("store check").ok();
    sandbox.ssd("audit verify").ok();
}

#[test]
fn concurrent_reads_set_read_at_once() {
    let sandbox = ana_wants("none");
    sent(&sandbox, &alerts(ANA));
    let racers: Vec<Child> =
        (0..32).map(|_| sandbox.command("--json messages show 1").spawn().expect("the binary runs")).collect();
    for racer in racers {
        let reply: Value = serde_json::from_slice(&racer.wait_with_output().expect("it ends").stdout).expect("JSON");
        assert_eq!(done(reply)["read_at"], "2026-01-05T09:00:00Z");
    }
    assert_eq!(numbers(&sandbox, "--unread"), [2, 3]);
}

#[test]
fn real_store_sends_alerts() {
    let mut real = Sandbox::real();
    real.activate();
    real.log_in(ANA, PASSWORD);
    real.confirm(ANA, &["email"]);
    real.ssd("alerts set email").ok();
    assert_eq!(send(&real, &alerts(ANA)[0])["channel"], "email");
    assert_eq!(numbers(&real, "--unread"), [1]);
    real.ssd("audit verify").ok();
}
