//! Tests the messages for clients that lack credentials.

use codegen::package::Package;
use openapi::policy::Policy;
use openapi::source::SpecSource;

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Widgets, version: '1'}
paths:
  /widgets:
    get:
      operationId: list_widgets
      security: [{token: [], key: []}, {app: []}, {}]
      responses: {'204': {description: None}}
components:
  securitySchemes:
    app: {type: http, scheme: basic}
    key: {type: apiKey, in: header, name: X-Key}
    token: {type: http, scheme: bearer}
";

#[test]
fn a_message_names_the_credentials_that_can_be_made() {
    let source = SpecSource::new("widgets.yaml", DOCUMENT);
    let generated = codegen::generate(&Package::default(), vec![source], Policy::Repair);
    let files = generated.unwrap_or_else(|found| panic!("{found:?}")).files;
    let credentials = &files["src/widgets/credentials.rs"];
    for line in [
        "message = \"this operation needs no credentials, or `App`, or `Key` together with `Token`, which `{Self}` does not hold\",",
        "note = \"create the client with `()`, or `App`, or `(Key, Token)` in any order\"",
    ] {
        assert!(credentials.contains(line), "{credentials}");
    }
}
