//! At a terminal: what is missing is asked for, what can't be is asked for again with the reason, secrets are typed unseen and
//! new ones twice, and Ctrl-C leaves everything as it was. The steps of the seeds that want a terminal are here too.

use crate::support::terminal::{Line, Terminal};
use crate::support::*;

/// The program at a terminal.
fn at_a_terminal(sandbox: &Sandbox, line: &str) -> Terminal {
    Terminal::start(sandbox.command(line))
}

/// Types a new password: two that differ, one that is none, and at last one twice.
fn new_password_is_typed_twice(sandbox: &Sandbox, line: &str) {
    let code = sandbox.code(ANA);
    at_a_terminal(sandbox, &format!("{line} {ANA} --code {code}"))
        .sees("Password setting rules: 9 characters or more")
        .asked("Password: ", OTHER_PASSWORD)
        .asked("Confirm your password: ", PASSWORD)
        .sees("do not match")
        .asked("Password: ", "")
        .sees("a value is required")
        .asked("Password: ", OTHER_PASSWORD)
        .asked("Confirm your password: ", OTHER_PASSWORD)
        .ends()
        .fails(0);
    done(sandbox.login(ANA, OTHER_PASSWORD));
}

/// The code is proved, by itself, before a password is asked for; a wrong one is typed again, with the reason.
fn code_is_proved_first(sandbox: &Sandbox, line: &str) {
    let mut terminal = at_a_terminal(sandbox, &format!("{line} {ANA}"));
    terminal.asked("Verification code: ", "000000").sees("wrong code").sees("Verification code: ");
    let printed = terminal.types(&sandbox.code(ANA)).sees("Password: ").presses("\u{3}").ends().fails(130);
    assert_eq!(printed.err.matches("Password: ").count(), 1, "{printed:?}");
    let entries = sandbox.audit(ANA);
    let [.., wrong, right] = &entries[..] else { panic!("{entries:?}") };
    assert_eq!((&wrong["reason"], &right["outcome"]), (&"code_wrong".into(), &"done".into()));
    assert!([wrong, right].iter().all(|entry| entry["detail"]["asked"]["until"] == "code"), "{entries:?}");
}

#[test]
fn seed_000_step_11_the_code_is_confirmed_before_the_password_is_set() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
    code_is_proved_first(&sandbox, "recover confirm");
}

#[test]
fn seed_001_step_21_the_code_is_confirmed_before_the_password_is_set() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).classic(), person(ANA).contacts())).ok();
    code_is_proved_first(&sandbox, "activate");
}

#[test]
fn seed_002_activation_step_04_the_code_is_confirmed_before_the_password_is_set() {
    let sandbox = Sandbox::new();
    sandbox.register();
    code_is_proved_first(&sandbox, "activate");
}

#[test]
fn seed_000_step_13_the_new_password_is_confirmed_by_typing_it_again() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
    new_password_is_typed_twice(&sandbox, "recover confirm");
}

#[test]
fn seed_001_step_23_the_password_is_confirmed_by_typing_it_again() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).classic(), person(ANA).contacts())).ok();
    new_password_is_typed_twice(&sandbox, "activate");
}

#[test]
fn seed_002_activation_step_06_the_password_is_confirmed_by_typing_it_again() {
    let sandbox = Sandbox::new();
    sandbox.register();
    new_password_is_typed_twice(&sandbox, "activate");
}

/// A classic registration of Ana's with everything on its command line.
fn classic_in_full() -> String {
    format!("{} {} --telephone 218000008 --alerts sms --channel email", person(ANA).classic(), person(ANA).contacts())
}

#[test]
fn seed_001_step_17_a_summary_comes_before_anything_is_sent() {
    let sandbox = Sandbox::new();
    let (untouched, before) = (sandbox.fork(), sandbox.bytes());
    let mut terminal = at_a_terminal(&sandbox, &classic_in_full());
    terminal.sees("What you have typed:").sees("Is this correct?");
    assert_eq!(sandbox.bytes(), before);
    terminal.types("yes").asked("continue later): ", "").ends().fails(0);
    assert_eq!(sandbox.message_log(ANA), ["email activation"]);
    // Where nobody is there to read it, and where it is taken as confirmed, there is none.
    let by_script = untouched.fork().ssd(&classic_in_full()).fails(0);
    let confirmed = at_a_terminal(&untouched, &format!("--yes {}", classic_in_full())).ends().fails(0);
    assert!([by_script, confirmed].iter().all(|run| !run.err.contains("What you have typed")));
}

