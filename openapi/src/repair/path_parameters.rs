//! Renames a path parameter that the path writes in another way, such as `{id}` for `Id` or `{id*}`
//! for `id`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::log::Log;
use crate::diagnostic::{Location, Subject};
use crate::object::{Object, ObjectMut};
use crate::objects::METHODS;
use crate::path_template;
use crate::pointer::{child, entry};
use crate::words::quote;

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    for (path, item) in root.entries_mut("paths") {
        let Some(names) = path_template::names(path) else { continue };
        let pointer = child("/paths", path);
        rename(item, &names, &pointer, log);
        for method in METHODS {
            if let Some(operation) = item.keyword_mut(method) {
                rename(operation, &names, &child(&pointer, method), log);
            }
        }
    }
}

/// Renames the parameters of a path item or an operation. Those in components are left alone, since
/// other paths may use them.
fn rename(holder: &mut Value, names: &BTreeSet<&str>, pointer: &str, log: &mut Log<'_>) {
    let is_in_path = |parameter: &Value| parameter.string("in") == Some("path");
    let declared = holder.array("parameters").iter().filter(|parameter| is_in_path(parameter));
    let declared: BTreeSet<String> =
        declared.filter_map(|parameter| parameter.string("name").map(str::to_owned)).collect();
    let list = child(pointer, "parameters");
    let parameters = holder.array_mut("parameters").into_iter().flatten();
    for (index, parameter) in parameters.enumerate().filter(|(_, one)| is_in_path(one)) {
        let Some(name) = parameter.string("name").filter(|name| !names.contains(name)) else {
            continue;
        };
        // Some frameworks write the type or a pattern behind the name: `{id:int}`.
        let is_same =
            |known: &str| letters(known) == letters(name) || known.split(':').next() == Some(name);
        let is_meant = |known: &&&str| is_same(known) && !declared.contains(**known);
        let mut meant = names.iter().filter(is_meant);
        let (Some(meant), None) = (meant.next(), meant.next()) else { continue };
        log.lost(
            (Location::Pointer(entry(&list, index)), Subject::Name(name.to_owned())),
            [
                &format!("The path has no {} for this parameter.", braces(name)),
                &format!("The client takes it for {}.", braces(meant)),
                &format!("Use the name that the path has: {}.", quote(meant)),
            ],
        );
        parameter["name"] = json!(meant);
    }
}

fn braces(name: &str) -> String {
    quote(&format!("{{{name}}}"))
}

/// Returns the letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::run;
    use crate::notes::Notes;
    use crate::repair::log::Log;

    #[track_caller]
    fn check(path: &str, names: &[&str], expected: &[&str]) {
        let declared = |names: &[&str]| -> Value {
            names.iter().map(|name| json!({"name": name, "in": "path"})).collect()
        };
        let root = |names| json!({"paths": {path: {"get": {"parameters": declared(names)}}}});
        let mut found = root(names);
        run(&mut found, &mut Log::new(&mut Notes::default()));
        assert_eq!(found, root(expected), "{path}");
    }

    #[test]
    fn a_parameter_is_called_as_in_the_path() {
        check("/{id}", &["Id"], &["id"]);
        check("/{id*}/{user_id}", &["id", "userId"], &["id*", "user_id"]);
        check("/{id:int}", &["id"], &["id:int"]);
    }

    #[test]
    fn other_names_are_other_parameters() {
        check("/{id}", &["number"], &["number"]);
        check("/{id}", &["id", "Id"], &["id", "Id"]);
        check("/{i_d}/{id}", &["ID"], &["ID"]);
        check("/{id", &["Id"], &["Id"]);
    }
}
