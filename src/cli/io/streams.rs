//! The standard streams of a call. They are values, so that a test can run a command line without a process.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;
use std::sync::Arc;

/// Standard input, standard output and standard error of a call.
#[derive(Debug, Clone)]
pub struct Streams {
    /// Standard input.
    pub input: Arc<File>,
    /// Standard output.
    pub output: Arc<File>,
    /// Standard error.
    pub error: Arc<File>,
    /// Whether the streams are those of the process.
    is_of_process: bool,
}

impl Streams {
    /// Returns the streams of the process.
    ///
    /// They are duplicated, because the standard library's own handles have buffers, which would hold copies of secrets
    /// and take input from the next program of a script.
    ///
    /// # Errors
    /// The process has no free file descriptor.
    pub fn of_process() -> io::Result<Streams> {
        let duplicate =
            |stream: &dyn AsFd| stream.as_fd().try_clone_to_owned().map(|owned| Arc::new(File::from(owned)));
        let (input, output, error) = (duplicate(&io::stdin())?, duplicate(&io::stdout())?, duplicate(&io::stderr())?);
        Ok(Streams { input, output, error, is_of_process: true })
    }

    /// Returns three files as the streams of a call that is not alone in its process: no question is asked, and no
    /// signal interrupts it.
    pub fn from_files(input: File, output: File, error: File) -> Streams {
        Streams { input: input.into(), output: output.into(), error: error.into(), is_of_process: false }
    }

    /// Returns whether the terminal and the signals of the process belong to the call.
    pub fn is_of_process(&self) -> bool {
        self.is_of_process
    }

    /// Returns whether the user can be asked. Standard input must be a terminal too: a script that pipes input expects
    /// no question, but keys would be read from the terminal.
    pub fn can_ask(&self) -> bool {
        self.is_of_process && self.input.is_terminal() && self.error.is_terminal()
    }
}
