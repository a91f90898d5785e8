//! Removes client certificates, which OpenAPI 3.0 does not have yet. They belong to the connection,
//! which the caller sets up, and not to any request.

use serde_json::Value;

use crate::components::section_mut;
use crate::diagnostic::{Location, Subject};
use crate::object::{Object, ObjectMut};
use crate::objects::operations_mut;
use crate::pointer::child;
use crate::repair::log::Log;
use crate::words::quote;

pub(super) fn run(root: &mut Value, log: &mut Log<'_>) {
    let Some(schemes) = section_mut(root, "securitySchemes") else { return };
    let is_certificate = |scheme: &Value| scheme.string("type") == Some("mutualTLS");
    let names: Vec<String> = schemes
        .iter()
        .filter(|(_, scheme)| is_certificate(scheme))
        .map(|(name, _)| name.clone())
        .collect();
    schemes.retain(|_, scheme| !is_certificate(scheme));
    for name in &names {
        let pointer = child("/components/securitySchemes", name);
        log.lost(
            (Location::Key(pointer), Subject::Name(name.clone())),
            [
                &format!("{} is a client certificate.", quote(name)),
                "It belongs to the connection, so the client sends nothing for it.",
                "Give the client a connection that presents the certificate.",
            ],
        );
    }
    let take_out = |holder: &mut Value| {
        let alternatives = holder.array_mut("security").into_iter().flatten();
        for alternative in alternatives.filter_map(Value::as_object_mut) {
            alternative.retain(|name, _| !names.contains(name));
        }
    };
    operations_mut(root).for_each(take_out);
    take_out(root);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::run;
    use crate::notes::Notes;
    use crate::repair::log::Log;

    #[test]
    fn a_client_certificate_is_no_part_of_a_request() {
        let mut root = json!({"security": [{"tls": []}],
            "paths": {"/a": {"get": {"security": [{"tls": [], "key": []}]}}},
            "components": {"securitySchemes": {"tls": {"type": "mutualTLS"}, "key": {"type": "apiKey"}}}});
        run(&mut root, &mut Log::new(&mut Notes::default()));
        assert_eq!(root["security"], json!([{}]));
        assert_eq!(root["paths"]["/a"]["get"]["security"], json!([{"key": []}]));
        assert_eq!(root["components"]["securitySchemes"], json!({"key": {"type": "apiKey"}}));
    }
}