#[test]
fn seed_001_step_18_the_summary_has_everything_that_was_typed() {
    let sandbox = Sandbox::new();
    let mut terminal = at_a_terminal(&sandbox, &classic_in_full());
    for typed in [
        "What you have typed:",
        ANA,
        "Citizen",
        "Ana Sofia Marques Ferreira",
        "22 March 1984",
        "123456703ZY4",
        "200000012",
        "ana.ferreira@correio.example",
        "+351912000001",
        "+351218000008",
        "SMS",
        "E-mail",
    ] {
        terminal.sees(typed);
    }
    terminal.asked("Is this correct?", "yes").asked("continue later): ", "").ends().fails(0);
}

#[test]
fn seed_001_step_19_without_the_confirmation_nothing_is_sent() {
    let sandbox = Sandbox::new();
    let before = sandbox.bytes();
    at_a_terminal(&sandbox, &classic_in_full())
        .asked("Is this correct?", "perhaps")
        .sees("please answer yes or no")
        .asked("Is this correct?", "no")
        .ends()
        .fails(2)
        .says("not confirmed");
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn portal_registration_asks_each_step_and_repeats_invalid_answers() {
    let sandbox = Sandbox::new();
    let run = at_a_terminal(&sandbox, "register")
        .sees("How do you want to register?")
        .asked("Choice: ", "portal")
        .asked("terms and conditions", "yes")
        .sees("Account type")
        .asked("Choice: ", "person")
        .sees("a number from 1 to 2")
        .asked("Choice: ", "citizen")
        .asked("(NISS): ", "12000000013")
        .sees("check digit")
        .asked("(NISS): ", ANA)
        .asked("Date of birth", "1984-02-30")
        .sees("no such date")
        .asked("Date of birth", "1984-03-22")
        .sees("Next: Verification channel")
        .sees("2  SMS (written message to the mobile phone): +351 9** *** *01")
        .asked("Choice: ", "pigeon")
        .sees("a number from 1 to 2")
        .asked("Choice: ", "sms")
        .asked("continue later): ", "")
        .sees("ssd activate 12000000012")
        .ends()
        .fails(0);
    assert!(run.out.contains("+351 9** *** *01"), "{run:?}");
    assert_eq!(sandbox.message_log(ANA), ["sms activation"]);
}

#[test]
fn classic_registration_asks_citizen_for_contacts_and_alerts() {
    let sandbox = Sandbox::new();
    at_a_terminal(&sandbox, &format!("register {ANA} --procedure classic --account-type citizen"))
        .asked("terms and conditions", "yes")
        .asked("Full name", "Ana Sofia Marques Ferreira")
        .asked("Date of birth", "1984-03-22")
        .asked("passport, ...): ", "12345670")
        .asked("(NIF)", "200000012")
        .sees("Next step: Contacts")
        .asked("E-mail address: ", "ana")
        .sees("not a valid e-mail address")
        .asked("E-mail address: ", "ana.ferreira@correio.example")
        .asked("Mobile phone number: ", "213000003")
        .sees("but not a mobile number")
        .asked("Mobile phone number: ", "912000001")
        .asked("Telephone number (optional): ", "218000008")
        .sees("Next step: Alerts")
        .asked("Choice: ", "sms")
        .sees("Next step: Code")
        .asked("Choice: ", "email")
        .sees("Next step: Summary")
        .asked("Is this correct?", "yes")
        .asked("continue later): ", "")
        .ends()
        .fails(0);
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["alerts"], "sms");
}

