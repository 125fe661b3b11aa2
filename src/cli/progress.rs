//! A bar on the terminal: bytes read of the bytes there are, and the documents done.
//!
//! `━━━━━━━━━╸  31.2 MiB/44.9 MiB  9120 documents, 2s left`; where standard error is no terminal, nothing.

use std::io::{self, IsTerminal as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};

/// When to draw the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Never,
}

/// The bar, hidden unless a person looks at it.
pub struct Progress {
    bytes_read: Arc<AtomicU64>,
    bar: ProgressBar,
}

impl Progress {
    /// A bar up to `total` bytes, a spinner where their number is not known; the reader counts in `bytes_read`.
    pub fn new(when: When, bytes_read: Arc<AtomicU64>, total: Option<u64>) -> Self {
        if when == When::Never || !io::stderr().is_terminal() {
            return Self { bytes_read, bar: ProgressBar::hidden() };
        }
        let (bar, template) = match total {
            Some(total) => (ProgressBar::new(total), "{bar:30}  {bytes}/{total_bytes}  {msg}, {eta} left"),
            None => (ProgressBar::no_length(), "{spinner}  {bytes}  {msg}"),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸ "));
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self { bytes_read, bar }
    }

    /// Draws where the reader is; `documents` were written.
    pub fn show(&self, documents: u64) {
        if !self.bar.is_hidden() {
            self.bar.set_position(self.bytes_read.load(Ordering::Relaxed));
            self.bar.set_message(format!("{documents} documents"));
        }
    }

    /// Takes the bar off the terminal while `write` writes there.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
