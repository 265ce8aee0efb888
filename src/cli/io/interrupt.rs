//! Ctrl-C in a command that must come to a good end first: it is a wish then, and the command looks for it where it can stop.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};

use crate::error::Error;

/// Set from now on when somebody wants the command to end.
///
/// # Errors
/// The system does not let signals be handled.
pub fn watch() -> Result<Arc<AtomicBool>, Error> {
    let wanted = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // A second one ends the process at once, as it would have without this.
        let handled = signal_hook::flag::register_conditional_default(signal, Arc::clone(&wanted))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&wanted)));
        handled.map_err(|fault| Error::file(Path::new("SIGINT"), fault))?;
    }
    Ok(wanted)
}