#[test]
fn company_is_asked_for_company_data() {
    let sandbox = Sandbox::new();
    at_a_terminal(&sandbox, "register --procedure classic --yes")
        .asked("(NISS): ", PADARIA)
        .asked("terms and conditions", "yes")
        .asked("Choice: ", "company")
        .asked("Name of the company", "Padaria Flor do Campo, Lda.")
        .asked("NIPC", "500000123")
        .asked("person responsible", "Rui Nunes Carvalhal")
        .asked("E-mail address: ", "")
        .asked("Mobile phone number: ", "")
        .asked("Telephone number (optional): ", "")
        .sees("at least one contact is needed")
        .asked("E-mail address: ", "")
        .asked("Mobile phone number: ", "919000012")
        .asked("Telephone number (optional): ", "")
        .asked("Choice: ", "sms")
        .asked("continue later): ", "")
        .ends()
        .fails(0);
    at_a_terminal(&sandbox, &format!("recover request {PADARIA} --mobile 919000012 --channel sms"))
        .asked("Name of the company", "Padaria Flor do Campo, Lda.")
        .asked("NIPC", "500000123")
        .asked("person responsible", "Rui Nunes Carvalhal")
        .asked("continue later): ", "")
        .sees("ssd recover confirm")
        .ends()
        .fails(0);
    assert_eq!(sandbox.message_log(PADARIA), ["sms activation", "sms recovery"]);
}

#[test]
fn who_does_not_accept_the_terms_is_refused() {
    let sandbox = Sandbox::new();
    let line = format!("{REGISTER_ANA} --channel sms").replace("--accept-terms", "");
    let run = at_a_terminal(&sandbox, &format!("--color never {line}")).asked("terms and conditions", "no").ends();
    run.fails(1).says("refused[terms_not_accepted]");
}

#[test]
fn a_code_of_a_wrong_shape_is_asked_for_again() {
    let sandbox = Sandbox::new();
    sandbox.register();
    at_a_terminal(&sandbox, &format!("activate {ANA}"))
        .asked("Verification code: ", "12345")
        .sees("expected")
        .asked("Verification code: ", &sandbox.code(ANA))
        .asked("Password: ", PASSWORD)
        .asked("Confirm your password: ", PASSWORD)
        .ends()
        .fails(0);
    assert_eq!(sandbox.state(ANA), "active");
}

#[test]
fn existing_secret_is_asked_once_and_new_secret_twice() {
    let sandbox = Sandbox::new().inside();
    let login = at_a_terminal(&sandbox, &format!("login {ANA}")).asked("Password: ", PASSWORD).ends().fails(0);
    assert_eq!(login.out.trim_end().len(), 48, "the token alone: {login:?}");

    at_a_terminal(&sandbox, "password change")
        .asked("Current password (leave blank if you have none): ", PASSWORD)
        .asked("New password: ", OTHER_PASSWORD)
        .asked("Confirm your password: ", OTHER_PASSWORD)
        .ends()
        .fails(0);

    sandbox.ssd("phone-code set").ok();
    at_a_terminal(&sandbox, "phone-code change")
        .asked("New security code", "73026")
        .sees("six digits")
        .asked("New security code", "730264")
        .asked("Confirm the security code: ", "730265")
        .sees("do not match")
        .asked("New security code", "730264")
        .asked("Confirm the security code: ", "730264")
        .ends()
        .fails(0);
    at_a_terminal(&sandbox, &format!("phone-code verify {ANA}")).asked("Security code: ", "730264").ends().fails(0);
}

#[test]
fn operators_are_asked_for_a_reason() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    at_a_terminal(&sandbox, "account close")
        .asked("(NISS): ", ANA)
        .asked("Reason", "")
        .sees("a value is required")
        .asked("Reason", "a test")
        .ends()
        .fails(0);
    assert_eq!(sandbox.audit(ANA).pop().expect("an entry")["detail"]["reason"], "a test");
}

#[test]
fn erasure_needs_confirmation() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let (untouched, erase) = (sandbox.bytes(), format!("account erase {ANA} --reason x"));
    at_a_terminal(&sandbox, &erase).asked("Continue? (yes or no)", "no").sees("nothing was erased").ends().fails(2);
    assert_eq!(sandbox.bytes(), untouched);
    let declared = sandbox.fork();
    at_a_terminal(&sandbox, &erase).asked("Continue? (yes or no)", "yes").ends().fails(0);
    at_a_terminal(&declared, &format!("{erase} --yes")).ends().fails(0);
    for sandbox in [sandbox, declared] {
        assert_eq!(sandbox.refused(&format!("registry show {ANA}")), "not_in_registry");
    }
}

