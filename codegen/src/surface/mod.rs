//! The public surface of a client: its items for review, and the names that consumers use with
//! their origins.

mod items;

use std::collections::BTreeMap;

use crate::file_tree::FileTree;
use crate::format::header;

pub(crate) use items::public_items;
pub use items::{PublicItem, Used};

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

    /// Returns the public items that have names, each with its name, its declaration, and the parts
    /// of it that code depends on.
    pub fn items(&self) -> impl Iterator<Item = (&str, &str, &Used)> {
        let items = self.items.iter();
        items.filter_map(|item| Some((item.name.as_deref()?, item.line.as_str(), &item.used)))
    }

    /// Returns the file that lists the names, each with its arguments and the pointer to its
    /// origin.
    pub(crate) fn names_file(&self, api: &str, origin: &str) -> (String, String) {
        let named = |item: &PublicItem| {
            let name = item.name.as_ref()?;
            let line = format!("{name}{} {}\n", item.listed_arguments(), self.origin(name));
            Some((name.clone(), line))
        };
        let lines: BTreeMap<String, String> = self.items.iter().filter_map(named).collect();
        let lines: String = lines.into_values().collect();
        (format!("{FOLDER}{api}.txt"), header("#", origin) + &lines)
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

/// A change of a public name, after which code that uses it no longer compiles, or does something
/// else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangedName {
    /// The module of the API, such as `widgets`.
    pub api: String,
    /// The path in that module: of a type such as `types::Widget`, of an associated item such as
    /// `Client::get_widget`, or of a field such as `types::Widget.name`. The path of the module
    /// itself is empty.
    pub name: String,
    /// The JSON pointer to its origin in the previous document.
    pub pointer: String,
    /// The kind of the change.
    pub kind: ChangeKind,
}

/// The kind of a change of a public name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The name was removed.
    Gone,
    /// The arguments of the function have other names, or stand in another order.
    Arguments {
        /// The names of the arguments before, separated by commas.
        before: String,
        /// The names of the arguments now.
        now: String,
    },
}

impl ChangedName {
    /// Returns the path from the crate on.
    #[must_use]
    pub fn path(&self) -> String {
        if self.name.is_empty() { self.api.clone() } else { format!("{}::{}", self.api, self.name) }
    }
}

/// Returns the public names that `before` lists and `after` does not, and the functions with other
/// arguments. What goes with the item around it is left out.
#[must_use]
pub fn changed_names(before: &FileTree, after: &FileTree) -> Vec<ChangedName> {
    let mut found = Vec::new();
    for (path, text) in before {
        let Some(api) = path.strip_prefix(FOLDER).and_then(|file| file.strip_suffix(".txt")) else {
            continue;
        };
        let changed = |name: &str, pointer: &str, kind| ChangedName {
            api: api.to_owned(),
            name: name.to_owned(),
            pointer: pointer.to_owned(),
            kind,
        };
        match after.get(path) {
            Some(now) if now == text => {}
            Some(now) => {
                let (before, now) = (names(text), names(now));
                let gone = missing(&before, &now).into_iter();
                found.extend(
                    gone.map(|(name, listed)| changed(name, listed.pointer, ChangeKind::Gone)),
                );
                found.extend(before.iter().filter_map(|(name, listed)| {
                    let kind = other_arguments(listed, now.get(name)?)?;
                    Some(changed(name, listed.pointer, kind))
                }));
            }
            None => found.push(changed("", "", ChangeKind::Gone)),
        }
    }
    found
}

/// What a list says of a name.
#[derive(Clone, Copy)]
struct Listed<'t> {
    arguments: Option<&'t str>,
    pointer: &'t str,
}

/// Returns the names of a list.
fn names(text: &str) -> BTreeMap<&str, Listed<'_>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let listed = lines.filter_map(|line| line.split_once(' ')).map(|(name, pointer)| {
        let with_arguments = name.strip_suffix(')').and_then(|name| name.split_once('('));
        let name_alone = with_arguments.map_or(name, |(name, _)| name);
        (name_alone, Listed { arguments: with_arguments.map(|(_, names)| names), pointer })
    });
    listed.collect()
}

/// Returns the change of a function's arguments, if both lists know them.
fn other_arguments(before: &Listed<'_>, now: &Listed<'_>) -> Option<ChangeKind> {
    let (before, now) = (before.arguments?, now.arguments?);
    let spaced = |names: &str| names.replace(',', ", ");
    (before != now).then(|| ChangeKind::Arguments { before: spaced(before), now: spaced(now) })
}

/// Returns the names that are gone, without what is inside of another one that is.
fn missing<'b>(
    before: &BTreeMap<&'b str, Listed<'b>>,
    after: &BTreeMap<&str, Listed<'_>>,
) -> Vec<(&'b str, Listed<'b>)> {
    let is_gone = |name: &str| before.contains_key(name) && !after.contains_key(name);
    let is_inside =
        |name: &str| name.match_indices([':', '.']).any(|(end, _)| is_gone(&name[..end]));
    let gone = before.iter().filter(|(name, _)| is_gone(name) && !is_inside(name));
    gone.map(|(name, listed)| (*name, *listed)).collect()
}

#[cfg(test)]
mod tests {
    use super::{ChangeKind, PublicItem, Surface, changed_names, public_items};
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
    fn other_arguments_are_told() {
        let types = |arguments: &str| {
            format!(
                "{TYPES} impl Widget {{ pub fn new({arguments}) -> Self {{ loop {{}} }}
                    pub fn name(self, name: u8) {{}} }}"
            )
        };
        let before = tree(CLIENT, &types("code: u8, url: u8"));
        let change = |arguments: &str| changed_names(&before, &tree(CLIENT, &types(arguments)));
        assert_eq!(change("code: u8, url: u8"), []);
        let [swapped] = change("url: u8, code: u8").try_into().expect("one change");
        let kind = ChangeKind::Arguments { before: "code, url".into(), now: "url, code".into() };
        assert_eq!((swapped.name.as_str(), swapped.kind), ("types::Widget::new", kind));
        assert_eq!(swapped.pointer, "/w");
    }

    #[test]
    fn an_api_that_is_gone_is_one_name() {
        let gone = changed_names(&tree(CLIENT, TYPES), &FileTree::new());
        assert_eq!(gone.iter().map(super::ChangedName::path).collect::<Vec<_>>(), ["widgets"]);
        assert_eq!(changed_names(&FileTree::new(), &tree(CLIENT, TYPES)), []);
    }
}
