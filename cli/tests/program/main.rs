//! The program as a user runs it: one module a command.

mod bench;
mod docs;
mod docs_files;
mod evaluate;
mod extract;
mod input;
mod memory;
mod models;
mod multi;
mod run;
mod safety;
#[cfg(feature = "serve")]
mod serve;
mod shell;
mod summarize;
mod terms;
mod text_doctor;
mod tokenize;
mod train;
