/** What `check` found, with a button where it can be fixed. */
import type { CheckReport, Finding, Fix, NormalizeOptions } from "tomtat/manual";
import { button, byId, make } from "../dom";
import { number, words } from "../i18n";

/** Fixes without a value. */
const FIXES: readonly Fix[] = [
  "nfc", "d-stroke", "look-alikes", "invisible", "controls", "spaces", "fullwidth", "line-ends", "quotes",
  "capitals", "mojibake", "references", "viqr", "telex", "vni", "utf-7",
];

/** Reads the command that fixes it: `tomtat normalize --nfc --tone old`. */
export function fixesOf(command: string): NormalizeOptions | undefined {
  const options: NormalizeOptions = {};
  const flags = command.split(" ").slice(2);
  if (!command.startsWith("tomtat normalize ") || flags.length === 0) return undefined;
  for (let i = 0; i < flags.length; i += 1) {
    const name = flags[i]?.replace(/^--/, "");
    const fix = FIXES.find((known) => known === name);
    if (fix !== undefined) {
      (options.fixes ??= []).push(fix);
      continue;
    }
    const value = flags[i + 1];
    if (name === "tone" && (value === "old" || value === "new")) options.tone = value;
    else if (name === "misread" && value !== undefined) options.misread = value;
    else return undefined;
    i += 1;
  }
  return options;
}

export function showFindings(report: CheckReport, apply: (options: NormalizeOptions) => void): void {
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
    const options = command === undefined ? undefined : fixesOf(command);
    if (options !== undefined) element.append(button(words().fix, () => apply(options)));
    return element;
  };
  const items = report.findings.map(item);
  byId("findings").replaceChildren(...(items.length > 0 ? items : [make("li", { class: "clean" }, words().clean)]));
  const problems = report.findings.filter((finding) => finding.severity === "problem").length;
  byId("check-count").textContent = number(problems);
  byId("check-count").hidden = problems === 0;
}
