/** Lines, sites and drafts for tests. */
import type { Bundle, Checklist, Line, Site } from "../bundle.ts";
import { type Draft, newDraft } from "../drafts.ts";

export const NOW = "2021-09-15T08:00:00.000Z";

export function line(part: Partial<Line> = {}): Line {
  return {
    id: "line",
    code: "1",
    text: "人行道平整",
    shape: "exists",
    threshold: null,
    unit: "",
    per: null,
    per_unit: "",
    photo: "on_failure",
    weight: "1",
    is_veto: false,
    may_not_apply: true,
    guidance: "",
    examples: [],
    ...part,
  };
}

export function checklist(lines: readonly Line[], part: Partial<Checklist> = {}): Checklist {
  return {
    id: "checklist",
    site_type: { id: "type", name: "主次干道", shape: "street" },
    pass_rule: "all_lines",
    pass_percent: null,
    groups: [{ title: "环境卫生", lines }],
    ...part,
  };
}

export function site(part: Partial<Site> = {}): Site {
  return {
    id: "site",
    turn: 1,
    position: 1,
    code: "D-001",
    name: "人民街（演示数据）",
    address: "人民街 1 号",
    area: "大渡口街道",
    longitude: "101.7185000",
    latitude: "26.5804000",
    geometry: null,
    length_metres: null,
    area_square_metres: null,
    telephone: "",
    checklist: "checklist",
    ...part,
  };
}

export function bundle(part: Partial<Bundle> = {}): Bundle {
  return {
    format: 1,
    server_time: NOW,
    round: {
      id: "round",
      name: "九月模拟测评",
      kind: "模拟测评",
      starts_on: "2021-09-10",
      ends_on: "2021-09-20",
      version: "2021年版",
    },
    pair: { id: "pair", number: 1, members: ["王一", "李二"] },
    photo: { long_edge: 1600, quality: 80, largest_bytes: 2_000_000 },
    checklists: [checklist([line()])],
    sites: [site()],
    ...part,
  };
}

export function draft(part: Partial<Draft> = {}, lines: readonly Line[] = [line()]): Draft {
  const begun = newDraft(
    { id: "visit", round: "round", account: "me", site: site(), checklist: checklist(lines) },
    NOW,
  );
  return { ...begun, ...part };
}
