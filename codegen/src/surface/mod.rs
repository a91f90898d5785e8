//! The public surface of a client: its items for review, and the names that consumers use with
//! their origins.

mod items;

use std::collections::{BTreeMap, BTreeSet};

use crate::file_tree::FileTree;
use crate::format::header;

pub use items::PublicItem;
pub(crate) use items::public_items;

/// The folder of the lists of names, below `generated/`.
const FOLDER: &str = "names/";

/// The public surface of one API.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    items: Vec<PublicItem>,
    /// JSON pointers to the origins of names. A name without one has the origin of the item that
    /// contains it.
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
        let names: BTreeSet<&String> =
            self.items.iter().filter_map(|item| item.name.as_ref()).collect();
        let lines = names.into_iter().map(|name| format!("{name} {}\n", self.origin(name)));
        (format!("{FOLDER}{api}.txt"), header("#", origin) + &lines.collect::<String>())
    }

    /// Returns the pointer to the origin of a name.
    fn origin(&self, name: &str) -> &str {
        let ends = name.rmatch_indices([':', '.']).map(|(end, _)| end);
        let around = std::iter::once(name.len()).chain(ends).map(|end| &name[..end]);
        around
            .filter_map(|name| self.origins.get(name))
            .map(String::as_str)
            .next()
            .unwrap_or_default()
    }
}

/// A public name that was removed, so that code that uses it no longer compiles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GoneName {
    /// The module of the API, such as `widgets`.
    pub api: String,
    /// The path in that module: of a type such as `types::Widget`, of an associated item such as
    /// `Client::get_widget`, or of a field such as `types::Widget.name`. The path of the module
    /// itself is empty.
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

/// Returns the public names that `before` lists and `after` does not. What goes with the item
/// around it is left out.
#[must_use]
pub fn changed_names(before: &FileTree, after: &FileTree) -> Vec<GoneName> {
    let mut found = Vec::new();
    for (path, text) in before {
        let Some(api) = path.strip_prefix(FOLDER).and_then(|file| file.strip_suffix(".txt")) else {
            continue;
        };
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
    let gone: BTreeMap<&str, &str> = before
        .iter()
        .filter(|(name, _)| !after.contains_key(*name))
        .map(|(name, pointer)| (*name, *pointer))
        .collect();
    let around = |name: &str, gone: &BTreeMap<&str, &str>| {
        name.match_indices([':', '.']).any(|(end, _)| gone.contains_key(&name[..end]))
    };
    let alone: Vec<_> = gone
        .iter()
        .filter(|(name, _)| !around(name, &gone))
        .map(|(name, pointer)| (*name, *pointer))
        .collect();
    alone.into_iter()
}

#[cfg(test)]
mod tests {
    use super::{PublicItem, Surface, changed_names, public_items};
    use crate::file_tree::FileTree;

    const CLIENT: &str =
        "pub struct Client<C>(C); impl<C> Client<C> { pub fn get(&self) {} fn own(&self) {} }";
    const TYPES: &str =
        "pub struct Widget { pub name: String, own: u8 } pub enum Color { Red, Blue }
        impl Clone for Widget { fn clone(&self) -> Self { loop {} } } pub const MOST: u8 = 1;";

    fn items(module: &str, code: &str) -> Vec<PublicItem> {
        public_items(module, &syn::parse_file(code).expect("the code is Rust").items)
    }

    fn tree(client: &str, types: &str) -> FileTree {
        let items = items("", client).into_iter().chain(items("types", types)).collect();
        let origins =
            [("types::Widget", "/w"), ("types::Widget.name", "/w/name"), ("types::Color", "/c")];
        let origins = origins.map(|(name, pointer)| (name.to_owned(), pointer.to_owned())).into();
        FileTree::from([Surface::new(items, origins).names_file("widgets", "specs/widgets.yaml")])
    }

    #[track_caller]
    fn check(client: &str, types: &str, expected: &[(&str, &str)]) {
        let gone = changed_names(&tree(CLIENT, TYPES), &tree(client, types));
        let gone: Vec<(String, &str)> =
            gone.iter().map(|gone| (gone.path(), gone.pointer.as_str())).collect();
        let expected: Vec<(String, &str)> =
            expected.iter().map(|(name, pointer)| (format!("widgets::{name}"), *pointer)).collect();
        assert_eq!(gone, expected);
    }

    #[test]
    fn names_that_consumers_use_are_missed_once_and_with_their_origin() {
        let renamed =
            TYPES.replace("name", "title").replace("Blue", "Green").replace("MOST", "LEAST");
        let gone =
            [("types::Color::Blue", "/c"), ("types::MOST", ""), ("types::Widget.name", "/w/name")];
        check(CLIENT, &renamed, &gone);
        check(&CLIENT.replace("get", "fetch"), TYPES, &[("Client::get", "")]);
        check(CLIENT, &TYPES.replace("Widget", "Part"), &[("types::Widget", "/w")]);
    }

    #[test]
    fn new_and_private_names_are_not_missed() {
        let private = TYPES
            .replace("own", "other")
            .replace("impl Clone for Widget { fn clone(&self) -> Self { loop {} } }", "");
        check(&CLIENT.replace("own", "other"), &private, &[]);
        check(
            &CLIENT.replace("&self", "&self, limit: u8"),
            &format!("{TYPES} pub struct More;"),
            &[],
        );
    }

    #[test]
    fn an_api_that_is_gone_is_one_name() {
        let gone = changed_names(&tree(CLIENT, TYPES), &FileTree::new());
        assert_eq!(gone.iter().map(super::GoneName::path).collect::<Vec<_>>(), ["widgets"]);
        assert_eq!(changed_names(&FileTree::new(), &tree(CLIENT, TYPES)), []);
    }
}
