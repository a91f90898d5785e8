//! Emits the documented headers of responses: a constant for each, with the type of its values.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::source_file::Items;
use crate::api::{Api, Header, Response, RustType, type_of};
use crate::tokens::{docs, ident, rust_type};
use openapi::diagnostic::Diagnostic;
use openapi::markdown::{code, sanitize};
use openapi::naming::{self, UniqueNames};
use openapi::pointer;

/// A header, the name of its constant, and the responses that document it.
struct Documented<'a> {
    header: &'a Header,
    constant: String,
    pointer: String,
    responses: Vec<String>,
}

pub(super) const PURPOSE: &str =
    "The documented response headers. The method `header` of a response or an error reads them.";

/// Emits `headers.rs`, if the document has any header.
pub(super) fn emit(api: &Api, items: &mut Items) -> Result<(), Diagnostic> {
    documented(api).iter().try_for_each(|(name, documented)| items.add(constant(name, documented)))
}

/// Returns the constants, each with the pointer to the header in the first response that has it.
pub(super) fn origins(api: &Api) -> Vec<(String, String)> {
    let documented = documented(api).into_values();
    documented.map(|documented| (documented.constant, documented.pointer)).collect()
}

/// Returns the documentation of a response's headers, one paragraph each.
pub(super) fn header_docs(api: &Api, response: &Response) -> Vec<String> {
    if response.headers.is_empty() {
        return Vec::new();
    }
    let documented = documented(api);
    let docs = response.headers.iter().map(|header| {
        let constant = documented
            .get(&header.name.to_ascii_lowercase())
            .map(|documented| &documented.constant);
        let constant =
            constant.map(|constant| format!(" ([`{constant}`](super::headers::{constant}))"));
        let description = sanitize(&header.description);
        let colon = if description.is_empty() { "" } else { ": " };
        format!(
            "Header `{}`{}{colon}{description}",
            code(&header.name),
            constant.unwrap_or_default()
        )
    });
    docs.flat_map(|doc| [String::new(), doc]).collect()
}

/// Returns the headers of all responses, by their names in lower case.
fn documented(api: &Api) -> BTreeMap<String, Documented<'_>> {
    let mut found: BTreeMap<String, Documented<'_>> = BTreeMap::new();
    for operation in &api.operations {
        for response in &operation.responses {
            for header in response.headers.iter().filter(|header| is_header_name(&header.name)) {
                let entry = found.entry(header.name.to_ascii_lowercase());
                let entry = entry.or_insert_with(|| Documented {
                    header,
                    constant: String::new(),
                    pointer: pointer::child(
                        &pointer::child(&response.pointer, "headers"),
                        &header.name,
                    ),
                    responses: Vec::new(),
                });
                entry.responses.push(format!("`{}` ({})", operation.rust_name, response.status));
            }
        }
    }
    let mut names = UniqueNames::default();
    for (name, documented) in &mut found {
        documented.constant = names.take(&naming::constant(name));
    }
    found
}

fn constant(name: &str, documented: &Documented<'_>) -> TokenStream {
    let constant = ident(&documented.constant);
    let value = match type_of(&documented.header.schema) {
        number if number.is_number() => rust_type(&number),
        secret if secret.is_secret() => rust_type(&RustType::Secret),
        _ => rust_type(&RustType::String),
    };
    let description = match sanitize(&documented.header.description).as_str() {
        "" => format!("The header `{}`.", code(&documented.header.name)),
        description => description.to_owned(),
    };
    let docs = docs(&[
        description,
        String::new(),
        format!("Documented for {}.", documented.responses.join(", ")),
    ]);
    quote! {
        #docs
        pub const #constant: runtime::HeaderField<#value> = runtime::HeaderField::new(#name);
    }
}

/// Returns true if the name is a token (RFC 9110, section 5.6.2).
fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
