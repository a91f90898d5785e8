//! Recognizes the types of fields by the last segment of their paths.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// Returns true if the type has one of `names`, whatever its path.
pub(super) fn is_named(ty: &Type, names: &[&str]) -> bool {
    last(ty).is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// Returns the type inside one that is named `outer`, such as an `Option`.
pub(super) fn inside<'t>(ty: &'t Type, outer: &str) -> Option<&'t Type> {
    let last = last(ty).filter(|last| last.ident == outer)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

/// Returns the last type inside one that has one of `names`, such as the values of a map.
pub(super) fn inside_last<'t>(ty: &'t Type, names: &[&str]) -> Option<&'t Type> {
    let last = last(ty).filter(|last| names.iter().any(|name| last.ident == name))?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.last()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

fn last(ty: &Type) -> Option<&PathSegment> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last()
}
