//! An account as a state machine: a simple model and the real flows take the same random steps on one store.
//!
//! After each step, both have the same reply and the same state, and the numbers of codes and messages agree. The model
//! is written from the specification, independently of the flows. It keeps lists of codes and counters.

use std::collections::HashMap;

use proptest::prelude::*;
use ssd::domain::vocabulary::{AccountType, Channel, Purpose};
use ssd::flow::handle;
use ssd::reply::{Reply, ReplyBody};
use ssd::request::{
    ClockAdvance, Login, OperatorAction, OutboxCode, PhoneCodeChange, PhoneCodeVerify, RecoverRequest, Register,
    Request, SessionRequest, SessionToken, SetPassword,
};
use ssd::store::Store;
use ssd::store_admin;

use crate::support::Sandbox;

const NISS: &str = "12000000012";
const PASSWORDS: [&str; 3] = ["Violeta-9-Oceano-Trigo", "Moinho_7_Granito_Vela", "Cortina-4-Lagarto-Neve"];
const START: i64 = 1_767_603_600;

#[derive(Debug, Clone)]
enum Step {
    Register(bool),
    Activate { code: Typed, password: usize },
    RecoverRequest(bool),
    RecoverConfirm { code: Typed, password: usize },
    Login(usize),
    SetPhoneCode,
    ChangePhoneCode,
    VerifyPhoneCode(bool),
    Unlock,
    Suspend,
    Resume,
    Reset,
    Close,
    Wait(i64),
}

/// The code that is entered.
#[derive(Debug, Clone, Copy)]
enum Typed {
    Newest,
    Older,
    Wrong,
}

fn step() -> impl Strategy<Value = Step> {
    let typed = prop_oneof![3 => Just(Typed::Newest), 1 => Just(Typed::Older), 3 => Just(Typed::Wrong)];
    let wait = prop_oneof![
        Just(1),
        Just(59),
        Just(60),
        Just(599),
        Just(600),
        Just(900),
        Just(1800),
        Just(3600),
        Just(86_399),
        Just(86_400)
    ];
    prop_oneof![
        4 => any::<bool>().prop_map(Step::Register),
        6 => (typed.clone(), 0..4_usize).prop_map(|(code, password)| Step::Activate { code, password }),
        3 => any::<bool>().prop_map(Step::RecoverRequest),
        4 => (typed, 0..4_usize).prop_map(|(code, password)| Step::RecoverConfirm { code, password }),
        6 => (0..3_usize).prop_map(Step::Login),
        1 => Just(Step::SetPhoneCode),
        1 => Just(Step::ChangePhoneCode),
        3 => any::<bool>().prop_map(Step::VerifyPhoneCode),
        1 => Just(Step::Unlock),
        1 => Just(Step::Suspend),
        1 => Just(Step::Resume),
        1 => Just(Step::Reset),
        1 => Just(Step::Close),
        6 => wait.prop_map(Step::Wait),
    ]
}

/// A code in the model.
struct Code {
    text: String,
    issued_at: i64,
    expires_at: i64,
    used: bool,
    superseded: bool,
}

#[derive(Default)]
struct Count {
    failures: u32,
    on_code: u32,
    blocked_until: i64,
}

/// The expected state, as lists and counters.
#[derive(Default)]
struct Model {
    now: i64,
    state: Option<&'static str>,
    password: Option<usize>,
    codes: HashMap<&'static str, Vec<Code>>,
    counts: HashMap<&'static str, Count>,
    login_failures: u32,
    locked_until: i64,
    session: Option<(String, i64)>,
    phone_code: Option<String>,
    phone_failures: u32,
    is_phone_code_blocked: bool,
    messages: usize,
}

/// Returns a request with a code and one of the passwords, or the code alone for an index past the last password.
fn opening(niss: Option<ssd::domain::niss::Niss>, code: &str, password: usize) -> SetPassword {
    let password = PASSWORDS.get(password).and_then(|text| text.parse().ok());
    let until = password.is_none().then_some(ssd::domain::vocabulary::CheckStep::Code);
    SetPassword { niss, code: code.parse().ok(), password, until }
}

