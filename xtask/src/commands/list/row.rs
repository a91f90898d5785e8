//! The listed facts of an operation.

use codegen::api::{Api, Operation};
use serde_json::{Value, json};

use crate::io::workspace::Workspace;

/// One operation.
pub(super) struct Row<'g> {
    pub api: &'g Api,
    pub operation: &'g Operation,
    /// Name of the wire snapshot in `tests/snapshots/`, if there is one.
    pub snapshot: Option<String>,
}

impl<'g> Row<'g> {
    pub(super) fn new(workspace: &Workspace, api: &'g Api, operation: &'g Operation) -> Self {
        let name =
            format!("{}.snap", codegen::snapshots::wire_name(&api.name, &operation.rust_name));
        let snapshot = workspace.snapshots().join(&name).is_file().then_some(name);
        Self { api, operation, snapshot }
    }

    /// Returns its documented status codes.
    pub(super) fn statuses(&self) -> Vec<String> {
        self.operation.responses.iter().map(|response| response.status.to_string()).collect()
    }

    /// Describes its security requirement, with the name of each scheme by `name`.
    pub(super) fn security(&self, name: impl Fn(&str) -> String) -> String {
        let alternatives = self.operation.security.iter().map(|schemes| {
            let names = schemes.iter().map(|(scheme, _)| name(scheme));
            Some(names.collect::<Vec<_>>().join(" and ")).filter(|text| !text.is_empty())
        });
        let text = alternatives
            .map(|text| text.unwrap_or_else(|| "none".to_owned()))
            .collect::<Vec<_>>()
            .join(" or ");
        if text.is_empty() { "none".to_owned() } else { text }
    }

    /// Counts its parameters and bodies that have an example, and all of them.
    pub(super) fn examples(&self) -> (usize, usize) {
        let parameters = self.operation.parameters.iter().map(|parameter| &parameter.examples);
        let body = self.operation.body.iter().map(|body| &body.examples);
        let responses = self
            .operation
            .responses
            .iter()
            .filter_map(|response| Some(&response.body.as_ref()?.examples));
        let all: Vec<_> = parameters.chain(body).chain(responses).collect();
        (all.iter().filter(|examples| !examples.is_empty()).count(), all.len())
    }

    pub(super) fn json(&self) -> Value {
        let (api, operation) = (self.api, self.operation);
        let security = operation
            .security
            .iter()
            .map(|schemes| schemes.iter().map(|(name, _)| name).collect::<Vec<_>>());
        let (with_example, all) = self.examples();
        json!({
            "api": api.name,
            "title": api.title,
            "version": api.version,
            "source": {
                "title": api.source.title,
                "vendor": api.source.vendor,
                "version": api.source.version,
                "document": api.source.document,
            },
            "operation": operation.rust_name,
            "operation_id": operation.id,
            "deprecated": operation.deprecated,
            "method": operation.method,
            "path": operation.path,
            "statuses": self.statuses(),
            "security": security.collect::<Vec<_>>(),
            "examples": { "given": with_example, "of": all },
            "snapshot": self.snapshot,
        })
    }
}
