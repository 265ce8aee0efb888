//! Secrets in the store's files: none is readable without the key, and invalid codes are gone even with it.
//!
//! The tests search the bytes of the files. Each search must also find a control text, so that it can't pass by
//! failing.

use std::fs;
use std::path::{Path, PathBuf};

use md5::{Digest, Md5};
use rusqlite::Connection;
use sha1::Sha1;
use sha2::Sha256;

use ssd::domain::message_purpose::MessagePurpose;
use ssd::domain::time::Timestamp;
use ssd::domain::vocabulary::{Channel, Language, Purpose};
use ssd::store::{Store, outbox};

use crate::support::*;

/// The control text, stored in the clear.
const CONTROL: &str = "a-word-to-be-found-9d41";

/// Returns the paths and contents of the store files in a folder.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let of_store = |path: &PathBuf| path.to_string_lossy().contains(".db") && !path.to_string_lossy().contains(".key");
    entries.filter(of_store).map(|path| (path.clone(), fs::read(&path).expect("a file"))).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

/// Asserts that no secret is in any file, and that the control text is.
fn keeps_secret(files: &[(PathBuf, Vec<u8>)], secrets: &[String]) {
    assert!(!secrets.is_empty() && files.iter().any(|(_, bytes)| holds(bytes, CONTROL.as_bytes())), "a blind search");
    for secret in secrets {
        let bare = secret.replace('-', "");
        for (path, bytes) in files {
            let found = [secret.as_str(), &bare].iter().any(|text| holds(bytes, text.as_bytes()));
            assert!(!found, "{secret} is in {}", path.display());
            let digest = [secret.as_str(), &bare].iter().find_map(|text| plain_digest_in(bytes, text.as_bytes()));
            assert_eq!(digest, None, "a digest of {secret} is in {}", path.display());
        }
    }
}

/// Returns the form in which a file has an unkeyed digest of a secret, alone, with a line end or with a NISS.
fn plain_digest_in(file: &[u8], secret: &[u8]) -> Option<String> {
    let mut inputs = vec![secret.to_vec(), [secret, b"\n"].concat()];
    for niss in [ANA, ANTONIO] {
        inputs.extend([[niss.as_bytes(), secret].concat(), [secret, niss.as_bytes()].concat()]);
    }
    inputs.iter().find_map(|input| {
        let digests = [
            ("SHA-256", Sha256::digest(input).to_vec()),
            ("SHA-1", Sha1::digest(input).to_vec()),
            ("MD5", Md5::digest(input).to_vec()),
        ];
        digests.iter().find_map(|(name, digest)| {
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            let base64 = base64(digest);
            let url = base64.replace('+', "-").replace('/', "_");
            let forms = [&digest[..], hex.as_bytes(), hex.to_uppercase().as_bytes(), base64.as_bytes(), url.as_bytes()]
                .map(<[u8]>::to_vec);
            forms.iter().position(|form| holds(file, form)).map(|form| format!("{name}, form {form}"))
        })
    })
}

/// Returns base64 without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let letter = |bits: &[u8]| {
        let text = format!("{:0<6}", std::str::from_utf8(bits).expect("digits"));
        char::from(LETTERS[usize::from_str_radix(&text, 2).expect("bits")])
    };
    bits.as_bytes().chunks(6).map(letter).collect()
}

#[test]
fn search_for_plain_digests_finds_each_form() {
    let sha256 = Sha256::digest(b"27182818\n");
    assert!(base64(b"abcd") == "YWJjZA" && plain_digest_in(b"nothing", b"27182818").is_none());
    let hex: String = Md5::digest(format!("{ANA}27182818")).iter().map(|byte| format!("{byte:02x}")).collect();
    for planted in [sha256.to_vec(), base64(&sha256).into_bytes(), hex.into_bytes(), Sha1::digest(b"27182818").to_vec()]
    {
        assert!(plain_digest_in(&[b"before", &planted[..], b"after"].concat(), b"27182818").is_some(), "{planted:?}");
    }
}

