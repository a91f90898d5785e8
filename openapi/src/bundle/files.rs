//! The files of a document, and the values in them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::address::{Address, FileTarget, target_of};
use crate::source::SpecSource;
use crate::words::quote;
use crate::{anchors, pointer, reference, yaml};

/// The longest chain of references that is followed. A longer chain leads back to itself.
const LONGEST_CHAIN: usize = 32;

/// The files: the value of each one, or the reason why it cannot be read.
pub(super) struct Files(BTreeMap<String, Result<Value, String>>);

/// Parses a source text, YAML or JSON.
pub(super) fn read(text: &str) -> Result<Value, String> {
    if let Some(value) = yaml::json(text) {
        return Ok(value);
    }
    if let Some(refused) = yaml::check_aliases(text) {
        return Err(refused.what);
    }
    yaml::to_value(text)
        .map_err(|found| found.first().map(|one| one.what.clone()).unwrap_or_default())
}

impl Files {
    /// Parses the files that a document refers to. `root` is the document itself.
    pub(super) fn new(source: &SpecSource, root: &Value) -> Self {
        let files = source.referenced.texts.iter().map(|(path, text)| {
            let said = match text {
                Ok(text) => read(text).map_err(|problem| format!("{}: {problem}", quote(path))),
                Err(problem) => Err(format!("{} cannot be read: {problem}.", quote(path))),
            };
            (path.clone(), said)
        });
        let mut files: BTreeMap<_, _> = files.collect();
        files.insert(source.referenced.document.clone(), Ok(root.clone()));
        Self(files)
    }

    /// Returns the value at an address that `locate` has returned.
    pub(super) fn value(&self, address: &Address) -> Option<&Value> {
        self.0.get(&address.file)?.as_ref().ok()?.pointer(&address.pointer)
    }

    /// Follows all references on the way to an address and at its end.
    ///
    /// # Errors
    /// Returns a sentence that says why there is nothing.
    pub(super) fn locate(&self, address: &Address) -> Result<Address, String> {
        let mut address = address.clone();
        for _ in 0..LONGEST_CHAIN {
            match self.next(&address)? {
                Some(next) => address = next,
                None => return Ok(address),
            }
        }
        Err(format!("{} refers back to itself.", quote(&address.reference())))
    }

    /// Follows the first reference on the way to an address, or the one at its end if that has no
    /// other keywords.
    fn next(&self, address: &Address) -> Result<Option<Address>, String> {
        let nothing = || format!("There is nothing at {}.", quote(&address.reference()));
        let mut value = match self.0.get(&address.file) {
            Some(said) => said.as_ref().map_err(Clone::clone)?,
            None => return Err(format!("There is no file {}.", quote(&address.file))),
        };
        let mut rest = address.pointer.as_str();
        while let Some(behind) = rest.strip_prefix('/') {
            let end = behind.find('/').unwrap_or(behind.len());
            match step(value, &behind[..end]) {
                Some(inner) => value = inner,
                None => {
                    let target =
                        reference::of(value).map(|target| target_of(&address.file, target));
                    let Some(FileTarget::Value(mut target)) = target else { return Err(nothing()) };
                    target.pointer.push_str(rest);
                    return Ok(Some(target));
                }
            }
            rest = &behind[end..];
        }
        if !rest.is_empty() {
            let pointer = anchors::anchor_in(value, rest).ok_or_else(nothing)?;
            return Ok(Some(Address { pointer, ..address.clone() }));
        }
        let is_alone = value.as_object().is_some_and(|members| members.len() == 1);
        match reference::of(value)
            .filter(|_| is_alone)
            .map(|target| target_of(&address.file, target))
        {
            Some(FileTarget::Value(target)) => Ok(Some(target)),
            _ => Ok(None),
        }
    }
}

fn step<'v>(value: &'v Value, step: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(&pointer::unescape(step)),
        Value::Array(entries) => entries.get(step.parse::<usize>().ok()?),
        _ => None,
    }
}
