//! The library as a program uses it, on fixtures and on the shared data.

mod api;
mod common;
mod encodings;
mod layers;
mod models;
mod page_clean;
mod page_html;
mod page_kinds;
mod page_noise;
mod page_notices;
mod page_texts;
mod pages;
mod rankers_fixtures;
mod rouge_fixtures;
mod sentences;
mod shared_syllables;
mod terms_fixtures;
mod trained;
mod verbatim;
