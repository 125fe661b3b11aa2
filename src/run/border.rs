//! The border of a document: a panic inside it ends that document, not the run.
//!
//! An index out of bounds while article 7 is analysed becomes «internal error: index out of bounds … at
//! src/quantity/parse.rs:88» in the row of article 7 in `documents`; article 8 is read as if nothing had happened.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics inside a document off standard error, since its row of `documents` tells them, and notes where they
/// happened. Any other panic goes to the hook that was there before. For the start of a program.
pub fn install_hook() {
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if GUARDED.get() {
            PLACE.set(info.location().map(|place| format!("{}:{}", place.file(), place.line())));
        } else {
            previous(info);
        }
    }));
}

/// Calls `work`, and turns a panic into the reason for the row of `documents`.
///
/// What `work` borrows must not be used after a panic: the document is given up.
pub(super) fn guard<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    GUARDED.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    result.map_err(|payload| {
        let message = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("panic");
        match PLACE.take() {
            Some(place) => format!("internal error: {message}, at {place}; please report it with the text"),
            None => format!("internal error: {message}; please report it with the text"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_reason_with_its_place() {
        install_hook();
        assert_eq!(guard(|| 7), Ok(7));
        let reason = guard(|| {
            if true {
                panic!("no such unit: {}", "m")
            }
        })
        .map_err(|reason| {
            assert!(reason.starts_with("internal error: no such unit: m, at "), "{reason}");
            assert!(reason.contains("border.rs:"), "{reason}");
        });
        assert_eq!(reason, Err(()));
    }
}
