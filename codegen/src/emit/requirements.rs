//! Emits the security requirements of more than one scheme, and the credentials that satisfy them.
//!
//! A requirement is a list of alternatives, each of which combines schemes. A single scheme needs
//! none of this: its credential satisfies it by itself.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::{Api, Operation, Scheme};
use crate::tokens::{docs, ident};

/// The credentials that an operation needs.
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// A type of the module `credentials`.
    Type(TokenStream),
}

/// Alternatives, each of which combines schemes by their Rust names. They are sorted, so that their
/// order does not matter.
type Alternatives = Vec<Vec<String>>;

/// Returns the credentials that `operation` needs.
pub(super) fn need(api: &Api, operation: &Operation) -> Need {
    let alternatives = alternatives(api, operation);
    match alternatives.as_slice() {
        [] => Need::Nothing,
        [schemes] if schemes.is_empty() => Need::Nothing,
        [schemes] if schemes.len() == 1 => {
            let scheme = ident(&schemes[0]);
            Need::Type(quote!(credentials::#scheme))
        }
        _ => {
            let marker = ident(&name(&alternatives));
            Need::Type(quote!(credentials::requirements::#marker))
        }
    }
}

fn alternatives(api: &Api, operation: &Operation) -> Alternatives {
    let rust_name = |name: &String| {
        api.schemes.iter().find(|scheme| scheme.name == *name).map(|found| found.rust_name.clone())
    };
    let mut alternatives: Alternatives = operation
        .security
        .iter()
        .map(|schemes| {
            let mut names: Vec<String> =
                schemes.iter().filter_map(|(name, _)| rust_name(name)).collect();
            names.sort();
            names
        })
        .collect();
    alternatives.sort();
    alternatives.dedup();
    alternatives
}

fn name(alternatives: &Alternatives) -> String {
    let names = alternatives
        .iter()
        .map(|schemes| if schemes.is_empty() { "Nothing".to_owned() } else { schemes.join("And") });
    names.collect::<Vec<_>>().join("Or")
}

/// Emits the requirements of all operations, and the credentials that satisfy them.
pub(super) fn emit(api: &Api) -> TokenStream {
    let requirements: BTreeMap<String, Alternatives> = api
        .operations
        .iter()
        .filter(|operation| matches!(need(api, operation), Need::Type(_)))
        .map(|operation| alternatives(api, operation))
        .filter(|alternatives| !matches!(alternatives.as_slice(), [schemes] if schemes.len() == 1))
        .map(|alternatives| (name(&alternatives), alternatives))
        .collect();
    let combined = api.schemes.iter().filter(|scheme| {
        let combines =
            |schemes: &Vec<String>| schemes.len() > 1 && schemes.contains(&scheme.rust_name);
        requirements.values().flatten().any(combines)
    });
    let combined = combined.map(as_credential);
    let pairs = pairs(api).into_iter().map(|(one, other)| pair(&one, &other, &requirements));
    let satisfied = requirements.iter().map(|(name, alternatives)| satisfied(name, alternatives));
    let markers = requirements.iter().map(|(name, alternatives)| marker(name, alternatives));
    let markers = (!requirements.is_empty()).then(|| {
        quote! {
            /// The security requirements of more than one security scheme. The credentials of a
            /// client satisfy them.
            pub mod requirements {
                #(#markers)*
            }
        }
    });
    quote!(#(#combined)* #(#pairs)* #(#satisfied)* #markers)
}

fn marker(name: &str, alternatives: &Alternatives) -> TokenStream {
    let marker = ident(name);
    let words = alternatives.iter().map(|schemes| match schemes.as_slice() {
        [] => "no credentials".to_owned(),
        schemes => schemes
            .iter()
            .map(|scheme| format!("`{scheme}`"))
            .collect::<Vec<_>>()
            .join(" together with "),
    });
    let docs = docs(&[format!("Requires {}.", words.collect::<Vec<_>>().join(", or "))]);
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub enum #marker {}
    }
}

/// Emits the implementation that lets a scheme apply its own part of a combination.
fn as_credential(scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.rust_name);
    quote! {
        impl runtime::Credential for #name {
            fn apply<'a>(
                &'a self,
                request: &'a mut runtime::Request,
            ) -> runtime::BoxFuture<'a, Result<(), runtime::CredentialError>> {
                self.0.apply(request)
            }

            fn refused(&self) {
                self.0.refused();
            }

            fn description(&self) -> std::borrow::Cow<'static, str> {
                self.0.description()
            }
        }
    }
}

/// Returns all pairs of schemes, in the order of their names.
fn pairs(api: &Api) -> Vec<(String, String)> {
    let mut names: Vec<&String> = api.schemes.iter().map(|scheme| &scheme.rust_name).collect();
    names.sort();
    let behind = |index: usize| names[index + 1..].iter().map(move |other| (*other).clone());
    let of = |(index, one): (usize, &&String)| {
        let one = (*one).clone();
        behind(index).map(move |other| (one.clone(), other)).collect::<Vec<_>>()
    };
    names.iter().enumerate().flat_map(of).collect()
}

/// Emits the implementations for a client that holds two credentials. Each operation selects its
/// own.
fn pair(one: &str, other: &str, requirements: &BTreeMap<String, Alternatives>) -> TokenStream {
    let (first, second) = (ident(one), ident(other));
    let each = [(first.clone(), quote!(&self.0.0)), (second.clone(), quote!(&self.1.0))];
    let each = each
        .into_iter()
        .map(|(scheme, part)| authorizes(&quote!(#scheme), &quote!((#first, #second)), &part));
    let more = requirements.iter().filter_map(|(name, alternatives)| {
        let part = part(one, other, alternatives)?;
        let marker = ident(name);
        Some(authorizes(&quote!(requirements::#marker), &quote!((#first, #second)), &part))
    });
    let more: Vec<TokenStream> = more.collect();
    quote!(#(#each)* #(#more)*)
}

/// Returns the part of a pair that satisfies a requirement.
fn part(one: &str, other: &str, alternatives: &Alternatives) -> Option<TokenStream> {
    let holds = |schemes: &[&str]| {
        alternatives
            .iter()
            .any(|known| known.iter().map(String::as_str).eq(schemes.iter().copied()))
    };
    match () {
        () if holds(&[one, other]) => Some(quote!(self)),
        () if holds(&[one]) => Some(quote!(&self.0.0)),
        () if holds(&[other]) => Some(quote!(&self.1.0)),
        () => None,
    }
}

/// Emits the credentials that satisfy a requirement exactly. Pairs are emitted separately.
fn satisfied(name: &str, alternatives: &Alternatives) -> TokenStream {
    let marker = ident(name);
    let impls = alternatives.iter().filter(|schemes| schemes.len() != 2).map(|schemes| {
        let names: Vec<Ident> = schemes.iter().map(|scheme| ident(scheme)).collect();
        let (holder, part) = match names.as_slice() {
            [] => (quote!(()), quote!(self)),
            [one] => (quote!(#one), quote!(&self.0)),
            several => (quote!((#(#several),*)), quote!(self)),
        };
        authorizes(&quote!(requirements::#marker), &holder, &part)
    });
    quote!(#(#impls)*)
}

fn authorizes(requirement: &TokenStream, holder: &TokenStream, part: &TokenStream) -> TokenStream {
    quote! {
        impl runtime::Authorizes<#requirement> for #holder {
            fn credential(&self) -> &dyn runtime::Credential {
                #part
            }
        }
    }
}
