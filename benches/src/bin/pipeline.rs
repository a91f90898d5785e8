//! `cargo xtask bench pipeline`: the cost of generation, compared with the libraries that it uses
//! and another generator.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs};

use benches::documents::{beginning, for_progenitor, operations};
use benches::ways::Error;
use codegen::Generated;
use codegen::package::Package;
use cpu_time::ProcessTime;
use mimalloc::MiMalloc;
use openapi::policy::Policy;
use openapi::source::SpecSource;
use progenitor::{GenerationSettings, Generator};
use serde_json::Value;
use wait4::Wait4;

/// The allocator of the maintainer's program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The number of rounds. The fastest one counts, since nothing makes a program faster than it is.
const ROUNDS: usize = 7;

/// The numbers of operations of a document by which scaling is measured.
const SIZES: [usize; 5] = [20, 50, 100, 200, 400];

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let done = match arguments.as_slice() {
        [document] => run(document, None),
        [document, peer] => run(document, Some(peer)),
        _ => Err("cargo xtask bench says what can be measured".into()),
    };
    benches::end(done)
}

fn run(document: &Path, peer: Option<&Path>) -> Result<(), Error> {
    // First of all, since a child's memory counts from that of its parent.
    programs(document, peer)?;
    let text = fs::read_to_string(document)?;
    let generated = generate(&text)?;
    stages(&text, &generated)?;
    let value: Value = match serde_json::from_str(&text) {
        Ok(value) => value,
        Err(_) => serde_yaml::from_str(&text)?,
    };
    scaling(&value)
}

fn generate(text: &str) -> Result<Generated, Error> {
    let source = SpecSource::new("measured.json", text);
    codegen::generate(&Package::default(), vec![source], Policy::Repair)
        .map_err(|_| "there is no client of this document".into())
}

/// The cost of a piece of work.
#[derive(Clone, Copy)]
struct Cost {
    wall: Duration,
    cpu: Duration,
}

impl std::ops::Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { wall: self.wall + other.wall, cpu: self.cpu + other.cpu }
    }
}

impl Cost {
    /// Measures the fastest of several rounds. The input is created and dropped outside of the
    /// measurement.
    fn of<I, O>(mut made: impl FnMut() -> I, mut work: impl FnMut(I) -> O) -> Self {
        let round = |_| {
            let input = made();
            let (wall, cpu) = (Instant::now(), ProcessTime::now());
            let output = work(input);
            let cost = Self { wall: wall.elapsed(), cpu: cpu.elapsed() };
            drop(output);
            cost
        };
        let costs: Vec<Self> = (0..ROUNDS).map(round).collect();
        let fastest =
            |time: fn(&Self) -> Duration| costs.iter().map(time).min().unwrap_or_default();
        Self { wall: fastest(|cost| cost.wall), cpu: fastest(|cost| cost.cpu) }
    }
}

/// Compares the whole with the sum of the libraries that it uses.
fn stages(text: &str, generated: &Generated) -> Result<(), Error> {
    let lowered = generated.apis.first().ok_or("there is no client of this document")?;
    let rust: Vec<&str> = generated
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(_, text)| text.as_str())
        .collect();
    let tokens = || {
        rust.iter()
            .map(|text| text.parse().expect("it was Rust"))
            .collect::<Vec<proc_macro2::TokenStream>>()
    };
    let tree = |tokens| syn::parse2::<syn::File>(tokens).expect("it was Rust");
    let parse = Cost::of(|| (), |()| parsed(text));
    let types = Cost::of(|| (), |()| progenitors(&lowered.openapi).map(|tokens| tokens.is_empty()));
    let whole_document = for_progenitor(lowered);
    let client =
        whole_document.filter(|document| progenitors(document).is_some()).map(|document| {
            Cost::of(|| (), |()| progenitors(&document).map(|tokens| tokens.is_empty()))
        });
    let read = Cost::of(tokens, |all| all.into_iter().map(tree).collect::<Vec<_>>());
    let trees = || tokens().into_iter().map(tree).collect::<Vec<_>>();
    let print = Cost::of(trees, |all| {
        all.iter().map(|file| prettyplease::unparse(file).len()).sum::<usize>()
    });
    let whole = Cost::of(|| (), |()| generate(text).is_ok());

    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let lines: usize = rust.iter().map(|text| text.lines().count()).sum();
    println!(
        "{} operations, {lines} lines of Rust, {cores} cores, the fastest of {ROUNDS} rounds",
        lowered.api.operations.len()
    );
    println!(
        "\n| | wall ms | CPU ms | whole in wall time | in CPU time |\n|---|---:|---:|---:|---:|"
    );
    let line = |name: &str, cost: Cost| {
        let ratio = |of: fn(&Cost) -> Duration| of(&whole).as_secs_f64() / of(&cost).as_secs_f64();
        let (wall, cpu) = (ratio(|cost| cost.wall), ratio(|cost| cost.cpu));
        println!(
            "| {name} | {} | {} | {wall:.2} | {cpu:.2} |",
            cost.wall.as_millis(),
            cost.cpu.as_millis()
        );
    };
    line("reading the document", parse);
    line("progenitor, types alone", types);
    client.into_iter().for_each(|client| line("progenitor, with operations", client));
    line("prettyplease", print);
    line("syn, from tokens to what prettyplease takes", read);
    line("sum with types alone", parse + types + print);
    line("the same with syn", parse + types + print + read);
    if let Some(client) = client {
        line("sum with operations and syn", parse + client + print + read);
    }
    line("whole pipeline", whole);
    Ok(())
}

