//! stub
use super::summaries::Finished;
use crate::table::Table;
pub(super) fn render(_: &Finished<'_>, _: &Table) -> String { String::new() }
