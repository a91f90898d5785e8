//! Lints a document from elsewhere in a child process whose time, memory and stack are limited, since no panic handler
//! catches a stack that overflows.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

use clap::Args;
use codegen::Findings;
use codegen::diagnostic::Diagnostic;
use codegen::lint::Scope;
use codegen::source::SpecSource;

use crate::workspace::read;
use crate::{FAILURE, SUCCESS};

/// What a child may use for one document.
#[derive(Args, Clone, Copy, Debug)]
pub struct Limits {
    /// Longest time for one document from elsewhere, in seconds.
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    time_limit: u64,
    /// Most memory for one document from elsewhere, in MiB of address space; has an effect on Unix alone.
    #[arg(long, default_value_t = 4096, value_name = "MIB")]
    memory_limit: u64,
}

/// Stack of the thread that the generator runs on, in bytes.
const STACK: usize = 64 << 20;

/// Exit code of a child that ran out of time, as timeout(1) has it.
const TIMED_OUT: u8 = 124;

/// What is found in a document, which may be that the generator stopped.
///
/// # Errors
/// What stands in the way, in a sentence.
pub fn lint(source: SpecSource, limits: Limits) -> Result<Findings, String> {
    let program = std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let limited = [("--time-limit", limits.time_limit), ("--memory-limit", limits.memory_limit)];
    let limited = limited.map(|(name, limit)| format!("{name}={limit}"));
    let output = Command::new(program).arg("lint-child").args(limited).arg(&source.path).output();
    let output = output.map_err(|error| format!("cannot run this program again: {error}"))?;
    let diagnostics = if output.status.success() {
        serde_json::from_slice(&output.stdout).map_err(|error| format!("cannot read the findings: {error}"))?
    } else if output.status.code() == Some(i32::from(FAILURE)) {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    } else {
        vec![Diagnostic::stopped(&how_it_ended(&output, limits))]
    };
    Ok(Findings { source, diagnostics })
}

/// How a child ended that gave no findings.
fn how_it_ended(output: &Output, limits: Limits) -> String {
    let messages = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(i32::from(TIMED_OUT)) {
        format!("it took longer than {} seconds", limits.time_limit)
    } else if messages.contains("overflowed its stack") {
        "its stack overflowed".to_owned()
    } else if messages.contains("memory allocation") {
        format!("it needed more memory than {} MiB", limits.memory_limit)
    } else {
        format!("it ended with {}", output.status)
    }
}

/// The child: prints the findings of one document as JSON.
pub fn child(path: &Path, limits: Limits) -> u8 {
    if let Err(problem) = limit_memory(limits) {
        eprintln!("{problem}");
        return FAILURE;
    }
    thread::spawn(move || {
        thread::sleep(Duration::from_secs(limits.time_limit));
        std::process::exit(i32::from(TIMED_OUT));
    });
    let path = path.to_path_buf();
    let linted = thread::Builder::new().stack_size(STACK).spawn(move || {
        let found = codegen::lint(vec![read(&path)?], Scope::Document);
        let diagnostics: Vec<Diagnostic> = found.into_iter().flat_map(|found| found.diagnostics).collect();
        serde_json::to_vec(&diagnostics).map_err(|error| error.to_string())
    });
    let linted =
        linted.map_err(|error| error.to_string()).and_then(|thread| thread.join().map_err(|_| String::new())?);
    match linted.and_then(|json| std::io::stdout().write_all(&json).map_err(|error| error.to_string())) {
        Ok(()) => SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            FAILURE
        }
    }
}

#[cfg(unix)]
fn limit_memory(limits: Limits) -> Result<(), String> {
    use rlimit::Resource;
    let (_, most) = Resource::AS.get().map_err(|error| error.to_string())?;
    Resource::AS
        .set(limits.memory_limit.saturating_mul(1 << 20).min(most), most)
        .map_err(|error| format!("cannot limit the memory: {error}"))
}

#[cfg(not(unix))]
fn limit_memory(_: Limits) -> Result<(), String> {
    Ok(())
}
