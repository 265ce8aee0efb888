//! The second factor of a login (63B 3.1.3, 3.1.1.2; ASVS 6.3.8): what its code is worth, by which channels it comes, and that it
//! opens nothing by itself.

use serde_json::json;

use super::bench::Bench;
use super::came::Came;
use super::oracle;
use super::people::{ANA, ANTONIO};
use super::seen::{Checked, Seen, Trouble};
use super::world::{OTHER, PASSWORD, World, wrong};
use crate::domain::policy::{Policy, Setting};
use crate::request::Op;

const MINUTES_10: i64 = 600;

/// A sandbox where logins want a second factor, with Ana's account.
fn wanting<'a>(bench: &'a Bench<'a>, word: &str) -> Result<World<'a>, Trouble> {
    let settings = [("argon2.memory", "8"), ("argon2.passes", "1"), ("login.second_factor", word)];
    let world = World::with(bench, &settings)?;
    world.admit(&ANA, PASSWORD)?;
    Ok(world)
}

/// The first call, by a channel.
fn send(world: &World<'_>, channel: &str) -> Result<Came, Trouble> {
    world.ask(Op::Login, json!({ "niss": ANA.niss, "password": PASSWORD, "channel": channel }))
}

/// The code of a first call that was done.
fn sent(world: &World<'_>) -> Result<String, Trouble> {
    world.done(Op::Login, json!({ "niss": ANA.niss, "password": PASSWORD, "channel": "sms" }))?;
    world.code(ANA.niss)
}

/// The second call.
fn prove(world: &World<'_>, password: &str, code: &str) -> Result<Came, Trouble> {
    world.ask(Op::Login, json!({ "niss": ANA.niss, "password": password, "code": code }))
}

/// 63B 3.1.3: six digits at least.
pub fn digits(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let code = sent(&wanting(bench, "sms")?)?;
    let digits = code.chars().filter(char::is_ascii_digit).count();
    seen.holds("sms", format!("{digits} digits"), digits >= 6 && digits == code.len());
    Ok(seen)
}

/// 63B 3.1.3: good once, beside the password and for nothing else.
pub fn once(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = wanting(bench, "sms")?;
    let code = sent(&world)?;
    seen.is("beside another password", prove(&world, OTHER, &code)?, "login_failed");
    seen.is("as an activation's", world.activate(ANA.niss, &code, OTHER)?, "code_wrong");
    seen.is("first", prove(&world, PASSWORD, &code)?, "done");
    seen.is("second", prove(&world, PASSWORD, &code)?, "code_used");
    Ok(seen)
}

/// 63B 3.1.3: ten minutes at most, and not a second longer than the policy says.
pub fn life(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let life = wanting(bench, "sms")?.store.read(|unit| Ok(unit.policy.login_code_life.in_seconds()))?;
    seen.holds("life", format!("{life}s"), life <= MINUTES_10);
    for (after, wanted) in [(life - 1, "done"), (life, "code_expired")] {
        let world = wanting(bench, "sms")?;
        let code = sent(&world)?;
        world.wait(after)?;
        seen.is(&format!("{after}s"), prove(&world, PASSWORD, &code)?, wanted);
    }
    Ok(seen)
}

/// 63B 3.1.3: five wrong attempts, and the code is dead; after four it is good.
pub fn attempts(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    for (times, wanted) in [(4, "done"), (5, "code_blocked")] {
        let world = wanting(bench, "sms")?;
        let code = sent(&world)?;
        for _ in 0..times {
            let came = prove(&world, PASSWORD, &wrong(&code))?;
            if came.to_string() != "code_wrong" {
                return Err(Trouble::Unexpected(format!("guess: {came}")));
            }
        }
        seen.is(&format!("attempt {}", times + 1), prove(&world, PASSWORD, &code)?, wanted);
    }
    Ok(seen)
}

/// 63B 3.1.3: e-mail is no login factor, where the policy asks for what NIST does.
pub fn sms_alone(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = wanting(bench, "sms")?;
    seen.is("email", send(&world, "email")?, "channel_unavailable");
    seen.is("sms", send(&world, "sms")?, "done");
    let code = world.register(&ANTONIO, "letter")?;
    world.done(Op::Activate, json!({ "niss": ANTONIO.niss, "code": code, "password": PASSWORD }))?;
    seen.is("without a mobile", world.login(ANTONIO.niss, PASSWORD)?, "no_channel");
    Ok(seen)
}

/// 63B 3.1.3: the same, where it asks for what the service does.
pub fn by_email(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = wanting(bench, "on")?;
    let came = send(&world, "email")?;
    if came.is_done() {
        seen.note("email", came);
        seen.is("opened by it", prove(&world, PASSWORD, &world.code(ANA.niss)?)?, "done");
        seen.deviates();
    } else {
        seen.is("email", came, "channel_unavailable");
    }
    Ok(seen)
}

/// 63B 3.1.1.2: eight code points where the password does not stand alone, and fifteen bound where it does.
pub fn least(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let settings = [
        ("argon2.memory", "8"),
        ("argon2.passes", "1"),
        ("password.profile", "nist"),
        ("login.second_factor", "on"),
        ("password.nist.least", "8"),
        // By the length alone: the estimate finds no eight characters good enough.
        ("password.score", "2"),
    ];
    let world = World::with(bench, &settings)?;
    let code = world.register(&ANA, "sms")?;
    seen.is("7", world.activate(ANA.niss, &code, "vX7#qLz")?.precisely(), "password_weak/short");
    seen.is("8", world.activate(ANA.niss, &code, "vX7#qLz2")?.precisely(), "done");
    let mut policy = Policy::default();
    for (word, wanted) in [("off", "15"), ("on", "8"), ("sms", "8")] {
        let set = |key: &str| Setting::find(key).ok_or_else(|| Trouble::Unexpected(key.to_owned()));
        let bounds = policy.standard();
        set("login.second_factor")?
            .change(&mut policy, word, bounds)
            .map_err(|flaw| Trouble::Unexpected(flaw.to_string()))?;
        let (lowest, _) = set("password.nist.least")?.bounds(policy.standard());
        seen.is(&format!("least setting, {word}"), lowest, wanted);
    }
    Ok(seen)
}

/// ASVS 6.3.8: who has not the password learns no more than where one is enough, whatever code comes along.
pub fn alike(bench: &Bench<'_>) -> Checked {
    let settings: Vec<(&str, &str)> = [("login.second_factor", "on")].iter().chain(bench.settings).copied().collect();
    let wanting = Bench { language: bench.language, settings: &settings, shown: bench.shown, stopped: bench.stopped };
    let mut seen = Seen::default();
    oracle::logins(&wanting, &mut seen, &json!({ "password": OTHER, "code": "314159" }))?;
    Ok(seen)
}
