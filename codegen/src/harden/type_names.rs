//! Reads the types of fields, by the last name of their paths.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// Whether the type is called one of `names`, wherever it stands.
pub fn is_named(ty: &Type, names: &[&str]) -> bool {
    last(ty).is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// The type inside of one that is called `outer`, such as an `Option`.
pub fn inside<'t>(ty: &'t Type, outer: &str) -> Option<&'t Type> {
    let last = last(ty).filter(|last| last.ident == outer)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

fn last(ty: &Type) -> Option<&PathSegment> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last()
}
