//! One of the two states of an API that are compared.

use codegen::api::Api;
use codegen::lower::lower;
use openapi::policy::Policy;
use openapi::source::SpecSource;
use openapi::{Document, Findings, load};

/// An API as a document describes it.
#[derive(Clone, Debug)]
pub struct State {
    /// The document.
    pub document: Document,
    /// The typed model of the document.
    pub api: Api,
}

impl State {
    /// Reads a document.
    ///
    /// # Errors
    /// Returns the findings if no client can be made of it.
    pub fn read(source: SpecSource, policy: Policy) -> Result<Self, Findings> {
        let document = load(source, policy)?;
        let diagnostics = match lower(&document) {
            Ok(lowered) if !document.has_errors() => {
                return Ok(Self { document, api: lowered.api });
            }
            Ok(_) => document.diagnostics,
            Err(errors) => errors,
        };
        Err(Findings { source: document.source, diagnostics })
    }

    /// Returns the lines of JSON pointers in the source text, from 1, in the same order.
    pub(crate) fn lines(&self, pointers: &[String]) -> Vec<usize> {
        let text = self.document.source.text.as_bytes();
        let starts: Vec<usize> =
            (0..text.len()).filter(|index| text[*index] == b'\n').map(|index| index + 1).collect();
        let offsets = self.document.offsets_of_keys(pointers);
        offsets.iter().map(|offset| starts.partition_point(|start| start <= offset) + 1).collect()
    }
}
