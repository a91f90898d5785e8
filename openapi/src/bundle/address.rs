//! The addresses that references to files point to. Relative paths are normalized, so that each
//! file has one name.

use std::collections::BTreeSet;

use serde_json::Value;

use super::files;
use crate::object::{Object, any_object};
use crate::pointer;
use crate::reference;

/// The address of a value in one of the files of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    /// The path relative to the folder that the files are read from.
    pub(super) file: String,
    /// The JSON pointer to the value in the file.
    pub(super) pointer: String,
}

/// The target of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FileTarget {
    /// A value in a file below the folder.
    Value(Address),
    /// A file outside the folder, from which nothing is read.
    Outside,
    /// A URL, an absolute path, or an invalid reference.
    Other,
}

impl Address {
    /// Returns the address as a reference: the file, and the pointer unless it names the whole
    /// file.
    pub(super) fn reference(&self) -> String {
        let fragment = if self.pointer.is_empty() { "" } else { "#" };
        format!("{}{fragment}{}", self.file, to_fragment(&self.pointer))
    }

    /// Returns a component name for the value: the last step of the pointer, or the stem of the
    /// file.
    pub(super) fn name(&self) -> String {
        let file = self.file.rsplit('/').next().unwrap_or_default();
        let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
        let last = pointer::last(&self.pointer);
        let name = match last.as_str() {
            "" => stem.to_owned(),
            // The index of an item says nothing by itself.
            number if number.bytes().all(|byte| byte.is_ascii_digit()) => format!("{stem}{number}"),
            name => name.to_owned(),
        };
        let allowed =
            |one: char| if one.is_ascii_alphanumeric() || "._-".contains(one) { one } else { '_' };
        name.chars().map(allowed).collect()
    }
}

/// Returns a JSON pointer as the fragment of a reference.
pub(super) fn to_fragment(pointer: &str) -> String {
    pointer.replace('%', "%25")
}

/// Returns the target of a reference in the file `base`.
pub(super) fn target_of(base: &str, reference: &str) -> FileTarget {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let (Some(path), Some(pointer)) =
        (pointer::from_fragment(path), pointer::from_fragment(fragment))
    else {
        return FileTarget::Other;
    };
    // Some documents use the path separator of their system.
    let path = path.replace('\\', "/");
    let first = path.split('/').next().unwrap_or_default();
    if path.starts_with('/') || first.contains(':') || reference.is_empty() {
        return FileTarget::Other;
    }
    let pointer = if pointer == "/" { String::new() } else { pointer };
    match if path.is_empty() { Some(base.to_owned()) } else { join(base, &path) } {
        Some(file) => FileTarget::Value(Address { file, pointer }),
        None => FileTarget::Outside,
    }
}

/// Returns a path relative to the file `base`, or `None` if it points outside the folder.
fn join(base: &str, path: &str) -> Option<String> {
    let mut steps: Vec<&str> = base.split('/').collect();
    steps.pop();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            other => steps.push(other),
        }
    }
    Some(steps.join("/")).filter(|path| !path.is_empty())
}

/// Returns the files that the file `path` refers to, as paths relative to the same folder as
/// `path`. URLs, absolute paths and paths outside the folder are left out.
#[must_use]
pub fn files_referred_to(path: &str, text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if !names_files(text) {
        return found;
    }
    let Ok(root) = files::read(text) else { return found };
    references(&root, &mut |reference| {
        if let FileTarget::Value(address) = target_of(path, reference) {
            found.insert(address.file);
        }
    });
    found.remove(path);
    found
}

/// Returns true if a `$ref` may name a file, so that it is worth the time to parse the source text.
fn names_files(text: &str) -> bool {
    text.split("$ref").skip(1).any(|behind| {
        let target =
            behind.trim_start_matches(|one: char| one.is_whitespace() || "\"':".contains(one));
        !target.is_empty()
            && !["#", "{", "[", "http:", "https:"].iter().any(|start| target.starts_with(start))
    })
}

/// Visits everything that may be a reference: each `$ref`, and the files in each `mapping`.
pub(super) fn references(value: &Value, visit: &mut dyn FnMut(&str)) {
    any_object(value, &mut |object| {
        reference::of(object).into_iter().for_each(&mut *visit);
        let mapped = object.entries("mapping").filter_map(|(_, target)| target.as_str());
        mapped.filter(|target| is_file(target)).for_each(&mut *visit);
        false
    });
}

/// Returns true if an entry of a `mapping` names a file. It may also be the name of a schema.
pub(super) fn is_file(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default();
    [".yaml", ".yml", ".json"].iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::{Address, FileTarget, files_referred_to, target_of};

    #[track_caller]
    fn check(base: &str, reference: &str, expected: Option<(&str, &str)>) {
        let expected = expected
            .map(|(file, pointer)| Address { file: file.to_owned(), pointer: pointer.to_owned() });
        let found = match target_of(base, reference) {
            FileTarget::Value(address) => Some(address),
            FileTarget::Outside | FileTarget::Other => None,
        };
        assert_eq!(found, expected, "{reference}");
    }

    #[test]
    fn paths_are_relative_to_the_file_of_the_reference() {
        check("openapi.yaml", "./schemas/Pet.yaml", Some(("schemas/Pet.yaml", "")));
        check(
            "paths/pets.yaml",
            "../common.yaml#/a~1b/%7Bid%7D",
            Some(("common.yaml", "/a~1b/{id}")),
        );
        check("paths/pets.yaml", "#/a", Some(("paths/pets.yaml", "/a")));
        check("a/b.yaml", "..\\c%20d.yaml#/", Some(("c d.yaml", "")));
    }

    #[test]
    fn nothing_but_relative_paths_below_the_folder_leads_anywhere() {
        for reference in [
            "/etc/passwd",
            "\\etc\\passwd",
            "file:///etc/passwd",
            "https://a.example/b.yaml#/c",
            "C:/a",
            "",
        ] {
            assert_eq!(target_of("a/b.yaml", reference), FileTarget::Other, "{reference}");
        }
        for reference in
            ["../../etc/passwd", "../..", "x/../../../y", "%2e%2e/%2e%2e/y", "..\\..\\y"]
        {
            assert_eq!(target_of("a/b.yaml", reference), FileTarget::Outside, "{reference}");
        }
    }

    #[test]
    fn names_are_those_of_components() {
        let name = |reference| match target_of("", reference) {
            FileTarget::Value(address) => address.name(),
            _ => String::new(),
        };
        assert_eq!(
            ["Pet.v1.yaml", "a.yaml#/b~1{c}", "list.yaml#/0"].map(name),
            ["Pet", "b__c_", "list0"]
        );
    }

    #[test]
    fn files_are_found_in_yaml_and_json() {
        let yaml = "a: {$ref: 'b/c.yaml#/d'}\ne: {$ref: '#/a'}\nmapping: {f: g.json, h: Plain}\ni: {$ref: http://j}\n";
        let found: Vec<String> = files_referred_to("x/y.yaml", yaml).into_iter().collect();
        assert_eq!(found, ["x/b/c.yaml", "x/g.json"]);
        let property = "properties:\n  mapping: {items: {$ref: m.yaml}}\n";
        assert_eq!(
            files_referred_to("y.yaml", property).into_iter().collect::<Vec<_>>(),
            ["m.yaml"]
        );
        let json =
            r#"{"a": [{"$ref":"../k.json"}, {"$ref": "../../out.json"}, {"$ref": "y.yaml#/a"}]}"#;
        assert_eq!(files_referred_to("x/y.yaml", json).into_iter().collect::<Vec<_>>(), ["k.json"]);
    }
}
