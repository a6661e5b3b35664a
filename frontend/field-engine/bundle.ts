/** What `GET rounds/{id}` gives: everything that a pair needs for days without a signal. */

export type LineShape = "exists" | "count" | "density" | "ratio" | "absence" | "behaviour" | "free";
export type PhotoRule = "never" | "on_failure" | "always";
export type PassRule = "all_lines" | "score";
export type SiteShape = "place" | "street" | "route" | "telephone";

export interface Example {
  readonly url: string;
  readonly is_good: boolean;
  readonly caption: string;
}

/** Decimals are strings everywhere: they never pass through a floating-point number. */
export interface Line {
  readonly id: string;
  readonly code: string;
  readonly text: string;
  readonly shape: LineShape;
  readonly threshold: string | null;
  readonly unit: string;
  readonly per: string | null;
  readonly per_unit: string;
  readonly photo: PhotoRule;
  readonly weight: string;
  readonly is_veto: boolean;
  readonly may_not_apply: boolean;
  readonly guidance: string;
  readonly examples: readonly Example[];
}

export interface LineGroup {
  readonly title: string;
  readonly lines: readonly Line[];
}

export interface Checklist {
  readonly id: string;
  readonly site_type: { readonly id: string; readonly name: string; readonly shape: SiteShape };
  readonly pass_rule: PassRule;
  readonly pass_percent: string | null;
  readonly groups: readonly LineGroup[];
}

/** `id` is the number of the site in this round, not in the register. */
export interface Site {
  readonly id: string;
  readonly turn: number;
  readonly position: number;
  readonly code: string;
  readonly name: string;
  readonly address: string;
  readonly area: string;
  readonly longitude: string | null;
  readonly latitude: string | null;
  readonly geometry: unknown;
  readonly length_metres: string | null;
  readonly area_square_metres: string | null;
  readonly telephone: string;
  readonly checklist: string;
}

export interface PhotoSettings {
  readonly long_edge: number;
  readonly quality: number;
  readonly largest_bytes: number;
}

export interface RoundSummary {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly starts_on: string;
  readonly ends_on: string;
  /** The label of the framework version. */
  readonly version: string;
}

export interface Bundle {
  readonly format: 1;
  readonly server_time: string;
  readonly round: RoundSummary;
  readonly pair: {
    readonly id: string;
    readonly number: number;
    readonly members: readonly string[];
  };
  readonly photo: PhotoSettings;
  readonly checklists: readonly Checklist[];
  readonly sites: readonly Site[];
}

/** All lines of a checklist in their order. */
export function linesOf(checklist: Checklist): Line[] {
  return checklist.groups.flatMap((group) => group.lines);
}

/** Tell whether something downloaded is a bundle that this app understands. */
export function isBundle(value: unknown): value is Bundle {
  if (typeof value !== "object" || value === null) return false;
  const bundle = value as Partial<Bundle>;
  return (
    bundle.format === 1 &&
    typeof bundle.round?.id === "string" &&
    typeof bundle.photo?.long_edge === "number" &&
    Array.isArray(bundle.checklists) &&
    Array.isArray(bundle.sites)
  );
}

/** The checklist of a site. Undefined when the bundle does not hold it. */
export function checklistOf(bundle: Bundle, site: Site): Checklist | undefined {
  return bundle.checklists.find((checklist) => checklist.id === site.checklist);
}

/** Sites in the order in which the pair walks; second opinions after the first ones. */
export function inWalkingOrder(sites: readonly Site[]): Site[] {
  return [...sites].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}
