//! Input and output: standard streams, the terminal, files, progress and signals.

pub mod atomic_file;
pub mod interrupt;
pub mod junit;
mod line_editor;
pub mod output;
pub mod path_guard;
pub mod progress;
pub mod recorder;
pub mod stdin;
pub mod streams;
pub mod terminal;
