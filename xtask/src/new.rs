//! `cargo xtask new`: starts a spec, with a text to fill in wherever the vendor's page has to be read.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use openapi::source::better_stem;

use crate::workspace::Workspace;
use crate::{FAILURE, SUCCESS, messages};

/// A spec of one operation, in which every text that starts with `TODO` is to be filled in.
const SCAFFOLD: &str = include_str!("scaffold.yaml");

/// Writes the spec and prints what to do next.
pub fn run(workspace: &Workspace, name: &str) -> u8 {
    let created = check_name(workspace, name, |name| workspace.command(&format!("new {name}")))
        .and_then(|()| create(workspace, name, SCAFFOLD));
    if let Err(code) = created {
        return code;
    }
    messages::status("Created", &format!("specs/{name}.yaml"));
    messages::print(&steps(name));
    SUCCESS
}

/// Whether a spec of this name can be started by a command.
///
/// # Errors
/// The exit code, if it can not, which has been said.
pub fn check_name(workspace: &Workspace, name: &str, command: impl Fn(&str) -> String) -> Result<(), u8> {
    if is_device(name) {
        messages::error(&format!("`{name}` names a device on Windows, where no file can have that name"));
        messages::next(&format!("`{}`, or another name", command(&format!("{name}_api"))));
        return Err(FAILURE);
    }
    if better_stem(name).is_some() {
        let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy();
        let better = better_stem(&stem).unwrap_or_else(|| stem.into_owned());
        messages::error(&format!("`{}` can name no module, and the name of a spec does", name.escape_debug()));
        messages::next(&format!("`{}`, or another name in snake case, without folder and ending", command(&better)));
        return Err(FAILURE);
    }
    // Whoever generates is told what is wrong with the manifest.
    let package = workspace.package().ok().and_then(Result::ok).unwrap_or_default();
    if let Some(feature) = package.feature(name) {
        messages::error(&format!("the package has a feature `{}`, which is no API", feature.name.as_str()));
        messages::next(&format!("`{}`, or another name", command(&format!("{name}_api"))));
        return Err(FAILURE);
    }
    let taken = ["yaml", "yml"].map(|ending| format!("{name}.{ending}"));
    match taken.iter().find(|file| workspace.spec_folder().join(file).exists()) {
        Some(file) => Err(refused(file)),
        None => Ok(()),
    }
}

/// Whether Windows has a device of that name, which no file can have with any ending.
fn is_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    ["con", "prn", "aux", "nul"].contains(&name) || port.is_some_and(|port| matches!(port.as_bytes(), [b'1'..=b'9']))
}

/// Writes a spec that is not there yet.
///
/// # Errors
/// The exit code, if that failed, which has been said.
pub fn create(workspace: &Workspace, name: &str, text: &str) -> Result<(), u8> {
    let file = format!("{name}.yaml");
    let opened = OpenOptions::new().write(true).create_new(true).open(workspace.spec_folder().join(&file));
    match opened.and_then(|mut opened| opened.write_all(text.as_bytes())) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(refused(&file)),
        Err(error) => {
            messages::error(&format!("cannot write specs/{file}: {error}"));
            messages::next("name the folder of the workspace by `--root`");
            Err(FAILURE)
        }
    }
}

fn refused(file: &str) -> u8 {
    messages::error(&format!("specs/{file} is there already"));
    messages::next("edit it, or choose another name");
    FAILURE
}

fn steps(name: &str) -> String {
    steps_behind(
        &format!("Fill in every TODO of specs/{name}.yaml from the vendor's page, and add what the page says besides."),
        name,
    )
}

/// What remains to be done for a new spec, from the first step on, which depends on what it was made of.
pub fn steps_behind(first: &str, name: &str) -> String {
    format!(
        "\
What remains to be done:
  1. {first}
  2. `cargo xtask lint {name}` until nothing is found.
  3. `cargo xtask regen`, or `cargo xtask regen --watch` while you write.
  4. Add the API to the table in README.md and a line to CHANGELOG.md.
  5. `cargo xtask list --write README.md`
  6. `INSTA_UPDATE=always cargo test --workspace --locked`, then review the new files in tests/snapshots/.
  7. Commit spec, generated/ and snapshots together.
"
    )
}
