//! `cargo xtask bench`: measures calls, lines and consumers' builds, and prints tables.

mod build;
mod calls;
mod lines;

use std::env;
use std::process::ExitCode;

use benches::ways::Error;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done: Result<(), Error> = match arguments.as_slice() {
        ["calls"] => calls::run(),
        ["lines"] => lines::run(),
        ["build", jobs, named @ ..] => build::run(jobs, named),
        ["child", stage, way, operation, count, address] => {
            calls::child(stage, way, operation, count, address)
        }
        _ => Err("cargo xtask bench says what can be measured".into()),
    };
    benches::end(done)
}