#[test]
fn sealed_codes_have_one_length_per_purpose_and_channel() {
    let sandbox = Sandbox::new();
    let mut lengths = std::collections::BTreeMap::<(String, String), Vec<i64>>::new();
    // About three of 30 codes begin with a zero.
    for _ in 0..15 {
        sandbox.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
        sandbox.ssd(&format!("{} --channel sms", person(ANA).portal())).ok();
        sandbox.advance("2d");
    }
    let connection = Connection::open(sandbox.store()).expect("the store");
    let sql = "SELECT purpose, channel, length(sealed) FROM message WHERE sealed IS NOT NULL";
    let mut statement = connection.prepare(sql).expect(sql);
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?))).expect(sql);
    for row in rows {
        let (kind, length) = row.expect(sql);
        lengths.entry(kind).or_default().push(length);
    }
    assert!(lengths.values().map(Vec::len).sum::<usize>() == 30, "{lengths:?}");
    for (kind, lengths) in &lengths {
        assert!(lengths.iter().all(|length| *length == lengths[0]), "{kind:?}: {lengths:?}");
    }
}

/// Returns the codes in the outbox of a store.
fn codes(path: &Path) -> Vec<String> {
    let store = Store::open(path).expect("the store");
    let found = store.read(|unit| {
        let mut bodies = vec![];
        outbox::list(unit, &outbox::MessageFilter::default(), |message| {
            bodies.push(message.niss);
            Ok(())
        })?;
        bodies.sort();
        bodies.dedup();
        let mut codes = vec![];
        for niss in bodies {
            for before in 0.. {
                match outbox::newest_code(unit, niss, None, before)? {
                    Some(sent) => codes.push(sent.code.expose().to_owned()),
                    None => break,
                }
            }
        }
        Ok(codes)
    });
    found.expect("the outbox")
}

#[test]
fn help_topic_sessions_leave_no_secret_in_store_files() {
    let (mut stores, mut found, mut tokens) = (0, 0, 0);
    for session in crate::support::transcripts::sessions() {
        let folder = session.restored();
        let mut secrets: Vec<String> = session.variables.iter().filter(|value| value.len() >= 6).cloned().collect();
        tokens += secrets.iter().filter(|secret| secret.len() == 48).count();
        secrets.push(PASSWORD.to_owned());
        let mut planted = 0;
        for (path, _) in files(folder.path()).iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "db"))
        {
            let reason = format!("account unlock {ANA} --reason {CONTROL} --store {}", path.display());
            let mut command = command(folder.path());
            command.args(shell_words::split(&reason).expect("words"));
            if finish(command, None).code == 0 {
                planted += 1;
                secrets.extend(codes(path));
            }
        }
        if planted > 0 {
            keeps_secret(&files(folder.path()), &secrets);
        }
        stores += planted;
        found += secrets.len();
    }
    assert!(stores >= 10 && found > 30 && tokens >= 2, "{stores} stores, {found} secrets, {tokens} tokens");
}

