//! The time of generation: the stages for each spec, and documents of growing size.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use benches::documents::made_up;
use codegen::package::Package;
use codegen::{emit, lower};
use divan::Bencher;
use mimalloc::MiMalloc;
use openapi::policy::Policy;
use openapi::source::SpecSource;

/// The allocator of the maintainer's program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

/// A spec, which is identified by its name.
#[derive(Clone)]
struct Spec(SpecSource);

impl fmt::Display for Spec {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.stem())
    }
}

static SPECS: LazyLock<Vec<Spec>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let paths = fs::read_dir(folder)
        .expect("specs/ can be read")
        .map(|entry| entry.expect("it can be read").path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    paths.sort();
    let spec = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Spec(SpecSource::new(
            format!("specs/{name}"),
            fs::read_to_string(path).expect("a spec is text"),
        ))
    };
    paths.iter().map(spec).collect()
});

#[divan::bench(args = SPECS.iter())]
fn parse(bencher: Bencher<'_, '_>, spec: &Spec) {
    bencher
        .with_inputs(|| spec.0.clone())
        .bench_values(|source| openapi::load(source, Policy::Refuse).is_ok());
}

#[divan::bench(args = SPECS.iter())]
fn lower(bencher: Bencher<'_, '_>, spec: &Spec) {
    let Ok(document) = openapi::load(spec.0.clone(), Policy::Refuse) else { return };
    bencher.bench(|| lower::lower(&document).is_ok());
}

/// progenitor, and parsing the code that it emits.
#[divan::bench(args = SPECS.iter())]
fn types(bencher: Bencher<'_, '_>, spec: &Spec) {
    let Ok(document) = openapi::load(spec.0.clone(), Policy::Refuse) else { return };
    let Ok(lowered) = lower::lower(&document) else { return };
    bencher.bench(|| emit::types(&lowered).is_ok());
}

/// All stages, lint and format included.
#[divan::bench(args = SPECS.iter())]
fn generate(bencher: Bencher<'_, '_>, spec: &Spec) {
    bencher.with_inputs(|| vec![spec.0.clone()]).bench_values(|sources| {
        codegen::generate(&Package::default(), sources, Policy::Refuse).is_ok()
    });
}

/// All specs at once, as in `cargo xtask regen`.
#[divan::bench]
fn generate_all(bencher: Bencher<'_, '_>) {
    let sources = || SPECS.iter().map(|spec| spec.0.clone()).collect::<Vec<_>>();
    bencher.with_inputs(sources).bench_values(|sources| {
        codegen::generate(&Package::default(), sources, Policy::Refuse).is_ok()
    });
}

/// A document with this number of operations, each with its own types.
#[divan::bench(args = [20, 50, 100, 200, 400, 800])]
fn operations(bencher: Bencher<'_, '_>, operations: usize) {
    let document = made_up(operations).to_string();
    let sources = || vec![SpecSource::new("made-up.json", document.as_str())];
    bencher.with_inputs(sources).bench_values(|sources| {
        codegen::generate(&Package::default(), sources, Policy::Repair).is_ok()
    });
}