#[test]
fn contact_questions_offer_only_usable_contacts() {
    let sandbox = Sandbox::new().inside();
    at_a_terminal(&sandbox, "contacts update")
        .asked("New e-mail", "")
        .asked("New mobile", "")
        .asked("New telephone", "")
        .sees("at least one contact")
        .asked("New e-mail", "new@correio.example")
        .asked("New mobile", "")
        .asked("New telephone", "")
        .asked("sent to n***@c***.example (leave blank to continue later): ", "")
        .sees("ssd contacts confirm --channel email")
        .ends()
        .fails(0);
    at_a_terminal(&sandbox, "contacts confirm")
        .sees("1  e-mail: a***@c***.example, proposed: n***@c***.example")
        .asked("Choice: ", "letter")
        .sees("a number from 1 to 2")
        .asked("Choice: ", "email")
        .asked("leave blank to have one sent): ", &sandbox.code(ANA))
        .ends()
        .fails(0);
    at_a_terminal(&sandbox, "contacts remove").sees("Which contact").asked("Choice: ", "mobile").ends().fails(0);
    assert_eq!(sandbox.json("contacts show")["contacts"][1]["registered"], false);
    at_a_terminal(&sandbox, "alerts set").sees("Social Security Alerts").asked("Choice: ", "email").ends().fails(0);
}

#[test]
fn questions_are_asked_in_the_language_of_the_command() {
    let sandbox = Sandbox::new();
    at_a_terminal(&sandbox, &format!("--lang pt login {ANA}")).asked("Palavra-passe: ", PASSWORD).ends().fails(1);
}

#[test]
fn a_key_too_many_can_be_taken_back() {
    let sandbox = Sandbox::new();
    sandbox.register();
    for keys in ["12000000013\u{7f}2\r", "garbage\u{15}12000000012\r"] {
        at_a_terminal(&sandbox, "account show").sees("(NISS): ").presses(keys).ends().fails(0);
    }
}

#[test]
fn ctrl_c_at_a_question_exits_130_and_changes_nothing() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let before = sandbox.bytes();
    for line in [Line::Raw, Line::Cooked] {
        let start = |words: &str| Terminal::start_at(line, sandbox.command(words));
        start("register").sees("Choice: ").presses("1\u{3}").ends().fails(130);
        start("activate").sees("(NISS): ").presses("120\u{3}").ends().fails(130);
        start("login").sees("(NISS): ").presses("\u{4}").ends().fails(130);
        let mut login = start(&format!("login {ANA}"));
        login.sees("Password: ").presses("Viol\u{3}").ends().fails(130);
        start(&classic_in_full()).sees("Is this correct?").presses("\u{3}").ends().fails(130);
    }
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn no_question_is_asked_with_no_input_or_where_standard_input_is_no_terminal() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let (code, before) = (sandbox.code(ANA), sandbox.bytes());
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
        let asked_not_to = at_a_terminal(&sandbox, &format!("--no-input --color never {line}")).ends().fails(2);
        let nobody_there = sandbox.ssd(&line).fails(2).says(option);
        assert_eq!(asked_not_to.err, nobody_there.err, "{line}");
    }
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn nothing_is_asked_that_a_mistake_in_the_line_would_make_in_vain() {
    let sandbox = Sandbox::new();
    let run = at_a_terminal(&sandbox, "register --birth-date 1984-02-30").ends().fails(2).says("--birth-date");
    assert!(!run.err.contains("NISS"), "{run:?}");
    let surplus = at_a_terminal(&sandbox, "register --account-type company --birth-date 1984-03-22").ends().fails(2);
    assert!(surplus.err.contains("--birth-date") && !surplus.err.contains("NISS"), "{surplus:?}");
}

#[test]
fn a_secret_does_not_show_at_a_terminal_that_shows_what_is_typed() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for _ in 0..10 {
        let mut terminal = Terminal::start_at(Line::Cooked, sandbox.command(&format!("login {ANA}")));
        let run = terminal.asked("Password: ", PASSWORD).ends().fails(0);
        let shown = PASSWORD.as_bytes().windows(4).any(|part| run.err.contains(&*String::from_utf8_lossy(part)));
        assert!(!shown, "{run:?}");
    }
}

/// Register at the portal, up to the question for the code.
fn up_to_the_code(terminal: &mut Terminal) -> &mut Terminal {
    terminal
        .asked("(yes or no): ", "yes")
        .asked("Choice: ", "citizen")
        .asked("(NISS): ", ANA)
        .asked("Date of birth", "1984-03-22")
        .asked("Choice: ", "sms")
        .sees("(leave blank to continue later): ")
}

