//! Calls that must not compile, and what the compiler says of them.

#[test]
fn operations_need_the_credential_that_the_document_states() {
    trybuild::TestCases::new().compile_fail("compile_fail/*.rs");
}
