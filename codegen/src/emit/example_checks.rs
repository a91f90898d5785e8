//! Emits the checks that the tests of all APIs share.

use proc_macro2::TokenStream;
use quote::quote;

use crate::format::{parsed, rust_file};
use crate::package::Package;
use crate::tokens::ident;
use openapi::diagnostic::Diagnostic;

/// Emits `tests/support/example_checks.rs`.
///
/// # Errors
/// Returns code that is not valid Rust.
pub(super) fn emit(package: &Package) -> Result<String, Diagnostic> {
    let library = ident(&package.name.in_rust());
    let values = values();
    let code = quote! {
        //! Checks of examples and types.

        #![allow(dead_code, reason = "each API uses those that its examples need")]

        use serde::Serialize;
        use serde::de::DeserializeOwned;
        use serde_json::Value;

        use ::#library::runtime;

        /// Checks that what is sent decodes, and encodes to the same JSON.
        #[track_caller]
        pub fn round_trips<T: DeserializeOwned + Serialize>(example: &str) {
            let value: T = serde_json::from_str(example).expect("the example decodes");
            let example = serde_json::from_str(example).expect("the example is JSON");
            assert_eq!(encoded(&value), with_floats(example));
        }

        /// Checks that what is received decodes to the last property, and encodes to the same JSON
        /// but for nulls.
        #[track_caller]
        pub fn is_complete<T: DeserializeOwned + Serialize>(example: &str) {
            let decoded = received::<T>(example).expect("the example decodes");
            assert!(decoded.undecoded().is_empty(), "does not fit: {:?}", decoded.undecoded());
            let example = serde_json::from_str(example).expect("the example is JSON");
            assert_eq!(without_nulls(encoded(&*decoded)), without_nulls(with_floats(example)));
        }

        /// Checks that what is received decodes, though something in it is of another type than
        /// documented.
        #[track_caller]
        pub fn is_not_lost<T: DeserializeOwned>(example: &str) {
            assert!(received::<T>(example).is_ok(), "the example must decode");
        }

        /// Checks that bodies decode.
        #[track_caller]
        pub fn decodes<T: DeserializeOwned>(bodies: &[&str]) {
            for body in bodies {
                assert!(serde_json::from_str::<T>(body).is_ok(), "{body} must decode");
            }
        }

        fn received<T: DeserializeOwned>(
            body: &str,
        ) -> Result<runtime::Decoded<T>, runtime::DecodeError> {
            let (status, headers) = (runtime::StatusCode::OK, runtime::header::HeaderMap::new());
            runtime::__codegen::Received::new(status, headers, body.into()).json()
        }

        #values
    };
    Ok(rust_file("specs", parsed(code)?))
}

/// Emits the functions that make values comparable.
fn values() -> TokenStream {
    quote! {
        #[track_caller]
        fn encoded<T: Serialize>(value: &T) -> Value {
            let json = runtime::exposing_secrets(|| serde_json::to_string(value));
            let json = json.expect("the value encodes");
            with_floats(serde_json::from_str(&json).expect("the encoded value is JSON"))
        }

        /// Returns the value with `1.0` for `1`.
        fn with_floats(value: Value) -> Value {
            match value {
                Value::Number(number) => number.as_f64().into(),
                Value::Object(properties) => {
                    properties.into_iter().map(|(name, value)| (name, with_floats(value))).collect()
                }
                Value::Array(items) => items.into_iter().map(with_floats).collect(),
                scalar => scalar,
            }
        }

        fn without_nulls(value: Value) -> Value {
            match value {
                Value::Object(properties) => {
                    let properties = properties.into_iter().filter(|(_, value)| !value.is_null());
                    properties.map(|(name, value)| (name, without_nulls(value))).collect()
                }
                Value::Array(items) => items.into_iter().map(without_nulls).collect(),
                scalar => scalar,
            }
        }
    }
}
