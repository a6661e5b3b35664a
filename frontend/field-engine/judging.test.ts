// @vitest-environment node
import { expect, test } from "vitest";
import type { Checklist, Line } from "./bundle.ts";
import { judgeLine, judgeVisit, needsPhoto } from "./judging.ts";
import { type Answer, faultsOf } from "./observing.ts";
import { line } from "./testing/examples.ts";
import cases from "./vectors/judging.json" with { type: "json" };

interface LineCase {
  name: string;
  line: Partial<Line>;
  answer: Partial<Answer>;
  outcome?: string;
  needs_photo?: boolean;
  faults?: string[][];
}
interface SiteCase {
  name: string;
  pass_rule: Checklist["pass_rule"];
  pass_percent?: string;
  lines: Partial<Line>[];
  answers: (Partial<Answer> & { line: string })[];
  passed?: boolean | null;
  score?: string | null;
  failed?: string[];
  faults?: string[][];
}

const lines = cases.lines as unknown as LineCase[];
const sites = cases.sites as unknown as SiteCase[];
// A draft keeps one answer for each line of its checklist: what it cannot hold cannot be sealed.
const NOT_ON_A_PHONE = new Set(["line_unknown", "line_twice"]);

function answer(part: Partial<Answer>): Answer {
  return { not_applicable: false, values: {}, note: "", ...part };
}

test("there are cases", () => {
  expect(lines.length).toBeGreaterThan(60);
  expect(sites.length).toBeGreaterThan(20);
});

test.each(lines)("line: $name", (one) => {
  const judged = line(one.line);
  const faults = faultsOf(judged, answer(one.answer));
  const outcome = judgeLine(judged, answer(one.answer));
  expect(faults.map(({ field, fault }) => [field, fault])).toEqual(one.faults ?? []);
  expect(outcome).toBe(one.outcome ?? null);
  if (outcome !== null) expect(needsPhoto(judged, outcome)).toBe(one.needs_photo);
});

test.each(
  sites.filter((one) => !one.faults?.some(([, , fault = ""]) => NOT_ON_A_PHONE.has(fault))),
)("site: $name", (one) => {
  const checklist: Checklist = {
    id: "checklist",
    site_type: { id: "type", name: "主次干道", shape: "street" },
    pass_rule: one.pass_rule,
    pass_percent: one.pass_percent ?? null,
    groups: [{ title: "全部", lines: one.lines.map(line) }],
  };
  const answers = Object.fromEntries(one.answers.map((given) => [given.line, answer(given)]));
  if (one.faults !== undefined) {
    const faults = checklist.groups.flatMap((group) =>
      group.lines.flatMap((at) => {
        const given = answers[at.id];
        if (given === undefined) return [[at.id, "", "line_missing"]];
        return faultsOf(at, given).map(({ field, fault }) => [at.id, field, fault]);
      }),
    );
    expect(faults.sort()).toEqual([...one.faults].sort());
    return;
  }
  const { score, passed, failed } = judgeVisit(checklist, answers);
  expect({ score, passed, failed }).toEqual({
    score: one.score,
    passed: one.passed,
    failed: one.failed,
  });
});
