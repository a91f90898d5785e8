//! Emits the list of all sample calls and the code that they share.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Api;
use crate::format::{parsed, rust_file};
use crate::package::Package;
use crate::tokens::ident;
use openapi::diagnostic::Diagnostic;

/// Emits `sample_calls/mod.rs`.
///
/// # Errors
/// Returns code that is not valid Rust.
pub(super) fn emit(package: &Package, apis: &[&Api]) -> Result<String, Diagnostic> {
    let modules = apis.iter().map(|api| {
        let name = ident(&api.name);
        quote!(pub mod #name;)
    });
    let all = apis.iter().map(|api| {
        let name = ident(&api.name);
        quote!(#name::ALL)
    });
    let library = ident(&package.name.in_rust());
    let helpers = helpers();
    let code = quote! {
        //! A call of every operation, with the examples of its document.

        use std::future::Future;
        use std::pin::Pin;

        use ::#library::runtime;

        #(#modules)*

        /// A running call, which can move to another thread.
        pub type Running = Pin<Box<dyn Future<Output = Outcome> + Send>>;

        /// The outcome of a call.
        pub struct Outcome {
            /// A summary for people: the status code and the value, or the kind of failure, the
            /// message and the documented error.
            pub summary: String,
            /// The `Debug` and `Display` output of the client, the call, its body and its outcome.
            pub printed: String,
        }

        /// A call of one operation with example values.
        pub struct SampleCall {
            /// API and client method, separated by a slash.
            pub name: &'static str,
            /// Example values of the required inputs: a JSON object with a property for each
            /// argument.
            pub required: &'static str,
            /// Example values of the optional inputs: a JSON object with a property for each
            /// setter.
            pub optional: &'static str,
            /// Violated constraints: the constraint, a JSON pointer to an input, and a value for it
            /// that violates the constraint.
            pub violations: &'static [(&'static str, &'static str, &'static str)],
            /// The status code, media type and body of each documented response. Without a body the
            /// latter two are empty.
            pub responses: &'static [(u16, &'static str, &'static str)],
            /// Starts a connection to a server, with the path of the API.
            pub connection: fn(&str) -> runtime::ClientBuilder,
            /// Calls the operation with inputs, on the server of a connection.
            pub call: fn(runtime::ClientBuilder, serde_json::Value) -> Running,
        }

        /// The calls of all APIs.
        pub fn all() -> Vec<&'static SampleCall> {
            [#(#all),*].into_iter().flatten().collect()
        }

        #helpers
    };
    Ok(rust_file("specs", parsed(code)?))
}

fn helpers() -> TokenStream {
    quote! {
        /// Starts a connection to a server, with the path of the API.
        fn builder<A: runtime::__codegen::ClientOf>(server: &str) -> runtime::ClientBuilder {
            runtime::Connection::builder(server).path(A::PATH)
        }

        /// Compiles for types whose values can be compared, cloned, and given to another thread.
        const fn is_value<T: Clone + PartialEq + Send + Sync + 'static>() {}

        /// Returns an input of a call, if present.
        fn input<T: serde::de::DeserializeOwned>(inputs: &serde_json::Value, name: &str) -> Option<T> {
            let value = inputs.get(name)?;
            Some(serde_json::from_value(value.clone()).expect("an input decodes"))
        }

        /// Returns a clone of a client, which callers can share between threads.
        fn shared<C: Clone + Send + Sync + 'static>(client: C) -> C {
            client.clone()
        }

        /// Returns the `Debug` output of values.
        fn printed(values: &[&(dyn std::fmt::Debug + Send + Sync)]) -> String {
            values.iter().map(|value| format!("{value:?} {value:#?}\n")).collect()
        }

        fn is_shareable<V: Send + Sync + 'static>(_: &V) {}

        fn outcome<T, E>(mut printed: String, result: Result<runtime::Response<T>, runtime::Error<E>>) -> Outcome
        where
            T: std::fmt::Debug + Send + Sync + 'static,
            E: runtime::DocumentedError + Send + Sync + 'static,
        {
            const { assert!(size_of::<runtime::Error<E>>() <= 16, "an error is cheap to return") };
            is_shareable(&result);
            match result {
                Ok(response) => Outcome {
                    summary: format!("Ok {}\n{:#?}", response.status(), response.value()),
                    printed: format!("{printed}{response:?} {response:#?}"),
                },
                Err(error) => {
                    printed = format!("{printed}{error} {error:#} {error:?} {error:#?}");
                    let mut source = std::error::Error::source(&error);
                    while let Some(cause) = source {
                        printed = format!("{printed} {cause} {cause:#} {cause:?} {cause:#?}");
                        source = cause.source();
                    }
                    let summary = format!("Err {:?}\n{error}\n{:#?}", error.kind(), error.documented());
                    Outcome { summary, printed }
                }
            }
        }
    }
}
