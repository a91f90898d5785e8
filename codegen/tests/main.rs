//! What the whole pipeline promises beyond single fixtures.

mod beyond_rules;
mod compile;
mod mutations;
mod rule_examples;
mod support;