/// The number of notices per event: Ana has two registered contacts.
const NOTIFIED: usize = 2;

impl Model {
    fn issue(&mut self, purpose: &'static str, email: bool, text: String) {
        let lifetime = if email { 86_400 } else { 600 };
        self.supersede(purpose);
        self.counts.entry(purpose).or_default().on_code = 0;
        let code = Code { text, issued_at: self.now, expires_at: self.now + lifetime, used: false, superseded: false };
        self.codes.entry(purpose).or_default().push(code);
        self.messages += 1;
    }

    fn supersede(&mut self, purpose: &'static str) {
        for code in self.codes.entry(purpose).or_default().iter_mut().filter(|code| !code.used) {
            code.superseded = true;
        }
    }

    fn may_issue(&self, purpose: &'static str) -> &'static str {
        if self.counts.get(purpose).is_some_and(|count| self.now < count.blocked_until) {
            return "code_blocked";
        }
        let issued: Vec<i64> = self.codes.get(purpose).into_iter().flatten().map(|code| code.issued_at).collect();
        if issued.last().is_some_and(|at| self.now < at + 60) {
            "too_soon"
        } else if issued.iter().filter(|at| self.now < **at + 86_400).count() >= 5 {
            "too_many_codes"
        } else {
            "done"
        }
    }

    fn register(&self) -> &'static str {
        match self.state {
            None | Some("requested") => self.may_issue("activation"),
            Some("active") => "already_registered",
            Some(other) => other,
        }
    }

    fn recover(&self) -> &'static str {
        match self.state {
            None => "no_account",
            Some("requested" | "active") => self.may_issue("recovery"),
            Some(other) => other,
        }
    }

    /// Returns the reply to an entered code and counts it. `done` means that it is right and can be used.
    fn judge(&mut self, purpose: &'static str, typed: &str) -> &'static str {
        let now = self.now;
        let count = self.counts.entry(purpose).or_default();
        if now < count.blocked_until || count.on_code >= 5 {
            return "code_blocked";
        }
        let codes = self.codes.entry(purpose).or_default();
        let live = codes.last().is_some_and(|code| !code.used && !code.superseded && now < code.expires_at);
        let Some(code) = codes.iter().rev().find(|code| code.text == typed) else {
            count.failures += 1;
            count.on_code += 1;
            let dies = live && count.on_code == 5;
            let blocks = count.failures == 10;
            if blocks {
                count.failures = 0;
                count.blocked_until = now + 3600;
            }
            if (dies || blocks) && self.state.is_some_and(|state| !["suspended", "closed"].contains(&state)) {
                self.messages += NOTIFIED;
            }
            return "code_wrong";
        };
        match code {
            Code { used: true, .. } => "code_used",
            Code { superseded: true, .. } => "code_superseded",
            Code { expires_at, .. } if now >= *expires_at => "code_expired",
            _ => "done",
        }
    }

    fn open(&mut self, purpose: &'static str, typed: &str, password: usize, recovers: bool) -> &'static str {
        if password == PASSWORDS.len() {
            return self.prove(purpose, typed);
        }
        let judged = self.judge(purpose, typed);
        if judged != "done" {
            return judged;
        }
        match self.state {
            Some(state @ ("suspended" | "closed")) => return state,
            _ if self.password == Some(password) => return "password_repeated",
            _ => {}
        }
        for code in self.codes.entry(purpose).or_default().iter_mut().filter(|code| code.text == typed) {
            code.used = code.used || !code.superseded;
        }
        self.counts.insert(purpose, Count::default());
        self.supersede("activation");
        self.supersede("recovery");
        (self.state, self.password) = (Some("active"), Some(password));
        (self.login_failures, self.locked_until) = (0, 0);
        if recovers {
            self.session = None;
        }
        self.messages += NOTIFIED;
        "done"
    }

    /// Checks and counts a code without using it.
    fn prove(&mut self, purpose: &'static str, typed: &str) -> &'static str {
        match (self.judge(purpose, typed), self.state) {
            ("done", Some(state @ ("suspended" | "closed"))) => state,
            (judged, _) => judged,
        }
    }

    fn login(&mut self, password: usize) -> &'static str {
        if self.now < self.locked_until {
            return "login_locked";
        }
        if self.state == Some("active") && self.password == Some(password) {
            self.login_failures = 0;
            return "done";
        }
        self.login_failures += 1;
        if self.login_failures.is_multiple_of(5) {
            self.locked_until = self.now + (900_i64 << (self.login_failures / 5 - 1)).min(86_400);
            if self.state.is_some_and(|state| !["suspended", "closed"].contains(&state)) {
                self.messages += NOTIFIED;
            }
        }
        "login_failed"
    }

    fn is_fresh(&self) -> bool {
        self.session.as_ref().is_some_and(|(_, at)| self.now < at + 600)
    }

    fn verify(&mut self, right: bool) -> &'static str {
        if self.is_phone_code_blocked {
            return "phone_code_blocked";
        }
        if right && self.state == Some("active") && self.phone_code.is_some() {
            self.phone_failures = 0;
            return "done";
        }
        self.phone_failures += 1;
        self.is_phone_code_blocked = self.phone_failures.is_multiple_of(3);
        if self.is_phone_code_blocked && self.phone_code.is_some() && self.state == Some("active") {
            self.messages += NOTIFIED;
        }
        "phone_code_wrong"
    }
}

