//! Progress of a long command: one line on standard error, updated in place and cleared at the end.
//!
//! It is shown at a terminal only, and not with `--quiet`.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{FormattedDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::args::global_args::GlobalArgs;
use crate::cli::io::streams::Streams;
use crate::domain::vocabulary::Language;
use crate::l10n::{MessageArg, localize};

/// The minimum time between two updates.
const DELAY: Duration = Duration::from_millis(100);

/// The progress line, if it is shown.
pub struct Progress(Option<Shown>);

struct Shown {
    bar: ProgressBar,
    language: Language,
    total: Option<u64>,
    begun: Instant,
    drawn: Option<Instant>,
}

impl Progress {
    /// Starts at zero. `total` is in the unit of the first argument of [`Progress::at`].
    ///
    /// Without a total, no remaining time is shown.
    pub fn start(globals: &GlobalArgs, streams: &Streams, total: Option<u64>) -> Progress {
        if globals.quiet || !streams.is_of_process() || !streams.error.is_terminal() {
            return Progress(None);
        }
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr());
        let template = if total.is_some() { "{percent:>3} %  {wide_msg}" } else { "{wide_msg}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let (language, begun) = (globals.language, Instant::now());
        Progress(Some(Shown { bar, language, total, begun, drawn: None }))
    }

    /// Updates the progress: `done` of the total, the number of lines, and the number of refused lines.
    ///
    /// Calls are cheap: most return at once.
    pub fn at(&mut self, done: u64, lines: u64, refused: u64) {
        let Some(shown) = &mut self.0 else { return };
        if shown.drawn.is_some_and(|drawn| drawn.elapsed() < DELAY) {
            return;
        }
        shown.drawn = Some(Instant::now());
        shown.bar.set_position(done);
        shown.bar.set_message(shown.sentence(done, lines, refused));
    }

    /// Calls `emit`, which prints on standard error, with the progress line cleared.
    pub fn suspend(&self, emit: impl FnOnce()) {
        match &self.0 {
            Some(shown) => shown.bar.suspend(emit),
            None => emit(),
        }
    }
}

impl Shown {
    fn sentence(&self, done: u64, lines: u64, refused: u64) -> String {
        let seconds = self.begun.elapsed().as_secs_f64();
        let rate = if seconds > 0.0 { lines as f64 / seconds } else { 0.0 };
        let left = self.total.filter(|_| done > 0).map(|total| {
            let left = total.saturating_sub(done) as f64 / done as f64 * seconds;
            FormattedDuration(Duration::from_secs(left as u64)).to_string()
        });
        let number = |count: u64| MessageArg::Number(count.cast_signed());
        let facts = vec![
            ("lines", number(lines)),
            ("rate", number(rate as u64)),
            ("refused", number(refused)),
            ("left", MessageArg::from(left.unwrap_or_else(|| "none".to_owned()))),
        ];
        localize(self.language, "progress", &facts)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(shown) = &self.0 {
            shown.bar.finish_and_clear();
        }
    }
}
