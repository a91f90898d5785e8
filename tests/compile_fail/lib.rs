//! Calls that must not compile, and what the compiler says of them.
//!
//! They are a package of their own since trybuild builds all dependencies of the package that it runs in once more.

#[test]
fn operations_need_the_credential_that_the_document_states() {
    trybuild::TestCases::new().compile_fail("cases/*.rs");
}
