//! At a terminal: what is missing is asked for, what can't be is asked for again with the reason, secrets are typed unseen and
//! new ones twice, and Ctrl-C leaves everything as it was. The steps of the seeds that want a terminal are here too.

use crate::support::terminal::{Line, Terminal};
use crate::support::*;

/// The program at a terminal.
fn at_a_terminal(sandbox: &Sandbox, line: &str) -> Terminal {
    Terminal::start(sandbox.command(line))
}

/// A sandbox with a code of Ana's, and the code.
fn requested() -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = sandbox.code(ANA);
    (sandbox, code)
}

/// Types a new password: two that differ, one that is none, and at last one twice.
fn a_new_password_is_typed_twice(terminal: &mut Terminal, password: &str) {
    terminal.sees("Password: ").types(password).sees("The same password again: ").types("something else");
    terminal.sees("not the same").sees("Password: ").types("").sees("it is missing");
    terminal.sees("Password: ").types(password).sees("The same password again: ").types(password);
}

#[test]
fn seed_000_step_13_the_new_password_is_confirmed_by_typing_it_again() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
    let mut terminal = at_a_terminal(&sandbox, &format!("recover confirm {ANA} --code {}", sandbox.code(ANA)));
    a_new_password_is_typed_twice(&mut terminal, OTHER_PASSWORD);
    terminal.ends().fails(0);
    done(sandbox.login(ANA, OTHER_PASSWORD));
}

#[test]
fn seed_001_step_23_the_password_is_confirmed_by_typing_it_again() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).classic(), person(ANA).contacts())).ok();
    let mut terminal = at_a_terminal(&sandbox, &format!("activate {ANA} --code {}", sandbox.code(ANA)));
    a_new_password_is_typed_twice(&mut terminal, PASSWORD);
    terminal.ends().fails(0);
    done(sandbox.login(ANA, PASSWORD));
}

#[test]
fn seed_002_activation_step_06_the_password_is_confirmed_by_typing_it_again() {
    let (sandbox, code) = requested();
    let mut terminal = at_a_terminal(&sandbox, &format!("activate {ANA} --code {code}"));
    a_new_password_is_typed_twice(&mut terminal, PASSWORD);
    terminal.ends().fails(0);
    done(sandbox.login(ANA, PASSWORD));
}

/// A classic registration of Ana's with everything on its command line.
fn classic_in_full() -> String {
    format!("{} {} --telephone 218000008 --alerts sms --channel email", person(ANA).classic(), person(ANA).contacts())
}

#[test]
fn seed_001_step_17_a_summary_comes_before_anything_is_sent() {
    let sandbox = Sandbox::new();
    let before = sandbox.bytes();
    let mut terminal = at_a_terminal(&sandbox, &classic_in_full());
    terminal.sees("What you have typed:").sees("Is all of this right?");
    assert_eq!(sandbox.bytes(), before);
    terminal.types("yes").ends().fails(0);
    assert_eq!(sandbox.told(ANA), ["email activation"]);
    // Where nobody is there to read it, and where it is taken as confirmed, there is none.
    assert!(!Sandbox::new().ssd(&classic_in_full()).fails(0).err.contains("What you have typed"));
    assert!(
        !at_a_terminal(&Sandbox::new(), &format!("--yes {}", classic_in_full()))
            .ends()
            .fails(0)
            .err
            .contains("What you")
    );
}

#[test]
fn seed_001_step_18_the_summary_has_everything_that_was_typed() {
    let mut terminal = at_a_terminal(&Sandbox::new(), &classic_in_full());
    for typed in [
        ANA,
        "citizen",
        "Ana Sofia Marques Ferreira",
        "22 March 1984",
        "123456703ZY4",
        "200000012",
        "ana.ferreira@correio.example",
        "+351912000001",
        "+351218000008",
        "sms",
        "email",
    ] {
        terminal.sees(typed);
    }
    terminal.sees("Is all of this right?").types("yes").ends().fails(0);
}

