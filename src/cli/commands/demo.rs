//! `ssd demo`: writes sample files into a folder, and shows commands to try with them.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::path_guard;
use crate::error::{Error, ExitStatus};
use crate::reply::{Done, ReplyBody};
use crate::request::Operation;

/// `ssd demo`.
pub const DEMO: CommandSpec = CommandSpec { path: "demo", args: Demo::augment_args, run: Action::Run(demo) };

#[derive(Args)]
struct Demo {
    #[arg(id = "demo_folder", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// The default folder.
const FOLDER: &str = "ssd-demo";

/// The files with their contents. The scenarios name the registry in the folder `data`.
const FILES: [(&str, &str); 6] = [
    ("data/personas.csv", include_str!("../../../examples/data/personas.csv")),
    ("data/registry.csv", include_str!("../../../examples/data/registry.csv")),
    ("data/requests.csv", include_str!("../../../examples/data/requests.csv")),
    ("data/alerts.csv", include_str!("../../../examples/data/alerts.csv")),
    ("scenarios/first-registration.jsonl", include_str!("../../../examples/scenarios/first-registration.jsonl")),
    ("scenarios/login-lock.jsonl", include_str!("../../../examples/scenarios/login-lock.jsonl")),
];

/// Commands that work in the folder, in this order.
const COMMANDS: [&str; 5] = [
    "ssd init --sandbox --store demo.db",
    "ssd registry import data/personas.csv --store demo.db",
    "ssd batch data/requests.csv --op register --store demo.db",
    "ssd outbox list --store demo.db",
    "ssd scenario run scenarios/first-registration.jsonl scenarios/login-lock.jsonl",
];

/// Writes the files. No existing file is replaced.
fn demo(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let folder = call.args::<Demo>()?.folder.unwrap_or_else(|| PathBuf::from(FOLDER));
    let files: Vec<(PathBuf, &str)> = FILES.iter().map(|(name, text)| (folder.join(name), *text)).collect();
    if let Some((path, _)) = files.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        return Err(path_guard::file_error("demo-exists", path));
    }
    for (path, text) in &files {
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(|fault| Error::file(path, fault))?;
        write(path, text).map_err(|fault| Error::file(path, fault))?;
    }
    call.finish(Done::new(
        Operation::Demo,
        ReplyBody::Demo {
            folder: folder.display().to_string(),
            files: FILES.map(|(name, _)| name.to_owned()).to_vec(),
            r#try: COMMANDS.map(str::to_owned).to_vec(),
        },
    ))
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
