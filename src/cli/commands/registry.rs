//! `ssd registry`: the records that identity checks compare with.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor, ErrorKind, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches};

use crate::cli::answers;
use crate::cli::call::Call;
use crate::cli::human::printable;
use crate::cli::table::{Group, Leaf, Run, bare};
use crate::error::{Error, Exit};
use crate::flow::import::{self, Reject};
use crate::reply::Reply;
use crate::request::{Nothing, OfHolder, Request};
use crate::scenario::record;
use crate::text::{Fact, flaws};

const LEAVES: &[Leaf] = &[
    Leaf { path: "registry import", args: Import::augment_args, run: Run::Do(load) },
    Leaf {
        path: "registry show",
        args: OfHolder::augment_args,
        run: Run::Ask(|matches| OfHolder::from_arg_matches(matches).map(Request::RegistryShow)),
    },
    Leaf { path: "registry count", args: bare, run: Run::Ask(|_| Ok(Request::RegistryCount(Nothing {}))) },
];

/// `ssd registry`.
pub const GROUP: Group = Group { name: "registry", leaves: LEAVES };

/// So many rejected rows are told on standard error where no file is named for them.
const TOLD: i64 = 10;

#[derive(Args)]
struct Import {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    #[arg(long)]
    dry_run: bool,
}

fn load(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Import { file, rejects, dry_run } = call.args()?;
    if rejects.as_deref() == Some(Path::new("-")) {
        return Err(Error::usage("rejects-nowhere"));
    }
    let mut input = source(call, &file)?;
    if rejects.as_deref().is_some_and(|rejects| is_same(&file, rejects)) {
        return Err(Error::usage("rejects-same"));
    }
    let store = call.open()?;
    let mut recorder = if dry_run { None } else { call.recorder()? };
    let mut rows = String::new();
    if let Some(recorder) = &mut recorder {
        call.begin(&store, recorder)?;
        let mut whole = vec![];
        input.read_to_end(&mut whole).map_err(|fault| Error::file(&file, fault))?;
        rows = record::registry(&whole).ok_or(Error::usage("record-large"))?;
        input = Box::new(Cursor::new(whole));
    }
    let (output, language, operator) = (&*call.output, call.globals.language, &call.settings.operator);
    let mut rejected = 0;
    let mut tell = |reject: &Reject| {
        rejected += 1;
        if rejected <= TOLD {
            output.note(
                "note-reject",
                &vec![
                    ("line", Fact::from(reject.line.to_string())),
                    ("column", Fact::from(reject.column.as_deref().map_or("none".to_owned(), printable))),
                    ("flaw", Fact::from(flaws::sentence(language, &reject.flaw))),
                ],
            );
        }
    };
    let mut quiet = |_: &Reject| {};
    let note: &mut dyn FnMut(&Reject) = if rejects.is_some() { &mut quiet } else { &mut tell };
    let done = import::run(&store, operator, language, &mut *input, rejects.as_deref(), dry_run, note)?;
    if rejected > TOLD {
        output.note("note-rejects-more", &vec![("count", Fact::Number(rejected - TOLD))]);
    }
    if let Some(recorder) = &mut recorder {
        recorder.append(&record::loaded(&rows, &answers::reply(&Reply::Done(done.clone()), language)?))?;
    }
    call.done(done)
}

/// The file, or standard input for `-`.
fn source(call: &mut Call<'_>, file: &Path) -> Result<Box<dyn BufRead>, Error> {
    let input = match file == Path::new("-") {
        true => call.stdin.claim("FILE")?,
        false if file.is_dir() => return Err(Error::file(file, ErrorKind::IsADirectory.into())),
        false => File::open(file).map_err(|fault| Error::file(file, fault))?,
    };
    Ok(Box::new(BufReader::with_capacity(1 << 16, input)))
}

/// Whether writing the rejects would take away what is being read.
fn is_same(input: &Path, rejects: &Path) -> bool {
    match (fs::metadata(input), fs::metadata(rejects)) {
        (Ok(input), Ok(rejects)) => (input.dev(), input.ino()) == (rejects.dev(), rejects.ino()),
        _ => false,
    }
}
