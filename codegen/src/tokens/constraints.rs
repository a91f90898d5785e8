//! Emits constraints as values of the runtime's type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::ident;
use crate::api::{Constraint, constraints};
use openapi::matching::Pattern;

/// Emits a slice of the runtime's constraints.
pub(crate) fn constraint_tokens(schema: &Value) -> TokenStream {
    let constraints = constraints(schema).into_iter().filter_map(|constraint| {
        let constraint = variant(constraint)?;
        Some(quote!(runtime::__codegen::Constraint::#constraint))
    });
    quote!(&[#(#constraints),*])
}

/// Emits a constraint of the runtime. There is none for a pattern that a client does not enforce.
fn variant(constraint: Constraint) -> Option<TokenStream> {
    let count = Literal::u64_unsuffixed;
    let number = |decimal: String| Literal::string(&decimal);
    let with = |name: &str, value: Literal| {
        let name = ident(name);
        quote!(#name(#value))
    };
    Some(match constraint {
        Constraint::Uuid => quote!(Uuid),
        Constraint::UniqueItems => quote!(UniqueItems),
        Constraint::MinLength(least) => with("MinLength", count(least)),
        Constraint::MaxLength(most) => with("MaxLength", count(most)),
        Constraint::MinItems(least) => with("MinItems", count(least)),
        Constraint::MaxItems(most) => with("MaxItems", count(most)),
        Constraint::MinProperties(least) => with("MinProperties", count(least)),
        Constraint::MaxProperties(most) => with("MaxProperties", count(most)),
        Constraint::Minimum(bound) => with("Minimum", number(bound)),
        Constraint::ExclusiveMinimum(bound) => with("ExclusiveMinimum", number(bound)),
        Constraint::Maximum(bound) => with("Maximum", number(bound)),
        Constraint::ExclusiveMaximum(bound) => with("ExclusiveMaximum", number(bound)),
        Constraint::MultipleOf(divisor) => with("MultipleOf", number(divisor)),
        Constraint::Pattern(documented) => match Pattern::new(&documented) {
            Ok(Pattern { all, none, .. }) => quote! {
                Pattern(runtime::__codegen::Pattern {
                    documented: #documented, all: &[#(#all),*], none: &[#(#none),*],
                })
            },
            Err(_) => return None,
        },
        Constraint::Enum(values) => {
            let values = values.into_iter().map(number);
            quote!(Enum(&[#(#values),*]))
        }
    })
}
