/** Reading what was observed on a line: what each shape records, and what cannot be. */
import type { Line, LineShape } from "./bundle.ts";
import { compare, type Decimal, ONE, parseDecimal, ZERO } from "./decimal.ts";

export interface Answer {
  readonly not_applicable: boolean;
  readonly values: Readonly<Record<string, string>>;
  readonly note: string;
}

/** The names under which a line of each shape keeps what was seen. */
export const VALUE_NAMES: Readonly<Record<LineShape, readonly string[]>> = {
  exists: ["found"],
  count: ["found"],
  density: ["found", "measure"],
  ratio: ["part", "whole"],
  absence: ["found"],
  behaviour: ["seen", "bad"],
  free: [],
};
const MAY_NOT_BE_ZERO = new Set(["measure", "whole", "seen"]);
const WHOLE_NUMBERS = new Set(["seen", "bad"]);
const PARTS: readonly (readonly [string, string])[] = [
  ["part", "whole"],
  ["bad", "seen"],
];
const LONG_NUMBER = /^-?[0-9]+(\.[0-9]+)?$/;
const NUMBER = /^-?[0-9]{1,12}(\.[0-9]{1,4})?$/;

/** The words of the server for the same faults: chuangwen/framework/observing.py. */
export const FAULT_WORDS = {
  missing: "还没有填写",
  unexpected: "多出的数值，请清空重填",
  not_a_number: "请只填数字，如 12 或 0.5",
  too_many_digits: "位数过多：小数点前至多 12 位，后至多 4 位",
  negative: "不能是负数",
  not_yes_or_no: "只能是“有”或“没有”",
  not_whole: "须是整数",
  zero: "不能是 0；没有可看的请选“不适用”",
  part_exceeds_whole: "不能大于总数",
  must_apply: "此项不能选“不适用”",
  reason_missing: "请写明不适用的原因",
} as const;
export type Fault = keyof typeof FAULT_WORDS;

/** One thing that is wrong; `field` is a value, "note", or "" for the whole line. */
export interface FaultAt {
  readonly field: string;
  readonly fault: Fault;
}

export type Values = (name: string) => Decimal;

function possible(shape: LineShape, name: string, number: Decimal): Fault | null {
  if (number.units < 0n) return "negative";
  if (shape === "exists" && compare(number, ZERO) !== 0 && compare(number, ONE) !== 0) {
    return "not_yes_or_no";
  }
  if (WHOLE_NUMBERS.has(name) && number.units % 10n ** BigInt(number.scale) !== 0n) {
    return "not_whole";
  }
  return MAY_NOT_BE_ZERO.has(name) && number.units === 0n ? "zero" : null;
}

function read(shape: LineShape, name: string, text: unknown): Decimal | Fault {
  if (text === undefined || text === null || text === "") return "missing";
  if (typeof text !== "string" || !LONG_NUMBER.test(text)) return "not_a_number";
  const number = NUMBER.test(text) ? parseDecimal(text) : null;
  return number === null ? "too_many_digits" : (possible(shape, name, number) ?? number);
}

function unexpected(values: Answer["values"], names: readonly string[]): FaultAt[] {
  const foreign = Object.keys(values).filter((name) => !names.includes(name));
  return foreign.sort().map((field) => ({ field, fault: "unexpected" }));
}

function faultsOfInapplicable(line: Line, answer: Answer): FaultAt[] {
  const faults = unexpected(answer.values, []);
  if (!line.may_not_apply) faults.push({ field: "", fault: "must_apply" });
  if (answer.note.trim() === "") faults.push({ field: "note", fault: "reason_missing" });
  return faults;
}

/** Everything that is wrong with an answer; nothing is when it can be judged. */
export function faultsOf(line: Line, answer: Answer): FaultAt[] {
  if (answer.not_applicable) return faultsOfInapplicable(line, answer);
  const faults = unexpected(answer.values, VALUE_NAMES[line.shape]);
  const numbers = new Map<string, Decimal>();
  for (const name of VALUE_NAMES[line.shape]) {
    const number = read(line.shape, name, answer.values[name]);
    if (typeof number === "string") faults.push({ field: name, fault: number });
    else numbers.set(name, number);
  }
  for (const [part, whole] of PARTS) {
    const [some, all] = [numbers.get(part), numbers.get(whole)];
    if (some !== undefined && all !== undefined && compare(some, all) > 0) {
      faults.push({ field: part, fault: "part_exceeds_whole" });
    }
  }
  return faults;
}