#[test]
fn open_store_and_its_log_have_no_secrets() {
    let mut real = Sandbox::real();
    // Random digits could be part of some number; these are not.
    let digits = "739104";
    assert!(!holds(&real.bytes(), digits.as_bytes()));
    // An open connection keeps the log on disk. Nothing may read the file in this process: that would drop the locks.
    let open = Connection::open(real.store()).expect("the store");
    open.query_row("SELECT count(*) FROM store", [], |_| Ok(())).expect("a row");
    let mut secrets = vec![PASSWORD.to_owned(), OTHER_PASSWORD.to_owned()];
    real.ssd(&format!("account unlock {ANA} --reason {CONTROL}")).ok();
    real.policy("code.digits", "10");
    real.register();
    secrets.push(real.code(ANA));
    real.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    secrets.push(real.code(ANTONIO));
    real.activate_with(ANA, &real.code(ANA)).ok();
    real.log_in(ANA, PASSWORD);
    secrets.extend(real.session().clone());
    real.ssd("phone-code set").ok();
    real.feed("phone-code change --new-code-stdin", digits).ok();
    secrets.push(digits.to_owned());
    real.ssd("contacts update --email other@correio.example").ok();
    secrets.push(real.code(ANA));
    real.feed("password change --password-stdin", format!("{PASSWORD}\n{OTHER_PASSWORD}\n")).ok();
    // A batch interrupted after its commit, whose journal holds replies with a token.
    real.file(
        "in",
        format!(
            "{{\"op\":\"login\",\"niss\":\"{ANA}\",\"password\":\"{OTHER_PASSWORD}\"}}\n{{\"op\":\"clock_show\"}}\n"
        ),
    );
    let replies = real.ssd("batch in --out out --group 1").fails(5).out;
    let token =
        real.read("out").split("\"session\":\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    secrets.push(token.unwrap_or_else(|| panic!("a token: {replies}")));
    let tokens = secrets.iter().filter(|secret| secret.len() == 48).count();
    assert_eq!((tokens, secrets.len()), (2, 8));
    // A digest of an input or of its first line reveals a password in it.
    let input = real.read("in");
    secrets.extend([input.clone(), input.lines().next().expect("a line").to_owned()]);
    let files = files(real.folder());
    assert!(files.iter().any(|(path, bytes)| path.ends_with("store.db-wal") && bytes.len() > 100_000), "a log");
    keeps_secret(&files, &secrets);
}

#[test]
fn pins_login_codes_and_call_tokens_are_not_stored() {
    let mut real = Sandbox::real();
    let (pin, other_pin) = ("27182818", "31415926");
    assert!(![pin, other_pin].iter().any(|pin| holds(&real.bytes(), pin.as_bytes())));
    let open = Connection::open(real.store()).expect("the store");
    open.query_row("SELECT count(*) FROM store", [], |_| Ok(())).expect("a row");
    real.ssd(&format!("account unlock {ANA} --reason {CONTROL}")).ok();
    real.policy("code.digits", "10");
    real.register();
    real.activate_with(ANA, &real.code(ANA)).ok();
    real.confirm_registered(ANA);
    real.policy("login.second_factor", "on");
    let mut secrets = vec![pin.to_owned(), other_pin.to_owned()];
    real.feed(&format!("cmd enrol {ANA} --mobile 961234567 --pin-stdin"), pin).ok();
    let by_cmd = format!("login {ANA} --method cmd --pin-stdin");
    assert_eq!(real.feed_refused(&by_cmd, other_pin), "cmd_pin_wrong");
    // Its six digits could be part of some number, so only its results are searched.
    real.feed(&by_cmd, pin).ok();
    let code = real.ssd(&format!("outbox code {ANA} --purpose cmd")).ok();
    secrets.push(real.feed(&format!("{by_cmd} --code {} --consent", code.trim()), pin).ok().trim().to_owned());
    let login = format!("login {ANA} --password-stdin");
    real.feed(&login, PASSWORD).ok();
    let code = real.ssd(&format!("outbox code {ANA} --purpose login")).ok().trim().to_owned();
    let session = real.feed(&format!("{login} --code {code}"), PASSWORD).ok().trim().to_owned();
    secrets.extend([code, session.clone()]);
    *real.session() = Some(session);
    let digits = real.ssd("phone-code set").ok();
    secrets.push(real.feed(&format!("phone-line {ANA} --code-stdin"), digits.trim()).ok().trim().to_owned());
    // Only the locator of a token is stored, and nothing of its secret.
    let tails: Vec<String> = secrets.iter().filter(|one| one.len() == 48).map(|token| token[16..].to_owned()).collect();
    assert_eq!((tails.len(), secrets.len()), (3, 6));
    secrets.extend(tails);
    keeps_secret(&files(real.folder()), &secrets);
    let audit = real.ssd("audit list --json").ok();
    assert!(secrets.iter().all(|secret| !audit.contains(secret.as_str())), "{audit}");
}

/// Returns the sealed values in the messages to a holder.
fn sealed(real: &Sandbox, niss: &str) -> Vec<Vec<u8>> {
    let connection = Connection::open(real.store()).expect("the store");
    let sql = "SELECT sealed FROM message WHERE niss = ?1 AND sealed IS NOT NULL ORDER BY id";
    let mut statement = connection.prepare(sql).expect(sql);
    let rows = statement.query_map([niss.parse::<i64>().expect("a NISS")], |row| row.get(0)).expect(sql);
    rows.map(|row| row.expect(sql)).collect()
}

fn expire(real: &Sandbox, niss: &str) {
    let connection = Connection::open(real.store()).expect("the store");
    for table in ["code", "message"] {
        // A value of the same width, so that the row does not move.
        let sql = format!("UPDATE {table} SET expires_at = 1000000000 WHERE niss = {niss} AND expires_at IS NOT NULL");
        assert!(connection.execute(&sql, []).expect(&sql) > 0);
    }
}

/// Returns whether no part of the sealed value is in any file of the store.
fn is_gone(real: &Sandbox, sealed: &[u8]) -> bool {
    files(real.folder()).iter().all(|(_, bytes)| sealed.windows(16).step_by(8).all(|part| !holds(bytes, part)))
}

#[test]
fn invalid_codes_are_wiped_even_in_sealed_form() {
    let real = Sandbox::real();
    // Enough rows to fill pages. Then one code is used, one superseded, and one expires.
    for niss in [ANA, JOSE, MARIA, ANTONIO, LUIS] {
        let holder = person(niss);
        real.ssd(&format!("{} --channel {}", holder.portal(), holder.channels()[0])).ok();
    }
    let [ana, jose, maria, antonio, luis] =
        [ANA, JOSE, MARIA, ANTONIO, LUIS].map(|niss| sealed(&real, niss).pop().expect("a seal"));
    let all = [&ana, &jose, &maria, &antonio, &luis];
    assert!(all.iter().all(|sealed| !is_gone(&real, sealed)), "the search finds them");

    real.activate_with(ANA, &real.code(ANA)).ok();
    assert!(is_gone(&real, &ana), "used");
    real.ssd(&format!("account reset {JOSE} --reason x")).ok();
    assert!(is_gone(&real, &jose) && sealed(&real, JOSE).len() == 2, "superseded");
    real.ssd(&format!("account close {LUIS} --reason x")).ok();
    assert!(is_gone(&real, &luis), "superseded when the account was closed");
    assert!(!is_gone(&real, &antonio) && !is_gone(&real, &maria), "valid codes are still there");

    // Expired: not shown, in no backup, and wiped by the next request.
    expire(&real, MARIA);
    assert_eq!(real.refused(&format!("outbox code {NOBODY}")), "no_code");
    assert!(is_gone(&real, &maria), "expired");
    expire(&real, ANTONIO);
    real.ssd("store backup copy.db").ok();
    let copy = fs::read(real.folder().join("copy.db")).expect("a copy");
    assert!(!holds(&copy, &antonio[..16]) && !holds(&copy, &antonio[24..40]), "not in the copy");
    assert!(!is_gone(&real, &antonio), "a backup does not wipe the store");
    real.ssd("store check").ok();
    assert!(is_gone(&real, &antonio), "a check wipes too");
    // With the key, only José's second seal opens.
    let alive = codes(&real.store());
    assert_eq!(alive, [real.code(JOSE)]);
}

#[test]
fn expired_code_is_hidden_before_it_is_wiped() {
    let real = Sandbox::real();
    real.register();
    let code = real.code(ANA);
    let bodies = || real.messages(ANA).iter().map(|one| word(one, "body").to_owned()).collect::<String>();
    assert!(bodies().contains(&code) && !bodies().contains("******"));
    expire(&real, ANA);
    let store = Store::open(&real.store()).expect("the store");
    let shown = store.read(|unit| outbox::find(unit, 1)).expect("the store").expect("a message");
    assert!(
        !shown.body.expose().contains(&code) && shown.body.expose().contains(" ****** "),
        "{}",
        shown.body.expose()
    );
    assert!(bodies().contains(" ****** ") && !bodies().contains(&code));
    assert_eq!(real.refused(&format!("outbox wait {ANA} --timeout 0s")), "no_code");
    assert!(real.json(&format!("outbox wait {ANA} --print json --timeout 0s"))["code"].is_null());
}

#[test]
fn mask_of_a_wiped_code_has_its_form() {
    let real = Sandbox::real();
    real.policy("code.digits", "8");
    real.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    real.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
    let codes = [real.code(ANTONIO), real.code(JOSE)];
    for (niss, code, mark) in [(ANTONIO, &codes[0], "****-****"), (JOSE, &codes[1], "********")] {
        let before = word(&real.messages(niss)[0], "body").to_owned();
        real.ssd(&format!("account close {niss} --reason x")).ok();
        assert_eq!(word(&real.messages(niss)[0], "body"), before.replace(code.as_str(), mark));
    }
}

#[test]
fn sandbox_does_not_wipe_codes() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let old = sandbox.code(ANA);
    sandbox.advance("24h");
    assert_eq!(sandbox.code(ANA), old);
    sandbox.register();
    let new = sandbox.code(ANA);
    sandbox.activate_with(ANA, &new).ok();
    assert_eq!(sandbox.code(ANA), new);
    assert!(word(&sandbox.messages(ANA)[0], "body").contains(&old));
}

