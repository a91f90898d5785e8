//! Checks values of inputs and responses against their schemas.

use std::collections::BTreeMap;

use openapi::Document;
use openapi::lint::Checker;
use serde_json::Value;

use super::Wanted;
use crate::api::{Api, Example, Fit};

/// The schemas of inputs and responses.
pub(super) struct Checks {
    /// Without a checker nothing is rejected. The linter reports why there is none.
    checker: Option<Checker>,
    /// The number of each schema, by the index of its input or response.
    numbers: BTreeMap<usize, usize>,
}

impl Checks {
    pub(super) fn of(document: &Document, wanted: &[Wanted<'_>]) -> Self {
        let with_schemas: Vec<(usize, &str)> = wanted
            .iter()
            .enumerate()
            .filter_map(|(index, one)| Some((index, one.schema.as_deref()?)))
            .collect();
        let schemas = with_schemas.iter().map(|(index, schema)| (*schema, wanted[*index].way));
        let as_3_1 = document.as_3_1.as_ref();
        let checker = Checker::new(&document.root, as_3_1, schemas).ok();
        let numbers =
            with_schemas.iter().enumerate().map(|(number, (index, _))| (*index, number)).collect();
        Self { checker, numbers }
    }

    /// Returns the JSON pointers to all failures in values that their schemas reject, by the index
    /// of the input or response.
    pub(super) fn failures(&self, values: &BTreeMap<usize, Value>) -> BTreeMap<usize, Vec<String>> {
        let Some(checker) = &self.checker else { return BTreeMap::new() };
        let numbered: BTreeMap<usize, Value> = values
            .iter()
            .filter_map(|(index, value)| Some((*self.numbers.get(index)?, value.clone())))
            .collect();
        let mut failures = checker.failures(&numbered);
        let by_index = self
            .numbers
            .iter()
            .filter_map(|(index, number)| Some((*index, failures.remove(number)?)));
        by_index.collect()
    }

    /// Returns the examples that their schemas reject.
    pub(super) fn wrong_examples(&self, wanted: &[Wanted<'_>]) -> WrongExamples {
        let most = wanted.iter().map(|one| one.examples.len()).max().unwrap_or(0);
        let mut wrong = BTreeMap::new();
        for position in 0..most {
            let values = wanted
                .iter()
                .enumerate()
                .filter_map(|(index, one)| Some((index, one.examples.get(position)?.clone())));
            let failures = self.failures(&values.collect());
            wrong.extend(failures.into_iter().map(|(index, pointers)| {
                let fit =
                    if pointers.iter().any(String::is_empty) { Fit::Not } else { Fit::InPart };
                ((wanted[index].pointer.clone(), position), fit)
            }));
        }
        WrongExamples(wrong)
    }
}

/// The examples that their schemas reject, by the pointer to the body and the position in it.
pub(super) struct WrongExamples(BTreeMap<(String, usize), Fit>);

impl WrongExamples {
    /// Marks the examples of bodies.
    pub(super) fn mark(&self, api: &mut Api) {
        for operation in &mut api.operations {
            let pointer = operation.body_pointer();
            if let Some(body) = &mut operation.body {
                self.mark_each(&pointer, &mut body.examples);
            }
            for response in &mut operation.responses {
                if let Some(body) = &mut response.body {
                    self.mark_each(&response.pointer, &mut body.examples);
                }
            }
        }
    }

    fn mark_each(&self, pointer: &str, examples: &mut [Example]) {
        for (position, example) in examples.iter_mut().enumerate() {
            let fit = self.0.get(&(pointer.to_owned(), position));
            example.fit = fit.copied().unwrap_or(Fit::Whole);
        }
    }
}
