//! Emits the security requirements of more than one scheme, and the credentials that satisfy them.
//!
//! A requirement is a list of alternatives, each of which combines schemes. It is a trait of its
//! own, whose message names the credentials that satisfy it. A single scheme needs none of this:
//! its credential satisfies it by itself.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::api::{Api, Operation, Scheme};
use crate::tokens::{docs, ident};

/// The credentials that an operation needs.
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// The credential of one scheme, a type of the module `credentials`.
    Scheme(Ident),
    /// A trait of the module `requirements`.
    Requirement(Ident),
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
        [schemes] if schemes.len() == 1 => Need::Scheme(ident(&schemes[0])),
        _ => Need::Requirement(ident(&name(&alternatives))),
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
        .filter(|operation| matches!(need(api, operation), Need::Requirement(_)))
        .map(|operation| alternatives(api, operation))
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
    let traits = requirements.iter().map(|(name, alternatives)| requirement(name, alternatives));
    let traits = (!requirements.is_empty()).then(|| {
        quote! {
            /// The security requirements of more than one security scheme. The credentials of a
            /// client satisfy them.
            pub mod requirements {
                use super::runtime;

                #(#traits)*
            }
        }
    });
    quote!(#(#combined)* #(#pairs)* #(#satisfied)* #traits)
}

fn requirement(name: &str, alternatives: &Alternatives) -> TokenStream {
    let requirement = ident(name);
    let in_words = |written: fn(&[String]) -> String| {
        alternatives.iter().map(|schemes| written(schemes)).collect::<Vec<_>>().join(", or ")
    };
    let needed = in_words(together);
    let docs = docs(&[format!("Requires {needed}.")]);
    let message = format!("this operation needs {needed}, which `{{Self}}` does not hold");
    let note = format!("create the client with {}", in_words(held));
    quote! {
        #docs
        #[diagnostic::on_unimplemented(
            message = #message,
            label = "called on a client that holds `{Self}`",
            note = #note
        )]
        pub trait #requirement {
            /// Returns the credential that the operation sends.
            fn credential(&self) -> &dyn runtime::Credential;
        }
    }
}

/// Returns the schemes of an alternative in words.
fn together(schemes: &[String]) -> String {
    let schemes: Vec<String> = schemes.iter().map(|scheme| format!("`{scheme}`")).collect();
    match schemes.as_slice() {
        [] => "no credentials".to_owned(),
        schemes => schemes.join(" together with "),
    }
}

/// Returns the credentials that a client holds to satisfy an alternative.
fn held(schemes: &[String]) -> String {
    match schemes {
        [one] => format!("`{one}`"),
        [] => "`()`".to_owned(),
        several => format!("`({})` in any order", several.join(", ")),
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

/// Emits the implementations for a client that holds two credentials, in either order. Each
/// operation selects its own.
fn pair(one: &str, other: &str, requirements: &BTreeMap<String, Alternatives>) -> TokenStream {
    let orders = [[one, other], [other, one]].map(|holds| {
        let [first, second] = holds.map(ident);
        let holder = quote!((#first, #second));
        let parts = [quote!(&self.0.0), quote!(&self.1.0)];
        let each = [first, second].into_iter().zip(&parts).map(|(scheme, part)| {
            implementation(&quote!(runtime::Authorizes<#scheme>), &holder, part)
        });
        let more = requirements.iter().filter_map(|(name, alternatives)| {
            let part = part(holds, &parts, alternatives)?;
            let requirement = ident(name);
            Some(implementation(&quote!(requirements::#requirement), &holder, &part))
        });
        let more: Vec<TokenStream> = more.collect();
        quote!(#(#each)* #(#more)*)
    });
    quote!(#(#orders)*)
}

/// Returns the part of a pair that satisfies a requirement: both, or else the one that comes first
/// in the alphabet.
fn part(
    holds: [&str; 2],
    parts: &[TokenStream; 2],
    alternatives: &Alternatives,
) -> Option<TokenStream> {
    let satisfies = |schemes: &[&str]| {
        alternatives
            .iter()
            .any(|known| known.iter().map(String::as_str).eq(schemes.iter().copied()))
    };
    let mut sorted = holds;
    sorted.sort_unstable();
    if satisfies(&sorted) {
        return Some(quote!(self));
    }
    let one = sorted.into_iter().find(|scheme| satisfies(&[scheme]))?;
    holds.iter().position(|held| *held == one).map(|index| parts[index].clone())
}

/// Emits the credentials that satisfy a requirement exactly, in any order. Pairs are emitted
/// separately.
fn satisfied(name: &str, alternatives: &Alternatives) -> TokenStream {
    let requirement = ident(name);
    let alternatives = alternatives.iter().filter(|schemes| schemes.len() != 2);
    let impls = alternatives.flat_map(|schemes| {
        orders(schemes.iter().map(|scheme| ident(scheme)).collect()).into_iter().map(|names| {
            let (holder, part) = match names.as_slice() {
                [] => (quote!(()), quote!(self)),
                [one] => (quote!(#one), quote!(&self.0)),
                several => (quote!((#(#several),*)), quote!(self)),
            };
            implementation(&quote!(requirements::#requirement), &holder, &part)
        })
    });
    quote!(#(#impls)*)
}

/// Returns the names in every order.
fn orders(names: Vec<Ident>) -> Vec<Vec<Ident>> {
    if names.len() < 2 {
        return vec![names];
    }
    let first = |index: usize| {
        let mut rest = names.clone();
        let first = rest.remove(index);
        orders(rest).into_iter().map(move |rest| [vec![first.clone()], rest].concat())
    };
    (0..names.len()).flat_map(first).collect()
}

fn implementation(
    requirement: &TokenStream,
    holder: &TokenStream,
    part: &TokenStream,
) -> TokenStream {
    quote! {
        impl #requirement for #holder {
            fn credential(&self) -> &dyn runtime::Credential {
                #part
            }
        }
    }
}
