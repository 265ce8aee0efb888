//! Sessions: how long they last, what their tokens are, and what ends them (63B 5, ASVS 7.2-7.5, 11.5.1).

use std::collections::BTreeSet;

use serde_json::json;

use super::bench::Bench;
use super::people::ANA;
use super::seen::{Checked, Seen, Trouble};
use super::world::{OTHER, PASSWORD, World};
use crate::reply::Body;
use crate::request::Op;

/// Of a token, what its row is found by; the rest nobody can guess.
const LOCATOR_BITS: usize = 64;

struct Inside<'a> {
    world: World<'a>,
    token: String,
    /// How long after the login the session ends at the latest, in seconds.
    life: i64,
    /// And without use.
    idle: i64,
}

fn inside<'a>(bench: &'a Bench<'a>) -> Result<Inside<'a>, Trouble> {
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    let now = world.store.now()?.seconds();
    let Body::LoggedIn { session, expires_at, idle_expires_at, .. } = world.login(ANA.niss, PASSWORD)?.body()? else {
        return Err(Trouble::Unexpected("login".to_owned()));
    };
    let (life, idle) = (expires_at.seconds() - now, idle_expires_at.seconds() - now);
    Ok(Inside { world, token: session.expose().to_owned(), life, idle })
}

/// 63B 5: an hour at most without use.
pub fn idle(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    for (before, wanted) in [(1, "done"), (0, "login_required")] {
        let Inside { world, token, idle, .. } = inside(bench)?;
        world.wait(idle - before)?;
        seen.holds("idle", format!("{idle}s"), idle <= 3600);
        seen.is(&format!("{}s", idle - before), world.stands(&token)?, wanted);
    }
    Ok(seen)
}

/// 63B 5: a day at most, however much it is used.
pub fn life(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    for (before, wanted) in [(1, "done"), (0, "login_required")] {
        let Inside { world, token, life, idle } = inside(bench)?;
        let (mut left, step) = (life - before, (idle - 1).max(1));
        while left > step {
            world.wait(step)?;
            if !world.stands(&token)?.is_done() {
                seen.is("used within idle", "login_required", "done");
                return Ok(seen);
            }
            left -= step;
        }
        world.wait(left)?;
        seen.holds("life", format!("{life}s"), life <= 86_400);
        seen.is(&format!("{}s", life - before), world.stands(&token)?, wanted);
    }
    Ok(seen)
}

/// ASVS 7.2.3: 128 bits that nobody can guess, each of which counts.
pub fn token(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let Inside { world, token, .. } = inside(bench)?;
    let is_hex = token.bytes().all(|byte| byte.is_ascii_hexdigit());
    let bits = if is_hex { (token.len() * 4).saturating_sub(LOCATOR_BITS) } else { 0 };
    seen.holds("secret", format!("{bits} bits"), bits >= 128);
    let (head, tail) = token.split_at(LOCATOR_BITS / 4);
    let taken = (0..tail.len()).filter(|at| {
        let changed = if tail.as_bytes()[*at] == b'0' { "1" } else { "0" };
        let other = format!("{head}{}{changed}{}", &tail[..*at], &tail[at + 1..]);
        world.stands(&other).is_ok_and(|came| came.is_done())
    });
    seen.is("taken with another digit", taken.count(), 0);
    seen.is("itself", world.stands(&token)?, "done");
    Ok(seen)
}

/// ASVS 7.2.4: another token at each login.
pub fn new_each_time(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let Inside { world, token, .. } = inside(bench)?;
    let mut tokens = BTreeSet::from([token]);
    for _ in 0..20 {
        tokens.insert(world.enter(ANA.niss, PASSWORD)?);
    }
    seen.is("tokens of 21 logins", tokens.len(), 21);
    Ok(seen)
}

/// ASVS 11.5.1: what must not be guessed has 128 bits of chance, and chance repeats nothing.
pub fn unguessable(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    let mut halves = BTreeSet::new();
    for _ in 0..20 {
        let token = world.enter(ANA.niss, PASSWORD)?;
        let secret = token.get(LOCATOR_BITS / 4..).unwrap_or_default();
        halves.extend(secret.as_bytes().chunks(16).map(<[u8]>::to_vec));
    }
    seen.is("64-bit parts of 20 tokens", halves.len(), 40);
    let keys = [crate::random::Random::System.key()?, crate::random::Random::System.key()?];
    seen.holds("key", format!("{} bits", keys[0].len() * 8), keys[0].len() >= 16 && keys[0] != keys[1]);
    Ok(seen)
}

/// ASVS 7.4.x: what ends a session.
pub fn ended(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let gone =
        |seen: &mut Seen, what: &str, act: &dyn Fn(&World<'_>, &str) -> Result<(), Trouble>| -> Result<(), Trouble> {
            let Inside { world, token, .. } = inside(bench)?;
            seen.is(&format!("before {what}"), world.stands(&token)?, "done");
            act(&world, &token)?;
            seen.is(&format!("after {what}"), world.stands(&token)?, "login_required");
            Ok(())
        };
    gone(&mut seen, "logout", &|world, token| world.done(Op::Logout, json!({ "session": token })).map(|_| ()))?;
    for op in [Op::AccountClose, Op::AccountSuspend, Op::AccountReset] {
        gone(&mut seen, op.as_str(), &|world, _| world.operate(op, ANA.niss).map(|_| ()))?;
    }
    gone(&mut seen, "recover_confirm", &|world, _| {
        let code = world.recovery(&ANA, "sms")?;
        world.recover(ANA.niss, &code, OTHER)?.body().map(|_| ())
    })?;
    gone(&mut seen, "password_change elsewhere", &|world, _| {
        let other = world.enter(ANA.niss, PASSWORD)?;
        let asked = json!({ "session": other, "password": PASSWORD, "new_password": OTHER });
        world.done(Op::PasswordChange, asked).map(|_| ())
    })?;
    Ok(seen)
}

/// ASVS 7.5.1: a login of the last ten minutes before contacts and the phone code change.
pub fn fresh(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let asks: [(Op, serde_json::Value); 5] = [
        (Op::ContactsUpdate, json!({ "email": "ana@outro.example" })),
        (Op::ContactsConfirm, json!({ "channel": "sms" })),
        (Op::ContactsRemove, json!({ "mobile": true })),
        (Op::ContactsShow, json!({})),
        (Op::PhoneCodeSet, json!({})),
    ];
    for (after, wanted) in [(599, "done"), (600, "login_required")] {
        for (op, fields) in &asks {
            let Inside { world, token, .. } = inside(bench)?;
            world.wait(after)?;
            let mut fields = fields.clone();
            fields["session"] = token.as_str().into();
            seen.is(&format!("{op} {after}s"), world.ask(*op, fields)?, wanted);
            if after == 600 {
                seen.is("session", world.stands(&token)?, "done");
            }
        }
    }
    Ok(seen)
}

/// ASVS 7.2.3: a token that is not the holder's own opens nothing (fails closed).
pub fn none(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let Inside { world, token, .. } = inside(bench)?;
    for (what, typed) in [("empty", ""), ("locator alone", token.get(..16).unwrap_or_default())] {
        seen.is(what, world.stands(typed)?, "login_required");
    }
    Ok(seen)
}
