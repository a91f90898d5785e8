//! The specs of the workspace and what is generated from them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use codegen::Generated;
use codegen::file_tree::FileTree;
use codegen::package::Package;
use openapi::policy::Policy;
use openapi::source::SpecSource;

/// The folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ is in the workspace")
        .to_path_buf()
}

/// All specs.
#[must_use]
pub fn sources() -> Vec<SpecSource> {
    let folder = root().join("specs");
    let mut sources: Vec<SpecSource> = fs::read_dir(folder)
        .expect("specs/ is there")
        .map(|entry| {
            let path = entry.expect("specs/ can be read").path();
            let name = path.file_name().expect("a spec has a name").to_string_lossy().into_owned();
            SpecSource::from_bytes(
                format!("specs/{name}"),
                fs::read(path).expect("a spec can be read"),
            )
        })
        .collect();
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

/// The package that the workspace generates.
pub static PACKAGE: LazyLock<Package> = LazyLock::new(|| {
    let read = |name: &str| {
        fs::read_to_string(root().join(name)).expect("a file of the workspace can be read")
    };
    let licenses = ["LICENSE-APACHE", "LICENSE-MIT"].map(|name| (name.to_owned(), read(name)));
    let manifest = SpecSource::new("Cargo.toml", read("Cargo.toml"));
    Package::read(Some(manifest), FileTree::from(licenses)).expect("the manifest states a package")
});

/// The output of the generator for all specs.
pub static GENERATED: LazyLock<Generated> =
    LazyLock::new(|| match codegen::generate(&PACKAGE, sources(), Policy::Refuse) {
        Ok(generated) => generated,
        Err(rejected) => panic!("the specs are rejected: {rejected:?}"),
    });
