//! Compiles the clients of all shapes at once, as a separate package.

use codegen::package::{Name, Package, Runtime};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fixtures::list;
use openapi::policy::Policy;
use openapi::report::{Coloring, render};

use crate::support::{FIXTURES, source};

#[test]
fn all_shapes_compile_without_warnings_and_pass_their_tests() {
    let shapes = ["shapes", "samples"].iter().flat_map(|folder| list(Path::new(FIXTURES), folder));
    let shapes = shapes.map(|shape| source(&shape)).collect();
    let generated = codegen::generate(&package_of_shapes(), shapes, Policy::Repair);
    let generated = generated.unwrap_or_else(|rejected| {
        let reports = rejected
            .iter()
            .filter(|found| found.have_errors())
            .map(|found| render(&found.source, &found.diagnostics, Coloring::Plain))
            .collect::<String>();
        panic!("a shape is rejected\n{reports}")
    });
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let package = target.join("shapes");
    for (path, text) in &generated.files {
        let text = if path == "Cargo.toml" { stand_alone(text) } else { text.clone() };
        write(&package.join(path), &text);
    }
    write(&package.join("tests/sample_calls_are_sent.rs"), SAMPLE_CALLS_TEST);
    write(&package.join("tests/shapes_on_the_wire.rs"), WIRE_TEST);
    write(&package.join("tests/all.rs"), &all_tests(generated.files.keys().map(String::as_str)));
    write(&package.join("Cargo.lock"), &read(&root().join("../Cargo.lock")));
    let features: Vec<&str> =
        generated.apis.iter().map(|lowered| lowered.api.name.as_str()).collect();
    // Testing compiles all of it, so that nothing has to be checked before.
    for arguments in [&["test", "--all-targets"][..], &["doc", "--no-deps"], &["test", "--doc"]] {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args([
                "--offline",
                "--quiet",
                "--no-default-features",
                "--features",
                &features.join(","),
            ])
            .current_dir(&package)
            .env("CARGO_TARGET_DIR", target.join("shapes-target"))
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo {}\n{text}", arguments.join(" "));
    }
}

/// Returns all test files as modules of one file, since linking each one takes longer than
/// compiling all of them.
fn all_tests<'a>(files: impl Iterator<Item = &'a str>) -> String {
    let names = files
        .filter_map(|path| path.strip_prefix("tests/")?.strip_suffix(".rs"))
        .filter(|name| !name.contains('/'))
        .chain(["sample_calls_are_sent", "shapes_on_the_wire"]);
    let modules: String =
        names.map(|name| format!("#[path = \"{name}.rs\"]\nmod {name};\n")).collect();
    format!("//! All tests of the package.\n\n{modules}")
}

/// Sends the sample calls to a port on which no server listens.
const SAMPLE_CALLS_TEST: &str = r#"//! Sends the sample calls to nobody.

#[allow(dead_code, reason = "the contract tests use more of it")]
#[path = "../sample_calls/mod.rs"]
mod sample_calls;

use ::client::runtime::RetryPolicy;

#[test]
fn no_client_refuses_its_sample_calls() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime starts");
    let mut refused = Vec::new();
    for call in sample_calls::all() {
        let [mut inputs, optional] = [call.required, call.optional].map(|inputs| {
            serde_json::from_str::<serde_json::Value>(inputs).expect("inputs are JSON")
        });
        for more in [serde_json::json!({}), optional] {
            let more = more.as_object().expect("inputs are an object").clone();
            inputs.as_object_mut().expect("inputs are an object").extend(more);
            let connection = (call.connection)("http://127.0.0.1:9").retry(RetryPolicy::never());
            let outcome = runtime.block_on((call.call)(connection, inputs.clone())).summary;
            if !outcome.starts_with("Err Connect") {
                refused.push(format!("{}: {outcome}", call.name));
            }
        }
        let _ = (call.violations, call.responses);
    }
    assert!(refused.is_empty(), "{}", refused.join("\n\n"));
}
"#;

/// Sends the requests of some shapes.
const WIRE_TEST: &str = include_str!("shapes_on_the_wire.rs");

/// Returns a package that depends on the runtime of this workspace.
fn package_of_shapes() -> Package {
    let name = |name: &str| Name::try_from(name.to_owned()).expect("it is a name");
    let path = root().join("../runtime").display().to_string();
    Package {
        runtime: Runtime { name: name("oauth-token-clients-runtime"), path },
        ..Package::default()
    }
}

/// Returns the manifest without references to the workspace, with warnings denied, and with one
/// test program, which runs calls.
fn stand_alone(manifest: &str) -> String {
    let (manifest, _) =
        manifest.split_once("\n[[test]]\n").expect("the manifest lists its tests last");
    let workspace = read(&root().join("../Cargo.toml"));
    let inherited = |line: &str| {
        let key = line.strip_suffix(".workspace = true")?;
        let stated = workspace.lines().find(|stated| stated.split(" = ").next() == Some(key));
        Some(stated.unwrap_or_else(|| panic!("the workspace states no {key}")).to_owned())
    };
    let lines = manifest.lines().map(|line| inherited(line).unwrap_or_else(|| line.to_owned()));
    let manifest = lines.collect::<Vec<_>>().join("\n");
    let lints = "[lints.rust]\nwarnings = { level = \"deny\", priority = -1 }";
    let test = "[dev-dependencies]\ntokio = { version = \"1\", features = [\"rt\"] }\n\n[[test]]\nname = \"all\"";
    format!("{}\n\n{test}\n\n[workspace]\n", manifest.replace("[lints.rust]", lints))
}

/// Writes a file if that changes it, so that cargo does not build more than it has to.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
