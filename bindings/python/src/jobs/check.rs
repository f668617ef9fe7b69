//! What is wrong with texts, and texts that are put right.

use crate::columns::{Flags, Floats, Integers, Lists, Strings, record};
use crate::job::Job;
use crate::library::{
    CheckReport, Detection, Repair, Scratch, Severity, check_bytes, problem_name,
};
use crate::source::Row;

record! {
    /// A finding; `offset` is in characters.
    FindingColumn {
        problem: Strings,
        severity: Strings,
        count: Integers,
        out_of: Integers,
        offset: Integers,
        line: Integers,
        column: Integers,
        samples: Lists<Strings>,
        fix: Strings,
    }
}

record! {
    /// Counts of a text.
    CountColumn {
        bytes: Integers,
        characters: Integers,
        lines: Integers,
        words: Integers,
        syllables: Integers,
        marked_syllables: Integers,
        composed_letters: Integers,
        decomposed_letters: Integers,
        old_style: Integers,
        new_style: Integers,
    }
}

record! {
    /// A report.
    ReportColumn {
        encoding: Strings,
        confidence: Floats,
        statistics: CountColumn,
        findings: Lists<FindingColumn>,
        has_problems: Flags,
    }
}

/// Checks texts.
pub(crate) struct Checks;

impl Job for Checks {
    type Out = ReportColumn;

    fn add(&self, row: &Row<'_>, _: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        push(&check_bytes(row.text.as_bytes(), None), out);
        Ok(())
    }
}

fn push(report: &CheckReport, out: &mut ReportColumn) {
    let detection = report.detection();
    let encoding = detection.and_then(Detection::encoding);
    out.encoding.push_option(encoding.as_ref().map(|found| found.name()));
    out.confidence.push_option(detection.map(Detection::confidence));
    let counts = report.statistics();
    for (column, count) in [
        (&mut out.statistics.bytes, counts.bytes),
        (&mut out.statistics.characters, counts.characters),
        (&mut out.statistics.lines, counts.lines),
        (&mut out.statistics.words, counts.words),
        (&mut out.statistics.syllables, counts.syllables),
        (&mut out.statistics.marked_syllables, counts.marked_syllables),
        (&mut out.statistics.composed_letters, counts.composed_letters),
        (&mut out.statistics.decomposed_letters, counts.decomposed_letters),
        (&mut out.statistics.old_style, counts.old_style),
        (&mut out.statistics.new_style, counts.new_style),
    ] {
        column.push(count as i64);
    }
    out.statistics.close();
    for finding in report.findings() {
        let column = &mut out.findings.items;
        column.problem.push(&problem_name(finding));
        column.severity.push(match finding.severity() {
            Severity::Problem => "problem",
            Severity::Note => "note",
        });
        column.count.push(finding.count() as i64);
        column.out_of.push_option(finding.out_of().map(|n| n as i64));
        let first = finding.first();
        column.offset.push_option(first.map(|first| first.chars() as i64));
        column.line.push_option(first.map(|first| first.line() as i64));
        column.column.push_option(first.map(|first| first.column() as i64));
        finding.samples().iter().for_each(|sample| column.samples.items.push(sample));
        column.samples.close();
        column.fix.push_option(finding.fix());
        column.close();
    }
    out.findings.close();
    out.has_problems.push(report.has_problems());
    out.close();
}

/// Fixes texts.
pub(crate) struct Normal(pub(crate) Repair);

impl Job for Normal {
    type Out = Strings;

    fn add(&self, row: &Row<'_>, _: &mut Scratch, out: &mut Self::Out) -> Result<(), String> {
        out.push(&self.0.of(&row.text)?);
        Ok(())
    }
}
