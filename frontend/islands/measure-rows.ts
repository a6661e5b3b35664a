import type { Mount } from "./registry.ts";

/**
 * Rows of a form that can be added and removed: `[data-rows]` holds them, `[data-add]` copies the
 * last one empty, `[data-remove]` in a row takes it away. One row always stays.
 */
export const measureRows: Mount = (form) => {
  const box = form.querySelector<HTMLElement>("[data-rows]");
  const add = form.querySelector<HTMLButtonElement>("[data-add]");
  if (!box || !add) return;
  const rows = () => [...box.children] as HTMLElement[];

  const number = () => {
    rows().forEach((row, index) => {
      const place = String(index + 1);
      for (const label of row.querySelectorAll("[data-number]")) label.textContent = place;
      const labels = [...row.querySelectorAll("label")];
      const fields = [...row.querySelectorAll("input")];
      fields.forEach((field, at) => {
        field.id = `${field.name}-${place}`;
        labels[at]?.setAttribute("for", field.id);
      });
      const remove = row.querySelector<HTMLButtonElement>("[data-remove]");
      if (!remove) return;
      remove.hidden = rows().length === 1;
      remove.setAttribute("aria-label", `删除措施 ${place}`);
    });
  };

  add.hidden = false;
  add.addEventListener("click", () => {
    const last = rows().at(-1);
    if (!last) return;
    const copy = last.cloneNode(true) as HTMLElement;
    for (const field of copy.querySelectorAll("input")) field.value = "";
    box.append(copy);
    number();
    copy.querySelector("input")?.focus();
  });
  box.addEventListener("click", (event) => {
    const row = (event.target as Element).closest("[data-remove]")?.closest("[data-rows] > *");
    if (!row || rows().length === 1) return;
    const near = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    number();
    near?.querySelector("input")?.focus();
  });
  number();
};
