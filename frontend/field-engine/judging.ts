/**
 * The judgement of a line and of a visit as docs/field-sync.md words it. Here it is a preview only;
 * phone and server are tested with the same cases, vectors/judging.json.
 */
import { type Checklist, type Line, linesOf } from "./bundle.ts";
import { compare, cut, decimal, HUNDRED, ONE, parseDecimal, plus, times, ZERO } from "./decimal.ts";
import { type Answer, faultsOf, type Values } from "./observing.ts";

export type Outcome = "passed" | "failed" | "not_applicable" | "recorded";

function holds(line: Line, at: Values): boolean {
  const threshold = decimal(line.threshold ?? "0");
  switch (line.shape) {
    case "exists":
      return compare(at("found"), ONE) >= 0;
    case "count":
      return compare(at("found"), threshold) >= 0;
    case "density": {
      const found = times(at("found"), decimal(line.per ?? "1"));
      return compare(found, times(threshold, at("measure"))) >= 0;
    }
    case "ratio":
      return compare(times(at("part"), HUNDRED), times(threshold, at("whole"))) >= 0;
    case "absence":
      return at("found").units === 0n;
    case "behaviour":
      return compare(times(at("bad"), HUNDRED), times(threshold, at("seen"))) <= 0;
    case "free":
      return true;
  }
}

/** The judgement of one line; null while it is unanswered or something is wrong with it. */
export function judgeLine(line: Line, answer: Answer): Outcome | null {
  if (faultsOf(line, answer).length > 0) return null;
  if (answer.not_applicable) return "not_applicable";
  if (line.shape === "free") return "recorded";
  const at: Values = (name) => parseDecimal(answer.values[name] ?? "") ?? ZERO;
  return holds(line, at) ? "passed" : "failed";
}

/** Whether a visit cannot be sealed without a photo of the line. */
export function needsPhoto(line: Line, outcome: Outcome): boolean {
  if (line.photo === "always") return outcome !== "not_applicable";
  return line.photo === "on_failure" && outcome === "failed";
}

/** `score` is null while nothing with a weight was judged, `passed` while nothing decides. */
export interface Preview {
  readonly score: string | null;
  readonly passed: boolean | null;
  readonly judged: number;
  readonly failed: readonly string[];
}

const UNANSWERED: Answer = { not_applicable: false, values: {}, note: "" };

/** The result that the lines answered so far give; a score is cut to four places, not rounded. */
export function judgeVisit(
  checklist: Checklist,
  answers: Readonly<Record<string, Answer>>,
): Preview {
  let [met, whole, judged, vetoed] = [ZERO, ZERO, 0, false];
  const failed: string[] = [];
  for (const line of linesOf(checklist)) {
    const outcome = judgeLine(line, answers[line.id] ?? UNANSWERED);
    if (outcome !== "passed" && outcome !== "failed") continue;
    judged += 1;
    whole = plus(whole, decimal(line.weight));
    if (outcome === "passed") met = plus(met, decimal(line.weight));
    else {
      failed.push(line.id);
      vetoed ||= line.is_veto;
    }
  }
  const weighed = whole.units !== 0n;
  const score = weighed ? cut(times(met, HUNDRED), whole, 4) : null;
  const verdict = (): boolean | null => {
    if (judged === 0) return null;
    if (vetoed) return false;
    if (checklist.pass_rule === "all_lines") return failed.length === 0;
    if (!weighed) return null;
    const limit = decimal(checklist.pass_percent ?? "0");
    return compare(times(met, HUNDRED), times(limit, whole)) >= 0;
  };
  return { score, passed: verdict(), judged, failed };
}
