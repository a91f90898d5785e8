//! The public surface of a client: its items for review, and the names that consumers use with their origins.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{ImplItem, Item, Signature, Visibility};

use crate::file_tree::FileTree;
use crate::format::header;

/// The folder of the lists of names, below `generated/`.
const FOLDER: &str = "names/";

/// A public item of an emitted file.
#[derive(Clone, Debug)]
pub struct PublicItem {
    /// Its path in the module of its API. An implementation of a trait has none.
    name: Option<String>,
    /// Its declaration, for review.
    line: String,
}

/// The public surface of one API.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    items: Vec<PublicItem>,
    /// JSON pointers to the origins of names. A name without one has the origin of the item that contains it.
    origins: BTreeMap<String, String>,
}

impl Surface {
    /// Creates the surface from the items of all files and the origins of their names.
    pub(crate) fn new(items: Vec<PublicItem>, origins: BTreeMap<String, String>) -> Self {
        Self { items, origins }
    }

    /// Returns all public items, one per line.
    #[must_use]
    pub fn lines(&self) -> String {
        let lines: Vec<&str> = self.items.iter().map(|item| item.line.as_str()).collect();
        lines.join("\n")
    }

    /// Returns the file that lists the names, each with the pointer to its origin.
    pub(crate) fn names_file(&self, api: &str, origin: &str) -> (String, String) {
        let names: BTreeSet<&String> = self.items.iter().filter_map(|item| item.name.as_ref()).collect();
        let lines = names.into_iter().map(|name| format!("{name} {}\n", self.origin(name)));
        (format!("{FOLDER}{api}.txt"), header("#", origin) + &lines.collect::<String>())
    }

    /// Returns the pointer to the origin of a name.
    fn origin(&self, name: &str) -> &str {
        let ends = name.rmatch_indices([':', '.']).map(|(end, _)| end);
        let around = std::iter::once(name.len()).chain(ends).map(|end| &name[..end]);
        around.filter_map(|name| self.origins.get(name)).map(String::as_str).next().unwrap_or_default()
    }
}

/// A public name that was removed, so that code that uses it no longer compiles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoneName {
    /// The module of the API, such as `widgets`.
    pub api: String,
    /// The path in that module: of a type such as `types::Widget`, of an associated item such as `Client::get_widget`, or of
    /// a field such as `types::Widget.name`. The path of the module itself is empty.
    pub name: String,
    /// The JSON pointer to its origin in the previous document.
    pub pointer: String,
}

impl GoneName {
    /// Returns the path from the crate on.
    #[must_use]
    pub fn path(&self) -> String {
        if self.name.is_empty() { self.api.clone() } else { format!("{}::{}", self.api, self.name) }
    }
}

/// Returns the public names that `before` lists and `after` does not. What goes with the item around it is left out.
#[must_use]
pub fn changed_names(before: &FileTree, after: &FileTree) -> Vec<GoneName> {
    let mut found = Vec::new();
    for (path, text) in before {
        let Some(api) = path.strip_prefix(FOLDER).and_then(|file| file.strip_suffix(".txt")) else { continue };
        let gone = |(name, pointer): (&str, &str)| GoneName {
            api: api.to_owned(),
            name: name.to_owned(),
            pointer: pointer.to_owned(),
        };
        match after.get(path) {
            Some(now) if now == text => {}
            Some(now) => found.extend(missing(&names(text), &names(now)).map(gone)),
            None => found.push(gone(("", ""))),
        }
    }
    found
}

/// Returns the names of a list with their pointers.
fn names(text: &str) -> BTreeMap<&str, &str> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).collect()
}

fn missing<'b>(
    before: &BTreeMap<&'b str, &'b str>,
    after: &BTreeMap<&str, &str>,
) -> impl Iterator<Item = (&'b str, &'b str)> {
    let gone: BTreeMap<&str, &str> =
        before.iter().filter(|(name, _)| !after.contains_key(*name)).map(|(name, pointer)| (*name, *pointer)).collect();
    let around = |name: &str, gone: &BTreeMap<&str, &str>| {
        name.match_indices([':', '.']).any(|(end, _)| gone.contains_key(&name[..end]))
    };
    let alone: Vec<_> =
        gone.iter().filter(|(name, _)| !around(name, &gone)).map(|(name, pointer)| (*name, *pointer)).collect();
    alone.into_iter()
}

