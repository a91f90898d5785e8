//! The public items of emitted code, with the declaration of each.

use quote::ToTokens;
use syn::{FnArg, Generics, ImplItem, Item, Signature, Visibility};

/// A public item of an emitted file.
#[derive(Clone, Debug)]
pub struct PublicItem {
    /// Its path in the module of its API; an implementation of a trait has none.
    pub(super) name: Option<String>,
    /// Its declaration, for review.
    pub(super) line: String,
    /// Its declaration, for those who use it.
    pub(super) used: Used,
}

/// The parts of a declaration that code depends on.
#[derive(Clone, Debug, Default)]
pub struct Used {
    /// The type of a field, the payload of a variant, or everything of a function but its arguments
    /// and bounds.
    pub contract: String,
    /// The bounds of a function on the credentials of the client.
    pub bound: String,
    /// The names and types of the arguments of a function, without `self`.
    pub arguments: Vec<(String, String)>,
}

impl PublicItem {
    /// Returns the names of a function's arguments in parentheses. A setter has none, since its own
    /// name says the same.
    pub(super) fn listed_arguments(&self) -> String {
        let names: Vec<&str> = self.used.arguments.iter().map(|(name, _)| name.as_str()).collect();
        let own = self.name.as_ref().and_then(|name| name.rsplit("::").next());
        let is_setter = matches!(names.as_slice(), [only] if own == Some(only));
        if names.is_empty() || is_setter { String::new() } else { format!("({})", names.join(",")) }
    }
}

/// Returns the public items among `items`, which belong to the module `module` of an API, or to the
/// API's own module.
pub(crate) fn public_items(module: &str, items: &[Item]) -> Vec<PublicItem> {
    let prefix = if module.is_empty() { String::new() } else { format!("{module}::") };
    items.iter().flat_map(|item| of_item(&prefix, item)).collect()
}

fn named(name: String, line: String) -> PublicItem {
    PublicItem { name: Some(name), line, used: Used::default() }
}

fn with_contract(name: String, line: String, contract: String) -> PublicItem {
    PublicItem { used: Used { contract, ..Used::default() }, ..named(name, line) }
}

/// Returns what callers of a function depend on.
fn used(signature: &Signature) -> Used {
    let receiver = signature.inputs.iter().filter(|input| matches!(input, FnArg::Receiver(_)));
    let generics = Generics { where_clause: None, ..signature.generics.clone() };
    let without = Signature { inputs: receiver.cloned().collect(), generics, ..signature.clone() };
    let arguments = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(argument) => Some((text(&argument.pat), text(&argument.ty))),
        FnArg::Receiver(_) => None,
    });
    Used {
        contract: text(&without),
        bound: text(&signature.generics.where_clause),
        arguments: arguments.collect(),
    }
}

fn of_item(prefix: &str, item: &Item) -> Vec<PublicItem> {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let name = format!("{prefix}{}", item.ident);
            let head = format!("struct {name}{}{}", text(&item.generics), attributes(&item.attrs));
            let fields =
                item.fields.iter().filter(|field| is_public(&field.vis)).filter_map(|field| {
                    let field_name = field.ident.as_ref()?;
                    let line = format!(
                        "  {}.{field_name}: {}{}",
                        item.ident,
                        text(&field.ty),
                        renamed(&field.attrs)
                    );
                    Some(with_contract(format!("{name}.{field_name}"), line, text(&field.ty)))
                });
            std::iter::once(named(name.clone(), head)).chain(fields).collect()
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let name = format!("{prefix}{}", item.ident);
            let head = format!("enum {name}{}", attributes(&item.attrs));
            let variants = item.variants.iter().map(|variant| {
                let (fields, renamed) = (text(&variant.fields), renamed(&variant.attrs));
                let line = format!("  {}::{}{fields}{renamed}", item.ident, variant.ident);
                with_contract(format!("{name}::{}", variant.ident), line, fields)
            });
            std::iter::once(named(name.clone(), head)).chain(variants).collect()
        }
        Item::Impl(block) => of_impl(prefix, block),
        Item::Const(item) if is_public(&item.vis) => {
            let name = format!("{prefix}{}", item.ident);
            vec![named(name.clone(), format!("const {name}"))]
        }
        Item::Mod(item) if is_public(&item.vis) => {
            vec![named(format!("{prefix}{}", item.ident), format!("mod {}", item.ident))]
        }
        _ => Vec::new(),
    }
}

fn of_impl(prefix: &str, block: &syn::ItemImpl) -> Vec<PublicItem> {
    let ty = text(&block.self_ty);
    if let Some((_, path, _)) = &block.trait_ {
        return vec![PublicItem {
            name: None,
            line: format!("impl {} for {prefix}{ty}", text(path)),
            used: Used::default(),
        }];
    }
    let bare = ty.split('<').next().unwrap_or_default();
    let publics = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if is_public(&function.vis) => {
            let line = format!(
                "fn {prefix}{ty}::{}{}",
                signature(&function.sig),
                attributes(&function.attrs)
            );
            let name = format!("{prefix}{bare}::{}", function.sig.ident);
            Some(PublicItem { used: used(&function.sig), ..named(name, line) })
        }
        ImplItem::Const(constant) => {
            let line = format!("const {prefix}{ty}::{} = {}", constant.ident, text(&constant.expr));
            Some(named(format!("{prefix}{bare}::{}", constant.ident), line))
        }
        _ => None,
    });
    publics.collect()
}

fn signature(signature: &Signature) -> String {
    let asynchrony = if signature.asyncness.is_some() { " async" } else { "" };
    let inputs: Vec<String> = signature.inputs.iter().map(text).collect();
    let bound = text(&signature.generics.where_clause);
    let bound = bound.trim_end_matches(',');
    format!(
        "{}({}) {}{asynchrony}{}",
        signature.ident,
        inputs.join(", "),
        text(&signature.output),
        spaced(bound)
    )
}

/// Returns the name in JSON if it differs.
fn renamed(attributes: &[syn::Attribute]) -> String {
    let serde = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .map(text)
        .collect::<String>();
    serde.split_once("rename=").or_else(|| serde.split_once("rename = ")).map_or_else(
        String::new,
        |(_, rest)| {
            let name: String =
                rest.chars().skip(1).take_while(|character| *character != '"').collect();
            format!(" as {name}")
        },
    )
}

fn attributes(attributes: &[syn::Attribute]) -> String {
    let shown = ["deprecated", "non_exhaustive"];
    let found = shown
        .into_iter()
        .filter(|name| attributes.iter().any(|attribute| attribute.path().is_ident(name)));
    found.map(|name| format!(" #{name}")).collect()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn spaced(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

/// Returns tokens with the spacing of formatted code.
fn text(tokens: &impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let tight = [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" :", ":"),
        ("< ", "<"),
        (" >", ">"),
        (" <", "<"),
        ("' ", "'"),
        (",>", ">"),
    ];
    tight.into_iter().fold(text, |text, (loose, tight)| text.replace(loose, tight))
}