/// Reads a document as progenitor does. Its library does not accept every vendor's document.
fn parsed(text: &str) -> bool {
    serde_json::from_str::<openapiv3::OpenAPI>(text).is_ok()
        || serde_json::from_str::<Value>(text).is_ok()
        || serde_yaml::from_str::<Value>(text).is_ok()
}

fn progenitors(document: &openapiv3::OpenAPI) -> Option<proc_macro2::TokenStream> {
    let mut settings = GenerationSettings::default();
    settings.with_map_type("::std::collections::BTreeMap");
    std::panic::catch_unwind(|| Generator::new(&settings).generate_tokens(document).ok()).ok()?
}

/// Measures the first operations of the document. Each further operation should cost the same.
fn scaling(document: &Value) -> Result<(), Error> {
    let all = operations(document);
    println!(
        "\n| operations | lines | wall ms | CPU ms | CPU µs each | for a line | k instructions each | for a line |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    let nothing = instructions(&beginning(document, 0)?.to_string()).ok();
    for size in SIZES.into_iter().filter(|size| *size < all).chain([all]) {
        let part = beginning(document, size)?.to_string();
        let lines: usize = generate(&part)?.files.values().map(|text| text.lines().count()).sum();
        let cost = Cost::of(|| (), |()| generate(&part).is_ok());
        let counted = nothing
            .zip(instructions(&part).ok())
            .map(|(nothing, counted)| (counted - nothing) / 1e3);
        let thousands = |each: usize| {
            counted.map_or("no valgrind".to_owned(), |all| format!("{:.1}", all / each as f64))
        };
        let micros = |each: usize| cost.cpu.as_micros() as f64 / each as f64;
        println!(
            "| {size} | {lines} | {} | {} | {:.0} | {:.2} | {} | {} |",
            cost.wall.as_millis(),
            cost.cpu.as_millis(),
            micros(size),
            micros(lines),
            thousands(size),
            thousands(lines),
        );
    }
    Ok(())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/bench-pipeline")
}

fn xtask() -> PathBuf {
    env::current_exe().map_or_else(|_| "xtask".into(), |program| program.with_file_name("xtask"))
}

/// Counts the instructions of the maintainer's program for one document.
fn instructions(text: &str) -> Result<f64, Error> {
    fs::create_dir_all(folder())?;
    let document = folder().join("beginning.json");
    fs::write(&document, text)?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(xtask());
    let output = valgrind
        .args(["child", "--time-limit=3600", "--memory-limit=65536"])
        .arg(document)
        .output()?;
    benches::numbers_behind(&String::from_utf8_lossy(&output.stderr), "Collected :")
        .and_then(|numbers| numbers.first().copied())
        .ok_or("callgrind tells no count".into())
}

/// Compares the maintainer's program with another generator, from start to end, including the files
/// that they write.
fn programs(document: &Path, peer: Option<&Path>) -> Result<(), Error> {
    println!("\n| program | wall ms | CPU ms | MiB | lines |\n|---|---:|---:|---:|---:|");
    let ours = folder().join("ours");
    measure("xtask", &ours, || {
        let mut command = Command::new(xtask());
        command.arg("child").arg(document).arg(&ours);
        command
    })?;
    let Some(peer) = peer else { return Ok(()) };
    let theirs = folder().join("peer");
    let name = peer.file_name().unwrap_or_default().to_string_lossy();
    measure(&name, &theirs, || {
        let mut command = Command::new(peer);
        command.arg("generate").arg(document).arg("--output-dir").arg(&theirs).arg("--quiet");
        command
    })
}

fn measure(name: &str, folder: &Path, command: impl Fn() -> Command) -> Result<(), Error> {
    let (mut wall, mut cpu, mut memory) = (Duration::MAX, Duration::MAX, u64::MAX);
    for _ in 0..ROUNDS {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let started = Instant::now();
        let child: Child = command().stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let ended = child.wait4()?;
        if !ended.status.success() {
            return Err(format!("{name} ended with {}", ended.status).into());
        }
        wall = wall.min(started.elapsed());
        cpu = cpu.min(ended.rusage.utime + ended.rusage.stime);
        memory = memory.min(ended.rusage.maxrss);
    }
    let lines = lines(folder)?;
    println!(
        "| {name} | {} | {} | {} | {lines} |",
        wall.as_millis(),
        cpu.as_millis(),
        memory >> 20
    );
    Ok(())
}

/// Counts the lines of all Rust files in a folder.
fn lines(folder: &Path) -> Result<usize, Error> {
    let mut lines = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            lines += self::lines(&path)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            lines += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(lines)
}
