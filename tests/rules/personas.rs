//! The personas of personas.md: channels, languages, letters and refusals of each.

use serde_json::{Value, json};

use crate::support::*;

/// Returns the outcome of a portal registration for each channel.
fn offered(niss: &str) -> Vec<Result<&'static str, String>> {
    let ask = |channel| {
        let reply = Sandbox::new().json(&format!("{} --channel {channel}", person(niss).portal()));
        if reply["result"] == "done" { Ok(channel) } else { Err(reason(&reply)) }
    };
    ["email", "sms", "letter"].into_iter().map(ask).collect()
}

fn unavailable() -> Result<&'static str, String> {
    Err("channel_unavailable".to_owned())
}

/// Returns the first message of a portal registration by this channel, and the reply.
fn registered(niss: &str, channel: &str) -> (Value, Value) {
    let sandbox = Sandbox::new();
    let reply = done(sandbox.json(&format!("{} --channel {channel}", person(niss).portal())));
    (reply, sandbox.messages(niss).remove(0))
}

/// Asserts that an inactive holder gets the same bytes as a wrong value of an active one, in every procedure.
fn assert_refused_like_a_mismatch(gone: &str, there: &str) {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel email", person(there).portal())).ok();
    let somebody_else = person(if person(there).is_citizen() { MARIA } else { VARZEA });
    for line in [Person::portal, Person::classic, Person::recover] {
        let contacts = if line(person(gone)).contains("--name") { "--email geral@correio.example" } else { "" };
        let of_the_gone = sandbox.ssd(&format!("--json {} {contacts} --channel email", line(person(gone)))).fails(1);
        let wrong = line(somebody_else).replace(&somebody_else.niss, there);
        let of_the_wrong = sandbox.ssd(&format!("--json {wrong} {contacts} --channel email")).fails(1);
        assert_eq!(reason(&of_the_gone.json()), "identity_mismatch");
        assert_eq!(unnumbered(&of_the_gone.out), unnumbered(&of_the_wrong.out).replace(there, gone));
    }
    assert!(sandbox.messages(gone).is_empty());
}

#[test]
fn ana_has_both_contacts_and_no_letter() {
    assert_eq!(offered(ANA), [Ok("email"), Ok("sms"), unavailable()]);
    assert_eq!(registered(ANA, "email").0["destination"], "a***@c***.example");
    assert_eq!(registered(ANA, "sms").0["destination"], "+351 9** *** *01");
}

#[test]
fn jose_has_email_only() {
    assert_eq!(offered(JOSE), [Ok("email"), unavailable(), unavailable()]);
}

#[test]
fn maria_has_a_mobile_only_and_nothing_goes_to_the_telephone() {
    assert_eq!(offered(MARIA), [unavailable(), Ok("sms"), unavailable()]);
    let sandbox = Sandbox::new();
    sandbox.open_account(MARIA);
    assert!(sandbox.messages(MARIA).iter().all(|message| message["to"] == "+351932000003"));
}

#[test]
fn antonio_gets_a_letter_in_eight_working_days() {
    assert_eq!(offered(ANTONIO), [unavailable(), unavailable(), Ok("letter")]);
    let (reply, letter) = registered(ANTONIO, "letter");
    assert_eq!(reply["letter_expected_on"], "2026-01-15");
    assert_eq!(reply["code_expires_at"], "2026-01-26T09:00:00Z", "21 days");
    assert_eq!(letter["to"], "António Simões d'Ávila\nRua de Cedofeita 340\n4050-180 Porto");
    assert_eq!(letter["language"], "pt");
    assert!(!word(&reply, "destination").contains("Cedofeita"), "masked: {reply}");
}

#[test]
fn ines_gets_english_on_a_foreign_mobile_and_letters_abroad() {
    assert_eq!(offered(INES), [Ok("email"), Ok("sms"), unavailable()]);
    let (reply, sms) = registered(INES, "sms");
    assert_eq!(reply["destination"], "+44 ********56");
    assert_eq!((word(&sms, "to"), word(&sms, "language")), ("+447400123456", "en"));
    assert!(word(&sms, "body").contains("activation code"), "{sms}");

    let sandbox = Sandbox::new();
    let reply =
        done(sandbox.json(&format!("{} --email other@correio.example --channel letter", person(INES).classic())));
    assert_eq!(reply["code_expires_at"], "2026-02-04T09:00:00Z", "30 days");
    let letter = sandbox.messages(INES).remove(0);
    assert_eq!(letter["to"], "Inês Guimarães Brandão\n14 Harley Road\nNW3 3BN London\nUNITED KINGDOM");
    assert!(word(&letter, "body").contains("Dear Inês Guimarães Brandão"), "{letter}");
}

#[test]
fn luis_gets_a_letter_abroad_in_twelve_working_days_valid_for_thirty_days() {
    assert_eq!(offered(LUIS), [unavailable(), unavailable(), Ok("letter")]);
    let (reply, letter) = registered(LUIS, "letter");
    assert_eq!(reply["letter_expected_on"], "2026-01-21");
    assert_eq!(reply["code_expires_at"], "2026-02-04T09:00:00Z");
    assert_eq!(letter["to"], "Luís Filipe Évora\n8 Rue du Fort Elisabeth\n1463 Luxembourg\nLUXEMBURGO");
    assert_eq!(letter["language"], "pt");
}

#[test]
fn beatriz_has_no_channel() {
    let refused = || Err("no_channel".to_owned());
    assert_eq!(offered(BEATRIZ), [refused(), refused(), refused()]);
    let classic = format!("{} --mobile 916000006", person(BEATRIZ).classic());
    for channel in ["email", "sms", "letter"] {
        assert_eq!(Sandbox::new().refused(&format!("{classic} --channel {channel}")), "no_channel");
    }
}