#[test]
fn changed_or_moved_seal_is_reported_as_damage() {
    for (id, sql) in [
        // From another holder; from the same; with another NISS; changed at the start; changed at the end.
        (1, "UPDATE message SET sealed = (SELECT sealed FROM message WHERE id = 2) WHERE id = 1"),
        (1, "UPDATE message SET sealed = (SELECT sealed FROM message WHERE id = 5) WHERE id = 1"),
        (5, "UPDATE message SET niss = 12000000020 WHERE id = 5"),
        (5, "UPDATE message SET sealed = CAST(x'01' || substr(sealed, 2) AS BLOB) WHERE id = 5"),
        (5, "UPDATE message SET sealed = CAST(substr(sealed, 1, length(sealed) - 1) || x'ab' AS BLOB) WHERE id = 5"),
    ] {
        let real = Sandbox::real();
        real.register();
        real.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
        real.activate_with(ANA, &real.code(ANA)).ok();
        real.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
        let connection = Connection::open(real.store()).expect("the store");
        assert_eq!(connection.execute(sql, []).expect(sql), 1);
        drop(connection);
        for line in [format!("outbox show {id}"), "store check".to_owned()] {
            assert_eq!(word(&real.ssd(&format!("--json {line}")).fails(4).json(), "kind"), "store_damaged", "{sql}");
        }
        assert!(real.ssd("outbox list").fails(4).err.contains("damaged"));
    }
}

