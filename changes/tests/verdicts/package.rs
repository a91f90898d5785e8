//! A package outside of the workspace, which is compiled by itself.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::Generated;

/// Returns the folder of a package.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Returns the folder that the packages are compiled into.
pub(crate) fn target() -> PathBuf {
    folder("consumers-target")
}

/// Writes the client of all documents, and returns its features.
pub(crate) fn write_client(package: &Path, generated: &Generated) -> String {
    for (path, text) in generated
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/") || path.starts_with("sample_calls/"))
    {
        write(&package.join(path), text);
    }
    write(&package.join("README.md"), "# Clients");
    write(&package.join("Cargo.toml"), &stand_alone(&generated.files["Cargo.toml"]));
    write(&package.join("Cargo.lock"), &read(&root().join("../Cargo.lock")));
    let features: Vec<&str> =
        generated.apis.iter().map(|lowered| lowered.api.name.as_str()).collect();
    features.join(",")
}

/// Returns the manifest without references to the workspace, and without tests.
fn stand_alone(manifest: &str) -> String {
    let (manifest, _) = manifest.split_once("\n[[test]]\n").unwrap_or((manifest, ""));
    let workspace = read(&root().join("../Cargo.toml"));
    let inherited = |line: &str| {
        let key = line.strip_suffix(".workspace = true")?;
        workspace.lines().find(|stated| stated.split(" = ").next() == Some(key)).map(str::to_owned)
    };
    let lines = manifest.lines().map(|line| inherited(line).unwrap_or_else(|| line.to_owned()));
    let tests =
        "[dev-dependencies]\ntokio = { version = \"1\", features = [\"rt\", \"net\", \"time\"] }";
    format!("{}\n\n{tests}\n\n[workspace]\n", lines.collect::<Vec<_>>().join("\n"))
}

/// Writes a file if that changes it, so that cargo does not build more than it has to.
pub(crate) fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("it can be made");
    fs::write(path, text).expect("the file can be written");
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the folder of this crate.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
