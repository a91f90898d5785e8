//! Emits the documented headers of responses: a constant for each, with the type of its values.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::file;
use super::tokens::{docs, ident, rust_type, status_text};
use crate::api::{Api, Header, RustType, type_of};
use crate::doc_text::sanitize;
use crate::naming::{self, UniqueNames};

/// A header and the responses that it is documented for.
struct Documented<'a> {
    header: &'a Header,
    responses: Vec<String>,
}

/// The file `headers.rs`, if the document promises any header.
pub fn emit(api: &Api) -> Option<TokenStream> {
    let mut found: BTreeMap<String, Documented<'_>> = BTreeMap::new();
    for operation in &api.operations {
        for response in &operation.responses {
            for header in &response.headers {
                let name = header.name.to_ascii_lowercase();
                let entry = found.entry(name).or_insert_with(|| Documented { header, responses: Vec::new() });
                entry.responses.push(format!("{} of `{}`", status_text(response.status), operation.rust_name));
            }
        }
    }
    let mut names = UniqueNames::default();
    let constants: Vec<TokenStream> = found
        .iter()
        .filter(|(name, _)| is_header_name(name))
        .map(|(name, found)| constant(&mut names, name, found))
        .collect();
    let purpose = "The headers that the document promises, to be read by `header` of a response or an error.";
    (!constants.is_empty()).then(|| file(purpose, quote!(#(#constants)*)))
}

fn constant(names: &mut UniqueNames, name: &str, found: &Documented<'_>) -> TokenStream {
    let constant = ident(&names.take(&naming::constant(name)));
    let value = match type_of(&found.header.schema) {
        number if number.is_number() => rust_type(&number),
        _ => rust_type(&RustType::String),
    };
    let description = match sanitize(&found.header.description).as_str() {
        "" => "A header.".to_owned(),
        description => description.to_owned(),
    };
    let docs = docs(&[description, String::new(), format!("Comes with {}.", found.responses.join(", "))]);
    quote! {
        #docs
        pub const #constant: runtime::HeaderField<#value> = runtime::HeaderField::new(#name);
    }
}

/// RFC 9110, section 5.6.2.
fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
