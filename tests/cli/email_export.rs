//! E-mail export: other programs read the values of the outbox from the files, and foreign files are not overwritten.

use std::process::Command;

use mail_parser::MessageParser;
use serde_json::Value;

use crate::support::{ANA, JOSE, PADARIA, Sandbox, done, lines, person, skipped, word};

/// Returns a sandbox with several kinds of e-mails in both languages.
fn with_emails() -> Sandbox {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd("contacts update --email joão.ferreira@correio.example").ok();
    sandbox.ssd("phone-code set").ok();
    for niss in [JOSE, PADARIA] {
        sandbox.ssd(&format!("{} --channel email", person(niss).portal())).ok();
    }
    sandbox
}

fn emails(sandbox: &Sandbox) -> Vec<Value> {
    lines(&sandbox.ssd("--json outbox list --channel email").ok())
}

#[test]
fn another_library_reads_the_outbox_values() {
    let sandbox = with_emails();
    let messages = emails(&sandbox);
    let exported = done(sandbox.json("outbox export --eml post/out"));
    assert_eq!(
        (&exported["emails"], &exported["kept"], word(&exported, "folder")),
        (&messages.len().into(), &0.into(), "post/out")
    );
    assert_eq!(std::fs::read_dir(sandbox.folder().join("post/out")).expect("a folder").count(), messages.len());
    for message in &messages {
        let file = std::fs::read(sandbox.folder().join(format!("post/out/{}.eml", message["id"]))).expect("a file");
        let read = MessageParser::default().parse(&file).expect("a message");
        assert_eq!(read.subject(), message["subject"].as_str());
        let body = read.body_text(0).expect("a body").replace("\r\n", "\n");
        assert_eq!(body, word(message, "body"));
        assert_eq!(read.to().and_then(|to| to.first()).and_then(|to| to.address()), message["to"].as_str());
        assert_eq!(read.date().expect("a date").to_rfc3339(), word(message, "created_at"));
        let from = read.from().and_then(|from| from.first()).expect("somebody");
        assert_eq!(
            (from.name(), from.address()),
            (Some("Segurança Social Direta (ssd)"), Some("no-reply@ssd.invalid"))
        );
        for line in file.split(|byte| *byte == b'\n') {
            assert!(line.is_empty() || line.ends_with(b"\r"), "lines end in CRLF");
            assert!(line.len() <= 79, "{}", String::from_utf8_lossy(line));
        }
    }
}

#[test]
fn python_reads_the_outbox_values() {
    let sandbox = with_emails();
    sandbox.ssd("outbox export --eml post").ok();
    let script = "
import email, email.policy, json, pathlib
from email.errors import NonASCIILocalPartDefect
for path in sorted(pathlib.Path('post').iterdir(), key=lambda path: int(path.stem)):
    text = path.read_bytes().decode()
    message = email.message_from_string(text, policy=email.policy.SMTPUTF8)
    defects = [defect for header in message.values() for defect in header.defects]
    # What RFC 6532 allows Python still counts.
    assert not message.defects and all(isinstance(defect, NonASCIILocalPartDefect) for defect in defects), (path, defects)
    print(json.dumps([message['subject'], message['to'], message['date'].datetime.strftime('%Y-%m-%dT%H:%M:%SZ'), message.get_content()]))
";
    let Ok(output) = Command::new("python3").args(["-c", script]).current_dir(sandbox.folder()).output() else {
        skipped("e-mails in Python's eyes: python3 is not installed");
        return;
    };
    assert!(output.status.success(), "{output:?}");
    let read: Vec<Value> = lines(&String::from_utf8(output.stdout).expect("UTF-8"));
    let messages = emails(&sandbox);
    assert_eq!(read.len(), messages.len());
    for (read, message) in read.iter().zip(&messages) {
        let body = read[3].as_str().expect("a body").replace("\r\n", "\n");
        assert_eq!(
            [read[0].as_str(), read[1].as_str(), read[2].as_str(), Some(&body)],
            ["subject", "to", "created_at", "body"].map(|key| message[key].as_str())
        );
    }
}

