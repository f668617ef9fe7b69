//! Comma-separated values: every number in a column of its own, unrounded.

use super::{Cell, Table};

pub(super) fn render(table: &Table) -> String {
    let has_range: Vec<bool> = (0..table.columns.len())
        .map(|c| {
            let in_column = table.rows.iter().filter_map(|row| row.get(c));
            in_column.into_iter().any(|cell| matches!(cell, Cell::Score { range: Some(_), .. }))
        })
        .collect();
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let mut header = Vec::new();
    for (column, ranged) in table.columns.iter().zip(&has_range) {
        header.push(column.name.clone());
        if *ranged {
            header.extend(["low", "high"].map(|end| format!("{}_{end}", column.name)));
        }
    }
    header.push("signature".to_owned());
    let mut records = vec![header];
    for row in &table.rows {
        let mut record = Vec::new();
        for (cell, ranged) in row.iter().zip(&has_range) {
            match cell {
                Cell::Empty => record.push(String::new()),
                Cell::Text(text) => record.push(text.clone()),
                Cell::Score { value, .. } if value.is_nan() => record.push(String::new()),
                Cell::Number(value, _) | Cell::Score { value, .. } => {
                    record.push(value.to_string());
                }
            }
            if *ranged {
                let ends = match cell {
                    Cell::Score { range: Some((low, high)), value, .. } if !value.is_nan() => {
                        [low.to_string(), high.to_string()]
                    }
                    _ => [String::new(), String::new()],
                };
                record.extend(ends);
            }
        }
        record.push(table.signature.clone());
        records.push(record);
    }
    for record in records {
        // Writing to memory cannot fail.
        if writer.write_record(&record).is_err() {
            break;
        }
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
