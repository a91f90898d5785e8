//! Reads methods in capitals, such as `GET`. OpenAPI knows them in lower case alone.

use serde_json::Value;

use super::log::Log;
use crate::object::ObjectMut;
use crate::objects::METHODS;
use crate::pointer::child;

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    for (path, item) in root.entries_mut("paths") {
        let Some(item) = item.as_object_mut() else { continue };
        for method in METHODS {
            let is_meant = |name: &&String| *name != method && name.eq_ignore_ascii_case(method);
            let written = item.keys().find(is_meant).cloned();
            let written = written.filter(|_| !item.contains_key(method));
            let Some(written) = written else { continue };
            if let Some(operation) = item.remove(&written) {
                item.insert(method.to_owned(), operation);
                let pointer = child(&child("/paths", path), method);
                log.note("methods", &pointer, format!("`{written}` is read in lower case"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::run;
    use crate::notes::Notes;
    use crate::repair::log::Log;

    #[test]
    fn a_method_in_capitals_is_that_method() {
        let mut root =
            json!({"paths": {"/a": {"GET": 1, "Post": 2, "PUT": 3, "put": 4, "other": 5}}});
        run(&mut root, &mut Log::new(&mut Notes::default()));
        let expected =
            json!({"paths": {"/a": {"get": 1, "post": 2, "PUT": 3, "put": 4, "other": 5}}});
        assert_eq!(root, expected);
    }
}
