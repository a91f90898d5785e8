//! The public surface of generated code: an item per line for review, and the names that consumers use.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::{ImplItem, Item, Signature, Visibility};

use crate::file_tree::FileTree;

/// Something public.
struct Public {
    /// Its path from the crate on; an implementation of a trait has none.
    name: Option<String>,
    /// How it is declared.
    line: String,
}

/// Everything public in the module `api`, in the order of the files. A file that is no Rust has nothing.
#[must_use]
pub fn surface(files: &FileTree, api: &str) -> String {
    let folder = format!("src/{api}/");
    let files = files.iter().filter(|(path, _)| path.starts_with(&folder));
    let lines = files.flat_map(|(path, text)| publics(path, text)).map(|public| public.line);
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths of public items in `before` that are not in `after`, so that what uses them no longer compiles: those of modules
/// and types, such as `widgets::types::Widget`, of what is in a type, such as `widgets::Client::get_widget`, and of fields,
/// such as `widgets::types::Widget.name`. What goes with the item around it is left out.
#[must_use]
pub fn changed_names(before: &FileTree, after: &FileTree) -> Vec<String> {
    let (before, after) = (names(before, after), names(after, before));
    let gone: BTreeSet<&str> = before.difference(&after).map(String::as_str).collect();
    let is_gone_with = |name: &str| name.match_indices([':', '.']).any(|(end, _)| gone.contains(&name[..end]));
    gone.iter().filter(|name| !is_gone_with(name)).map(|name| (*name).to_owned()).collect()
}

/// The names in those files that are not the same in `others`: the rest is the same on both sides, and most of what there is.
fn names(files: &FileTree, others: &FileTree) -> BTreeSet<String> {
    let differs = |path: &String, text: &String| path.starts_with("src/") && others.get(path) != Some(text);
    let files = files.iter().filter(|(path, text)| differs(path, text));
    files.flat_map(|(path, text)| publics(path, text)).filter_map(|public| public.name).collect()
}

/// What a file of the crate makes public. Clients are named in the module around their file.
fn publics(path: &str, text: &str) -> Vec<Public> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    let modules: Vec<&str> = path.split('/').collect();
    let (outer, prefix) = match modules.as_slice() {
        ["lib"] => (String::new(), String::new()),
        [api, "mod" | "client"] => (format!("{api}::"), String::new()),
        [api, module] => (format!("{api}::"), format!("{module}::")),
        _ => return Vec::new(),
    };
    let items = syn::parse_file(text).map_or_else(|_| Vec::new(), |file| file.items);
    let mut publics: Vec<Public> = items.iter().flat_map(|item| of_item(&prefix, item)).collect();
    publics.iter_mut().filter_map(|public| public.name.as_mut()).for_each(|name| name.insert_str(0, &outer));
    publics
}

fn named(name: String, line: String) -> Public {
    Public { name: Some(name), line }
}

fn of_item(prefix: &str, item: &Item) -> Vec<Public> {
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let name = format!("{prefix}{}", item.ident);
            let head = format!("struct {name}{}{}", text(&item.generics), attributes(&item.attrs));
            let fields = item.fields.iter().filter(|field| is_public(&field.vis)).filter_map(|field| {
                let field_name = field.ident.as_ref()?;
                let line = format!("  {}.{field_name}: {}{}", item.ident, text(&field.ty), renamed(&field.attrs));
                Some(named(format!("{name}.{field_name}"), line))
            });
            std::iter::once(named(name.clone(), head)).chain(fields).collect()
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let name = format!("{prefix}{}", item.ident);
            let head = format!("enum {name}{}", attributes(&item.attrs));
            let variants = item.variants.iter().map(|variant| {
                let (fields, renamed) = (text(&variant.fields), renamed(&variant.attrs));
                let line = format!("  {}::{}{fields}{renamed}", item.ident, variant.ident);
                named(format!("{name}::{}", variant.ident), line)
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

fn of_impl(prefix: &str, block: &syn::ItemImpl) -> Vec<Public> {
    let ty = text(&block.self_ty);
    if let Some((_, path, _)) = &block.trait_ {
        return vec![Public { name: None, line: format!("impl {} for {prefix}{ty}", text(path)) }];
    }
    let bare = ty.split('<').next().unwrap_or_default();
    let publics = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) if is_public(&function.vis) => {
            let line = format!("fn {prefix}{ty}::{}{}", signature(&function.sig), attributes(&function.attrs));
            Some(named(format!("{prefix}{bare}::{}", function.sig.ident), line))
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
    format!("{}({}) {}{asynchrony}{}", signature.ident, inputs.join(", "), text(&signature.output), spaced(bound))
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

#[cfg(test)]
mod tests {
    use super::changed_names;
    use crate::file_tree::FileTree;

    const LIB: &str = "pub mod widgets; pub mod gadgets; mod hidden;";
    const CLIENT: &str = "pub struct Client<C>(C); impl<C> Client<C> { pub fn get(&self) {} fn own(&self) {} }";
    const TYPES: &str = "pub struct Widget { pub name: String, own: u8 } pub enum Color { Red, Blue }
        impl Clone for Widget { fn clone(&self) -> Self { loop {} } } pub const MOST: u8 = 1;";

    fn tree(files: [(&str, &str); 3]) -> FileTree {
        files.map(|(path, text)| (path.to_owned(), text.to_owned())).into()
    }

    #[track_caller]
    fn check(lib: &str, client: &str, types: &str, gone: &[&str]) {
        let paths = ["src/lib.rs", "src/widgets/client.rs", "src/widgets/types.rs"];
        let before = tree([(paths[0], LIB), (paths[1], CLIENT), (paths[2], TYPES)]);
        let after = tree([(paths[0], lib), (paths[1], client), (paths[2], types)]);
        assert_eq!(changed_names(&before, &after), gone);
        assert_eq!(changed_names(&before, &before), [""; 0]);
    }

    #[test]
    fn what_consumers_can_name_is_missed_once() {
        let renamed = TYPES.replace("name", "title").replace("Blue", "Green").replace("MOST", "LEAST");
        let types = ["widgets::types::Color::Blue", "widgets::types::MOST", "widgets::types::Widget.name"];
        check(LIB, CLIENT, &renamed, &types);
        check(LIB, &CLIENT.replace("get", "fetch"), TYPES, &["widgets::Client::get"]);
        check(LIB, CLIENT, &TYPES.replace("Widget", "Part"), &["widgets::types::Widget"]);
        check(&LIB.replace("gadgets", "gears"), CLIENT, TYPES, &["gadgets"]);
    }

    #[test]
    fn what_comes_and_what_consumers_cannot_name_is_not_missed() {
        let private =
            TYPES.replace("own", "other").replace("impl Clone for Widget { fn clone(&self) -> Self { loop {} } }", "");
        check(&LIB.replace("hidden", "secret"), &CLIENT.replace("own", "other"), &private, &[]);
        let more = format!("{TYPES} pub struct More;");
        check(LIB, &CLIENT.replace("&self", "&self, limit: u8"), &more, &[]);
    }

    #[test]
    fn a_file_that_is_no_rust_has_no_names() {
        let broken = tree([("src/lib.rs", LIB), ("src/widgets/client.rs", "<<<<<<<"), ("README.md", "pub mod a;")]);
        assert_eq!(changed_names(&broken, &FileTree::new()), ["gadgets", "widgets"]);
    }
}