#[test]
fn custodio_is_deceased_and_refused_like_a_mismatch() {
    assert_refused_like_a_mismatch(CUSTODIO, JOSE);
}

#[test]
fn oluwaseun_is_identified_by_passport() {
    assert_eq!(offered(OLUWASEUN), [unavailable(), Ok("sms"), unavailable()]);
    let line = format!("{} --mobile +2348021234567 --channel sms", person(OLUWASEUN).classic());
    for (registered, typed) in [
        ("Oluwaseun Adébáyọ̀", "OLUWASEUN ADEBAYO"),
        ("B05512345", "b-0551 2345"),
        ("+2348021234567", "002348021234567"),
    ] {
        let typed = if typed.contains(' ') { shell_words::quote(typed).into_owned() } else { typed.to_owned() };
        let line = line.replace(&shell_words::quote(registered).into_owned(), &typed);
        done(Sandbox::new().json(&line));
    }
    assert_eq!(Sandbox::new().refused(&line.replace("B05512345", "B0551234")), "identity_mismatch");
}

#[test]
fn mary_jane_has_a_us_mobile_and_a_residence_permit() {
    assert_eq!(offered(MARY_JANE), [Ok("email"), Ok("sms"), unavailable()]);
    let (reply, sms) = registered(MARY_JANE, "sms");
    assert_eq!(reply["destination"], "+1 ********23");
    assert_eq!((word(&sms, "to"), word(&sms, "language")), ("+12015550123", "en"));
    let line = format!("{} {} --channel sms", person(MARY_JANE).classic(), person(MARY_JANE).contacts());
    let (registered, typed) = (shell_words::quote("Mary-Jane O'Neill").into_owned(), "'mary jane oneill'");
    done(Sandbox::new().json(&line.replace(&registered, typed)));
    assert_eq!(Sandbox::new().refused(&line.replace("1R7C06L93", "1R7C06L94")), "identity_mismatch");
}

#[test]
fn zulmira_without_a_registered_nif_never_matches() {
    assert_eq!(offered(ZULMIRA), [Ok("email"), unavailable(), unavailable()]);
    let sandbox = Sandbox::new();
    let classic = format!("{} --email zulmira@correio.example --channel email", person(ZULMIRA).classic());
    for (nif, exit) in [("100000088", 1), ("200000012", 1), ("''", 2), ("000000000", 2)] {
        let run = sandbox.ssd(&classic.replace("--nif ", &format!("--nif {nif} "))).fails(exit);
        assert!(exit == 2 || run.err.starts_with("refused[identity_mismatch]"), "{run:?}");
    }
    sandbox.ssd(&classic.replace("--nif ", "")).fails(2).says("--nif");
}

#[test]
fn padaria_is_a_company_with_both_contacts() {
    assert_eq!(offered(PADARIA), [Ok("email"), Ok("sms"), unavailable()]);
    let classic = format!("{} {} --channel sms", person(PADARIA).classic(), person(PADARIA).contacts());
    done(Sandbox::new().json(&classic));
    for (hers, other) in
        [("Rui Nunes Carvalhal", "Rui Nunes"), ("500000123", "501000135"), ("Padaria Flor", "Padaria Cor")]
    {
        assert_eq!(Sandbox::new().refused(&classic.replace(hers, other)), "identity_mismatch");
    }
}

#[test]
fn metalurgica_is_an_employer_and_a_legal_person() {
    assert_eq!(offered(METALURGICA), [Ok("email"), unavailable(), unavailable()]);
    let sandbox = Sandbox::new();
    sandbox.open_account(METALURGICA);
    let shown = sandbox.json(&format!("account show {METALURGICA}"));
    assert_eq!((&shown["holder"], &shown["account_type"]), (&json!("employer"), &json!("company")));
}

#[test]
fn francisco_is_an_employer_with_a_company_account() {
    assert_eq!(offered(FRANCISCO), [unavailable(), Ok("sms"), unavailable()]);
    let sandbox = Sandbox::new();
    sandbox.open_account(FRANCISCO);
    let shown = sandbox.json(&format!("account show {FRANCISCO}"));
    assert_eq!((&shown["holder"], &shown["account_type"]), (&json!("employer"), &json!("company")));
    done(sandbox.json(&format!("{} {} --channel sms", person(FRANCISCO).recover(), person(FRANCISCO).contacts())));
    // A recovery without an account type infers it from the other fields.
    sandbox.advance("60s");
    let line = person(FRANCISCO).recover().replace("--account-type company ", "");
    done(sandbox.json(&format!("{line} --mobile 965000014 --channel sms")));
}

#[test]
fn tecidos_has_ceased_and_is_refused_like_a_mismatch() {
    assert_refused_like_a_mismatch(TECIDOS, METALURGICA);
}

#[test]
fn varzea_is_a_company_with_letters_only() {
    assert_eq!(offered(VARZEA), [unavailable(), unavailable(), Ok("letter")]);
    let (reply, letter) = registered(VARZEA, "letter");
    assert_eq!(reply["letter_expected_on"], "2026-01-15");
    assert_eq!(letter["to"], "Sociedade Agrícola da Várzea, S.A.\nRua de Cedofeita 340\n4050-180 Porto");
}

#[test]
fn every_reachable_persona_can_log_in() {
    let sandbox = Sandbox::new();
    for person in people().iter().filter(|person| ![BEATRIZ, CUSTODIO, TECIDOS].contains(&person.niss.as_str())) {
        sandbox.open_account(&person.niss);
        assert_eq!(
            done(sandbox.login(&person.niss, PASSWORD))["due"],
            json!(["contacts"]),
            "to confirm or to give one"
        );
        assert!(sandbox.messages(&person.niss).iter().all(|message| message["language"] == *person.language));
    }
}
