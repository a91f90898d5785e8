//! The cost of a consumer's first build, compared with the builds of the alternatives.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use benches::ways::Error;

/// A consumer that does nothing with its dependencies.
struct Consumer {
    name: &'static str,
    dependencies: String,
    main: &'static str,
    versions: Versions,
}

/// The source of the versions of dependencies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Versions {
    /// The lock file of this workspace.
    Locked,
    /// The newest compatible versions.
    Newest,
}

/// reqwest with the features that the runtime enables, and JSON.
const REQWEST: &str = "reqwest = { version = \"0.13\", default-features = false, \
    features = [\"http2\", \"json\", \"rustls\", \"system-proxy\"] }";
/// The dependencies of a consumer with its own types.
const SERDE: &str = "serde = { version = \"1\", features = [\"derive\"] }";
/// The further dependencies of code that progenitor generates.
const PROGENITOR: &str = "chrono = { version = \"0.4\", default-features = false, features = [\"serde\"] }\n\
    progenitor-client = \"0.15\"\n";

fn consumers(root: &Path) -> Vec<Consumer> {
    let consumer =
        |name, dependencies, main, versions| Consumer { name, dependencies, main, versions };
    let path = root.join("generated").display().to_string();
    let ours = format!(
        "oauth-token-clients = {{ path = {path:?}, default-features = false, features = [\"rustls\", \"ghes_oauth_apps\"] }}"
    );
    let nothing = "fn main() {}\n";
    let progenitor = concat!(
        "mod client { include!(\"",
        env!("OUT_DIR"),
        "/ghes_oauth_apps.rs\"); }\nfn main() {}\n"
    );
    vec![
        consumer("reqwest", REQWEST.to_owned(), nothing, Versions::Locked),
        consumer("reqwest-and-serde", format!("{REQWEST}\n{SERDE}"), nothing, Versions::Locked),
        consumer("ours", ours, nothing, Versions::Locked),
        consumer(
            "progenitor",
            format!("{REQWEST}\n{SERDE}\n{PROGENITOR}"),
            progenitor,
            Versions::Locked,
        ),
        consumer("octocrab", "octocrab = \"*\"".to_owned(), nothing, Versions::Newest),
        consumer("azure_mgmt_app", "azure_mgmt_app = \"*\"".to_owned(), nothing, Versions::Newest),
    ]
}

/// Builds the named consumers, or all of them, and prints a table.
///
/// # Errors
/// Returns a message about the build that failed.
pub(crate) fn run(jobs: &str, named: &[&str]) -> Result<(), Error> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the workspace has a folder")?;
    let consumers = consumers(root);
    if let Some(unknown) =
        named.iter().find(|name| !consumers.iter().any(|consumer| consumer.name == **name))
    {
        let known: Vec<_> = consumers.iter().map(|consumer| consumer.name).collect();
        return Err(
            format!("there is no consumer of `{unknown}`, but of {}", known.join(", ")).into()
        );
    }
    let mut base = None;
    println!(
        "| consumer of | version | CPU seconds | reqwest = 1 | crates |\n|---|---|---:|---:|---:|"
    );
    for consumer in consumers {
        if named.is_empty() || named.contains(&consumer.name) {
            let folder = set_up(&consumer, root)?;
            let (seconds, crates) = build(&folder, jobs)?;
            let base = *base.get_or_insert(seconds);
            let version = version(&folder, consumer.name)?;
            println!(
                "| {} | {version} | {seconds:.1} | {:.2} | {crates} |",
                consumer.name,
                seconds / base
            );
        }
    }
    Ok(())
}

/// Writes the consumer into its own folder, without any build output.
fn set_up(consumer: &Consumer, root: &Path) -> io::Result<PathBuf> {
    let folder = root.join("target/bench-build").join(consumer.name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"consumer\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{}\n",
        consumer.dependencies
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/main.rs"), consumer.main)?;
    if consumer.versions == Versions::Locked {
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    Ok(folder)
}

/// Returns the CPU seconds of a first build and the number of crates. Everything is downloaded
/// beforehand.
fn build(folder: &Path, jobs: &str) -> Result<(f64, usize), Error> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let fetched = Command::new(&cargo).args(["fetch", "--quiet"]).current_dir(folder).status()?;
    // `times` of POSIX tells what the shell's children used.
    let script = "\"$@\" && times";
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh"]).arg(cargo).args(["build", "--jobs", jobs]);
    let output =
        command.env("CARGO_TARGET_DIR", folder.join("target")).current_dir(folder).output()?;
    let report = String::from_utf8_lossy(&output.stderr);
    if !fetched.success() || !output.status.success() {
        return Err(report.into());
    }
    let times = String::from_utf8_lossy(&output.stdout).into_owned();
    let children = times.lines().nth(1).ok_or("`times` tells of children")?;
    let seconds = children
        .split_whitespace()
        .map(seconds)
        .sum::<Option<f64>>()
        .ok_or("`times` tells minutes")?;
    Ok((seconds, report.lines().filter(|line| line.trim_start().starts_with("Compiling ")).count()))
}

/// Reads `1m2.50s`.
fn seconds(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.strip_suffix('s')?.split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
}

/// Returns the version in the lock file, or an empty string for a crate that is not from a
/// registry.
fn version(folder: &Path, name: &str) -> io::Result<String> {
    let lock = fs::read_to_string(folder.join("Cargo.lock"))?;
    let behind = lock
        .split_once(&format!("name = \"{name}\"\nversion = \""))
        .and_then(|(_, rest)| rest.split_once('"'));
    Ok(behind.map_or_else(String::new, |(version, _)| version.to_owned()))
}
