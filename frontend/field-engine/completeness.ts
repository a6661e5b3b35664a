/** What a draft lacks before it can be sealed: each item names where to go and what to do. */
import { type Line, linesOf } from "./bundle.ts";
import { answerTo, type Draft, MOST_PHOTOS, photosOf } from "./drafts.ts";
import { judgeLine, needsPhoto } from "./judging.ts";
import { FAULT_WORDS, faultsOf } from "./observing.ts";

/** `line` null: the place, the note or the photos of the whole visit. */
export interface Lack {
  readonly line: string | null;
  readonly kind: "answer" | "reason" | "photo" | "place" | "note";
  readonly message: string;
}

export const FULL = `一份测评至多 ${MOST_PHOTOS} 张照片。请先删去一些。`;

function lackOfLine(draft: Draft, line: Line): Lack | null {
  const answer = answerTo(draft, line.id);
  const [first] = faultsOf(line, answer);
  const outcome = judgeLine(line, answer);
  if (first !== undefined || outcome === null) {
    const fault = first?.fault ?? "missing";
    const kind = fault === "reason_missing" ? "reason" : "answer";
    return { line: line.id, kind, message: FAULT_WORDS[fault] };
  }
  if (!needsPhoto(line, outcome) || photosOf(draft, line.id).length > 0) return null;
  const message = line.photo === "always" ? "此项须拍照" : "未达标须拍照";
  return { line: line.id, kind: "photo", message };
}

/** Everything that is missing, in the order of the checklist; last, photos beyond what is taken. */
export function lacksOf(draft: Draft): Lack[] {
  const lacks = missingIn(draft);
  if (draft.photos.length > MOST_PHOTOS) lacks.push({ line: null, kind: "photo", message: FULL });
  return lacks;
}

function missingIn(draft: Draft): Lack[] {
  if (draft.checklist !== null) {
    return linesOf(draft.checklist)
      .map((line) => lackOfLine(draft, line))
      .filter((lack) => lack !== null);
  }
  const lacks: Lack[] = [];
  if (draft.place.trim() === "") {
    lacks.push({ line: null, kind: "place", message: "请写明地点" });
  }
  if (draft.note.trim() === "") lacks.push({ line: null, kind: "note", message: "请写明问题" });
  if (draft.photos.length === 0) {
    lacks.push({ line: null, kind: "photo", message: "请至少拍一张照片" });
  }
  return lacks;
}

/** How far a draft is: lines that lack nothing, of all lines. */
export function progressOf(draft: Draft): { done: number; all: number } {
  const all = draft.checklist === null ? 3 : linesOf(draft.checklist).length;
  return { done: all - missingIn(draft).length, all };
}
