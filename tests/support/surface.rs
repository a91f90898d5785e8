//! The public surface of one generated API, an item per line.

use codegen::tree::FileTree;
use quote::ToTokens;
use syn::{Fields, ImplItem, Item, Signature, Visibility};

/// Everything public in the module `api`.
#[must_use]
pub fn surface(files: &FileTree, api: &str) -> String {
    let mut lines = Vec::new();
    let folder = format!("src/{api}/");
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with(&folder)) {
        let module = path.trim_start_matches(&folder).trim_end_matches(".rs");
        let prefix = if matches!(module, "mod" | "client") { String::new() } else { format!("{module}::") };
        let file = syn::parse_file(text).expect("generated code is Rust");
        lines.extend(file.items.iter().flat_map(|item| item_lines(&prefix, item)));
    }
    lines.join("\n")
}

fn item_lines(prefix: &str, item: &Item) -> Vec<String> {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let name = format!("{prefix}{}{}", item.ident, text(&item.generics));
            let head = format!("struct {name}{}", attributes(&item.attrs));
            let fields = fields(&item.fields).map(|field| format!("  {}.{field}", item.ident));
            std::iter::once(head).chain(fields).collect()
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let head = format!("enum {prefix}{}{}", item.ident, attributes(&item.attrs));
            let variants = item.variants.iter().map(|variant| {
                format!("  {}::{}{}{}", item.ident, variant.ident, text(&variant.fields), renamed(&variant.attrs))
            });
            std::iter::once(head).chain(variants).collect()
        }
        Item::Impl(block) => impl_lines(prefix, block),
        Item::Const(item) if is_public(&item.vis) => vec![format!("const {prefix}{}", item.ident)],
        Item::Mod(item) if is_public(&item.vis) => vec![format!("mod {}", item.ident)],
        _ => Vec::new(),
    }
}

fn impl_lines(prefix: &str, block: &syn::ItemImpl) -> Vec<String> {
    let ty = text(&block.self_ty);
    if let Some((_, path, _)) = &block.trait_ {
        return vec![format!("impl {} for {prefix}{ty}", text(path))];
    }
    let lines = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if is_public(&function.vis) => {
            Some(format!("fn {prefix}{ty}::{}{}", signature(&function.sig), attributes(&function.attrs)))
        }
        ImplItem::Const(constant) => Some(format!("const {prefix}{ty}::{} = {}", constant.ident, text(&constant.expr))),
        _ => None,
    });
    lines.collect()
}

fn signature(signature: &Signature) -> String {
    let asynchrony = if signature.asyncness.is_some() { " async" } else { "" };
    let inputs: Vec<String> = signature.inputs.iter().map(text).collect();
    let bound = text(&signature.generics.where_clause);
    let bound = bound.trim_end_matches(',');
    format!("{}({}) {}{asynchrony}{}", signature.ident, inputs.join(", "), text(&signature.output), spaced(bound))
}

fn fields(fields: &Fields) -> impl Iterator<Item = String> {
    let public = fields.iter().filter(|field| is_public(&field.vis));
    public.filter_map(|field| {
        let name = field.ident.as_ref()?;
        Some(format!("{name}: {}{}", text(&field.ty), renamed(&field.attrs)))
    })
}

/// The name in JSON where it is another one.
fn renamed(attributes: &[syn::Attribute]) -> String {
    let serde = attributes.iter().filter(|attribute| attribute.path().is_ident("serde")).map(text).collect::<String>();
    serde.split_once("rename=").or_else(|| serde.split_once("rename = ")).map_or_else(String::new, |(_, rest)| {
        let name: String = rest.chars().skip(1).take_while(|character| *character != '"').collect();
        format!(" as {name}")
    })
}

fn attributes(attributes: &[syn::Attribute]) -> String {
    let shown = ["deprecated", "non_exhaustive"];
    let found = shown.into_iter().filter(|name| attributes.iter().any(|attribute| attribute.path().is_ident(name)));
    found.map(|name| format!(" #{name}")).collect()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn spaced(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

/// Tokens as a person would space them.
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
