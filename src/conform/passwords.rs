//! Which passwords are taken (63B 3.1.1.2; ASVS 6.2.1, 6.2.9): each is set by an activation, as a holder does it.

use super::bench::Bench;
use super::came::Came;
use super::people::ANA;
use super::seen::{Checked, Seen, Trouble};
use super::world::{PASSWORD, World};
use crate::reply::Body;
use crate::request::Request;

/// Both rules for passwords.
const PROFILES: [&str; 2] = ["rcm41", "nist"];

/// Strong ones of so many characters, of all kinds.
const STRONG: &str = "vX7#qLz2mWk9pBt4";

/// Sets a password by an activation, in a sandbox of its own where it is taken.
pub struct Door<'a> {
    /// The sandbox.
    pub world: World<'a>,
    /// The code that is typed with each.
    pub code: String,
}

impl<'a> Door<'a> {
    /// Under the profile of that name.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn under(bench: &'a Bench<'a>, profile: &str) -> Result<Door<'a>, Trouble> {
        let world = World::under(bench, profile)?;
        let code = world.register(&ANA, "email")?;
        Ok(Door { world, code })
    }

    /// Tries one; a refusal leaves the code as it was.
    ///
    /// # Errors
    /// Those of the store.
    pub fn tries(&self, password: &str) -> Result<Came, Trouble> {
        self.world.activate(ANA.niss, &self.code, password)
    }
}

/// What one comes to in a sandbox of its own.
///
/// # Errors
/// Those of the store.
pub fn tried(bench: &Bench<'_>, profile: &str, password: &str) -> Result<String, Trouble> {
    Ok(Door::under(bench, profile)?.tries(password)?.precisely())
}

fn strong(length: usize) -> &'static str {
    STRONG.get(..length).unwrap_or(STRONG)
}

/// So many code points that no two neighbours repeat.
fn long(length: usize) -> String {
    const KINDS: &[u8] = b"vX7#qLz2mWk9pBt4-Rf8+Jd5cGh3nYs6";
    (0..length).map(|at| char::from(KINDS[(at * at / 7 + at * 5) % KINDS.len()])).collect()
}

/// 63B 3.1.1.2: fifteen at least under `nist`.
pub fn least_nist(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    seen.is("nist 14", tried(bench, "nist", strong(14))?, "password_weak/short");
    seen.is("nist 15", tried(bench, "nist", strong(15))?, "done");
    Ok(seen)
}

/// 63B 3.1.1.2, of the profile that holds where nobody has chosen.
pub fn least_default(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let tried = |password: &str| -> Result<String, Trouble> {
        let world = World::new(bench)?;
        let code = world.register(&ANA, "email")?;
        Ok(world.activate(ANA.niss, &code, password)?.precisely())
    };
    let fourteen = tried(strong(14))?;
    if fourteen == "password_weak/short" {
        seen.is("14", fourteen, "password_weak/short");
        seen.is("15", tried(strong(15))?, "done");
        return Ok(seen);
    }
    seen.is("8", tried(strong(8))?, "password_weak/short");
    seen.is("9", tried(strong(9))?, "done");
    seen.deviates();
    Ok(seen)
}

/// ASVS 6.2.1: eight at least, whatever the profile.
pub fn eight(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    for profile in PROFILES {
        seen.is(&format!("{profile} 7"), tried(bench, profile, strong(7))?, "password_weak/short");
    }
    Ok(seen)
}

/// 63B 3.1.1.2, ASVS 6.2.9: sixty-four are allowed, and many more.
pub fn longest(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    for profile in PROFILES {
        for (length, wanted) in [(64, "done"), (256, "done"), (257, "malformed")] {
            seen.is(&format!("{profile} {length}"), tried(bench, profile, &long(length))?, wanted);
        }
    }
    // A code point counts as one, however many bytes it has.
    seen.is("256 of 2 bytes", tried(bench, "nist", &long(256).replace('v', "é").replace('q', "ç"))?, "done");
    Ok(seen)
}

/// 63B 3.1.1.2: nothing is cut off: two that differ in one character, wherever it stands, are two.
pub fn whole(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let door = Door::under(bench, "nist")?;
    let password = long(256);
    seen.is("256", door.tries(&password)?, "done");
    for at in [64, 65, 73, 128, 255, 256] {
        let mut other = password.clone();
        other.replace_range(at - 1..at, "!");
        seen.is(&format!("another {at}th"), door.world.login(ANA.niss, &other)?, "login_failed");
        // A right one in between, so that no lock answers in place of the comparison.
        if !door.world.login(ANA.niss, &password)?.is_done() {
            seen.is("itself", "login_failed", "done");
        }
    }
    seen.is("first 64", door.world.login(ANA.niss, &password[..64])?, "login_failed");
    seen.is("itself", door.world.login(ANA.niss, &password)?, "done");
    Ok(seen)
}

/// 63B 3.1.1.2: one text in two forms of Unicode is one password.
pub fn normal(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let (nfc, nfd) = ("Avi\u{e3}o-\u{e0}-Lua-9-C\u{e9}u", "Avia\u{303}o-a\u{300}-Lua-9-Ce\u{301}u");
    for (set, typed, what) in [(nfc, nfd, "NFC then NFD"), (nfd, nfc, "NFD then NFC")] {
        let door = Door::under(bench, "rcm41")?;
        seen.is("set", door.tries(set)?, "done");
        seen.is(what, door.world.login(ANA.niss, typed)?, "done");
    }
    Ok(seen)
}

/// 63B 3.1.1.2: no rule of composition, under `nist`.
pub fn no_kinds(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    for (what, password) in
        [("a-z", "trigovioletaoceanomoinho"), ("0-9", "8402917365518293"), ("words", "moinho violeta trigo")]
    {
        seen.is(what, tried(bench, "nist", password)?, "done");
    }
    Ok(seen)
}

/// The same, of the profile that holds where nobody has chosen.
pub fn kinds(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    let code = world.register(&ANA, "email")?;
    let came = world.activate(ANA.niss, &code, "trigovioletaoceanomoinho")?.precisely();
    if came == "password_weak/classes" {
        seen.note("a-z", came);
        seen.is("3 kinds", world.activate(ANA.niss, &code, "Trigo-violeta-oceano")?, "done");
        seen.deviates();
    } else {
        seen.is("a-z", came, "done");
    }
    Ok(seen)
}

/// 63B 3.1.1.2: no password is too old.
pub fn no_change(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    for years in [1, 10] {
        world.wait(years * 366 * 86_400)?;
        match world.login(ANA.niss, PASSWORD)?.body()? {
            Body::LoggedIn { due, .. } => {
                let due: Vec<&str> = due.iter().map(|due| due.as_str()).collect();
                seen.holds(&format!("after {years} more years, due"), due.join(" "), !due.contains(&"password"));
            }
            _ => seen.is("login", "-", "done"),
        }
    }
    Ok(seen)
}

/// 63B 3.1.1.2: nobody is asked for a hint or a question, and nothing of the kind is kept.
pub fn no_hints(_: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let fields =
        || Request::OPS.iter().filter_map(|op| Request::blank(*op)).flat_map(|request| request.fields().iter());
    let hints =
        fields().filter(|field| ["hint", "question", "answer", "reminder"].iter().any(|word| field.contains(word)));
    seen.is("fields that hint", hints.count(), 0);
    seen.holds("fields looked at", fields().count(), fields().any(|field| *field == "password"));
    Ok(seen)
}
