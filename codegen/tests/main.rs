//! Tests the promises of the whole pipeline beyond single fixtures.

mod beyond_rules;
mod compile;
mod examples;
mod growth;
mod mutations;
mod requirements;
mod rule_examples;
mod support;
