//! What is written for people and programs: tables and charts.

pub(crate) mod chart;
pub(crate) mod ranking;
pub(crate) mod scores;
pub(crate) mod table;
