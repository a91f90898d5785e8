//! Instructions and allocations of a call: valgrind counts a run of many calls and one of few, and
//! the difference is theirs.

use std::env;
use std::process::Command;

use benches::ways::{Client, Error, Operation, Way, decode};
use benches::{numbers_behind, server};

/// The numbers of calls of the two runs. Work that a program does once is part of both.
const FEW: u32 = 20;
const MANY: u32 = 220;

/// The work that a run repeats.
#[derive(Clone, Copy)]
enum Stage {
    /// The whole call.
    Call,
    /// Only the decoding of the response.
    Decode,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Decode => "decode",
        }
    }
}

/// The cost of a call.
struct Cost {
    instructions: f64,
    decoding: f64,
    allocations: f64,
    bytes: f64,
}

/// Measures every way and prints a table for each operation.
///
/// # Errors
/// Returns a message about a missing program or a failed run.
pub(crate) fn run() -> Result<(), Error> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Err("valgrind is missing; the package `valgrind` of Debian, Fedora and others installs it. \
            `cargo bench -p benches` measures time without it"
            .into());
    }
    let address = server::start()?;
    for operation in Operation::ALL {
        let costs = Way::ALL.map(|way| measure(way, operation, &address));
        print(operation, &costs.into_iter().collect::<Result<Vec<_>, _>>()?);
    }
    Ok(())
}

fn print(operation: Operation, costs: &[Cost]) {
    let name = operation.name();
    println!(
        "\n| `{name}` | instructions | by hand = 1 | around the sending | decoding | allocations | bytes |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|");
    let (bare, by_hand) = (costs[0].instructions, costs[1].instructions);
    for (way, cost) in Way::ALL.iter().zip(costs) {
        println!(
            "| {} | {:.1} k | {:.3} | {:.1} k | {:.1} k | {:.0} | {:.0} |",
            way.name(),
            cost.instructions / 1000.0,
            cost.instructions / by_hand,
            // What valgrind counts of nothing is a little more than nothing.
            (cost.instructions - bare - cost.decoding).max(0.0) / 1000.0,
            cost.decoding / 1000.0,
            cost.allocations,
            cost.bytes,
        );
    }
}

fn measure(way: Way, operation: Operation, address: &str) -> Result<Cost, Error> {
    let whole = Run { stage: Stage::Call, way, operation, address };
    let decoding = Run { stage: Stage::Decode, ..whole };
    let heap = |index: usize| difference(|count| Ok(whole.heap(count)?[index]));
    Ok(Cost {
        instructions: difference(|count| whole.instructions(count))?,
        decoding: difference(|count| decoding.instructions(count))?,
        bytes: heap(0)?,
        allocations: heap(1)?,
    })
}

/// Returns the cost of each further call.
fn difference(measured: impl Fn(u32) -> Result<f64, Error>) -> Result<f64, Error> {
    Ok((measured(MANY)? - measured(FEW)?) / f64::from(MANY - FEW))
}

/// A run of this program under valgrind.
#[derive(Clone, Copy)]
struct Run<'a> {
    stage: Stage,
    way: Way,
    operation: Operation,
    address: &'a str,
}

impl Run<'_> {
    fn instructions(self, count: u32) -> Result<f64, Error> {
        let report =
            self.valgrind(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], count)?;
        let numbers = numbers_behind(&report, "Collected :").unwrap_or_default();
        numbers.first().copied().ok_or("callgrind tells no count".into())
    }

    /// Returns the numbers of allocated bytes and blocks.
    fn heap(self, count: u32) -> Result<[f64; 2], Error> {
        let report = self.valgrind(&["--tool=dhat", "--dhat-out-file=/dev/null"], count)?;
        let numbers = numbers_behind(&report, "Total:").unwrap_or_default();
        numbers.first_chunk().copied().ok_or("dhat tells no total".into())
    }

    fn valgrind(self, tool: &[&str], count: u32) -> Result<String, Error> {
        let Self { stage, way, operation, address } = self;
        let mut command = Command::new("valgrind");
        command.args(tool).arg(env::current_exe()?).args([
            "child",
            stage.name(),
            way.name(),
            operation.name(),
        ]);
        let output = command.args([&count.to_string(), address]).output()?;
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(report) } else { Err(report.into()) }
    }
}

/// Repeats one piece of work, for a run under valgrind.
///
/// # Errors
/// Returns a message about the call that failed.
pub(crate) fn child(
    stage: &str,
    way: &str,
    operation: &str,
    count: &str,
    address: &str,
) -> Result<(), Error> {
    let way = Way::ALL.into_iter().find(|known| known.name() == way).ok_or("no such way")?;
    let operation = Operation::ALL
        .into_iter()
        .find(|known| known.name() == operation)
        .ok_or("no such operation")?;
    let count: u32 = count.parse()?;
    if stage == Stage::Decode.name() {
        let list = format!("[{}]", server::AUTHORIZATION);
        let answer = if operation == Operation::CheckToken { server::AUTHORIZATION } else { &list };
        return (0..count).try_for_each(|_| decode(way, operation, answer.as_bytes()));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = Client::new(way, address)?;
        for _ in 0..count {
            client.call(operation).await?;
        }
        Ok(())
    })
}