#[test]
fn existing_files_are_not_overwritten() {
    let sandbox = with_emails();
    sandbox.ssd(&format!("outbox export --eml post --niss {ANA}")).ok();
    let read = |id: &Value| std::fs::read(sandbox.folder().join(format!("post/{id}.eml"))).expect("a file");
    let messages = emails(&sandbox);
    let first = messages.iter().find(|one| one["niss"] == ANA).expect("one to Ana");
    let before = read(&first["id"]);
    let again = done(sandbox.json("outbox export --eml post"));
    let hers = messages.iter().filter(|one| one["niss"] == ANA).count();
    assert_eq!((&again["emails"], &again["kept"]), (&messages.len().into(), &hers.into()));
    assert_eq!(read(&first["id"]), before);
    // A file that is not this message is not overwritten.
    for other in [&b""[..], b"Message-ID: <1@else.example>\r\n\r\n", b"x"] {
        let path = sandbox.folder().join(format!("post/{}.eml", first["id"]));
        std::fs::write(&path, other).expect("a file");
        sandbox.ssd("outbox export --eml post").fails(2).says(".eml").says("hint: ");
        assert_eq!(std::fs::read(&path).expect("a file"), other);
    }
    // In other stores, the same numbers belong to other messages.
    let elsewhere = Sandbox::new();
    elsewhere.ssd(&format!("{} --channel email", person(PADARIA).portal())).ok();
    let folder = sandbox.folder().join("post");
    std::fs::remove_file(folder.join(format!("{}.eml", first["id"]))).expect("a file");
    sandbox.ssd("outbox export --eml post").ok();
    std::fs::rename(folder.join(format!("{}.eml", first["id"])), folder.join("1.eml")).expect("a file");
    elsewhere.ssd(&format!("outbox export --eml {}", folder.display())).fails(2);
}

#[test]
fn export_is_filtered_and_reports_write_errors() {
    let sandbox = with_emails();
    let count = |line: &str| sandbox.json(&format!("outbox export --eml {line}"))["emails"].as_u64().expect("a count");
    assert_eq!(count(&format!("a --niss {JOSE}")), 1);
    assert_eq!(count("b --purpose activation"), 2);
    assert_eq!(count("c --limit 1"), 1);
    assert_eq!(count("d --since 2027-01-01T00:00:00Z"), 0);
    assert!(sandbox.folder().join("d").is_dir());
    sandbox.file("file", "");
    sandbox.ssd("outbox export --eml file").fails(2).says("file");
    sandbox.ssd("outbox export").fails(2).says("--eml");
    sandbox.ssd("outbox export --eml a --purpose nothing").fails(2);
    // A store file may have any name.
    let odd = with_emails();
    let first = emails(&odd)[0]["id"].to_string();
    let name = format!("{first}.eml");
    std::fs::rename(odd.store(), odd.folder().join(&name)).expect("another name");
    odd.ssd(&format!("--store {name} outbox export --eml .")).fails(2).says("belongs to the store");
    odd.ssd(&format!("--store {name} store check")).ok();
}

#[test]
fn real_store_export_is_audited_and_masks_wiped_codes() {
    let real = Sandbox::real();
    real.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
    let code = real.code(JOSE);
    real.ssd("outbox export --eml before").ok();
    real.activate_with(JOSE, &code).ok();
    let exported = done(real.json(&format!("outbox export --eml after --niss {JOSE}")));
    let read = |name: &str| real.read(&format!("{name}/1.eml"));
    assert!(read("before").contains(&code) && !read("after").contains(&code) && read("after").contains("******"));
    assert_eq!(real.json(&format!("why {}", exported["request"]))["action"], "outbox_export");
    // The exported copy with its code is the same message and stays.
    let again = done(real.json("outbox export --eml before"));
    assert_eq!((&again["emails"], &again["kept"]), (&2.into(), &1.into()));
    assert!(read("before").contains(&code));
}