/// A store and its model.
struct Walk {
    store: Store,
    model: Model,
    _sandbox: Sandbox,
}

impl Walk {
    fn new() -> Walk {
        let sandbox = Sandbox::new();
        let store = Store::open(&sandbox.store()).expect("a store");
        Walk { store, model: Model { now: START, ..Model::default() }, _sandbox: sandbox }
    }

    fn ask(&self, request: &Request) -> Reply {
        handle(&self.store, "model", &request.check().expect("all fields")).expect("an answer")
    }

    /// Returns `done` or the reason of a refusal.
    fn word(&self, request: &Request) -> &'static str {
        match self.ask(request) {
            Reply::Done(_) => "done",
            Reply::Refused(refusal) => refusal.reason.as_str(),
        }
    }

    fn newest(&self, purpose: Purpose) -> String {
        let asked = Request::OutboxCode(OutboxCode { niss: NISS.parse().ok(), purpose: Some(purpose) });
        match self.ask(&asked) {
            Reply::Done(done) => match done.body {
                ReplyBody::Code { code, .. } => code.expose().to_owned(),
                other => panic!("{other:?}"),
            },
            Reply::Refused(refusal) => panic!("{refusal:?}"),
        }
    }

    /// Returns the entered code, as far as it was issued.
    fn typed(&self, purpose: &'static str, typed: Typed) -> String {
        let codes = self.model.codes.get(purpose).map(Vec::as_slice).unwrap_or_default();
        let found = match typed {
            Typed::Newest => codes.last(),
            Typed::Older => codes.iter().rev().nth(1),
            Typed::Wrong => None,
        };
        let wrong = || (0..).map(|n| format!("{n:06}")).find(|text| codes.iter().all(|code| code.text != *text));
        found.map(|code| code.text.clone()).or_else(wrong).expect("a code")
    }

    fn session(&self) -> Option<SessionToken> {
        self.model.session.as_ref().map(|(token, _)| SessionToken::new(token.clone()))
    }

    fn operator(&self) -> OperatorAction {
        OperatorAction { niss: NISS.parse().ok(), reason: "model".parse().ok() }
    }

    fn take(&mut self, step: &Step) {
        let niss = NISS.parse().ok();
        let (said, expected) = match step {
            Step::Register(email) => {
                let expected = self.model.register();
                let said = self.word(&Request::Register(Register {
                    niss,
                    account_type: Some(AccountType::Citizen),
                    birth_date: "1984-03-22".parse().ok(),
                    channel: Some(if *email { Channel::Email } else { Channel::Sms }),
                    accept_terms: true,
                    ..Register::default()
                }));
                if said == "done" {
                    let code = self.newest(Purpose::Activation);
                    self.model.state = Some("requested");
                    self.model.issue("activation", *email, code);
                }
                (said, expected)
            }
            Step::RecoverRequest(email) => {
                let expected = self.model.recover();
                let said = self.word(&Request::RecoverRequest(RecoverRequest {
                    niss,
                    name: "ana sofia marques ferreira".parse().ok(),
                    birth_date: "1984-03-22".parse().ok(),
                    civil_id: "12345670".parse().ok(),
                    nif: "200000012".parse().ok(),
                    email: "ana.ferreira@correio.example".parse().ok(),
                    mobile: "912000001".parse().ok(),
                    channel: Some(if *email { Channel::Email } else { Channel::Sms }),
                    ..RecoverRequest::default()
                }));
                if said == "done" {
                    let code = self.newest(Purpose::Recovery);
                    self.model.issue("recovery", *email, code);
                }
                (said, expected)
            }
            Step::Activate { code, password } => {
                let typed = self.typed("activation", *code);
                let expected = self.model.open("activation", &typed, *password, false);
                let asked = opening(niss, &typed, *password);
                (self.word(&Request::Activate(asked)), expected)
            }
            Step::RecoverConfirm { code, password } => {
                let typed = self.typed("recovery", *code);
                let expected = self.model.open("recovery", &typed, *password, true);
                let asked = opening(niss, &typed, *password);
                (self.word(&Request::RecoverConfirm(asked)), expected)
            }
            Step::Login(password) => {
                let expected = self.model.login(*password);
                let asked =
                    Request::Login(Login { niss, password: PASSWORDS[*password].parse().ok(), ..Login::default() });
                let said = match self.ask(&asked) {
                    Reply::Done(done) => {
                        let ReplyBody::LoggedIn { session, .. } = done.body else { panic!("a session") };
                        self.model.session = Some((session.expose().to_owned(), self.model.now));
                        "done"
                    }
                    Reply::Refused(refusal) => refusal.reason.as_str(),
                };
                (said, expected)
            }
            Step::SetPhoneCode | Step::ChangePhoneCode => {
                let set = matches!(step, Step::SetPhoneCode);
                let expected = match (self.model.is_fresh(), set, self.model.phone_code.is_some()) {
                    (false, ..) => "login_required",
                    (true, true, true) => "phone_code_exists",
                    (true, false, false) => "phone_code_missing",
                    _ => "done",
                };
                let session = self.session();
                let asked = match set {
                    true => Request::PhoneCodeSet(SessionRequest { session }),
                    false => Request::PhoneCodeChange(PhoneCodeChange { session, generate: true, new_code: None }),
                };
                let said = match self.ask(&asked) {
                    Reply::Done(done) => {
                        let ReplyBody::PhoneCode { phone_code: Some(code) } = done.body else { panic!("digits") };
                        self.model.phone_code = Some(code.expose().to_owned());
                        (self.model.phone_failures, self.model.is_phone_code_blocked) = (0, false);
                        self.model.messages += NOTIFIED;
                        "done"
                    }
                    Reply::Refused(refusal) => refusal.reason.as_str(),
                };
                (said, expected)
            }
            Step::VerifyPhoneCode(right) => {
                let right_code = self.model.phone_code.clone().filter(|_| *right);
                let wrong = if self.model.phone_code.as_deref() == Some("424242") { "424243" } else { "424242" };
                let expected = self.model.verify(right_code.is_some());
                let code = right_code.as_deref().unwrap_or(wrong).parse().ok();
                (self.word(&Request::PhoneCodeVerify(PhoneCodeVerify { niss, code })), expected)
            }
            Step::Unlock => {
                for count in self.model.counts.values_mut() {
                    *count = Count::default();
                }
                (self.model.locked_until, self.model.is_phone_code_blocked) = (0, false);
                (self.word(&Request::AccountUnlock(self.operator())), "done")
            }
            Step::Suspend => {
                let expected = match self.model.state {
                    None => "no_account",
                    Some("active") => "done",
                    Some("requested") => "not_active",
                    Some(other) => other,
                };
                if expected == "done" {
                    (self.model.state, self.model.session) = (Some("suspended"), None);
                    self.model.messages += NOTIFIED;
                }
                (self.word(&Request::AccountSuspend(self.operator())), expected)
            }
            Step::Resume => {
                let expected = match self.model.state {
                    None => "no_account",
                    Some("suspended") => "done",
                    Some("closed") => "closed",
                    Some(_) => "not_suspended",
                };
                if expected == "done" {
                    self.model.state = Some("active");
                    self.model.messages += NOTIFIED;
                }
                (self.word(&Request::AccountResume(self.operator())), expected)
            }
            Step::Reset => {
                let expected = if self.model.state.is_none() { "no_account" } else { "done" };
                let said = self.word(&Request::AccountReset(self.operator()));
                if said == "done" {
                    let code = self.newest(Purpose::Activation);
                    let model = &mut self.model;
                    (model.state, model.password, model.session, model.phone_code) =
                        (Some("requested"), None, None, None);
                    (model.login_failures, model.locked_until, model.phone_failures) = (0, 0, 0);
                    model.is_phone_code_blocked = false;
                    model.counts.clear();
                    model.supersede("recovery");
                    model.messages += NOTIFIED;
                    model.issue("activation", true, code);
                }
                (said, expected)
            }
            Step::Close => {
                let expected = match self.model.state {
                    None => "no_account",
                    Some("closed") => "closed",
                    Some(_) => "done",
                };
                if expected == "done" {
                    let model = &mut self.model;
                    (model.state, model.password, model.session, model.phone_code) = (Some("closed"), None, None, None);
                    model.supersede("activation");
                    model.supersede("recovery");
                    model.messages += NOTIFIED;
                }
                (self.word(&Request::AccountClose(self.operator())), expected)
            }
            Step::Wait(seconds) => {
                self.model.now += seconds;
                let advance = format!("{seconds}s").parse().ok();
                (self.word(&Request::ClockAdvance(ClockAdvance { advance })), "done")
            }
        };
        assert_eq!(said, expected, "{step:?}");
        self.agree();
    }

    /// Asserts that model and store are in the same state.
    fn agree(&self) {
        let Reply::Done(info) = Reply::Done(store_admin::info(&self.store).expect("facts")) else { unreachable!() };
        let ReplyBody::Store(facts) = info.body else { panic!("facts") };
        assert_eq!(facts.messages as usize, self.model.messages, "messages");
        assert_eq!(facts.now.seconds(), self.model.now);
        let shown = match self.ask(&Request::AccountShow(ssd::request::HolderRequest { niss: NISS.parse().ok() })) {
            Reply::Done(done) => match done.body {
                ReplyBody::Account(account) => Some(account.state.as_str()),
                other => panic!("{other:?}"),
            },
            Reply::Refused(_) => None,
        };
        assert_eq!(shown, self.model.state);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn flows_agree_with_the_model(steps in proptest::collection::vec(step(), 1..60)) {
        let mut walk = Walk::new();
        for step in &steps {
            walk.take(step);
        }
        // Every row that the walk left is explained by the audit log.
        let compared = walk.store.read(ssd::store::state_check::compare).expect("an agreement");
        assert_eq!(compared.not_compared, 0);
    }
}
