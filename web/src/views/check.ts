/** What `check` found, with a button where a fix exists. */
import type { CheckReport, Finding, Fix, NormalizeOptions } from "tomtat/manual";
import { button, byId, make } from "../dom";
import { number, words } from "../i18n";

/** Reads the command that fixes: `tomtat normalize --nfc --tone old`. */
function mendOf(command: string): NormalizeOptions | undefined {
  const options: NormalizeOptions = {};
  const flags = command.split(" ").slice(2);
  if (!command.startsWith("tomtat normalize ") || flags.length === 0) return undefined;
  for (let i = 0; i < flags.length; i += 1) {
    const flag = flags[i] ?? "";
    if (flag === "--tone") {
      options.tone = flags[i + 1] === "new" ? "new" : "old";
      i += 1;
    } else if (/^--(nfc|d-stroke|invisible|controls|spaces|fullwidth|line-ends|quotes|capitals|mojibake)$/.test(flag)) {
      (options.fixes ??= []).push(flag.slice(2) as Fix);
    } else {
      return undefined;
    }
  }
  return options;
}

export function showFindings(report: CheckReport, fix: (options: NormalizeOptions) => void): void {
  const item = (finding: Finding) => {
    const { problem, severity, count, out_of: all, first, samples, fix: command } = finding;
    const counted = all === undefined
      ? words().found(number(count))
      : words().foundOf(number(count), number(all));
    const place = first === undefined ? "" : `, ${words().line(number(first.line), number(first.column))}`;
    const element = make("li", { class: severity },
      make("h3", {}, words().problems[problem] ?? problem),
      make("p", { class: "meta" }, counted + place));
    if (samples !== undefined && samples.length > 0) {
      const chips = samples.map((sample) => make("span", { class: "chip", lang: "vi" }, sample));
      element.append(make("p", { class: "samples" }, ...chips));
    }
    const options = command === undefined ? undefined : mendOf(command);
    if (options !== undefined) element.append(button(words().fix, () => fix(options)));
    return element;
  };
  const items = report.findings.map(item);
  byId("findings").replaceChildren(...(items.length > 0 ? items : [make("li", { class: "clean" }, words().clean)]));
  const problems = report.findings.filter((finding) => finding.severity === "problem").length;
  byId("check-count").textContent = number(problems);
  byId("check-count").hidden = problems === 0;
}
