//! Ana with Chave Móvel Digital.

use serde_json::Value;

use super::*;

/// Ana's PIN, and a wrong one.
pub const PIN: &str = "2718";
pub const OTHER_PIN: &str = "31415926";
/// The mobile for her codes, which is not one of her contacts in the service.
pub const MOBILE: &str = "+33612345678";
/// The two commands that use it.
pub const REGISTER: &str = "register 12000000012 --procedure cmd --accept-terms --pin-stdin";
pub const LOGIN: &str = "login 12000000012 --method cmd --pin-stdin";

/// Returns a sandbox in which Ana is enrolled with these additional options.
pub fn enrolled_with(more: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    enrol(&sandbox, more);
    sandbox
}

pub fn enrol(sandbox: &Sandbox, more: &str) {
    done(sandbox.feed_json(&format!("cmd enrol {ANA} --mobile '{MOBILE}' --pin-stdin {more}"), PIN));
}

pub fn enrolled() -> Sandbox {
    enrolled_with("")
}

/// Returns the last temporary code.
pub fn code(sandbox: &Sandbox) -> String {
    sandbox.ssd(&format!("outbox code {ANA} --purpose cmd")).ok()
}

/// Requests a code and returns it.
pub fn sent(sandbox: &Sandbox, line: &str) -> String {
    assert!(done(sandbox.feed_json(line, PIN))["sent"].is_array());
    code(sandbox)
}

/// Sends the second request, with this code.
pub fn typed(sandbox: &Sandbox, line: &str, code: &str) -> Value {
    sandbox.feed_json(&format!("{line} --code {code} --consent"), PIN)
}

/// Sends both requests.
pub fn through(sandbox: &Sandbox, line: &str) -> Value {
    let code = sent(sandbox, line);
    typed(sandbox, line, &code)
}

/// Returns a sandbox in which Ana opened her account this way and is logged in.
pub fn inside() -> Sandbox {
    let mut sandbox = enrolled();
    done(through(&sandbox, REGISTER));
    let session = word(&done(through(&sandbox, LOGIN)), "session").to_owned();
    *sandbox.session() = Some(session);
    sandbox
}
