//! The `rusprot` binary.

fn main() {}
