//! Emits constraints as values of the runtime's type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::ident;
use crate::api::{Constraint, constraints};

/// Emits a slice of the runtime's constraints.
pub(crate) fn constraint_tokens(schema: &Value) -> TokenStream {
    let constraints = constraints(schema).into_iter().map(|constraint| {
        let constraint = variant(constraint);
        quote!(runtime::Constraint::#constraint)
    });
    quote!(&[#(#constraints),*])
}

/// Emits a constraint of the runtime.
fn variant(constraint: Constraint) -> TokenStream {
    let count = Literal::u64_unsuffixed;
    let number = |decimal: String| Literal::string(&decimal);
    let with = |name: &str, value: Literal| {
        let name = ident(name);
        quote!(#name(#value))
    };
    match constraint {
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
        Constraint::Pattern(pattern) => quote!(Pattern(#pattern)),
        Constraint::Enum(values) => {
            let values = values.into_iter().map(number);
            quote!(Enum(&[#(#values),*]))
        }
    }
}