#[test]
fn seed_001_step_19_without_the_confirmation_nothing_is_sent() {
    let sandbox = Sandbox::new();
    let before = sandbox.bytes();
    let mut terminal = at_a_terminal(&sandbox, &classic_in_full());
    terminal.sees("Is all of this right?").types("perhaps").sees("yes or no, please").sees("Is all of this right?");
    terminal.types("no").ends().fails(2).says("not confirmed");
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn a_registration_by_the_portal_is_asked_for_step_by_step() {
    let sandbox = Sandbox::new();
    let mut terminal = at_a_terminal(&sandbox, "register");
    terminal.sees("(NISS): ").types("12000000013").sees("check digit").sees("(NISS): ").types(ANA);
    terminal.sees("Account type").types("person").sees("citizen, company").sees("Account type").types("citizen");
    terminal.sees("Date of birth").types("1984-02-30").sees("no such date").sees("Date of birth").types("1984-03-22");
    terminal.sees("email, sms or letter").types("pigeon").sees("email, sms, letter").types("sms");
    let run = terminal.sees("terms and conditions").types("yes").ends().fails(0);
    assert!(run.out.contains("+351 9** *** *01"), "{run:?}");
    assert_eq!(sandbox.told(ANA), ["sms activation"]);
}

#[test]
fn a_company_is_asked_for_other_data_than_a_citizen() {
    let sandbox = Sandbox::new();
    let mut terminal = at_a_terminal(&sandbox, "register --procedure classic --yes");
    terminal.sees("(NISS): ").types(PADARIA).sees("Account type").types("company");
    terminal.sees("Name of the company").types("Padaria Flor do Campo, Lda.").sees("NIPC").types("500000123");
    terminal.sees("person responsible").types("Rui Nunes Carvalhal");
    terminal.sees("E-mail").types("").sees("Mobile").types("").sees("one contact at least is needed");
    terminal.sees("E-mail").types("").sees("Mobile").types("919000012").sees("Telephone number (optional)").types("");
    terminal.sees("email, sms or letter").types("sms").sees("terms and conditions").types("yes").ends().fails(0);
    assert_eq!(sandbox.told(PADARIA), ["sms activation"]);

    let mut terminal = at_a_terminal(&sandbox, &format!("recover request {PADARIA} --mobile 919000012 --channel sms"));
    terminal.sees("Name of the company").types("Padaria Flor do Campo, Lda.").sees("NIPC").types("500000123");
    terminal.sees("person responsible").types("Rui Nunes Carvalhal").ends().fails(0);
}

#[test]
fn a_citizen_s_classic_registration_asks_for_contacts_and_alerts() {
    let sandbox = Sandbox::new();
    let mut terminal = at_a_terminal(&sandbox, &format!("register {ANA} --procedure classic --account-type citizen"));
    terminal.sees("Full name").types("Ana Sofia Marques Ferreira").sees("Date of birth").types("1984-03-22");
    terminal.sees("Civil Identification Number").types("12345670").sees("(NIF)").types("200000012");
    terminal.sees("E-mail").types("ana").sees("it is not an e-mail address").types("ana.ferreira@correio.example");
    terminal.sees("Mobile").types("213000003").sees("not of a mobile").types("912000001");
    terminal
        .sees("Telephone")
        .types("218000008")
        .sees("alerts?")
        .types("sms")
        .sees("email, sms or letter")
        .types("email");
    terminal
        .sees("terms and conditions")
        .types("yes")
        .sees("What you have typed")
        .sees("right?")
        .types("yes")
        .ends()
        .fails(0);
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["alerts"], "sms");
}

#[test]
fn who_does_not_accept_the_terms_is_refused() {
    let sandbox = Sandbox::new();
    let mut terminal = at_a_terminal(&sandbox, &format!("{REGISTER_ANA} --channel sms").replace("--accept-terms", ""));
    terminal.sees("terms and conditions").types("no").ends().fails(1).says("refused[terms_not_accepted]");
}

#[test]
fn a_code_of_a_wrong_shape_is_asked_for_again() {
    let (sandbox, code) = requested();
    let mut terminal = at_a_terminal(&sandbox, &format!("activate {ANA}"));
    terminal.sees("Verification code: ").types("12345").sees("expected").sees("Verification code: ").types(&code);
    terminal.sees("Password: ").types(PASSWORD).sees("again: ").types(PASSWORD).ends().fails(0);
    assert_eq!(sandbox.state(ANA), "active");
}

#[test]
fn a_secret_that_exists_is_asked_for_once_and_a_new_one_twice() {
    let sandbox = Sandbox::new().inside();
    let mut login = at_a_terminal(&sandbox, &format!("login {ANA}"));
    let run = login.sees("Password: ").types(PASSWORD).sees("Still to do").ends();
    assert_eq!(run.out.trim_end().len(), 48);

    let mut change = at_a_terminal(&sandbox, "password change");
    change.sees("Current password: ").types(PASSWORD).sees("New password: ").types(OTHER_PASSWORD);
    change.sees("The same password again: ").types(OTHER_PASSWORD).ends().fails(0);

    sandbox.ssd("phone-code set").ok();
    let mut digits = at_a_terminal(&sandbox, "phone-code change");
    digits.sees("New phone code").types("73026").sees("six digits").sees("New phone code").types("730264");
    digits
        .sees("The same phone code again: ")
        .types("730265")
        .sees("not the same")
        .sees("New phone code")
        .types("730264");
    digits.sees("again: ").types("730264").ends().fails(0);
    let mut verify = at_a_terminal(&sandbox, &format!("phone-code verify {ANA}"));
    verify.sees("Phone code: ").types("730264").ends().fails(0);
}

#[test]
fn operators_are_asked_for_their_reason() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let mut terminal = at_a_terminal(&sandbox, "account close");
    terminal
        .sees("(NISS): ")
        .types(ANA)
        .sees("Reason")
        .types("")
        .sees("it is missing")
        .sees("Reason")
        .types("a test")
        .ends()
        .fails(0);
    assert_eq!(sandbox.audit(ANA).pop().expect("an entry")["detail"]["reason"], "a test");
}

