//! Prompts at a terminal: missing fields are asked for and invalid answers are rejected with a reason.
//!
//! Secrets are hidden, and new ones are typed twice. Ctrl-C changes nothing. The guide steps that need a terminal are
//! here.

use crate::support::terminal::{Line, Terminal, rows};
use crate::support::*;

/// Starts the program at a terminal.
fn at_a_terminal(sandbox: &Sandbox, line: &str) -> Terminal {
    Terminal::start(sandbox.command(line))
}

#[test]
fn password_rules_name_the_current_password_only_where_there_can_be_one() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let rules = |sandbox: &Sandbox, line: &str, before: &[(&str, &str)]| {
        let mut terminal = Terminal::start_within(400, sandbox.command(line));
        for (question, answer) in before {
            terminal.asked(question, answer);
        }
        terminal.sees("Password setting rules").sees(": ").presses("\u{3}");
        terminal.ends().fails(130).err
    };
    let first = rules(&sandbox, &format!("activate {ANA} --code {}", sandbox.code(ANA)), &[]);
    assert!(first.contains("based on your own data.") && !first.contains("current password"), "{first}");
    let mut sandbox = Sandbox::new().logged_in();
    let current = "Current password (leave blank if you have none): ";
    let change = rules(&sandbox, "password change", &[(current, PASSWORD)]);
    assert!(change.contains("and your current password.") && !change.contains("if you have one."), "{change}");
    *sandbox.session() = None;
    sandbox.ssd(&format!("{} {} --channel email", person(ANA).recover(), person(ANA).contacts())).ok();
    let recovery = rules(&sandbox, &format!("recover confirm {ANA} --code {}", sandbox.code(ANA)), &[]);
    assert!(recovery.contains("current password, if you have one"), "{recovery}");
}

/// Types a new password: two that differ, an empty one, and then one twice.
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

#[test]
fn first_signal_ends_a_question_and_restores_the_terminal() {
    use rustix::process::{Signal, kill_process};
    let sandbox = Sandbox::new();
    sandbox.activate();
    let before = sandbox.ssd("state-hash").ok();
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        for (line, question) in [
            (format!("login {ANA}"), "Password: "),
            ("register".to_owned(), "How do you want to register?"),
            (format!("account suspend {ANA}"), "Reason"),
        ] {
            let mut terminal = Terminal::start_at(Line::Cooked, sandbox.command(&line));
            terminal.sees(question);
            kill_process(terminal.pid(), signal).expect("a signal");
            let run = terminal.ends();
            // Before the first question, Ctrl-C ends the process as the shell expects it, by the signal.
            let is_by_signal = signal == Signal::INT && run.code == -1;
            assert!(run.code == 130 || is_by_signal, "{line}, {signal:?}: {run:?}");
            assert!(terminal.is_restored(), "{line}, {signal:?}");
        }
    }
    assert_eq!(sandbox.ssd("state-hash").ok(), before);
}

/// Asserts that the code alone is checked before the password, and that a wrong code is asked for again with the
/// reason.
fn code_is_proved_first(sandbox: &Sandbox, line: &str) {
    let mut terminal = at_a_terminal(sandbox, &format!("{line} {ANA}"));
    terminal.asked("Verification code: ", "000000").sees("wrong code").sees("Verification code: ");
    let run = terminal.types(&sandbox.code(ANA)).sees("Password: ").presses("\u{3}").ends().fails(130);
    assert_eq!(run.err.matches("Password: ").count(), 1, "{run:?}");
    let entries = sandbox.audit(ANA);
    let [.., wrong, right] = &entries[..] else { panic!("{entries:?}") };
    assert_eq!((&wrong["reason"], &right["outcome"]), (&"code_wrong".into(), &"done".into()));
    assert!([wrong, right].iter().all(|entry| entry["detail"]["asked"]["until"] == "code"), "{entries:?}");
}

#[test]
fn seed_000_step_11_code_is_checked_before_the_password() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
    code_is_proved_first(&sandbox, "recover confirm");
}

#[test]
fn seed_001_step_21_code_is_checked_before_the_password() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).classic(), person(ANA).contacts())).ok();
    code_is_proved_first(&sandbox, "activate");
}

#[test]
fn seed_002_activation_step_04_code_is_checked_first() {
    let sandbox = Sandbox::new();
    sandbox.register();
    code_is_proved_first(&sandbox, "activate");
}