#[test]
fn schema_rejects_codes_in_clear_text() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let connection = Connection::open(sandbox.store()).expect("the store");
    for sql in [
        "UPDATE message SET sealed = '123456' WHERE id = 1",
        "UPDATE message SET sealed = x'313233343536' WHERE id = 1",
        "UPDATE message SET sealed = NULL WHERE id = 1",
    ] {
        assert!(connection.execute(sql, []).is_err(), "{sql}");
    }
}

/// How many expired codes are not wiped.
fn unwiped(real: &Sandbox) -> i64 {
    let connection = Connection::open(real.store()).expect("the store");
    let sql = "SELECT count(*) FROM message WHERE expires_at = 1 AND sealed > zeroblob(length(sealed))";
    connection.query_row(sql, [], |row| row.get(0)).expect(sql)
}

#[test]
fn requests_wipe_a_few_expired_codes_and_checks_all() {
    let real = Sandbox::real();
    real.register();
    let connection = Connection::open(real.store()).expect("the store");
    let many = "INSERT INTO message (niss, channel, purpose, recipient, language, body, sealed, expires_at, created_at, status)
        WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1500)
        SELECT niss, channel, purpose, recipient, language, body, randomblob(46), 1, created_at, status FROM message, n";
    connection.execute(many, []).expect(many);
    assert_eq!(unwiped(&real), 1500);
    real.ssd(&format!("account unlock {NOBODY} --reason x")).ok();
    let after_request = 1500 - outbox::WIPE_PER_REQUEST;
    assert_eq!(unwiped(&real), after_request);
    real.feed("batch -", format!("{{\"op\":\"account_unlock\",\"niss\":\"{NOBODY}\",\"reason\":\"x\"}}\n")).ok();
    assert_eq!(unwiped(&real), after_request - outbox::WIPE_PER_GROUP);
    // The random bytes open with no key: the check fails before it wipes.
    connection.execute("DELETE FROM message WHERE expires_at = 1", []).expect("deleted");
    connection.execute("UPDATE message SET expires_at = 1", []).expect("an expired code");
    assert_eq!(unwiped(&real), 1);
    real.ssd("store check").ok();
    assert_eq!(unwiped(&real), 0);
    let plan = "EXPLAIN QUERY PLAN SELECT id FROM message
        WHERE expires_at <= 1 AND sealed > zeroblob(length(sealed)) ORDER BY expires_at LIMIT 5";
    let plan: String = connection.query_row(plan, [], |row| row.get(3)).expect(plan);
    assert!(plan.contains("message_live"), "{plan}");
}

/// Begins each planted code; the rest is a number.
const PLANTED: &str = "planted-";

/// Adds e-mails to Ana, each with a sealed code that has expired.
fn plant_expired(real: &Sandbox, count: u32) {
    plant(real, count, Timestamp::from_seconds(1).expect("a time"));
}

