/** What a line asks for, in words; and how its judgement is shown. */
import type { Line } from "../../field-engine/bundle.ts";
import type { Outcome } from "../../field-engine/judging.ts";

export function requirementOf(line: Line): string {
  const unit = line.unit || "处";
  switch (line.shape) {
    case "count":
      return `不少于 ${line.threshold} ${unit}`;
    case "density":
      return `每 ${line.per} ${line.per_unit}不少于 ${line.threshold} ${unit}`;
    case "ratio":
      return `符合的不低于 ${line.threshold}%`;
    case "behaviour":
      return `不文明的不超过 ${line.threshold}%`;
    default:
      return "";
  }
}

export const OUTCOMES: Record<Outcome, { label: string; tone: string }> = {
  passed: { label: "达标", tone: "success" },
  failed: { label: "未达标", tone: "danger" },
  not_applicable: { label: "不适用", tone: "neutral" },
  recorded: { label: "只记录", tone: "neutral" },
};

export const REASONS = ["没有这类设施", "现场无法进入", "正在施工", "天气原因"];
