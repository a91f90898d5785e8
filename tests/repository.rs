//! Tests the rules of the repository that a compiler cannot check.

use std::fs;
use std::path::{Path, PathBuf};

use contract_tests::specs::{PACKAGE, root, sources};
use openapi::policy::Policy;
use openapi::report::{Coloring, render};

/// Returns the Rust files below a folder, with their source text.
fn rust_files(folder: &str) -> Vec<(PathBuf, String)> {
    let paths = contract_tests::files::rust_files(&root().join(folder)).into_iter();
    let text = |path: &Path| fs::read_to_string(path).expect("a source file is text");
    paths.map(|path| (path.clone(), text(&path))).collect()
}

#[track_caller]
fn check_one_door(engine: &str, door: &str) {
    let users = ["openapi/src", "codegen/src", "changes/src"]
        .into_iter()
        .flat_map(rust_files)
        .filter(|(_, text)| {
            text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(engine))
        });
    let users: Vec<PathBuf> = users.map(|(path, _)| path).collect();
    assert_eq!(users, [root().join(door)], "{engine} is named elsewhere");
}

#[test]
fn each_engine_has_one_door() {
    check_one_door("progenitor::", "codegen/src/emit/schema_types.rs");
    check_one_door("prettyplease::", "codegen/src/format.rs");
    check_one_door("serde_yaml::", "openapi/src/yaml/mod.rs");
    check_one_door("annotate_snippets::", "openapi/src/report/human.rs");
    check_one_door("jsonschema::", "openapi/src/lint/examples/validate.rs");
    check_one_door("toml::", "codegen/src/package.rs");
}

#[test]
fn dependencies_point_one_way() {
    let forbidden = [
        ("openapi", "codegen"),
        ("openapi", "progenitor"),
        ("openapi", "prettyplease"),
        ("openapi", "quote"),
        ("openapi", "\nsyn"),
        ("fixtures", "openapi"),
        ("fixtures", "codegen"),
        ("codegen", "oauth-token-clients"),
        ("codegen", "runtime"),
        ("codegen", "changes"),
        ("changes", "oauth-token-clients"),
        ("changes", "xtask"),
        ("xtask", "oauth-token-clients"),
        ("runtime", "oauth-token-clients."),
        ("generated", "codegen"),
    ];
    for (package, dependency) in forbidden {
        let manifest = fs::read_to_string(root().join(package).join("Cargo.toml"))
            .expect("a package has a manifest");
        let dependencies = manifest.split("dependencies]").skip(1).collect::<String>();
        assert!(!dependencies.contains(dependency), "{package} depends on {dependency}");
    }
}

#[test]
fn hand_written_files_say_what_they_are_for() {
    for folder in
        ["benches", "changes", "codegen", "fixtures", "openapi", "runtime", "tests", "xtask"]
    {
        for (path, text) in rust_files(folder) {
            assert!(text.starts_with("//! "), "{} opens without a sentence", path.display());
        }
    }
}

/// rustfmt breaks code, and leaves comments as they are.
#[test]
fn comments_are_no_wider_than_code() {
    let settings = read("rustfmt.toml");
    let width = settings.lines().find_map(|line| line.strip_prefix("max_width = "));
    let width: usize = width.and_then(|width| width.parse().ok()).expect("rustfmt has a width");
    let folders = [
        "benches", "changes", "codegen", "examples", "fixtures", "openapi", "runtime", "tests",
        "xtask",
    ];
    for (path, text) in folders.into_iter().flat_map(rust_files) {
        let is_wide =
            |line: &str| line.trim_start().starts_with("//") && line.chars().count() > width;
        let wide: Vec<usize> = (1..)
            .zip(text.lines())
            .filter(|(_, line)| is_wide(line))
            .map(|(number, _)| number)
            .collect();
        assert!(
            wide.is_empty(),
            "{} has comments over {width} characters: {wide:?}",
            path.display()
        );
    }
}

#[test]
fn the_generator_knows_no_api_and_no_product() {
    let specs = fs::read_dir(root().join("specs")).expect("specs/ can be read");
    let specs = specs.map(|entry| entry.expect("specs/ can be read").path());
    let stems = specs.map(|path| {
        Path::file_stem(&path).expect("a spec has a name").to_string_lossy().into_owned()
    });
    let names = [&PACKAGE.name, &PACKAGE.runtime.name]
        .map(|name| [name.as_str().to_owned(), name.in_rust()]);
    // `time` is a format of strings, too.
    let features = PACKAGE.features.iter().map(|feature| feature.name.as_str());
    let features = features.filter(|name| *name != "time").map(|name| format!("\"{name}\""));
    let texts = [PACKAGE.description.clone(), PACKAGE.introduction.clone().unwrap_or_default()];
    // The first words of a text, as they would stand in one that was shortened.
    let texts = texts.map(|text| text.split_inclusive(' ').take(6).collect::<String>());
    let known: Vec<String> = names.into_iter().flatten().chain(texts).collect();
    // A name of one word, such as `client`, cannot be told from the words of the generator.
    let stems = stems.filter(|stem| stem.contains('_')).map(|stem| format!("\"{stem}\""));
    let literals: Vec<String> = features.chain(stems).collect();
    for (path, text) in
        ["openapi/src", "codegen/src", "changes/src"].into_iter().flat_map(rust_files)
    {
        let named = known.iter().find(|known| text.contains(known.as_str()));
        assert_eq!(named, None, "{} names the product", path.display());
        // A test may call a feature or an API by any name.
        let (code, _) = text.split_once("#[cfg(test)]\nmod tests {").unwrap_or((&text, ""));
        let named = literals.iter().find(|literal| code.contains(literal.as_str()));
        assert_eq!(named, None, "{} names an API or a feature", path.display());
    }
}

