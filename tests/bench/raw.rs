//! What the benches of batches are measured against, and what they are fed with. Not a command of the product.
//!
//! ```text
//! raw people N            a registry of N citizens, CSV, in no order
//! raw register N          a batch that registers them, in another order
//! raw activate N          a batch that activates them in a sandbox, each with a password of its own
//! raw argon2 N T          N hashes at the default costs on T threads, memory reused: seconds
//! raw plain N T           the same by the crate's plain call, memory taken anew for each
//! raw inserts FROM TO L   every row that a batch has written to FROM, inserted into TO, L lines a transaction: seconds
//! ```

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::Instant;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use ssd::domain::nif::Nif;
use ssd::domain::niss::Niss;
use ssd::store::Store;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let word = |at: usize| args.get(at).map(String::as_str).unwrap_or_default();
    let number = |at: usize| word(at).parse::<u64>().unwrap_or(0);
    match word(0) {
        "people" => lines(number(1), 7, person),
        "register" => lines(number(1), 11, register),
        "activate" => lines(number(1), 13, activate),
        "argon2" => say(&format!("{:.4}", hashes(number(1), number(2), true))),
        "plain" => say(&format!("{:.4}", hashes(number(1), number(2), false))),
        "inserts" => say(&format!("{:.4}", inserts(word(1), word(2), number(3) as usize))),
        // Cargo runs it so when it is asked for all benches.
        _ => say("see the head of tests/bench/raw.rs"),
    }
}

fn say(text: &str) {
    std::io::stdout().write_all(format!("{text}\n").as_bytes()).expect("standard output");
}

/// `line(i)` for each i below `count`, once each, in an order that jumps about.
fn lines(count: u64, salt: u64, line: fn(u64) -> String) {
    let mut step = (count / 3 * 2 + salt) | 1;
    while gcd(step, count.max(1)) != 1 {
        step += 2;
    }
    let mut out = std::io::BufWriter::new(std::io::stdout());
    if line(0).starts_with(|c: char| c.is_ascii_digit()) {
        out.write_all(b"niss,kind,name,birth_date,nif,email,mobile,address,postal_code,locality\n").expect("a header");
    }
    let mut at = salt % count.max(1);
    for _ in 0..count {
        out.write_all(line(at).as_bytes()).expect("a line");
        at = (at + step) % count;
    }
    out.flush().expect("the end");
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn with_check_digit<T: std::str::FromStr>(body: u64) -> String {
    let text = (0..10).map(|digit| format!("{body}{digit}")).find(|text| text.parse::<T>().is_ok());
    text.unwrap_or_default()
}

fn niss(i: u64) -> String {
    // Spread over all numbers, so that no order of lines is that of the keys.
    let mut body = 1_000_000_000 + (i * 7_919) % 999_999_000;
    loop {
        let text = with_check_digit::<Niss>(body);
        if !text.is_empty() {
            return text;
        }
        body += 1;
    }
}

fn born(i: u64) -> String {
    format!("{}-{:02}-{:02}", 1940 + i % 65, 1 + i % 12, 1 + i % 28)
}

fn person(i: u64) -> String {
    let mobile = if i.is_multiple_of(2) { format!("9{}{:07}", 1 + i % 3, i % 10_000_000) } else { String::new() };
    format!(
        "{},citizen,Maria do Teste {i},{},{},p{i}@correio.example,{mobile},Rua do Teste {i},1000-001,Lisboa\n",
        niss(i),
        born(i),
        with_check_digit::<Nif>(20_000_000 + i % 9_000_000)
    )
}

fn register(i: u64) -> String {
    let channel = if i.is_multiple_of(2) { "sms" } else { "email" };
    format!(
        "{{\"op\":\"register\",\"niss\":\"{}\",\"account_type\":\"citizen\",\"birth_date\":\"{}\",\"channel\":\"{channel}\",\"accept_terms\":true}}\n",
        niss(i),
        born(i)
    )
}

fn activate(i: u64) -> String {
    let mut line = String::new();
    let _ = writeln!(
        line,
        "{{\"op\":\"activate\",\"niss\":\"{}\",\"code\":\"@outbox\",\"password\":\"{}\"}}",
        niss(i),
        password(i)
    );
    line
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

/// The rows of a table, in the order in which they were written.
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
    ];
    let written: Vec<(&str, Vec<Row>)> = tables.iter().map(|(table, sql)| (*table, rows(&from, sql))).collect();
    let count = written[0].1.len();
    assert!(written.iter().all(|(_, rows)| rows.len() == count), "a row of each table for each line");
    let store = Store::open(std::path::Path::new(to)).expect("a store");
    store.for_bulk().expect("the same settings");
    let to = store.connection();
    let reply = vec![b'x'; 210];
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
        to.execute_batch("COMMIT").expect("an end");
    }
    start.elapsed().as_secs_f64()
}
