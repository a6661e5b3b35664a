import type { Mount } from "./registry.ts";

/** A site of the list, told to the map; `nearer` asks it to go there. */
export interface Chosen {
  id: string;
  at: [number, number];
  nearer: boolean;
}

/** The map tells which site's mark is under the pointer or has the focus; empty for none. */
export const MARKED = "site:marked";
/** The list tells the map the same of its rows; null for none. */
export const CHOSEN = "site:chosen";

/** The place that a row carries: data-at="101.7,26.5". */
export function placeOf(row: HTMLElement): [number, number] | null {
  const numbers = (row.dataset.at ?? "").split(",").map(Number);
  const [east, north] = numbers;
  const isPlace = numbers.length === 2 && numbers.every(Number.isFinite);
  return isPlace && east !== undefined && north !== undefined ? [east, north] : null;
}

/**
 * A list and a map of the same sites: choosing in one marks in the other. Beside each other where
 * there is room, else one at a time.
 */
export const listAndMap: Mount = (area, signal) => {
  const map = area.querySelector<HTMLElement>("[data-island~=site-map]");
  const views = area.querySelector<HTMLElement>("[data-views]");
  if (!map || !views) throw new Error("a list and a map need both, and their buttons");
  const rows = [...area.querySelectorAll<HTMLElement>("tr[data-site]")];
  const buttons = [...views.querySelectorAll<HTMLButtonElement>("[data-view]")];

  const show = (view: string) => {
    area.dataset.shows = view;
    for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.view === view));
  };
  const mark = (chosen: HTMLElement | null) => {
    for (const row of rows) row.classList.toggle("is-chosen", row === chosen);
  };
  const tell = (row: HTMLElement | null, nearer = false) => {
    const at = row && placeOf(row);
    const detail: Chosen | null = row && at ? { id: row.dataset.site ?? "", at, nearer } : null;
    map.dispatchEvent(new CustomEvent(CHOSEN, { detail }));
  };
  const rowOf = (target: EventTarget | null) =>
    (target as HTMLElement).closest<HTMLElement>("tr[data-site]");

  let located: HTMLElement | null = null; // stays marked until another one is

  views.hidden = false;
  show("list");
  for (const one of buttons) one.addEventListener("click", () => show(one.dataset.view ?? "list"));
  for (const row of rows) {
    row.addEventListener("mouseenter", () => tell(row));
    row.addEventListener("mouseleave", () => tell(located));
    row.addEventListener("focusin", () => tell(row));
    row.addEventListener("focusout", () => tell(located));
  }
  for (const button of area.querySelectorAll<HTMLButtonElement>("[data-locate]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      located = rowOf(button);
      show("map");
      // On a phone the list, and the button with it, is gone now.
      views.querySelector<HTMLButtonElement>("[data-view=map]")?.focus();
      mark(located);
      tell(located, true);
    });
  }
  map.addEventListener(
    MARKED,
    (event) => {
      const id = (event as CustomEvent<string>).detail;
      const row = rows.find((one) => one.dataset.site === id) ?? null;
      mark(row);
      row?.scrollIntoView?.({ block: "nearest" });
    },
    { signal },
  );
};