#[test]
fn the_runtime_is_packaged_with_the_licenses() {
    for (name, text) in &PACKAGE.licenses {
        assert!(read(&format!("runtime/{name}")) == *text, "runtime/{name} is not {name}");
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn example(path: &str) -> String {
    let text = read(path);
    let (_, rest) = text.split_once("```rust\n").expect("there is an example in Rust");
    let (code, _) = rest.split_once("```").expect("the example ends");
    let visible: Vec<&str> = code.lines().filter(|line| !line.starts_with("# ")).collect();
    visible.join("\n")
}

/// The example of `generated/README.md` is compiled as a doctest.
#[test]
fn readme_shows_the_example_that_is_compiled() {
    assert_eq!(example("README.md"), example("generated/README.md"));
}

/// They are compiled as doctests.
#[test]
fn every_method_shows_an_example() {
    for lowered in &contract_tests::specs::GENERATED.apis {
        let client = read(&format!("generated/src/{}/client.rs", lowered.api.name));
        assert_eq!(
            client.matches("```no_run").count(),
            lowered.api.operations.len(),
            "{}",
            lowered.api.name
        );
    }
}

#[test]
fn readme_names_the_commands_that_ci_runs() {
    let ci = read("xtask/src/commands/ci/mod.rs");
    let (_, rest) = ci.split_once("TEST_COMMAND: &str = \"").expect("CI has a test command");
    let (arguments, _) = rest.split_once('"').expect("the command ends");
    let readme = read("README.md");
    assert!(
        readme.contains(&format!("\n$ cargo {arguments}\n"))
            && readme.contains("\n$ cargo xtask regen\n")
    );
    assert!(read(".ci/run").contains("\nexec cargo xtask ci\n"));
}

#[test]
fn nothing_is_found_in_the_specs() {
    let found = codegen::lint(sources(), Policy::Refuse);
    let reports =
        found.iter().map(|found| render(&found.source, &found.diagnostics, Coloring::Plain));
    assert_eq!(reports.collect::<String>(), "");
}

#[test]
fn readme_lists_every_api() {
    let readme = read("README.md");
    let (table, _) =
        readme.split_once("\n## Use it\n").expect("the first table is above the example");
    for lowered in &contract_tests::specs::GENERATED.apis {
        assert!(
            table.contains(&format!("\n| `{}` |", lowered.api.name)),
            "{} is not in the table",
            lowered.api.name
        );
    }
}

/// A path in a document of the repository starts at the root.
#[test]
fn documents_name_files_that_there_are() {
    for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"] {
        let text = read(document);
        let quoted = text.split('`').skip(1).step_by(2);
        let is_path = |quoted: &&str| {
            quoted.contains('/') && quoted.ends_with(".rs") && !quoted.contains([' ', '*', '<'])
        };
        let missing: Vec<&str> =
            quoted.filter(is_path).filter(|path| !root().join(path).exists()).collect();
        assert!(missing.is_empty(), "{document} names {missing:?}");
    }
}

#[test]
fn architecture_lists_every_pass() {
    let text = read("ARCHITECTURE.md");
    let (_, table) = text.split_once("<!-- passes -->").expect("the table has a mark above it");
    let (table, _) = table.split_once("<!-- /passes -->").expect("the table has a mark below it");
    let rows: Vec<&str> =
        table.lines().map(str::trim).filter(|line| line.starts_with("| `")).collect();
    let expected: Vec<String> = codegen::lower::PASSES
        .iter()
        .map(|pass| format!("| `{}` | {} |", pass.name, pass.summary))
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn minimum_rust_version_is_the_one_that_is_tested() {
    let manifest = read("Cargo.toml");
    let (_, rest) =
        manifest.split_once("rust-version = \"").expect("the workspace has a minimum version");
    let (version, _) = rest.split_once('"').expect("the version ends");
    assert!(
        read("rust-toolchain.toml").contains(&format!("channel = \"{version}.0\"")),
        "CI runs another version"
    );
    assert!(
        read("README.md").contains(&format!("minimum Rust version is {version}.")),
        "README.md states another version"
    );
}
