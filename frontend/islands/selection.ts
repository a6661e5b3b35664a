import type { Mount } from "./registry.ts";

/** Indexes from one row to another, both included, in either direction. */
export function between(one: number, other: number): number[] {
  const low = Math.min(one, other);
  return Array.from({ length: Math.abs(one - other) + 1 }, (_, step) => low + step);
}

/** What the count says. */
export function wording(chosen: number): string {
  return chosen === 0 ? "未选择" : `已选 ${chosen} 项`;
}

/**
 * Choosing many rows: named check boxes, `[data-all]` for all, Shift for a range, `[data-count]` for
 * the number; buttons with `[data-needs-selection]` wait for a choice.
 */
export const selection: Mount = (area) => {
  const boxes = () => [...area.querySelectorAll<HTMLInputElement>("input[type=checkbox][name]")];
  const all = area.querySelector<HTMLInputElement>("[data-all]");
  let last: HTMLInputElement | null = null;

  const show = () => {
    const present = boxes();
    const chosen = present.filter((box) => box.checked).length;
    for (const box of present) box.closest("tr, li")?.classList.toggle("is-selected", box.checked);
    for (const place of area.querySelectorAll("[data-count]")) place.textContent = wording(chosen);
    for (const button of area.querySelectorAll<HTMLButtonElement>("[data-needs-selection]"))
      button.disabled = chosen === 0;
    if (!all) return;
    all.checked = chosen > 0 && chosen === present.length;
    all.indeterminate = chosen > 0 && chosen < present.length;
  };

  area.addEventListener("click", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || !box.name || box.type !== "checkbox") return;
    const present = boxes();
    if (event.shiftKey && last && present.includes(last))
      for (const index of between(present.indexOf(last), present.indexOf(box))) {
        const other = present[index];
        if (other && !other.disabled) other.checked = box.checked;
      }
    last = box;
    show();
  });
  all?.addEventListener("change", () => {
    for (const box of boxes()) if (!box.disabled) box.checked = all.checked;
    show();
  });
  area.addEventListener("reset", () => queueMicrotask(show));
  show();
};
