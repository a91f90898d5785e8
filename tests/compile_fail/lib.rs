//! Calls that must not compile, with the messages of the compiler.
//!
//! They are a separate package, since trybuild builds all dependencies of the package that it runs
//! in again.

#[test]
fn operations_need_the_credential_that_the_document_states() {
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}
