//! The lines of generated code, compared with those that progenitor generates from the same specs
//! in its builder style.

use std::fs;
use std::path::Path;

use benches::ways::Error;

/// Counts lines and prints a table.
///
/// # Errors
/// Returns a message about a file that cannot be read.
pub(crate) fn run() -> Result<(), Error> {
    println!("| spec | progenitor | ours | progenitor = 1 |\n|---|---:|---:|---:|");
    let mut specs = Vec::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/src"))? {
        let path = entry?.path();
        if path.is_dir() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let progenitors = lines(&Path::new(env!("OUT_DIR")).join(&name).with_extension("rs"))?;
            let ours = fs::read_dir(path)?
                .map(|file| lines(&file?.path()))
                .sum::<Result<usize, Error>>()?;
            specs.push((name, progenitors, ours));
        }
    }
    specs.sort();
    let all = specs
        .iter()
        .fold((0, 0), |all, (_, progenitors, ours)| (all.0 + progenitors, all.1 + ours));
    specs.push(("all".to_owned(), all.0, all.1));
    for (name, progenitors, ours) in specs {
        println!("| {name} | {progenitors} | {ours} | {:.2} |", ours as f64 / progenitors as f64);
    }
    Ok(())
}

/// Counts all lines of a file, including comments and empty lines.
fn lines(path: &Path) -> Result<usize, Error> {
    Ok(fs::read_to_string(path)?.lines().count())
}