#[test]
fn seed_000_step_13_new_password_is_typed_twice() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
    new_password_is_typed_twice(&sandbox, "recover confirm");
}

#[test]
fn seed_001_step_23_password_is_typed_twice() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).classic(), person(ANA).contacts())).ok();
    new_password_is_typed_twice(&sandbox, "activate");
}

#[test]
fn seed_002_activation_step_06_password_is_typed_twice() {
    let sandbox = Sandbox::new();
    sandbox.register();
    new_password_is_typed_twice(&sandbox, "activate");
}

/// Returns the command line of Ana's classic registration with all options.
fn classic_in_full() -> String {
    format!("{} {} --telephone 218000008 --alerts sms --channel email", person(ANA).classic(), person(ANA).contacts())
}

#[test]
fn seed_001_step_17_summary_precedes_the_request() {
    let sandbox = Sandbox::new();
    let (untouched, before) = (sandbox.fork(), sandbox.bytes());
    let mut terminal = at_a_terminal(&sandbox, &classic_in_full());
    terminal.sees("What you have typed:").sees("Is this correct?");
    assert_eq!(sandbox.bytes(), before);
    terminal.types("yes").asked("continue later): ", "").ends().fails(0);
    assert_eq!(sandbox.message_log(ANA), ["email activation"]);
    // No summary without a terminal or with `--yes`.
    let by_script = untouched.fork().ssd(&classic_in_full()).fails(0);
    let confirmed = at_a_terminal(&untouched, &format!("--yes {}", classic_in_full())).ends().fails(0);
    assert!([by_script, confirmed].iter().all(|run| !run.err.contains("What you have typed")));
}