fn plant(real: &Sandbox, count: u32, expires_at: Timestamp) {
    let store = Store::open(&real.store()).expect("the store");
    let planted = store.write("tester", |unit| {
        for number in 0..count {
            let code = format!("{PLANTED}{number}");
            outbox::enqueue(
                unit,
                &outbox::NewMessage {
                    niss: ANA.parse().expect("a NISS"),
                    channel: Channel::Email,
                    purpose: MessagePurpose::Code(Purpose::Activation),
                    recipient: "ana@example.pt",
                    language: Language::En,
                    subject: Some("x"),
                    body: "code \u{FFFC}",
                    code: Some(&outbox::NewMessageCode { id: 1, text: &code, expires_at }),
                },
            )?;
        }
        Ok(())
    });
    planted.expect("messages");
}

#[test]
fn expired_codes_beyond_one_wipe_are_never_readable() {
    /// So many that no request wipes all of them.
    const MANY: u32 = 3 * outbox::WIPE_PER_REQUEST as u32;
    let real = Sandbox::real();
    real.register();
    let printed = |line: &str| {
        let run = real.ssd(line);
        format!("{}{}", run.out, run.err)
    };
    // A control: codes that have not expired are found.
    plant(&real, 1, Timestamp::FAR_FUTURE);
    assert!(printed(&format!("--json outbox list --niss {ANA}")).contains(PLANTED));
    assert!(printed(&format!("outbox code {ANA}")).contains(PLANTED));
    let connection = Connection::open(real.store()).expect("the store");
    let (all, expired) =
        ("UPDATE message SET expires_at = 1 WHERE sealed IS NOT NULL", "UPDATE code SET expires_at = 1");
    for line in [
        format!("outbox list --niss {ANA}"),
        format!("--json outbox list --niss {ANA}"),
        format!("outbox code {ANA}"),
        format!("outbox wait {ANA} --timeout 0s"),
        format!("outbox wait {ANA} --print json --timeout 0s"),
        "outbox export --eml emails".to_owned(),
        format!("account timeline {ANA}"),
        format!("--json account timeline {ANA}"),
        format!("account timeline {ANA} --html page.html"),
        format!("account export {ANA}"),
        format!("account history {ANA}"),
        format!("scenario export {ANA}"),
        format!("account show {ANA}"),
        "audit export".to_owned(),
        "store backup copy.db".to_owned(),
    ] {
        plant_expired(&real, MANY);
        connection.execute_batch(&format!("{all}; {expired}")).expect("expired");
        let newest: i64 = connection.query_row("SELECT max(id) FROM message", [], |row| row.get(0)).expect("an id");
        assert!(!printed(&line).contains(PLANTED), "{line}");
        assert!(!printed(&format!("outbox show {newest}")).contains(PLANTED), "outbox show after {line}");
        assert!(unwiped(&real) >= i64::from(MANY) - 2 * outbox::WIPE_PER_REQUEST, "{line}: all were wiped");
    }
    let entries =
        fs::read_dir(real.folder().join("emails")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let emails: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|extension| extension == "eml")).collect();
    assert!(emails.len() >= MANY as usize, "{emails:?}");
    for file in emails.iter().chain([&real.folder().join("page.html"), &real.folder().join("copy.db")]) {
        assert!(!holds(&fs::read(file).expect("a file"), PLANTED.as_bytes()), "{}", file.display());
    }
}

#[test]
fn expired_letters_are_not_printed_before_they_are_wiped() {
    let real = Sandbox::real();
    real.register();
    real.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    let code = real.code(ANTONIO);
    assert_eq!(real.json(&format!("outbox print --niss {ANTONIO} --out before.pdf"))["letters"], 1, "a control");
    expire(&real, ANTONIO);
    plant_expired(&real, 3 * outbox::WIPE_PER_REQUEST as u32);
    assert_eq!(real.json(&format!("outbox print --niss {ANTONIO} --out after.pdf"))["letters"], 0);
    assert!(!real.folder().join("after.pdf").exists());
    assert!(sealed(&real, ANTONIO)[0].iter().any(|byte| *byte != 0), "not wiped");
    assert!(!real.ssd(&format!("outbox list --niss {ANTONIO}")).ok().contains(&code));
}
