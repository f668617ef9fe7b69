//! Start-up of the binary with its models, beside a run that only prints the version.
//!
//! `cargo bench -p tomtat-cli --bench startup`; `-- --test` runs everything once.

#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "../../benches/common/mod.rs"]
mod common;

use std::process::{Command, Stdio};

use common::{Contender, compare};

fn run(arguments: &[&str]) -> u64 {
    let status = Command::new(env!("CARGO_BIN_EXE_tomtat"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("the program runs");
    assert!(status.success());
    1
}

fn main() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../samples/gia-gao.txt");
    compare(
        "start-up",
        "runs",
        1.0,
        &mut [
            Contender::new("tomtat --version", || run(&["--version"])),
            Contender::new("tomtat summarize, one article", || run(&["summarize", sample])),
        ],
    );
}