#[test]
fn ssd_without_command_offers_a_menu() {
    let sandbox = Sandbox::new();
    at_a_terminal(&sandbox, "")
        .sees("What do you want to do?")
        .sees("1  Register: request an account")
        .asked("Choice: ", "nothing")
        .asked("Choice: ", "log in")
        .asked("(NISS): ", ANA)
        .asked("Password: ", PASSWORD)
        .ends()
        .fails(1)
        .says("login_failed");
    let help = at_a_terminal(&sandbox, "").asked("Choice: ", "help").ends().fails(0);
    assert!(help.out.contains("Usage: ssd COMMAND") && !help.err.contains("Change my password"), "{help:?}");
    let lost = at_a_terminal(&sandbox, "--lang pt").asked("Opção: ", "perdi").sees("(NISS): ").presses("\u{3}").ends();
    lost.fails(130);
    // Who has a session is offered what is done with one.
    let inside = Sandbox::new().inside();
    at_a_terminal(&inside, "").sees("Change my password").asked("Choice: ", "log out").ends().fails(0);
    // Nobody is asked who does not want to be; any other group alone is a mistake as ever.
    for line in ["--no-input", "--no-input recover", "contacts"] {
        let run = at_a_terminal(&sandbox, line).ends().fails(2);
        assert!(run.err.contains("Usage: ssd"), "{run:?}");
    }
}

#[test]
fn who_is_not_the_holder_sees_no_channel_and_is_asked_for_no_contact() {
    let sandbox = Sandbox::new();
    for niss in [ANA, NOBODY] {
        let run = at_a_terminal(&sandbox, "--color never register --procedure portal --accept-terms")
            .asked("Choice: ", "citizen")
            .asked("(NISS): ", niss)
            .asked("Date of birth", "1984-03-23")
            .ends()
            .fails(1)
            .says("refused[identity_mismatch]");
        assert!(!run.err.contains("***") && !run.err.contains("Verification channel"), "{run:?}");
        let recovery = at_a_terminal(&sandbox, &format!("recover request {niss} --name Ana --nif 200000012"))
            .asked("Date of birth", "1984-03-22")
            .asked("...): ", "12345670")
            .ends()
            .fails(1);
        assert!(!recovery.err.contains("Contacts"), "{recovery:?}");
        let counts: Vec<_> = sandbox.audit(niss).iter().map(|entry| entry["detail"]["count"].clone()).collect();
        assert_eq!(counts, [1, 2], "each is counted with all the others");
    }
}

#[test]
fn a_line_that_lacks_nothing_is_one_request_and_asks_nothing() {
    let sandbox = Sandbox::new();
    let registered = at_a_terminal(&sandbox, &format!("{REGISTER_ANA} --channel sms")).ends().fails(0);
    assert_eq!(registered.err, "");
    let prove = format!("activate {ANA} --code {} --until code", sandbox.code(ANA));
    at_a_terminal(&sandbox, &prove).ends().fails(0);
    let password = sandbox.file("password", PASSWORD);
    let wrong = at_a_terminal(&sandbox, &format!("activate {ANA} --code 000000 --password-file {password}")).ends();
    wrong.fails(1).says("code_wrong");
    let activate = format!("activate {ANA} --code {} --password-file {password}", sandbox.code(ANA));
    at_a_terminal(&sandbox, &activate).ends().fails(0);
    assert_eq!(sandbox.audit(ANA).len(), 4);
}

