//! Reference measurements for the batch benchmarks (tests/bench/batch.sh). Not a command of the product.
//!
//! ```text
//! raw argon2 N T          N hashes at the default costs on T threads by crate argon2, memory reused: seconds
//! raw argon2-rust N T     the same by crate argon2-rust, which the program uses
//! raw plain N T           the same by argon2's simple call, which allocates memory for each
//! raw hashes N            N hashes on one thread by each of the three, in turn, five times: hashes per second
//! raw largest             both crates at the policy's largest memory, 1 GiB: fails if the outputs differ
//! raw inserts FROM TO L   inserts the rows that a batch wrote to FROM into TO, L lines per transaction: seconds
//! ```

use std::io::Write as _;
use std::time::Instant;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use argon2_rust::params::{Memory, TagLen};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use ssd::store::Store;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize| args.get(at).map(String::as_str).unwrap_or_default();
    let number = |at: usize| word(at).parse::<u64>().unwrap_or(0);
    match word(0) {
        "argon2" => say(&format!("{:.4}", hashes(number(1), number(2), Crate::Argon2))),
        "argon2-rust" => say(&format!("{:.4}", hashes(number(1), number(2), Crate::Argon2Rust))),
        "plain" => say(&format!("{:.4}", hashes(number(1), number(2), Crate::Plain))),
        "hashes" => compare_rates(number(1)),
        "largest" => compare_largest(),
        "inserts" => say(&format!("{:.4}", inserts(word(1), word(2), number(3) as usize))),
        // Cargo runs it this way for all benches.
        _ => say("see the head of tests/bench/raw.rs"),
    }
}

fn say(text: &str) {
    std::io::stdout().write_all(format!("{text}\n").as_bytes()).expect("standard output");
}

fn password(i: u64) -> String {
    format!("Tordo-{:06}-giesta-{:05}", i * 7 % 999_983, i * 31 % 99_991)
}

/// Hashes a password with a salt.
type Hash = Box<dyn FnMut(&[u8], &[u8]) -> [u8; 32]>;

/// A way to compute argon2id.
#[derive(Clone, Copy)]
enum Crate {
    /// argon2 with reused memory.
    Argon2,
    /// argon2, which allocates memory for each hash.
    Plain,
    /// argon2-rust with reused memory.
    Argon2Rust,
}

impl Crate {
    /// Returns a function that hashes a password with a salt at this cost.
    fn hasher(self, memory: u32, passes: u32) -> Hash {
        let params = Params::new(memory, passes, 1, Some(32)).expect("costs");
        let mut blocks = match self {
            Crate::Argon2 => vec![Block::default(); params.block_count()],
            Crate::Plain | Crate::Argon2Rust => vec![],
        };
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let params = argon2_rust::Params::builder().memory(Memory::kib(memory.into())).passes(passes).lanes(1);
        let params = params.tag_len(TagLen::bytes(32)).build().expect("costs");
        let (algorithm, version) = (argon2_rust::Algorithm::Argon2id, argon2_rust::Version::V0x13);
        let mut hasher = argon2_rust::Argon2::new(algorithm, version, params).hasher();
        Box::new(move |password, salt| {
            let mut output = [0; 32];
            match self {
                Crate::Argon2 => {
                    argon2.hash_password_into_with_memory(password, salt, &mut output, &mut blocks).expect("a hash");
                }
                Crate::Plain => argon2.hash_password_into(password, salt, &mut output).expect("a hash"),
                Crate::Argon2Rust => hasher.hash_into(password, salt, &mut output).expect("a hash"),
            }
            output
        })
    }
}

fn hashes(count: u64, threads: u64, by: Crate) -> f64 {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads.max(1) {
            scope.spawn(move || {
                let mut hash = by.hasher(19_456, 2);
                for i in (thread..count).step_by(threads.max(1) as usize) {
                    std::hint::black_box(hash(password(i).as_bytes(), &i.to_be_bytes().repeat(2)));
                }
            });
        }
    });
    start.elapsed().as_secs_f64()
}

fn compare_rates(count: u64) {
    let ways = [("argon2", Crate::Argon2), ("argon2, plain call", Crate::Plain), ("argon2-rust", Crate::Argon2Rust)];
    for round in 1..=5 {
        for (name, way) in ways {
            say(&format!("round {round}: {:5.1} hashes per second by {name}", count as f64 / hashes(count, 1, way)));
        }
    }
}

fn compare_largest() {
    let [reference, ours] =
        [Crate::Argon2, Crate::Argon2Rust].map(|way| way.hasher(1_048_576, 1)(b"Violeta-9-Oceano-Trigo", &[7; 16]));
    assert_eq!(ours, reference, "the outputs differ");
    say("equal outputs at 1 GiB");
}

type Row = Vec<Value>;

/// Returns the rows of a table, in insertion order.
fn rows(from: &Connection, sql: &str) -> Vec<Row> {
    let mut statement = from.prepare(sql).expect("a statement");
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect()).expect("rows");
    rows.collect::<Result<_, _>>().expect("a row")
}

fn insert(to: &Connection, table: &str, row: &Row) {
    let marks = vec!["?"; row.len()].join(",");
    let mut statement =
        to.prepare_cached(&format!("INSERT OR REPLACE INTO {table} VALUES ({marks})")).expect("an insert");
    statement.execute(params_from_iter(row)).expect("a row");
}

fn inserts(from: &str, to: &str, group: usize) -> f64 {
    let from = Connection::open(from).expect("a store");
    let tables = [
        ("account", "SELECT account.* FROM account JOIN code USING (niss) ORDER BY code.id"),
        ("code", "SELECT * FROM code ORDER BY id"),
        ("message", "SELECT * FROM message ORDER BY id"),
        ("audit", "SELECT * FROM audit WHERE action = 'register' ORDER BY id"),
        (
            "subject",
            "SELECT subject.* FROM subject JOIN audit ON audit.subject = subject.id WHERE action = 'register' ORDER BY audit.id",
        ),
    ];
    let written: Vec<(&str, Vec<Row>)> = tables.iter().map(|(table, sql)| (*table, rows(&from, sql))).collect();
    let count = written[0].1.len();
    assert!(written.iter().all(|(_, rows)| rows.len() == count), "a row of each table for each line");
    let store = Store::open(std::path::Path::new(to)).expect("a store");
    store.tune_for_bulk_writes().expect("the same settings");
    let to = store.connection();
    let (reply, head) = (vec![b'x'; 210], rows(&from, "SELECT * FROM trail"));
    let start = Instant::now();
    for first in (0..count).step_by(group) {
        let last = (first + group).min(count);
        to.execute_batch("BEGIN IMMEDIATE").expect("a beginning");
        for line in first..last {
            for (table, rows) in &written {
                insert(to, table, &rows[line]);
            }
        }
        let journal = ["raw".to_owned().into(), vec![0; 32].into(), 1.into(), 1.into(), 1.into()];
        let journal: Row = journal.into_iter().chain([reply.repeat(last - first).into(), 0.into()]).collect();
        insert(to, "batch", &journal);
        insert(to, "trail", &head[0]);
        to.execute_batch("COMMIT").expect("an end");
    }
    start.elapsed().as_secs_f64()
}
