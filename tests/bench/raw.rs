//! Reference measurements for the batch benchmarks (tests/bench/batch.sh). Not a command of the product.
//!
//! ```text
//! raw argon2 N T          N hashes at the default costs on T threads, memory reused: seconds
//! raw plain N T           the same with the crate's simple call, which allocates memory for each
//! raw inserts FROM TO L   inserts the rows that a batch wrote to FROM into TO, L lines per transaction: seconds
//! ```

use std::io::Write as _;
use std::time::Instant;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use ssd::store::Store;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize| args.get(at).map(String::as_str).unwrap_or_default();
    let number = |at: usize| word(at).parse::<u64>().unwrap_or(0);
    match word(0) {
        "argon2" => say(&format!("{:.4}", hashes(number(1), number(2), true))),
        "plain" => say(&format!("{:.4}", hashes(number(1), number(2), false))),
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

fn hashes(count: u64, threads: u64, reuse: bool) -> f64 {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..threads.max(1) {
            scope.spawn(move || {
                let params = Params::new(19_456, 2, 1, Some(32)).expect("costs");
                let mut memory = vec![Block::default(); params.block_count()];
                let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
                let mut output = [0; 32];
                for i in (thread..count).step_by(threads.max(1) as usize) {
                    let (password, salt) = (password(i), i.to_be_bytes().repeat(2));
                    let done = match reuse {
                        true => {
                            argon2.hash_password_into_with_memory(password.as_bytes(), &salt, &mut output, &mut memory)
                        }
                        false => argon2.hash_password_into(password.as_bytes(), &salt, &mut output),
                    };
                    done.expect("a hash");
                }
            });
        }
    });
    start.elapsed().as_secs_f64()
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