#[test]
fn contacts_are_asked_for_by_what_can_be_done_with_them() {
    let sandbox = Sandbox::new().inside();
    let mut update = at_a_terminal(&sandbox, "contacts update");
    update
        .sees("New e-mail")
        .types("")
        .sees("New mobile")
        .types("")
        .sees("New telephone")
        .types("")
        .sees("one contact at least");
    update
        .sees("New e-mail")
        .types("new@correio.example")
        .sees("New mobile")
        .types("")
        .sees("New telephone")
        .types("")
        .ends()
        .fails(0);
    let mut confirm = at_a_terminal(&sandbox, &format!("contacts confirm --code {}", sandbox.code(ANA)));
    confirm.sees("email or sms").types("letter").sees("email, sms").types("email").ends().fails(0);
    let mut remove = at_a_terminal(&sandbox, "contacts remove");
    remove.sees("Which contact").types("mobile").ends().fails(0);
    assert_eq!(sandbox.json("contacts show")["contacts"][1]["registered"], false);
    let mut alerts = at_a_terminal(&sandbox, "alerts set");
    alerts.sees("alerts?").types("email").ends().fails(0);
}

#[test]
fn questions_are_asked_in_the_language_of_the_command() {
    let mut terminal = at_a_terminal(&Sandbox::new(), &format!("--lang pt login {ANA}"));
    terminal.sees("Palavra-passe: ").types(PASSWORD).ends().fails(1);
}

#[test]
fn a_key_too_many_can_be_taken_back() {
    let sandbox = Sandbox::new();
    let mut terminal = at_a_terminal(&sandbox, "account show");
    terminal.sees("(NISS): ").presses("12000000013\u{7f}2\r").ends().fails(1).says("refused[no_account]");
    let mut terminal = at_a_terminal(&sandbox, "account show");
    terminal.sees("(NISS): ").presses("garbage\u{15}12000000012\r").ends().fails(1).says("refused[no_account]");
}

#[test]
fn ctrl_c_at_a_question_ends_with_130_and_leaves_the_store_as_it_was() {
    let (sandbox, code) = requested();
    let before = sandbox.bytes();
    let mut seen = at_a_terminal(&sandbox, "register");
    seen.sees("(NISS): ").presses("120\u{3}").ends().fails(130);
    let mut unseen = at_a_terminal(&sandbox, &format!("activate {ANA} --code {code}"));
    unseen.sees("Password: ").types(PASSWORD).sees("again: ").presses("Viol\u{3}").ends().fails(130);
    let mut summary = at_a_terminal(&Sandbox::new(), &classic_in_full());
    summary.sees("right?").presses("\u{3}").ends().fails(130);
    let mut ended = at_a_terminal(&sandbox, "register");
    ended.sees("(NISS): ").presses("\u{4}").ends().fails(130);
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn no_question_is_asked_with_no_input_or_where_standard_input_is_no_terminal() {
    let (sandbox, code) = requested();
    let before = sandbox.bytes();
    for (line, option) in [
        ("register".to_owned(), "NISS"),
        (format!("register {ANA} --account-type citizen --channel sms --accept-terms"), "--birth-date"),
        (format!("activate {ANA} --code {code}"), "--password-stdin"),
        (format!("activate {ANA} --password-file {}", sandbox.file("password", PASSWORD)), "--code"),
        (format!("login {ANA}"), "--password-stdin"),
        (format!("account close {ANA}"), "--reason"),
        (format!("phone-code verify {ANA}"), "--code-stdin"),
        ("phone-code change".to_owned(), "--new-code-stdin"),
        ("contacts update".to_owned(), "--email or --mobile or --telephone"),
        ("contacts confirm".to_owned(), "--channel"),
        ("alerts set".to_owned(), "HOW"),
    ] {
        let asked_not_to = at_a_terminal(&sandbox, &format!("--no-input {line}")).ends().fails(2).says(option);
        let nobody_there = sandbox.ssd(&line).fails(2).says(option);
        assert_eq!(asked_not_to.err.replace('\r', ""), nobody_there.err, "{line}");
    }
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn nothing_is_asked_that_a_mistake_in_the_line_would_make_in_vain() {
    let sandbox = Sandbox::new();
    let run = at_a_terminal(&sandbox, "register --birth-date 1984-02-30").ends().fails(2).says("--birth-date");
    assert!(!run.err.contains("NISS"), "{run:?}");
    at_a_terminal(&sandbox, "register --account-type company --birth-date 1984-03-22")
        .ends()
        .fails(2)
        .says("--birth-date");
}

#[test]
fn a_secret_does_not_show_at_a_terminal_that_shows_what_is_typed() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let mut terminal = Terminal::start_at(Line::Cooked, sandbox.command(&format!("login {ANA}")));
    let run = terminal.sees("Password: ").types(PASSWORD).ends().fails(0);
    let shown =
        PASSWORD.as_bytes().windows(4).any(|part| run.err.contains(&String::from_utf8_lossy(part).into_owned()));
    assert!(!shown, "{run:?}");
}
