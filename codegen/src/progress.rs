//! Tells a program which documents are being generated from, so that it can name the one that takes
//! too long.

/// The progress of a generation, with the path of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress<'p> {
    /// The document is gone through from now on.
    Started(&'p str),
    /// The document has been gone through.
    Finished(&'p str),
}

/// A function that is told about progress, from any thread.
pub type Observer<'o> = &'o (dyn Fn(Progress<'_>) + Sync);

/// Ignores progress.
pub fn ignored(_: Progress<'_>) {}

/// Does the work on a document, and tells when it starts and ends.
pub fn observed<T>(observer: Observer<'_>, path: &str, work: impl FnOnce() -> T) -> T {
    observer(Progress::Started(path));
    let result = work();
    observer(Progress::Finished(path));
    result
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::observed;

    #[test]
    fn work_lies_between_its_start_and_its_end() {
        let seen = Mutex::new(Vec::new());
        let tell = |text: String| seen.lock().expect("nothing panics").push(text);
        observed(&|progress| tell(format!("{progress:?}")), "a.yaml", || tell("work".to_owned()));
        assert_eq!(
            seen.into_inner().expect("nothing panics"),
            ["Started(\"a.yaml\")", "work", "Finished(\"a.yaml\")"]
        );
    }
}
