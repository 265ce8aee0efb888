//! Interactive procedures at a pseudo-terminal, in both languages, from the first question to the last.
//!
//! The tests cover wrong answers, different passwords, Ctrl-C at every question, and no terminal. Questions are
//! identified by their catalogue texts.

use std::process::{Command, Stdio};

use ssd::domain::vocabulary::Language;
use ssd::l10n::{MessageArg, MessageArgs, localize, value_name};

use crate::catalogues;
use crate::rounds;
use crate::support::terminal::{Line, Terminal};
use crate::support::*;

/// The input at a question.
#[derive(Clone, Copy)]
enum Typed {
    /// A line.
    This(&'static str),
    /// Raw keys.
    Keys(&'static str),
    /// The newest code of a holder.
    Code(&'static str),
}

use Typed::{Code, Keys, This};

/// A question by its key and form, and the input at it.
type Step = (&'static str, &'static str, Typed);

/// A procedure: its initial sandbox, its command and its questions.
struct Walk {
    begin: fn() -> Sandbox,
    line: &'static str,
    steps: &'static [Step],
    code: i32,
    /// Returns whether the sandbox is in the expected state afterwards.
    holds: fn(&Sandbox) -> bool,
}

/// Questions with a list, followed by the prompt for a choice.
const LISTS: [&str; 7] = [
    "ask-procedure",
    "ask-account_type",
    "ask-alerts",
    "ask-channel",
    "ask-contact",
    "ask-contact-to-confirm",
    "ask-correction",
];

const UP: &str = "\u{1b}[A\r";
const DOWN_TWICE: &str = "\u{1b}[B\u{1b}[B\r";
const CTRL_C: &str = "\u{3}";

const IDENTITY: [Step; 8] = [
    ("ask-name", "citizen", This("")),
    ("ask-name", "citizen", This("ana sofia marques ferreira")),
    ("ask-birth_date", "", This("22/03/84")),
    ("ask-birth_date", "", This("1984-03-22")),
    ("ask-civil_id", "", This("?")),
    ("ask-civil_id", "", This("12345670")),
    ("ask-nif", "citizen", This("200000013")),
    ("ask-nif", "citizen", This("200000012")),
];

const PASSWORDS: [Step; 7] = [
    ("ask-first_password", "", This("")),
    ("ask-first_password", "", This("Porto")),
    ("ask-first_password-again", "", This("Porto")),
    ("ask-first_password", "", This(PASSWORD)),
    ("ask-first_password-again", "", This(OTHER_PASSWORD)),
    ("ask-first_password", "", This(PASSWORD)),
    ("ask-first_password-again", "", This(PASSWORD)),
];

/// Returns a store in which everybody logs in with a code, and a holder has no confirmed contact.
fn needs_code(niss: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.open_account(niss);
    sandbox.policy("login.second_factor", "on");
    sandbox
}

/// Returns whether a holder has a session for confirming a contact.
fn is_enrolling(sandbox: &Sandbox, niss: &str) -> bool {
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let sql = "SELECT enrolment FROM session WHERE niss = ?1";
    connection.query_row(sql, [niss], |row| row.get(0)).is_ok_and(|enrolment: bool| enrolment)
}

/// The enrolment of a company or an employer.
fn enrolment(begin: fn() -> Sandbox, niss: &'static str, destination: &'static str) -> Walk {
    let person = person(niss);
    Walk {
        begin,
        line: "second-factor enrol",
        steps: steps(&[&[
            ("ask-niss", "", This(niss)),
            ("ask-account_type", "", This("company")),
            ("ask-name", "company", This(&person.name)),
            ("ask-nif", "company", This(&person.nif)),
            ("ask-responsible", "", This(&person.responsible)),
            ("ask-password", "", This(PASSWORD)),
            ("ask-code-or-later", destination, Code(niss)),
        ]]),
        code: 0,
        holds: |sandbox| [PADARIA, METALURGICA, FRANCISCO].iter().any(|niss| is_enrolling(sandbox, niss)),
    }
}

/// Joins several parts.
fn steps(parts: &[&[Step]]) -> &'static [Step] {
    Box::leak(parts.concat().into_boxed_slice())
}

fn walks() -> Vec<Walk> {
    let codes: &[Step] = &[
        ("ask-code-or-later", "", This("12")),
        ("ask-code-or-later", "", This("000000")),
        ("ask-code-or-later", "", Code(ANA)),
    ];
    let active = |sandbox: &Sandbox| sandbox.state(ANA) == "active";
    vec![
        Walk {
            begin: Sandbox::new,
            line: "register",
            steps: steps(&[
                &[
                    ("ask-procedure", "", This("x")),
                    ("ask-procedure", "", This("1")),
                    ("ask-terms", "", This("perhaps")),
                    ("ask-terms", "", This("y")),
                    ("ask-account_type", "", This("9")),
                    ("ask-account_type", "", This("ci")),
                    ("ask-niss", "", This("12000000013")),
                    ("ask-niss", "", This(ANA)),
                    ("ask-birth_date", "", This("1984-02-30")),
                    ("ask-birth_date", "", This("1984-03-22")),
                    ("ask-channel", "", This("")),
                    ("ask-channel", "", Keys(DOWN_TWICE)),
                ],
                codes,
                &PASSWORDS,
            ]),
            code: 0,
            holds: |sandbox| sandbox.message_log(ANA)[0] == "sms activation" && sandbox.state(ANA) == "active",
        },
        Walk {
            begin: Sandbox::new,
            line: "register --procedure classic",
            steps: steps(&[
                &[("ask-niss", "", This(ANA)), ("ask-terms", "", This("y")), ("ask-account_type", "", This("citizen"))],
                &IDENTITY,
                &[
                    ("ask-email", "", This("")),
                    ("ask-mobile", "", This("")),
                    ("ask-telephone", "", This("")),
                    ("ask-email", "", This("ana")),
                    ("ask-email", "", This("ana.ferreira@correio.example")),
                    ("ask-mobile", "", This("213000003")),
                    ("ask-mobile", "", This("912000001")),
                    ("ask-telephone", "", This("218000008")),
                    ("ask-alerts", "", This("never")),
                    ("ask-alerts", "", This("2")),
                    ("ask-channel", "", This("3")),
                    ("ask-channel", "", This("e")),
                    ("ask-confirm", "", This("?")),
                    ("ask-confirm", "", This("s")),
                ],
                codes,
                &PASSWORDS,
            ]),
            code: 0,
            holds: active,
        },
        Walk {
            begin: Sandbox::new,
            line: "register --procedure portal",
            steps: &[
                ("ask-terms", "", This("y")),
                ("ask-account_type", "", Keys("\u{1b}[B\r")),
                ("ask-niss", "", This(ANTONIO)),
                ("ask-birth_date", "", This("1939-10-05")),
                ("ask-channel", "", Keys(UP)),
            ],
            code: 0,
            holds: |sandbox| sandbox.message_log(ANTONIO) == ["letter activation"],
        },
        Walk {
            begin: Sandbox::new,
            line: "register --procedure classic",
            steps: &[
                ("ask-niss", "", This(PADARIA)),
                ("ask-terms", "", This("y")),
                ("ask-account_type", "", This("company")),
                ("ask-name", "company", This("Padaria Flor do Campo, Lda.")),
                ("ask-nif", "company", This("500000123")),
                ("ask-responsible", "", This("Rui Nunes Carvalhal")),
                ("ask-email", "", This("")),
                ("ask-mobile", "", This("919000012")),
                ("ask-telephone", "", This("")),
                ("ask-channel", "", This("s")),
                ("ask-confirm", "", This("n")),
                ("ask-correction", "", This("")),
                ("ask-correction", "", This("stop")),
            ],
            code: 1,
            holds: |sandbox| sandbox.message_log(PADARIA).is_empty(),
        },
        Walk {
            begin: Sandbox::new,
            line: "register --procedure portal",
            steps: &[("ask-terms", "", This("n"))],
            code: 1,
            holds: |sandbox| sandbox.audit(ANA).is_empty(),
        },
        Walk {
            begin: || {
                let sandbox = Sandbox::new();
                sandbox.register();
                sandbox
            },
            line: "activate",
            steps: steps(&[
                &[
                    ("ask-niss", "", This("1")),
                    ("ask-niss", "", This(ANA)),
                    ("ask-code", "", This("")),
                    ("ask-code", "", This("000000")),
                    ("ask-code", "", Code(ANA)),
                ],
                &PASSWORDS,
            ]),
            code: 0,
            holds: active,
        },
        Walk {
            begin: || {
                let sandbox = Sandbox::new();
                sandbox.activate();
                sandbox
            },
            line: "recover",
            steps: steps(&[
                &[
                    ("ask-niss", "", This("12000000021")),
                    ("ask-niss", "", This(ANA)),
                    ("ask-account_type", "", This("c?")),
                    ("ask-account_type", "", This("1")),
                ],
                &IDENTITY,
                &[
                    ("ask-email", "", This("ana.ferreira@correio.example")),
                    ("ask-mobile", "", This("912000001")),
                    ("ask-telephone", "", This("1")),
                    ("ask-telephone", "", This("")),
                    ("ask-channel", "", This("letter")),
                    ("ask-channel", "", This("2")),
                ],
                codes,
                &[
                    ("ask-first_password", "", This(PASSWORD)),
                    ("ask-first_password-again", "", This(PASSWORD)),
                    ("ask-first_password", "", This(OTHER_PASSWORD)),
                    ("ask-first_password-again", "", This(OTHER_PASSWORD)),
                ],
            ]),
            code: 0,
            holds: |sandbox| sandbox.login(ANA, OTHER_PASSWORD)["result"] == "done",
        },
        Walk {
            begin: Sandbox::new,
            line: "register --procedure classic",
            steps: steps(&[
                &[("ask-niss", "", This(ANA)), ("ask-terms", "", This("y")), ("ask-account_type", "", This("citizen"))],
                &IDENTITY,
                &[
                    ("ask-email", "", This("ana@correio.example")),
                    ("ask-mobile", "", This("912000002")),
                    ("ask-telephone", "", This("")),
                    ("ask-alerts", "", This("2")),
                    ("ask-contacts-again", "", This("?")),
                    ("ask-contacts-again", "", This("y")),
                    ("ask-email", "", This("")),
                    ("ask-mobile", "", This("912000001")),
                    ("ask-telephone", "", This("")),
                    ("ask-channel", "", This("s")),
                    ("ask-confirm", "", This("n")),
                    ("ask-correction", "", This("mobile")),
                    ("ask-mobile", "", This("")),
                    ("ask-email", "", This("")),
                    ("ask-mobile", "", This("912000001")),
                    ("ask-telephone", "", This("218000008")),
                    ("ask-confirm", "", This("n")),
                    ("ask-correction", "", This("email")),
                    ("ask-email", "", This("ana.ferreira@correio.example")),
                    ("ask-confirm", "", This("n")),
                    ("ask-correction", "", This("channel")),
                    ("ask-channel", "", This("e")),
                    ("ask-confirm", "", This("n")),
                    ("ask-correction", "", This("name")),
                    ("ask-name", "citizen", This("Ana Sofia Marques Ferreira")),
                    ("ask-confirm", "", This("y")),
                    ("ask-code-or-later", "", This("")),
                ],
            ]),
            code: 0,
            holds: |sandbox| sandbox.message_log(ANA) == ["email activation"],
        },
        Walk {
            begin: || {
                let sandbox = Sandbox::new();
                sandbox.activate();
                sandbox
            },
            line: "recover",
            steps: steps(&[
                &[("ask-niss", "", This(ANA)), ("ask-account_type", "", This("1"))],
                &IDENTITY,
                &[
                    ("ask-email", "", This("")),
                    ("ask-mobile", "", This("912000002")),
                    ("ask-telephone", "", This("")),
                    ("ask-contacts-again", "", This("y")),
                    ("ask-email", "", This("ana@correio.example")),
                    ("ask-mobile", "", This("")),
                    ("ask-telephone", "", This("")),
                    ("ask-contacts-again", "", This("n")),
                ],
            ]),
            code: 1,
            holds: |sandbox| sandbox.messages(ANA).iter().all(|one| word(one, "purpose") != "recovery"),
        },
        company_registration(METALURGICA, "rh@metalsado.example"),
        company_registration(PADARIA, "geral@flordocampo.example"),
        company_registration(FRANCISCO, "francisco@correio.example"),
        company_recovery(|| requested(FRANCISCO), FRANCISCO),
        company_recovery(|| requested(METALURGICA), METALURGICA),
        company_recovery(|| requested(PADARIA), PADARIA),
        Walk {
            begin: || {
                let sandbox = Sandbox::new();
                sandbox.file("employer.csv", EMPLOYER);
                sandbox.ssd("registry import employer.csv").ok();
                sandbox.feed(&format!("cmd enrol {FRANCISCO} --mobile +33612345678 --pin-stdin"), "2718").ok();
                sandbox
            },
            line: "register",
            steps: &[
                ("ask-procedure", "", This("3")),
                ("ask-niss", "", This(FRANCISCO)),
                ("ask-terms", "", This("y")),
                // The wrong type costs no code.
                ("ask-account_type", "", This("1")),
                ("ask-pin", "", This("2718")),
                ("ask-cmd-code-or-later", "+33 *******78", Code(FRANCISCO)),
                ("ask-consent", "", This("y")),
                ("ask-account_type", "", This("2")),
            ],
            code: 0,
            holds: |sandbox| {
                sandbox.state(FRANCISCO) == "active" && sandbox.message_log(FRANCISCO) == ["sms cmd", "sms activated"]
            },
        },
        Walk {
            begin: || {
                let sandbox = Sandbox::new();
                sandbox.activate();
                sandbox
            },
            line: "login",
            steps: &[
                ("ask-niss", "", This("x")),
                ("ask-niss", "", This(ANA)),
                ("ask-password", "", This("")),
                ("ask-password", "", This(PASSWORD)),
            ],
            code: 0,
            holds: active,
        },
        Walk {
            begin: || Sandbox::new().logged_in(),
            line: "password change",
            steps: &[
                ("ask-current_password", "", This(PASSWORD)),
                ("ask-new_password", "", This("Porto")),
                ("ask-new_password-again", "", This("Porto")),
                ("ask-new_password", "", This(PASSWORD)),
                ("ask-new_password-again", "", This(PASSWORD)),
                ("ask-new_password", "", This(OTHER_PASSWORD)),
                ("ask-new_password-again", "", This(PASSWORD)),
                ("ask-new_password", "", This(OTHER_PASSWORD)),
                ("ask-new_password-again", "", This(OTHER_PASSWORD)),
            ],
            code: 0,
            holds: |sandbox| sandbox.login(ANA, OTHER_PASSWORD)["result"] == "done",
        },
        Walk {
            begin: || Sandbox::new().logged_in(),
            line: "contacts update",
            steps: &[
                ("ask-email", "contacts_update", This("")),
                ("ask-mobile", "contacts_update", This("")),
                ("ask-telephone", "contacts_update", This("")),
                ("ask-email", "contacts_update", This("nova.ana@correio.example")),
                ("ask-mobile", "contacts_update", This("+33 6 12 34 56 78")),
                ("ask-telephone", "contacts_update", This("")),
                ("ask-code-or-later", "n***@c***.example", This("000000")),
                ("ask-code-or-later", "n***@c***.example", This("")),
                ("ask-code-or-later", "+33 *******78", Code(ANA)),
            ],
            code: 0,
            holds: |sandbox| sandbox.json("contacts show")["contacts"][1]["confirmed_at"].is_string(),
        },
        Walk {
            begin: || Sandbox::new().logged_in(),
            line: "contacts confirm",
            steps: &[
                ("ask-contact-to-confirm", "", This("x")),
                ("ask-contact-to-confirm", "", This("sms")),
                ("ask-code-or-send", "", This("12")),
                ("ask-code-or-send", "", This("")),
                ("ask-code-or-later", "+351 9** *** *01", This("000000")),
                ("ask-code-or-later", "+351 9** *** *01", Code(ANA)),
            ],
            code: 0,
            holds: |sandbox| sandbox.json("contacts show")["contacts"][1]["confirmed_at"].is_string(),
        },
        Walk {
            begin: || Sandbox::new().logged_in(),
            line: "contacts remove",
            steps: &[("ask-contact", "", This("9")), ("ask-contact", "", This("1"))],
            code: 0,
            holds: |sandbox| sandbox.json("contacts show")["contacts"][0]["registered"] == false,
        },
        Walk {
            begin: || Sandbox::new().logged_in(),
            line: "alerts set",
            steps: &[("ask-alerts", "", This("pigeon")), ("ask-alerts", "", Keys(DOWN_TWICE))],
            code: 0,
            holds: |sandbox| sandbox.json(&format!("account show {ANA}"))["alerts"] == "sms",
        },
        Walk {
            begin: || {
                let sandbox = Sandbox::new().logged_in();
                sandbox.ssd("phone-code set").ok();
                sandbox
            },
            line: "phone-code change",
            steps: &[
                ("ask-new_code", "", This("12")),
                ("ask-new_code", "", This("123456")),
                ("ask-new_code-again", "", This("123456")),
                ("ask-new_code", "", This("730264")),
                ("ask-new_code-again", "", This("730265")),
                ("ask-new_code", "", This("730264")),
                ("ask-new_code-again", "", This("730264")),
            ],
            code: 0,
            holds: |sandbox| sandbox.feed(&format!("phone-code verify {ANA} --code-stdin"), "730264").code == 0,
        },
        Walk {
            begin: || {
                let sandbox = Sandbox::new();
                sandbox.activate();
                sandbox
            },
            line: "phone-code verify",
            steps: &[
                ("ask-niss", "", This(ANA)),
                ("ask-phone_code", "", This("12345")),
                ("ask-phone_code", "", This("730264")),
            ],
            code: 1,
            holds: active,
        },
        Walk {
            begin: enrolled,
            line: "register",
            steps: &[
                ("ask-procedure", "", This("3")),
                ("ask-niss", "", This(ANA)),
                ("ask-terms", "", This("y")),
                ("ask-account_type", "", This("?")),
                ("ask-account_type", "", This("citizen")),
                ("ask-pin", "", This("27")),
                ("ask-pin", "", This("2718")),
                ("ask-cmd-code-or-later", "+33 *******78", This("12")),
                ("ask-cmd-code-or-later", "+33 *******78", This("000000")),
                ("ask-consent", "", This("y")),
                ("ask-cmd-code-or-later", "+33 *******78", Code(ANA)),
            ],
            code: 0,
            holds: active,
        },
        Walk {
            begin: || {
                let sandbox = enrolled();
                sandbox.activate();
                sandbox
            },
            line: "login --method cmd",
            steps: &[
                ("ask-niss", "", This(ANA)),
                ("ask-pin", "", This("2718")),
                ("ask-cmd-code-or-later", "+33 *******78", Code(ANA)),
                ("ask-consent", "", This("n")),
            ],
            code: 1,
            holds: active,
        },
        Walk {
            begin: || {
                let sandbox = Sandbox::new();
                sandbox.activate();
                sandbox.confirm_registered(ANA);
                sandbox.policy("login.second_factor", "on");
                sandbox
            },
            line: "login",
            steps: &[
                ("ask-niss", "", This(ANA)),
                ("ask-password", "", This(PASSWORD)),
                ("ask-code-or-later", "+351 9** *** *01", This("12")),
                ("ask-code-or-later", "+351 9** *** *01", This("000000")),
                ("ask-code-or-later", "+351 9** *** *01", Code(ANA)),
            ],
            code: 0,
            holds: |sandbox| sandbox.audit(ANA).last().is_some_and(|entry| entry["outcome"] == "done"),
        },
        Walk {
            begin: || needs_code(ANA),
            line: "login",
            steps: steps(&[
                &[
                    ("ask-niss", "", This(ANA)),
                    ("ask-password", "", This(PASSWORD)),
                    ("ask-account_type", "", This("citizen")),
                ],
                &IDENTITY,
                &[
                    ("ask-code-or-later", "a***@c***.example", This("000000")),
                    ("ask-code-or-later", "a***@c***.example", Code(ANA)),
                ],
            ]),
            code: 0,
            holds: |sandbox| is_enrolling(sandbox, ANA),
        },
        enrolment(|| needs_code(PADARIA), PADARIA, "g***@f***.example"),
        enrolment(|| needs_code(METALURGICA), METALURGICA, "r***@m***.example"),
        enrolment(|| needs_code(FRANCISCO), FRANCISCO, "+351 9** *** *14"),
        Walk {
            begin: || {
                let sandbox = Sandbox::new().logged_in();
                sandbox.ssd("phone-code set").ok();
                sandbox.feed("phone-code change --new-code-stdin", "730264").ok();
                sandbox
            },
            line: "phone-line",
            steps: &[
                ("ask-niss", "", This("12000000013")),
                ("ask-niss", "", This(ANA)),
                ("ask-phone_code", "", This("12345")),
                ("ask-phone_code", "", This("730265")),
                ("ask-phone_code", "", This("730264")),
            ],
            code: 0,
            holds: active,
        },
        Walk {
            begin: || {
                let sandbox = Sandbox::new();
                sandbox.activate();
                sandbox
            },
            line: "account suspend",
            steps: &[("ask-niss", "", This(ANA)), ("ask-reason", "", This("")), ("ask-reason", "", This("1"))],
            code: 0,
            holds: |sandbox| sandbox.state(ANA) == "suspended",
        },
        Walk {
            begin: || {
                let sandbox = Sandbox::new();
                sandbox.activate();
                sandbox
            },
            line: "account erase",
            steps: &[
                ("ask-niss", "", This(ANA)),
                ("ask-reason", "", This("1")),
                ("ask-erase", "", This("?")),
                ("ask-erase", "", This("y")),
            ],
            code: 0,
            holds: |sandbox| sandbox.refused(&format!("registry show {ANA}")) == "not_in_registry",
        },
    ]
}

/// Returns a sandbox in which a company or employer has requested an account.
fn requested(niss: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel {}", person(niss).portal(), person(niss).channels()[0])).ok();
    sandbox.advance("1m");
    sandbox
}

/// Returns the classic registration of a company or employer, with a typing mistake that is corrected at the summary. Francisco
/// has no registered e-mail, so a letter remains.
fn company_registration(niss: &'static str, email: &'static str) -> Walk {
    let holder = person(niss);
    let typed: &[Step] = &[
        ("ask-niss", "", This(niss)),
        ("ask-terms", "", This("y")),
        ("ask-account_type", "", This("company")),
        ("ask-name", "company", This(&holder.name)),
        ("ask-nif", "company", This(&holder.nif)),
        ("ask-responsible", "", This(&holder.responsible)),
        ("ask-email", "", This(email)),
        ("ask-mobile", "", This("")),
        ("ask-telephone", "", This("")),
    ];
    let again: &[Step] = if niss == FRANCISCO { &[("ask-contacts-again", "", This("n"))] } else { &[] };
    let corrected: &[Step] = &[
        ("ask-confirm", "", This("n")),
        ("ask-correction", "", This("telephone")),
        ("ask-telephone", "", This("218000008")),
    ];
    let confirmed: &[Step] = &[("ask-confirm", "", This("y"))];
    let later: &[Step] = if niss == FRANCISCO { &[] } else { &[("ask-code-or-later", "", This(""))] };
    let channel: &[Step] = &[("ask-channel", "", This("1"))];
    Walk {
        begin: Sandbox::new,
        line: "register --procedure classic",
        steps: steps(&[typed, again, channel, corrected, confirmed, later]),
        code: 0,
        holds: |sandbox| {
            let sent = |niss, log: &str| sandbox.message_log(niss) == [log];
            sent(METALURGICA, "email activation")
                || sent(PADARIA, "email activation")
                || sent(FRANCISCO, "letter activation")
        },
    }
}

/// An employer who is a natural person, with the data that the authentication provider shares.
const EMPLOYER: &str = "niss,kind,name,birth_date,civil_id_kind,civil_id,nif,mobile\n\
    12500000148,employer,Francisco Leal Antunes,1970-01-01,cc,123456703ZY4,205000142,+351965000014\n";

/// Returns the recovery of a company or employer, up to the new password.
fn company_recovery(begin: fn() -> Sandbox, niss: &'static str) -> Walk {
    let holder = person(niss);
    Walk {
        begin,
        line: "recover",
        steps: steps(&[
            &[
                ("ask-niss", "", This(niss)),
                ("ask-account_type", "", This("company")),
                ("ask-name", "company", This(&holder.name)),
                ("ask-nif", "company", This(&holder.nif)),
                ("ask-responsible", "", This(&holder.responsible)),
                ("ask-email", "", This(&holder.email)),
                ("ask-mobile", "", This(&holder.mobile)),
                ("ask-telephone", "", This("")),
                ("ask-channel", "", This("1")),
                ("ask-code-or-later", "", Code(niss)),
            ],
            &PASSWORDS[5..],
        ]),
        code: 0,
        holds: |sandbox| {
            let is_active = |niss| sandbox.ssd(&format!("--json account show {niss}")).out.contains("\"active\"");
            [FRANCISCO, METALURGICA, PADARIA].into_iter().any(is_active)
        },
    }
}

/// Returns a sandbox in which the authentication provider knows Ana, with another mobile.
fn enrolled() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.feed(&format!("cmd enrol {ANA} --mobile +33612345678 --pin-stdin"), "2718").ok();
    sandbox
}

/// Returns the text of a question.
fn question(language: Language, (key, form, _): Step) -> String {
    let fact = |text: &str| MessageArg::from(text);
    let destination = if form.is_empty() { "none" } else { form };
    let facts: MessageArgs = vec![("holder", fact(form)), ("op", fact(form)), ("destination", fact(destination))];
    let words = localize(language, key, &facts);
    if LISTS.contains(&key) { words } else { format!("{words}: ") }
}

fn command(sandbox: &Sandbox, language: Language, line: &str) -> Command {
    sandbox.command(&format!("--lang {language} {line}"))
}

/// Waits for a question, and for its choice if it is a list.
fn reach(terminal: &mut Terminal, language: Language, step: Step) {
    terminal.sees(&question(language, step));
    if LISTS.contains(&step.0) {
        terminal.sees(&format!("{}: ", localize(language, "ask-choice", &vec![])));
    }
}

/// Answers the given questions of a procedure.
fn answer(terminal: &mut Terminal, sandbox: &Sandbox, language: Language, steps: &[Step]) {
    for step in steps {
        reach(terminal, language, *step);
        match step.2 {
            This(line) => terminal.types(line),
            Keys(keys) => terminal.presses(keys),
            Code(niss) => terminal.types(&sandbox.code(niss)),
        };
    }
}

const BOTH: [Language; 2] = [Language::En, Language::Pt];

#[test]
fn every_procedure_completes_in_one_language() {
    for walk in walks() {
        let begun = (walk.begin)();
        for language in BOTH {
            let sandbox = begun.fork();
            let mut terminal = Terminal::start(command(&sandbox, language, walk.line));
            answer(&mut terminal, &sandbox, language, walk.steps);
            let run = terminal.ends().fails(walk.code);
            assert!((walk.holds)(&sandbox), "{} in {language}: {run:?}", walk.line);
            let read = format!("{}{}", run.err, run.out);
            let (own, other) =
                (catalogues::spoken(language, &read), catalogues::spoken(catalogues::other(language), &read));
            assert!(other.is_empty(), "{} in {language}: {other:?}\n{read}", walk.line);
            assert!(own.len() >= 2, "{} in {language}: {own:?}\n{read}", walk.line);
        }
    }
}

#[test]
fn ctrl_c_at_any_question_restores_terminal_and_store() {
    for walk in walks() {
        let begun = (walk.begin)();
        // The languages take turns, so that each question is interrupted in one of them; with ROUNDS=2 in both.
        let is_first = |(at, step): &(usize, &Step)| !walk.steps[..*at].iter().any(|earlier| earlier.0 == step.0);
        let questions: Vec<(usize, &Step)> = walk.steps.iter().enumerate().filter(is_first).collect();
        let cases = (0..rounds(1) as usize).flat_map(|turn| questions.iter().zip(BOTH.into_iter().cycle().skip(turn)));
        for ((at, step), language) in cases {
            let sandbox = begun.fork();
            let mut terminal = Terminal::start_at(Line::Cooked, command(&sandbox, language, walk.line));
            answer(&mut terminal, &sandbox, language, &walk.steps[..*at]);
            reach(&mut terminal, language, **step);
            let before = sandbox.bytes();
            let run = terminal.presses(CTRL_C).ends().fails(130);
            assert!(terminal.is_restored(), "{} at {}: {run:?}", walk.line, step.0);
            assert!(!run.err.contains("\u{1b}[?25l"), "the cursor was hidden: {run:?}");
            assert_eq!(sandbox.bytes(), before, "{} at {}", walk.line, step.0);
        }
    }
}

#[test]
fn without_a_terminal_the_missing_option_is_named() {
    for (line, missing) in [
        ("register", "NISS, --account-type, --channel"),
        ("register --procedure classic", "NISS, --account-type"),
        ("activate", "NISS, --code, --password-stdin"),
        ("recover request", "NISS, --account-type, --name"),
        ("recover confirm", "NISS, --code, --password-stdin"),
        ("login", "NISS, --password-stdin"),
        ("password change", "--password-stdin"),
        ("contacts update", "--email"),
        ("contacts confirm", "--channel"),
        ("contacts remove", "--email"),
        ("alerts set", "HOW"),
        ("phone-code change", "--new-code-stdin"),
        ("phone-code verify", "NISS, --code-stdin"),
        ("account suspend", "NISS, --reason"),
        ("account erase", "NISS, --reason"),
    ] {
        let sandbox = Sandbox::new();
        let before = sandbox.bytes();
        for language in BOTH {
            // Argument names are localised; option names are not.
            let missing = if missing == "HOW" { value_name(language, missing) } else { missing.to_owned() };
            let run = crate::support::finish(command(&sandbox, language, line), None).fails(2).says(&missing);
            let other = catalogues::spoken(catalogues::other(language), &run.err);
            assert!(other.is_empty(), "{line}: {other:?}\n{run:?}");
        }
        assert_eq!(sandbox.bytes(), before, "{line}");
    }
    let sandbox = Sandbox::new();
    sandbox.ssd("recover").fails(2).says("ssd recover");
    let help = sandbox.ssd("").fails(2);
    assert!(help.err.contains("Usage: ssd COMMAND"), "{help:?}");
    assert_eq!(sandbox.ssd("register --json").fails(2).json()["kind"], "usage");
}

#[test]
fn getting_started_session_is_shown_at_the_terminal() {
    let _lock = snapshots::overwriting();
    for (language, accepted, citizen) in [(Language::En, "yes", "citizen"), (Language::Pt, "sim", "cid")] {
        let path = project(&format!("src/l10n/help/{language}/getting-started.md"));
        let topic = std::fs::read_to_string(&path).expect("the topic");
        let shown = topic.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a session");
        let sandbox = Sandbox::new();
        let mut terminal = Terminal::start_with(command(&sandbox, language, "--color never register"), |screen| {
            Stdio::from(screen.try_clone().expect("a terminal"))
        });
        answer(
            &mut terminal,
            &sandbox,
            language,
            &[
                ("ask-procedure", "", This("1")),
                ("ask-terms", "", This(accepted)),
                ("ask-account_type", "", This(citizen)),
                ("ask-niss", "", This("12000000013")),
                ("ask-niss", "", This(ANA)),
                ("ask-birth_date", "", This("1984-03-22")),
                ("ask-channel", "", This("sms")),
                ("ask-code-or-later", "", This("123456")),
                ("ask-code-or-later", "", Code(ANA)),
                ("ask-first_password", "", This("Porto")),
                ("ask-first_password-again", "", This("Porto")),
                ("ask-first_password", "", This(PASSWORD)),
                ("ask-first_password-again", "", This(PASSWORD)),
            ],
        );
        let visited = format!("$ ssd register\n{}", terminal.ends().fails(0).err);
        if snapshots::is_overwriting() {
            std::fs::write(&path, topic.replace(shown, &visited)).expect("the topic");
        } else {
            assert_eq!(visited, shown, "{language}");
        }
    }
}

#[test]
fn account_output_and_refusals_are_in_one_language() {
    let sandbox = Sandbox::new().logged_in();
    let failed = sandbox.login(ANA, "Porto")["request"].clone();
    let commands = [
        format!("account show {ANA}"),
        format!("registry show {ANTONIO}"),
        format!("account history {ANA}"),
        format!("account show {NOBODY}"),
        format!("{REGISTER_ANA} --channel sms"),
        format!("login {ANA}"),
        "registry count".to_owned(),
        "contacts show".to_owned(),
        "contacts remove --telephone".to_owned(),
        "clock show".to_owned(),
        "outbox show 1".to_owned(),
        "store info".to_owned(),
        "audit verify".to_owned(),
        format!("why {failed}"),
        "--help".to_owned(),
        "register --help".to_owned(),
        "nonsense".to_owned(),
    ];
    for line in commands {
        for language in BOTH {
            let run = crate::support::finish(command(&sandbox, language, &line), None);
            // A message's text is in the holder's language, not the reader's.
            let own = if line.starts_with("outbox show") {
                run.out.split("\n  ").next().unwrap_or_default()
            } else {
                &run.out
            };
            let read = format!("{own}{}", run.err);
            let other = catalogues::spoken(catalogues::other(language), &read);
            assert!(other.is_empty(), "{line} in {language}: {other:?}\n{read}");
        }
    }
}