#[test]
fn json_at_a_terminal_is_one_object_per_session() {
    let object = |run: &Run| {
        assert_eq!(run.out.lines().count(), 1, "{run:?}");
        run.json()
    };
    let (line, sandbox) = ("--json register --procedure portal", Sandbox::new());
    let complete = sandbox.fork();
    let mut terminal = at_a_terminal(&complete, line);
    let run = up_to_the_code(&mut terminal)
        .types("000000")
        .asked("continue later): ", &complete.code(ANA))
        .asked("Password: ", "Porto")
        .asked("Confirm your password: ", "Porto")
        .sees("the password is too short")
        .asked("Password: ", PASSWORD)
        .asked("Confirm your password: ", PASSWORD)
        .ends()
        .fails(0)
        .says("Your request for access was received. A code was sent by SMS");
    assert_eq!((&object(&run)["op"], &object(&run)["state"]), (&"activate".into(), &"active".into()));

    let left = up_to_the_code(&mut at_a_terminal(&sandbox.fork(), line)).types("").ends().fails(0);
    assert_eq!(object(&left)["op"], "register");
    let broken = up_to_the_code(&mut at_a_terminal(&sandbox.fork(), line)).presses("\u{3}").ends().fails(130);
    let error = object(&broken);
    assert_eq!(error["kind"], "interrupted");
    assert_eq!(error["hint"], "completed steps are saved; to continue later: ssd activate 12000000012");

    let blocked = sandbox.fork();
    let mut terminal = at_a_terminal(&blocked, line);
    up_to_the_code(&mut terminal);
    for _ in 0..5 {
        terminal.types("000000").sees("wrong code").sees("continue later): ");
    }
    let run = terminal.types(&blocked.code(ANA)).ends().fails(1);
    assert_eq!(object(&run)["reason"], "code_blocked");
}

#[test]
fn recorded_interactive_session_replays() {
    let sandbox = Sandbox::nothing();
    let recorded = |line: &str| {
        let mut command = sandbox.command(line);
        command.env("SSD_RECORD", "record.jsonl");
        command
    };
    for line in ["init --sandbox", "policy set argon2.memory 8"] {
        finish(recorded(line), None).ok();
    }
    finish(recorded(&format!("registry import '{}'", data("personas.csv").display())), None).ok();
    let mut terminal = Terminal::start(recorded("register --procedure portal"));
    up_to_the_code(&mut terminal)
        .types("000000")
        .asked("continue later): ", &sandbox.code(ANA))
        .asked("Password: ", "Porto")
        .asked("Confirm your password: ", "Porto")
        .asked("Password: ", PASSWORD)
        .asked("Confirm your password: ", PASSWORD)
        .ends()
        .fails(0);
    let steps: Vec<String> = lines(&sandbox.read("record.jsonl"))
        .iter()
        .skip(3)
        .map(|line| format!("{} {}", word(line, "op"), line["until"].as_str().unwrap_or("whole")))
        .collect();
    let expected =
        ["register channels", "register whole", "activate code", "activate code", "activate whole", "activate whole"];
    assert_eq!(steps, expected);
    assert!(!sandbox.read("record.jsonl").contains(PASSWORD));
    sandbox.ssd("scenario run record.jsonl").ok();
}

#[test]
fn nobody_is_asked_for_a_store_that_is_not_there() {
    for line in ["register", "login", "contacts confirm"] {
        let run = at_a_terminal(&Sandbox::nothing(), line).ends().fails(3);
        assert!(!run.err.contains("NISS)") && !run.err.contains("Choice"), "{run:?}");
    }
}

#[test]
fn who_has_no_session_is_told_so_by_the_command_itself() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let run = at_a_terminal(&sandbox, "--json contacts remove").asked("Choice: ", "1").ends().fails(1);
    let refused = run.json();
    assert_eq!((&refused["op"], &refused["reason"]), (&"contacts_remove".into(), &"login_required".into()));
}

#[test]
fn a_code_that_runs_out_while_the_password_is_thought_of_is_refused_with_it() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let mut terminal = at_a_terminal(&sandbox, &format!("--color never activate {ANA}"));
    terminal.asked("Verification code: ", &sandbox.code(ANA)).sees("Password: ");
    sandbox.advance("10m");
    terminal.types(PASSWORD).asked("Confirm your password: ", PASSWORD).ends().fails(1).says("refused[code_expired]");
    assert_eq!(sandbox.state(ANA), "requested");
}

#[test]
fn a_list_is_cut_to_a_narrow_terminal_and_marked_by_the_arrow_keys() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start_within(30, sandbox.command("register"));
    terminal.sees("Choice: ").presses("\u{1b}[A").sees("Choice: 3").presses("\u{1b}[A").sees("Choice: 2");
    terminal.presses("\u{1b}[B\u{1b}[B\u{1b}[B\r").asked("(NISS): ", ANA).sees("(yes or no): ").presses("\u{3}");
    let run = terminal.ends().fails(130);
    let rows: Vec<&str> = run.err.split("With NISS").skip(1).filter_map(|rest| rest.lines().next()).collect();
    assert_eq!(rows, [" and date of b…"; 6]);
}
