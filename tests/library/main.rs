//! The library as a program uses it, on fixtures and on the shared data.

mod api;
mod article_clean;
mod article_html;
mod article_noise;
mod article_pages;
mod common;
mod encodings;
mod models;
mod pages;
mod rankers_fixtures;
mod rouge_fixtures;
mod sentences;
mod shared_syllables;
mod terms_fixtures;
mod trained;
mod verbatim;
