/** A visit that is being walked. Every tap gives a new draft, which the app stores at once. */
import type { Checklist, Line, Site } from "./bundle.ts";
import type { Answer } from "./observing.ts";

export interface Position {
  readonly longitude: string;
  readonly latitude: string;
  readonly accuracy_metres: string;
}

export interface DraftPhoto {
  readonly sha256: string;
  readonly size: number;
  readonly line: string | null;
  readonly taken_at: string;
  readonly longitude: string | null;
  readonly latitude: string | null;
}

/**
 * Site and checklist are kept as they were when the visit began: a newer download of the round
 * never changes what an inspector has in hand. Both are null at a place outside the register.
 */
export interface Draft {
  readonly id: string;
  readonly round: string;
  readonly account: string;
  readonly site: Site | null;
  readonly checklist: Checklist | null;
  readonly started_at: string;
  readonly changed_at: string;
  readonly position: Position | null;
  readonly place: string;
  readonly note: string;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly photos: readonly DraftPhoto[];
}

/** How many photos a visit may show: what every server takes (docs/field-sync.md). */
export const MOST_PHOTOS = 1000;

const EMPTY: Answer = { not_applicable: false, values: {}, note: "" };

export function newDraft(
  start: Pick<Draft, "id" | "round" | "account" | "site" | "checklist">,
  now: string,
): Draft {
  return {
    ...start,
    started_at: now,
    changed_at: now,
    position: null,
    place: "",
    note: "",
    answers: {},
    photos: [],
  };
}

/** The answer of a line as it stands; an empty one before the first tap. */
export function answerTo(draft: Draft, line: string): Answer {
  return draft.answers[line] ?? EMPTY;
}

function withAnswer(draft: Draft, line: string, change: Partial<Answer>, now: string): Draft {
  const answer = { ...answerTo(draft, line), ...change };
  return { ...draft, changed_at: now, answers: { ...draft.answers, [line]: answer } };
}

/** Write a value of a line; whoever writes one says that the line applies, and why it did not goes. */
export function setValue(
  draft: Draft,
  line: Line,
  name: string,
  value: string,
  now: string,
): Draft {
  const answer = answerTo(draft, line.id);
  const values = { ...answer.values, [name]: value };
  const note = answer.not_applicable ? "" : answer.note;
  return withAnswer(draft, line.id, { values, not_applicable: false, note }, now);
}

/** Say that a line does not apply here, or take it back; what was counted, or the reason, goes. */
export function setNotApplicable(draft: Draft, line: Line, whether: boolean, now: string): Draft {
  const answer = answerTo(draft, line.id);
  const note = answer.not_applicable && !whether ? "" : answer.note;
  return withAnswer(draft, line.id, { not_applicable: whether, values: {}, note }, now);
}

export function setLineNote(draft: Draft, line: Line, note: string, now: string): Draft {
  return withAnswer(draft, line.id, { note }, now);
}

export function setTexts(
  draft: Draft,
  texts: Partial<Pick<Draft, "place" | "note">>,
  now: string,
): Draft {
  return { ...draft, ...texts, changed_at: now };
}

/** Where the phone is; the last known place stays when the device no longer knows. */
export function setPosition(draft: Draft, position: Position | null, now: string): Draft {
  return position === null ? draft : { ...draft, position, changed_at: now };
}

/** Tell whether a visit shows as many photos as it may. */
export function isFull(draft: Draft): boolean {
  return draft.photos.length >= MOST_PHOTOS;
}

/** Add a photo; the same bytes for the same line are kept once. */
export function addPhoto(draft: Draft, photo: DraftPhoto, now: string): Draft {
  const same = draft.photos.some((one) => one.sha256 === photo.sha256 && one.line === photo.line);
  return same ? draft : { ...draft, changed_at: now, photos: [...draft.photos, photo] };
}

export function removePhoto(
  draft: Draft,
  photo: Pick<DraftPhoto, "sha256" | "line">,
  now: string,
): Draft {
  const photos = draft.photos.filter(
    (one) => one.sha256 !== photo.sha256 || one.line !== photo.line,
  );
  return { ...draft, changed_at: now, photos };
}

export function photosOf(draft: Draft, line: string | null): DraftPhoto[] {
  return draft.photos.filter((photo) => photo.line === line);
}
