//! Command line of tomtat.
fn main() {}
