//! Where rendered documents go: text as it is, tables as rows of Parquet.

use anyhow::Result;

use super::arguments::Arguments;
#[cfg(feature = "parquet")]
use super::arguments::OutputFormat;
use crate::output::Output;
#[cfg(feature = "parquet")]
use crate::output::{ParquetRows, ParquetValue};

pub(super) struct Sink {
    output: Output,
    #[cfg(feature = "parquet")]
    parquet: Option<ParquetRows>,
}

impl Sink {
    /// Begins the output; `header` names the columns of a table.
    pub(super) fn new(
        #[cfg_attr(not(feature = "parquet"), expect(unused_variables, reason = "one format less"))]
        arguments: &Arguments,
        header: &str,
    ) -> Result<Self> {
        #[cfg(feature = "parquet")]
        if arguments.format == OutputFormat::Parquet {
            let names = header.trim_end().split('\t').map(str::to_owned).collect();
            let parquet = Some(ParquetRows::new("tomtat.tokens/1", names)?);
            return Ok(Self { output: Output::new()?, parquet });
        }
        let mut output = Output::new()?;
        output.write(header)?;
        Ok(Self {
            output,
            #[cfg(feature = "parquet")]
            parquet: None,
        })
    }

    /// Writes what was rendered; a table has one line a row.
    pub(super) fn write(&mut self, rendered: &str) -> Result<()> {
        #[cfg(feature = "parquet")]
        if let Some(parquet) = &mut self.parquet {
            for line in rendered.lines() {
                let cells = line.split('\t').enumerate().map(|(column, cell)| match column {
                    // Numbers of the sentence and of the token, and offsets.
                    1..=4 => cell.parse().map_or(ParquetValue::None, ParquetValue::Integer),
                    _ => ParquetValue::Text(cell.to_owned()),
                });
                parquet.push(cells.collect(), &mut self.output)?;
            }
            return Ok(());
        }
        self.output.write(rendered)
    }

    #[cfg_attr(not(feature = "parquet"), expect(unused_mut, reason = "one format less"))]
    pub(super) fn finish(mut self) -> Result<()> {
        #[cfg(feature = "parquet")]
        if let Some(parquet) = self.parquet.take() {
            parquet.finish(&mut self.output)?;
        }
        self.output.finish()
    }
}
