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
    let held = api.schemes.iter().map(|scheme| held_with_others(scheme, api));
    let satisfied =
        requirements.iter().map(|(name, alternatives)| satisfied(name, alternatives, api));
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
    quote!(#(#combined)* #(#held)* #(#satisfied)* #traits)
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
            fn credential(&self) -> std::sync::Arc<dyn runtime::Credential>;
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
                request: &'a mut runtime::http::Request<runtime::transport::Body>,
            ) -> runtime::transport::BoxFuture<'a, Result<(), runtime::CredentialError>> {
                self.0.apply(request)
            }

            fn refused(&self) {
                self.0.refused();
            }

            fn can_refresh(&self) -> bool {
                self.0.can_refresh()
            }

            fn user_id(&self) -> Option<runtime::SecretString> {
                self.0.user_id()
            }

            fn description(&self) -> std::borrow::Cow<'static, str> {
                self.0.description()
            }
        }
    }
}

/// Emits the implementations for a client that holds the credential of `scheme` together with
/// others: `(others, credential)` satisfies what either of them does. The runtime reads longer
/// tuples as pairs of a pair.
fn held_with_others(scheme: &Scheme, api: &Api) -> TokenStream {
    if api.schemes.len() < 2 {
        return TokenStream::new();
    }
    let needed = ident(&scheme.rust_name);
    let by_others = api.schemes.iter().filter(|other| other.rust_name != scheme.rust_name);
    let by_others = by_others.map(|other| {
        let other = ident(&other.rust_name);
        quote! {
            impl<T: runtime::Authorizes<#needed>> runtime::Authorizes<#needed> for (T, #other) {
                fn credential(&self) -> std::sync::Arc<dyn runtime::Credential> {
                    self.0.credential()
                }
            }
        }
    });
    quote! {
        impl<T> runtime::Authorizes<#needed> for (T, #needed) {
            fn credential(&self) -> std::sync::Arc<dyn runtime::Credential> {
                self.1.0.clone()
            }
        }

        #(#by_others)*
    }
}

/// Emits the credentials that satisfy a requirement: those of each alternative in any order, and
/// any that hold credentials of other schemes besides.
fn satisfied(name: &str, alternatives: &Alternatives, api: &Api) -> TokenStream {
    let requirement = ident(name);
    let requirement = quote!(requirements::#requirement);
    let impls = alternatives.iter().flat_map(|schemes| {
        orders(schemes.iter().map(|scheme| ident(scheme)).collect()).into_iter().filter_map(
            |names| {
                match names.as_slice() {
                    [] => Some(implementation(
                        &requirement,
                        &quote!(()),
                        &quote!(std::sync::Arc::new(())),
                    )),
                    [one] => {
                        Some(implementation(&requirement, &quote!(#one), &quote!(self.0.clone())))
                    }
                    // The last one satisfies the requirement by itself.
                    [.., last] if is_alternative(&last.to_string(), alternatives) => None,
                    [first, others @ ..] => {
                        let holder =
                            others.iter().fold(quote!(#first), |held, one| quote!((#held, #one)));
                        Some(implementation(
                            &requirement,
                            &holder,
                            &quote!(std::sync::Arc::new(self.clone())),
                        ))
                    }
                }
            },
        )
    });
    let with_others = with_others(&requirement, alternatives, api);
    quote! {
        #(#impls)*
        #with_others

        impl<C: #requirement> #requirement for std::sync::Arc<C> {
            fn credential(&self) -> std::sync::Arc<dyn runtime::Credential> {
                (**self).credential()
            }
        }

        impl<A: Clone, B: Clone, C: Clone> #requirement for (A, B, C)
        where
            ((A, B), C): #requirement,
        {
            fn credential(&self) -> std::sync::Arc<dyn runtime::Credential> {
                let (a, b, c) = self.clone();
                ((a, b), c).credential()
            }
        }
    }
}

/// Emits the credentials that satisfy a requirement together with others.
fn with_others(requirement: &TokenStream, alternatives: &Alternatives, api: &Api) -> TokenStream {
    // The others of an alternative satisfy the requirement by themselves, so it matters which ones
    // the holder has.
    let is_ambiguous = |name: &String| {
        let with_it = alternatives.iter().filter(|schemes| schemes.contains(name));
        with_it.into_iter().any(|schemes| {
            let is_covered = |known: &Vec<String>| {
                known.iter().all(|needed| needed != name && schemes.contains(needed))
            };
            alternatives.iter().any(is_covered)
        })
    };
    let with_others = api.schemes.iter().filter_map(|scheme| {
        let last = ident(&scheme.rust_name);
        if is_alternative(&scheme.rust_name, alternatives) {
            return Some(quote! {
                impl<T> #requirement for (T, #last) {
                    fn credential(&self) -> std::sync::Arc<dyn runtime::Credential> {
                        self.1.0.clone()
                    }
                }
            });
        }
        (!is_ambiguous(&scheme.rust_name)).then(|| {
            quote! {
                impl<T: #requirement> #requirement for (T, #last) {
                    fn credential(&self) -> std::sync::Arc<dyn runtime::Credential> {
                        self.0.credential()
                    }
                }
            }
        })
    });
    quote!(#(#with_others)*)
}

fn is_alternative(scheme: &str, alternatives: &Alternatives) -> bool {
    alternatives.iter().any(|known| known.as_slice() == [scheme])
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
    value: &TokenStream,
) -> TokenStream {
    quote! {
        impl #requirement for #holder {
            fn credential(&self) -> std::sync::Arc<dyn runtime::Credential> {
                #value
            }
        }
    }
}