#[test]
fn seed_001_step_18_summary_has_all_typed_values() {
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
fn seed_001_step_19_nothing_is_sent_without_confirmation() {
    let sandbox = Sandbox::new();
    let before = sandbox.bytes();
    at_a_terminal(&sandbox, &classic_in_full())
        .asked("Is this correct?", "perhaps")
        .sees("please answer yes or no")
        .asked("Is this correct?", "no")
        .sees("What do you want to correct?")
        .asked("Choice: ", "nothing")
        .ends()
        .fails(1)
        .says("not_confirmed");
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn summary_is_corrected_value_by_value() {
    let sandbox = Sandbox::new();
    let line = format!(
        "register {ANA} --procedure classic --account-type company --name 'Ana S. Ferreira' --nif 200000012 \
         --responsible 'Rui Nunes' --email ana.ferreira@correio.example --channel email --accept-terms"
    );
    let mut terminal = at_a_terminal(&sandbox, &line);
    terminal
        .asked("Is this correct?", "no")
        .sees("name: Ana S. Ferreira")
        .sees("mobile: not given")
        .asked("Choice: ", "name")
        .asked("Name of the company", "Ana Sofia Marques Ferreira")
        .ends()
        .fails(1)
        .says("identity_mismatch");
    // Another account type has other questions. Nothing else is lost.
    at_a_terminal(&sandbox, &line.replace("Ana S.", "Ana Sofia Marques"))
        .asked("Is this correct?", "no")
        .asked("Choice: ", "account type")
        .asked("Choice: ", "citizen")
        .asked("Date of birth", "1984-03-22")
        .asked("...): ", "12345670")
        .sees("Social Security Alerts")
        .asked("Choice: ", "e-mail")
        .sees("alerts: E-mail")
        .sees("verification channel: E-mail")
        .asked("Is this correct?", "yes")
        .asked("continue later): ", "")
        .ends()
        .fails(0);
    assert_eq!(sandbox.message_log(ANA), ["email activation"]);
}

#[test]
fn contacts_that_are_not_registered_are_named_and_typed_again() {
    let sandbox = Sandbox::new();
    let mut terminal = at_a_terminal(&sandbox, &format!("{} --alerts none", person(ANA).classic()));
    terminal
        .asked("E-mail address: ", "ana@correio.example")
        .asked("Mobile phone number: ", "913000003")
        .asked("(optional): ", "")
        .sees("The e-mail address that you typed is not the one registered")
        .sees("The mobile phone number that you typed is not the one registered")
        .sees("can only be sent by letter")
        .asked("type the contacts again? (yes or no): ", "yes")
        .asked("E-mail address: ", "ana@correio.example")
        .asked("Mobile phone number: ", "912000001")
        .asked("(optional): ", "")
        .sees("The e-mail address that you typed is not the one registered");
    let run = terminal
        .asked("type the contacts again? (yes or no): ", "no")
        .sees("1  SMS")
        .asked("Choice: ", "1")
        // What the holder left unchanged is not asked about again.
        .asked("Is this correct?", "no")
        .asked("Choice: ", "name")
        .asked("Full name", "Ana Sofia Marques Ferreira")
        .asked("Is this correct?", "yes")
        .asked("continue later): ", "")
        .ends()
        .fails(0);
    assert_eq!(run.err.matches("by letter").count(), 1, "{run:?}");
    assert_eq!(run.err.matches("type the contacts again?").count(), 2, "{run:?}");
    assert_eq!(sandbox.message_log(ANA), ["sms activation"]);
    // Nothing is said about the contacts before the identity is proved.
    let stranger = format!("{} --alerts none", person(ANA).classic()).replace("1984-03-22", "1984-03-23");
    let run = at_a_terminal(&sandbox, &format!("{stranger} --email a@b.example --mobile 913000003")).ends().fails(1);
    assert!(!run.err.contains("registered with"), "{run:?}");
}

#[test]
fn portal_registration_asks_again_after_invalid_answers() {
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
fn classic_registration_asks_for_contacts_and_alerts() {
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
fn companies_are_asked_for_company_data() {
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
        .sees("Account type")
        .asked("Choice: ", "company")
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
fn recovery_asks_for_the_account_type_whatever_the_niss() {
    // A citizen's question is never asked of an employer who is a natural person.
    for (niss, kind, first) in [(FRANCISCO, "company", "Name of the company"), (PADARIA, "citizen", "Full name")] {
        let sandbox = Sandbox::new();
        at_a_terminal(&sandbox, "recover")
            .asked("(NISS): ", niss)
            .sees("Account type")
            .asked("Choice: ", kind)
            .sees(first)
            .presses("\u{3}")
            .ends()
            .fails(130);
    }
    // A field that only one type has makes the question needless.
    let sandbox = Sandbox::new();
    for (option, next) in
        [("--responsible 'Rui Nunes'", "Name of the company"), ("--birth-date 1984-03-22", "Full name")]
    {
        let mut terminal = at_a_terminal(&sandbox, &format!("recover request {ANA} {option}"));
        let run = terminal.sees(next).presses("\u{3}").ends().fails(130);
        assert!(!run.err.contains("Account type"), "{run:?}");
    }
}

#[test]
fn account_type_precedes_the_temporary_code() {
    let sandbox = Sandbox::new();
    let employer = "niss,kind,name,birth_date,civil_id_kind,civil_id,nif,mobile\n\
        12500000148,employer,Francisco Leal Antunes,1970-01-01,cc,123456703ZY4,205000142,+351965000014\n";
    sandbox.file("employer.csv", employer);
    sandbox.ssd("registry import employer.csv").ok();
    sandbox.feed(&format!("cmd enrol {FRANCISCO} --mobile 961234567 --pin-stdin"), "2718").ok();
    let mut terminal = at_a_terminal(&sandbox, &format!("register {FRANCISCO} --procedure cmd"));
    terminal
        .asked("terms and conditions", "yes")
        .sees("Account type")
        .asked("Choice: ", "company")
        .asked("PIN", "2718")
        .sees("continue later): ");
    terminal.types(&sandbox.code(FRANCISCO)).asked("(yes or no): ", "yes").ends().fails(0);
    assert_eq!(sandbox.state(FRANCISCO), "active");
    // Left for later, the command has the answer.
    let later = Sandbox::new();
    later.feed(&format!("cmd enrol {ANA} --mobile 961234567 --pin-stdin"), "2718").ok();
    at_a_terminal(&later, &format!("register {ANA} --procedure cmd --accept-terms"))
        .asked("Choice: ", "citizen")
        .asked("PIN", "2718")
        .asked("continue later): ", "")
        .ends()
        .fails(0)
        .says(&format!("ssd register {ANA} --procedure cmd --account-type citizen --code CODE"));
}

#[test]
fn terms_not_accepted_is_refused() {
    let sandbox = Sandbox::new();
    let line = format!("{REGISTER_ANA} --channel sms").replace("--accept-terms", "");
    let run = at_a_terminal(&sandbox, &format!("--color never {line}")).asked("terms and conditions", "no").ends();
    run.fails(1).says("refused[terms_not_accepted]");
}

#[test]
fn malformed_code_is_asked_for_again() {
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
fn existing_secret_is_asked_once_and_a_new_one_twice() {
    let mut sandbox = Sandbox::new();
    sandbox.activate();
    let login = at_a_terminal(&sandbox, &format!("login {ANA}")).asked("Password: ", PASSWORD).ends().fails(0);
    assert_eq!(login.out.trim_end().len(), 48, "the token alone: {login:?}");
    sandbox.log_in(ANA, PASSWORD);

    sandbox.log_in(ANA, PASSWORD);
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
fn erasure_asks_for_confirmation() {
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
fn contact_questions_offer_the_applicable_contacts() {
    let sandbox = Sandbox::new().logged_in();
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
fn questions_are_in_the_language_of_the_command() {
    let sandbox = Sandbox::new();
    at_a_terminal(&sandbox, &format!("--lang pt login {ANA}")).asked("Palavra-passe: ", PASSWORD).ends().fails(1);
}

/// Returns Ana's reason after keys at the question for it, in a window of 80 columns.
fn reason_typed(sandbox: &Sandbox, keys: &str) -> (String, Run) {
    let sandbox = sandbox.fork();
    let command = sandbox.command(&format!("account suspend {ANA}"));
    let mut terminal = Terminal::start_window(Line::Cooked, 80, command);
    let run = terminal.sees("audit log: ").presses(keys).presses("\r").ends().fails(0);
    let entry = sandbox.audit(ANA).pop().expect("an entry");
    (word(&entry["detail"], "reason").to_owned(), run)
}

#[test]
fn lines_are_edited_with_the_usual_keys() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for (keys, expected) in [
        ("lost\u{7f}\u{7f}ng", "long"),
        ("lost\u{8}\u{8}ng", "long"),
        ("ost\u{1}l", "lost"),
        ("ost\u{1b}[Hl", "lost"),
        ("ost\u{1b}[1~l\u{1b}[4~!", "lost!"),
        ("ost\u{1b}OHl\u{1b}OF!", "lost!"),
        ("los\u{1}\u{5}t", "lost"),
        ("los\u{1}\u{1b}[Ft", "lost"),
        ("lst\u{1b}[D\u{1b}[Do", "lost"),
        ("lst\u{2}\u{2}\u{6}\u{2}o", "lost"),
        ("lost\u{1b}[D\u{1b}[D\u{1b}[3~", "lot"),
        ("lost\u{1b}[D\u{1b}[D\u{4}", "lot"),
        ("the phone is lost\u{17}\u{17}was stolen", "the phone was stolen"),
        ("the phone\u{1b}[D\u{1b}[D\u{15}x", "xne"),
        ("garbage\u{15}lost", "lost"),
        ("lost and found\u{1}\u{1b}[C\u{1b}[C\u{1b}[C\u{1b}[C\u{b}", "lost"),
        ("phone lost\u{1b}[1;5D\u{1b}[1;5Dmy \u{1b}[1;5C is", "my phone is lost"),
        ("Jo\u{e3}o\u{1b}[D\u{7f}a", "Joao"),
        ("Joa\u{303}o\u{1b}[D\u{7f}a", "Joao"),
        ("日本\u{1b}[D\u{7f}é", "é本"),
        // Keys without a meaning here are no text.
        ("l\u{1b}[15~o\u{1b}[2~s\u{1b}[200~t\u{1b}[A\u{1b}[1;2B\t\u{7}", "lost"),
    ] {
        let (reason, run) = reason_typed(&sandbox, keys);
        assert_eq!(reason, expected, "{keys:?}");
        let shown = rows(80, &run.err);
        assert_eq!(shown[0], format!("Reason, for the audit log: {expected}"), "{keys:?}: {run:?}");
    }
}

#[test]
fn long_lines_are_edited_in_a_narrow_window() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let question = "Reason, for the audit log: ";
    let sixty = "abcdefghij".repeat(6);
    // Windows in which the question wraps, and in which question or answer fill a row.
    for columns in [20, 27, 29, 43, 87] {
        let wrapped = |text: &str| -> Vec<String> {
            let cells: Vec<char> = text.chars().collect();
            cells.chunks(columns.into()).map(|row| row.iter().collect::<String>().trim_end().to_owned()).collect()
        };
        for (keys, expected) in [
            (sixty.clone(), sixty.clone()),
            (format!("{sixty}\u{1}0\u{5}1"), format!("0{sixty}1")),
            (format!("{sixty}{}\u{1b}[3~X", "\u{1b}[D".repeat(30)), format!("{}X{}", &sixty[..30], &sixty[31..])),
            (format!("{sixty}{}Z", "\u{7f}".repeat(50)), "abcdefghijZ".to_owned()),
            (format!("{sixty}\u{15}lost"), "lost".to_owned()),
            (format!("日本 {sixty}\u{17}lost"), "日本 lost".to_owned()),
        ] {
            let sandbox = sandbox.fork();
            let command = sandbox.command(&format!("account suspend {ANA}"));
            let mut terminal = Terminal::start_window(Line::Cooked, columns, command);
            let run = terminal.sees("log: ").presses(&keys).presses("\r").ends().fails(0);
            let entry = sandbox.audit(ANA).pop().expect("an entry");
            assert_eq!(word(&entry["detail"], "reason"), expected, "{columns}: {keys:?}");
            let mut expected_rows = wrapped(&format!("{question}{expected}"));
            if expected.is_ascii() {
                expected_rows.retain(|row| !row.is_empty());
                let shown = rows(columns, &run.err);
                assert_eq!(shown[..expected_rows.len()], expected_rows, "{columns}: {keys:?}\n{run:?}");
                assert!(shown[expected_rows.len()..].iter().all(String::is_empty), "{columns}: {shown:?}");
            }
        }
    }
}

#[test]
fn hidden_lines_have_no_cursor_and_show_nothing() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let (start, end) = PASSWORD.split_at(4);
    for keys in [
        format!("{start}\u{1b}[D\u{1b}[H\u{1}\u{1b}[1;5D{end}"),
        format!("wrong\u{15}{PASSWORD}"),
        format!("wrong word\u{17}\u{17}{PASSWORD}"),
        format!("{start}x\u{7f}{end}\u{1b}[3~"),
    ] {
        let sandbox = sandbox.fork();
        let mut terminal = Terminal::start_at(Line::Cooked, sandbox.command(&format!("login {ANA}")));
        let run = terminal.sees("Password: ").presses(&keys).presses("\r").ends().fails(0);
        assert_eq!(rows(80, &run.err)[0], "Password:", "{run:?}");
    }
}

#[test]
fn ctrl_backslash_quits_and_restores_the_terminal() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let before = sandbox.bytes();
    for (line, question) in [(format!("account suspend {ANA}"), "log: "), (format!("login {ANA}"), "Password: ")] {
        let mut terminal = Terminal::start_at(Line::Cooked, sandbox.command(&line));
        terminal.sees(question).presses("half\u{1c}").ends().fails(130);
        assert!(terminal.is_restored(), "{line}");
    }
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn ctrl_z_suspends_with_a_restored_terminal_and_fg_continues() {
    if std::process::Command::new("setsid").arg("--version").output().is_err() {
        return skipped("setsid: not on this machine");
    }
    let sandbox = Sandbox::new();
    sandbox.activate();
    // A shell with job control, whose terminal this is. It waits for a line while the program is stopped.
    let job = "set -m; \"$@\"; echo \"stopped: $?\" >&2; read line; fg >/dev/null; echo \"ended: $?\" >&2";
    for (line, question, answer) in
        [(format!("account suspend {ANA}"), "log: ", "lost phone"), (format!("login {ANA}"), "Password: ", PASSWORD)]
    {
        let sandbox = sandbox.fork();
        let ssd = sandbox.command(&line);
        let mut command = std::process::Command::new("setsid");
        command.args(["--ctty", "--wait", "sh", "-c", job, "sh"]).arg(ssd.get_program()).args(ssd.get_args());
        command.envs(ssd.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.current_dir(ssd.get_current_dir().expect("a folder"));
        let mut terminal = Terminal::start_at(Line::Cooked, command);
        let (first, rest) = answer.split_at(5);
        terminal.sees(question).presses(first).presses("\u{1a}").sees("stopped: ");
        assert!(terminal.is_restored(), "{line}");
        terminal.presses("\n").sees(question);
        let shown = if question == "log: " { first } else { "" };
        let run = terminal.sees(shown).presses(rest).presses("\r").sees("ended: 0").ends();
        assert!(terminal.is_restored(), "{run:?}");
        assert_eq!(run.code, 0, "{run:?}");
    }
}

#[test]
fn continued_program_asks_again() {
    use rustix::process::{Signal, kill_process};
    let sandbox = Sandbox::new();
    sandbox.activate();
    let mut terminal = Terminal::start_at(Line::Cooked, sandbox.command(&format!("account suspend {ANA}")));
    terminal.sees("log: ").presses("lost").sees("lost");
    for signal in [Signal::STOP, Signal::CONT] {
        kill_process(terminal.pid(), signal).expect("a signal");
    }
    terminal.sees("log: lost").presses(" phone\r").ends().fails(0);
    assert_eq!(sandbox.audit(ANA).pop().expect("an entry")["detail"]["reason"], "lost phone");
}

#[test]
fn sandbox_names_the_command_that_prints_the_code() {
    let sandbox = Sandbox::new();
    let hint = |niss: &str| format!("In this sandbox, the code is printed by: ssd outbox code {niss}");
    let mut terminal = at_a_terminal(&sandbox, "register --procedure portal");
    up_to_the_code(&mut terminal).types("");
    let run = terminal.ends().fails(0);
    assert_eq!(run.err.matches(&hint(ANA)).count(), 1, "{run:?}");
    at_a_terminal(&sandbox, &format!("activate {ANA}")).sees(&hint(ANA)).presses("\u{3}").ends().fails(130);
    let code = sandbox.code(ANA);
    let asked =
        at_a_terminal(&sandbox, &format!("activate {ANA} --code {code}")).sees("Password: ").presses("\u{3}").ends();
    assert!(!asked.err.contains("sandbox"), "no code was asked for: {asked:?}");
    let portuguese =
        at_a_terminal(&sandbox, &format!("--lang pt activate {ANA}")).sees("de verificação: ").presses("\u{3}").ends();
    assert!(portuguese.err.contains("o código é mostrado por: ssd outbox code"), "{portuguese:?}");
    // Two codes were sent, so each question names its own.
    let inside = Sandbox::new().logged_in();
    let mut terminal = at_a_terminal(&inside, "contacts update --email new@correio.example --mobile 913000003");
    terminal.ends().fails(0);
    inside.advance("1m");
    let mut terminal = at_a_terminal(&inside, "contacts update");
    terminal.asked("New e-mail", "newer@correio.example").asked("New mobile", "913000004").asked("New telephone", "");
    for purpose in ["contact_email", "contact_mobile"] {
        let command = format!("ssd outbox code {ANA} --purpose {purpose}");
        let code = terminal.sees(&command).sees("continue later): ");
        code.types(&inside.ssd(command.trim_start_matches("ssd ")).ok());
    }
    terminal.ends().fails(0);
}

#[test]
fn ctrl_c_exits_with_130_and_changes_nothing() {
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
fn nothing_is_asked_with_no_input_or_without_a_terminal() {
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
fn usage_error_is_reported_before_any_question() {
    let sandbox = Sandbox::new();
    let run = at_a_terminal(&sandbox, "register --birth-date 1984-02-30").ends().fails(2).says("--birth-date");
    assert!(!run.err.contains("NISS"), "{run:?}");
    let surplus = at_a_terminal(&sandbox, "register --account-type company --birth-date 1984-03-22").ends().fails(2);
    assert!(surplus.err.contains("--birth-date") && !surplus.err.contains("NISS"), "{surplus:?}");
}

#[test]
fn secrets_are_hidden_at_an_echoing_terminal() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for _ in 0..10 {
        let mut terminal = Terminal::start_at(Line::Cooked, sandbox.command(&format!("login {ANA}")));
        let run = terminal.asked("Password: ", PASSWORD).ends().fails(0);
        let shown = PASSWORD.as_bytes().windows(4).any(|part| run.err.contains(&*String::from_utf8_lossy(part)));
        assert!(!shown, "{run:?}");
    }
}

/// Registers in the portal, up to the question for the code.
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
fn ssd_alone_shows_a_menu_and_runs_the_choice() {
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
    // With a session, the commands of a session are offered.
    let inside = Sandbox::new().logged_in();
    at_a_terminal(&inside, "").sees("Change my password").asked("Choice: ", "log out").ends().fails(0);
    // A session that has ended is none.
    at_a_terminal(&inside, "").sees("has ended").sees("1  Register").asked("Choice: ", "help").ends().fails(0);
    // Nothing is asked with `--no-input`; any other group alone is a usage error.
    for line in ["--no-input", "--no-input recover", "contacts"] {
        let run = at_a_terminal(&sandbox, line).ends().fails(2);
        assert!(run.err.contains("Usage: ssd"), "{run:?}");
    }
}

/// Returns the menu of `ssd` without its last row, the help.
fn menu(sandbox: &Sandbox) -> Vec<String> {
    let run = at_a_terminal(sandbox, "").sees("Choice: ").presses("\u{3}").ends().fails(130);
    let rows: Vec<String> =
        run.err.lines().filter_map(|line| Some(line.trim().split_once("  ")?.1.to_owned())).collect();
    assert_eq!(rows.last().map(String::as_str), Some("Help"), "{run:?}");
    rows[..rows.len() - 1].to_vec()
}

/// The answers to the questions of a choice of the menu, and its exit code.
fn answers(choice: &str) -> (&'static [&'static str], i32) {
    match choice {
        "Change my contacts" => (&["new@correio.example", "", "", ""], 0),
        "Confirm my contacts" => (&["1", "", ""], 0),
        "Choose how to receive alerts" => (&["3"], 0),
        "Change my security code for the Social Security Line" => (&["730264", "730264"], 0),
        "Identify myself on the phone line" => (&["482915"], 0),
        "Change my password" => (&[PASSWORD, OTHER_PASSWORD, OTHER_PASSWORD], 0),
        "Log in again, to change contacts and codes" => (&[PASSWORD], 0),
        "I have lost my password" => (&["\u{3}"], 130),
        _ => (&[], 0),
    }
}

#[test]
fn menu_of_a_session_has_what_works_now() {
    const ALWAYS: [&str; 4] = ["Read my messages", "See my identification data", "See my open sessions", "Log out"];
    let fresh = Sandbox::new().logged_in();
    let with_code = fresh.fork();
    with_code.ssd("phone-code set").ok();
    with_code.feed("phone-code change --new-code-stdin", "482915").ok();
    let blocked = with_code.fork();
    for _ in 0..3 {
        blocked.feed(&format!("phone-code verify {ANA} --code-stdin"), "000111").fails(1);
    }
    let mut elsewhere = fresh.fork();
    let session = elsewhere.session().take();
    elsewhere.login(ANA, PASSWORD);
    *elsewhere.session() = session;
    let stale = with_code.fork();
    stale.advance("10m");
    let confirmed = fresh.fork();
    confirmed.advance("1m");
    for channel in ["email", "sms"] {
        confirmed.ssd(&format!("contacts confirm --channel {channel}")).ok();
        confirmed.ssd(&format!("contacts confirm --channel {channel} --code {}", confirmed.code(ANA))).ok();
    }
    confirmed.advance("1m");
    let mut company = Sandbox::new();
    company.open_account(PADARIA);
    company.log_in(PADARIA, PASSWORD);
    for (name, sandbox, has, has_not) in [
        ("fresh", &fresh, &["Get a security code", "Confirm my contacts"][..], &["Remove", "Identify", "End my"][..]),
        ("with a code", &with_code, &["Change my security code", "Remove my security", "Identify"], &["Get a"]),
        ("code blocked", &blocked, &["Change my security code", "Remove my security"], &["Get a", "Identify"]),
        ("elsewhere", &elsewhere, &["End my other sessions"], &["Log in"]),
        ("stale", &stale, &["Log in again", "Identify", "alerts"], &["contacts\"", "Change my security", "Remove"]),
        ("confirmed", &confirmed, &["Change my contacts"], &["Confirm my contacts"]),
        ("company", &company, &["Change my contacts"], &["alerts"]),
    ] {
        let rows = menu(sandbox);
        let all = format!("{rows:?}");
        assert!(ALWAYS.iter().chain(has).all(|row| all.contains(row)), "{name}: {all}");
        assert!(["Register", "Activate"].iter().chain(has_not).all(|row| !all.contains(row)), "{name}: {all}");
        for (at, row) in rows.iter().enumerate() {
            let sandbox = sandbox.fork();
            let mut terminal = at_a_terminal(&sandbox, "");
            terminal.asked("Choice: ", &(at + 1).to_string());
            let (answers, code) = answers(row);
            for answer in answers {
                terminal.sees(": ").types(answer);
            }
            terminal.ends().fails(code);
        }
    }
    let mut portuguese = at_a_terminal(&with_code, "--lang pt");
    portuguese
        .sees("Alterar código de segurança")
        .sees("Ver as minhas sessões abertas")
        .asked("Opção: ", "ajuda")
        .ends();
}

#[test]
fn failed_identity_check_shows_no_channel_and_no_contact() {
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
            .asked("Choice: ", "citizen")
            .asked("Date of birth", "1984-03-22")
            .asked("...): ", "12345670")
            .ends()
            .fails(1);
        assert!(!recovery.err.contains("Contacts"), "{recovery:?}");
        let counts: Vec<_> = sandbox.audit(niss).iter().map(|entry| entry["detail"]["count"].clone()).collect();
        assert_eq!(counts, [1, 2], "all attempts are counted together");
    }
}

#[test]
fn complete_command_line_asks_nothing() {
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
fn json_session_prints_one_object() {
    let object = |run: &Run| {
        assert_eq!(run.out.lines().count(), 1, "{run:?}");
        run.json()
    };
    let (line, sandbox) = ("--json register --procedure portal", Sandbox::new());
    let fork = sandbox.fork();
    let mut terminal = at_a_terminal(&fork, line);
    let run = up_to_the_code(&mut terminal)
        .types("000000")
        .asked("continue later): ", &fork.code(ANA))
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
        .map(|line| format!("{} {}", word(line, "op"), line["until"].as_str().unwrap_or("complete")))
        .collect();
    let expected = [
        "register channels",
        "register complete",
        "activate code",
        "activate code",
        "activate complete",
        "activate complete",
    ];
    assert_eq!(steps, expected);
    assert!(!sandbox.read("record.jsonl").contains(PASSWORD));
    sandbox.ssd("scenario run record.jsonl").ok();
}

#[test]
fn missing_store_is_reported_before_any_question() {
    for line in ["register", "login", "contacts confirm"] {
        let run = at_a_terminal(&Sandbox::nothing(), line).ends().fails(3);
        assert!(!run.err.contains("NISS)") && !run.err.contains("Choice"), "{run:?}");
    }
}

#[test]
fn missing_session_is_refused_by_the_command() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let run = at_a_terminal(&sandbox, "--json contacts remove").asked("Choice: ", "1").ends().fails(1);
    let refused = run.json();
    assert_eq!((&refused["op"], &refused["reason"]), (&"contacts_remove".into(), &"login_required".into()));
}

#[test]
fn code_expiring_before_the_password_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let mut terminal = at_a_terminal(&sandbox, &format!("--color never activate {ANA}"));
    terminal.asked("Verification code: ", &sandbox.code(ANA)).sees("Password: ");
    sandbox.advance("10m");
    terminal.types(PASSWORD).asked("Confirm your password: ", PASSWORD).ends().fails(1).says("refused[code_expired]");
    assert_eq!(sandbox.state(ANA), "requested");
}

#[test]
fn list_is_cut_to_the_width_and_arrow_keys_select() {
    let sandbox = Sandbox::new();
    let mut terminal = Terminal::start_within(30, sandbox.command("register"));
    terminal.sees("Choice: ").presses("\u{1b}[A").sees("Choice: 3").presses("\u{1b}[A").sees("Choice: 2");
    terminal.presses("\u{1b}[B\u{1b}[B\u{1b}[B\r").asked("(NISS): ", ANA).sees("(yes or no): ").presses("\u{3}");
    let run = terminal.ends().fails(130);
    let rows: Vec<&str> = run.err.split("With NISS").skip(1).filter_map(|rest| rest.lines().next()).collect();
    assert_eq!(rows, [" and date of b…"; 6]);
}
