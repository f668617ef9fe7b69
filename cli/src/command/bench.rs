//! stub
use anyhow::Result;
use clap::Args;
use crate::status::Status;
/// Arguments of `tomtat bench`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {}
pub(crate) fn run(_: &Arguments) -> Result<Status> { Ok(Status::Done) }
