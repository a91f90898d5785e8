//! Compiles the clients of all shapes at once, as a separate package.

use std::path::Path;

use codegen::package::{Name, Package, Runtime};
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
    let features: Vec<&str> =
        generated.apis.iter().map(|lowered| lowered.api.name.as_str()).collect();
    let mut files = generated.files.clone();
    let manifest = files.get_mut("Cargo.toml").expect("a package has a manifest");
    let lints = "[lints.rust]\nwarnings = { level = \"deny\", priority = -1 }";
    *manifest = manifest.replace("[lints.rust]", lints);
    let more = "[[test]]\nname = \"all\"";
    let package =
        fixtures::Package::write(env!("CARGO_TARGET_TMPDIR"), "shapes", &files, &features, more);
    package.add("tests/sample_calls_are_sent.rs", SAMPLE_CALLS_TEST);
    package.add("tests/shapes_on_the_wire.rs", WIRE_TEST);
    package.add("tests/all.rs", &all_tests(generated.files.keys().map(String::as_str)));
    // Testing compiles all of it, so that nothing has to be checked before.
    for arguments in [&["test", "--all-targets"][..], &["doc", "--no-deps"], &["test", "--doc"]] {
        let mut cargo = package.cargo(arguments);
        let output = cargo.env("RUSTDOCFLAGS", "-D warnings").output().expect("cargo runs");
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
    let path = format!("{}/../runtime", env!("CARGO_MANIFEST_DIR"));
    Package {
        runtime: Runtime { name: name("oauth-token-clients-runtime"), path },
        ..Package::default()
    }
}
