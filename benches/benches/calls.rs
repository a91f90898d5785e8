//! Time of a call in each way: `cargo bench -p benches`.

use benches::server;
use benches::ways::{Client, Operation, Way};
use divan::Bencher;
use tokio::runtime::Builder;

#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(args = Way::ALL)]
fn check_token(bencher: Bencher<'_, '_>, way: &Way) {
    call(bencher, *way, Operation::CheckToken);
}

#[divan::bench(args = Way::ALL)]
fn list_authorizations(bencher: Bencher<'_, '_>, way: &Way) {
    call(bencher, *way, Operation::ListAuthorizations);
}

fn call(bencher: Bencher<'_, '_>, way: Way, operation: Operation) {
    let address = server::start().expect("loopback has a free port");
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let client = Client::new(way, &address).expect("the client is made");
    bencher.bench_local(|| runtime.block_on(client.call(operation)).expect("the server answers"));
}