/// Returns the public items among `items`, which belong to the module `module` of an API, or to the API's own module.
pub(crate) fn public_items(module: &str, items: &[Item]) -> Vec<PublicItem> {
    let prefix = if module.is_empty() { String::new() } else { format!("{module}::") };
    items.iter().flat_map(|item| of_item(&prefix, item)).collect()
}

fn named(name: String, line: String) -> PublicItem {
    PublicItem { name: Some(name), line }
}

fn of_item(prefix: &str, item: &Item) -> Vec<PublicItem> {
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

fn of_impl(prefix: &str, block: &syn::ItemImpl) -> Vec<PublicItem> {
    let ty = text(&block.self_ty);
    if let Some((_, path, _)) = &block.trait_ {
        return vec![PublicItem { name: None, line: format!("impl {} for {prefix}{ty}", text(path)) }];
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

/// Returns the name in JSON if it differs.
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

#[cfg(test)]
mod tests {
    use super::{PublicItem, Surface, changed_names, public_items};
    use crate::file_tree::FileTree;

    const CLIENT: &str = "pub struct Client<C>(C); impl<C> Client<C> { pub fn get(&self) {} fn own(&self) {} }";
    const TYPES: &str = "pub struct Widget { pub name: String, own: u8 } pub enum Color { Red, Blue }
        impl Clone for Widget { fn clone(&self) -> Self { loop {} } } pub const MOST: u8 = 1;";

    fn items(module: &str, code: &str) -> Vec<PublicItem> {
        public_items(module, &syn::parse_file(code).expect("the code is Rust").items)
    }

    fn tree(client: &str, types: &str) -> FileTree {
        let items = items("", client).into_iter().chain(items("types", types)).collect();
        let origins = [("types::Widget", "/w"), ("types::Widget.name", "/w/name"), ("types::Color", "/c")];
        let origins = origins.map(|(name, pointer)| (name.to_owned(), pointer.to_owned())).into();
        FileTree::from([Surface::new(items, origins).names_file("widgets", "specs/widgets.yaml")])
    }

    #[track_caller]
    fn check(client: &str, types: &str, expected: &[(&str, &str)]) {
        let gone = changed_names(&tree(CLIENT, TYPES), &tree(client, types));
        let gone: Vec<(String, &str)> = gone.iter().map(|gone| (gone.path(), gone.pointer.as_str())).collect();
        let expected: Vec<(String, &str)> =
            expected.iter().map(|(name, pointer)| (format!("widgets::{name}"), *pointer)).collect();
        assert_eq!(gone, expected);
    }

    #[test]
    fn names_that_consumers_use_are_missed_once_and_with_their_origin() {
        let renamed = TYPES.replace("name", "title").replace("Blue", "Green").replace("MOST", "LEAST");
        let gone = [("types::Color::Blue", "/c"), ("types::MOST", ""), ("types::Widget.name", "/w/name")];
        check(CLIENT, &renamed, &gone);
        check(&CLIENT.replace("get", "fetch"), TYPES, &[("Client::get", "")]);
        check(CLIENT, &TYPES.replace("Widget", "Part"), &[("types::Widget", "/w")]);
    }

    #[test]
    fn new_and_private_names_are_not_missed() {
        let private =
            TYPES.replace("own", "other").replace("impl Clone for Widget { fn clone(&self) -> Self { loop {} } }", "");
        check(&CLIENT.replace("own", "other"), &private, &[]);
        check(&CLIENT.replace("&self", "&self, limit: u8"), &format!("{TYPES} pub struct More;"), &[]);
    }

    #[test]
    fn an_api_that_is_gone_is_one_name() {
        let gone = changed_names(&tree(CLIENT, TYPES), &FileTree::new());
        assert_eq!(gone.iter().map(super::GoneName::path).collect::<Vec<_>>(), ["widgets"]);
        assert_eq!(changed_names(&FileTree::new(), &tree(CLIENT, TYPES)), []);
    }
}
