//! The pages of timelines and reports, in a browser if one is installed.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::*;

/// Runs a browser on a page. Returns `None` if there is none.
fn browser(folder: &Path, arguments: &[&str]) -> Option<(String, String)> {
    let name = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| {
        let probe = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        probe.is_ok_and(|status| status.success())
    })?;
    let mut command = Command::new(name);
    command.current_dir(folder).args(["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]);
    command.args(["--enable-logging=stderr", "--log-level=0", "--window-size=1000,1600", "--timeout=20000"]);
    command.arg(format!("--user-data-dir={}", folder.join("profile").display())).args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
    let run = finish(command, None);
    Some((run.out, run.err))
}

/// Returns what a browser makes of `page.html`, about which it must not complain. Returns `None` if there is no browser.
fn shown_page(sandbox: &Sandbox) -> Option<String> {
    let url = format!("file://{}", sandbox.folder().join("page.html").display());
    let Some((dom, log)) = browser(sandbox.folder(), &["--dump-dom", &url]) else {
        skipped("the page in a browser: no chromium on this machine");
        return None;
    };
    let complaints: Vec<&str> = log.lines().filter(|line| line.contains("CONSOLE")).collect();
    assert_eq!(complaints, [""; 0]);
    Some(dom)
}

#[test]
fn browser_shows_the_page_of_a_report_without_complaints() {
    let sandbox = sandbox_with_history();
    for niss in [JOSE, MARIA, ANTONIO] {
        sandbox.advance("3d");
        let person = person(niss);
        sandbox.ssd(&format!("{} --channel {}", person.portal(), person.channels()[0])).ok();
    }
    sandbox.ssd("report --html page.html --lang pt").ok();
    let Some(dom) = shown_page(&sandbox) else { return };
    assert!(dom.contains("Recusas por motivo") && dom.matches("<rect").count() > 20, "{dom}");
}

#[test]
fn browser_shows_the_page_without_complaints() {
    let sandbox = sandbox_with_history();
    sandbox.ssd(&format!("account timeline {ANA} --html page.html --lang pt")).ok();
    let Some(dom) = shown_page(&sandbox) else { return };
    for message in sandbox.messages(ANA).iter().filter(|message| message["channel"] == "sms") {
        assert!(dom.contains(word(message, "body")), "{message}");
    }
    assert!(dom.contains("called &lt;b&gt;&amp; identified&lt;/b&gt;") && dom.contains("A sua conta está ativa"));
    // A blank page compresses to a small picture.
    sandbox.file("blank.html", "<!DOCTYPE html><title>x</title>");
    let picture = |url: &str, name: &str| {
        browser(sandbox.folder(), &[&format!("--screenshot={name}"), url]);
        sandbox.folder().join(name).metadata().expect(name).len()
    };
    let url = |page: &str| format!("file://{}", sandbox.folder().join(page).display());
    let blank = picture(&url("blank.html"), "blank.png");
    assert!(picture(&url("page.html"), "page.png") > 5 * blank);
}
