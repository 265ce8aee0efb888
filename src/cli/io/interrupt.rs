//! Ctrl-C in commands that must finish a step first. The signal sets a flag, which the command checks where it can
//! stop.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::cli::io::streams::Streams;
use crate::error::Error;

/// Returns a flag that SIGINT and SIGTERM set, if the signals belong to the call.
///
/// # Errors
/// The system refuses the signal handlers.
pub fn watch(streams: &Streams) -> Result<Arc<AtomicBool>, Error> {
    let wanted = Arc::new(AtomicBool::new(false));
    let signals: &[i32] = if streams.is_of_process() { &[SIGINT, SIGTERM] } else { &[] };
    for &signal in signals {
        // A second signal ends the process at once, as by default.
        let handled = signal_hook::flag::register_conditional_default(signal, Arc::clone(&wanted))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&wanted)));
        handled.map_err(|fault| Error::file(Path::new("SIGINT"), fault))?;
    }
    Ok(wanted)
}
