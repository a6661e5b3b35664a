/** What happens when two things meet on one phone; nothing is ever overwritten. */
import type { Bundle } from "./bundle.ts";
import type { Draft } from "./drafts.ts";
import type { Entry } from "./queue.ts";

/** Before a visit to a site begins: go on with a draft, ask because one is sealed, or just begin. */
export type Start =
  | { readonly kind: "resume"; readonly draft: string }
  | { readonly kind: "again"; readonly sealed_at: string }
  | { readonly kind: "new" };

export interface SealedVisit {
  readonly entry: Entry;
  readonly round_site: string | null;
}

export function startAt(
  roundSite: string,
  account: string,
  drafts: readonly Draft[],
  sealed: readonly SealedVisit[],
): Start {
  const mine = drafts.find((draft) => draft.site?.id === roundSite && draft.account === account);
  if (mine !== undefined) return { kind: "resume", draft: mine.id };
  const before = sealed.filter((visit) => visit.round_site === roundSite);
  const last = before
    .map((visit) => visit.entry.manifest.sealed_at)
    .sort()
    .at(-1);
  return last === undefined ? { kind: "new" } : { kind: "again", sealed_at: last };
}

/** What a newer download means for the drafts in hand: they stay, and the inspector is told. */
export function notesOnDownload(next: Bundle, drafts: readonly Draft[]): string[] {
  const notes: string[] = [];
  for (const draft of drafts) {
    if (draft.site === null || draft.round !== next.round.id) continue;
    const site = next.sites.find((one) => one.id === draft.site?.id);
    if (site === undefined) {
      notes.push(`“${draft.site.name}”已不在本组的点位中；草稿保留，封存后由创文办处理。`);
    } else if (site.checklist !== draft.checklist?.id) {
      notes.push(`“${draft.site.name}”的测评表有变化；草稿仍按开始时的测评表。`);
    }
  }
  return notes;
}
