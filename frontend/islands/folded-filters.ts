import type { Mount } from "./registry.ts";

/** Fields that stay in sight on a phone; the rest waits behind one button. */
const KEPT = 1;

const isSet = (field: Element): boolean => {
  if (field instanceof HTMLInputElement && field.type === "checkbox") return field.checked;
  if (field instanceof HTMLSelectElement) return field.value !== "" && field.name !== "sort";
  return field instanceof HTMLInputElement && field.value !== "";
};

/**
 * On a phone a filter bar of eight fields would push the list out of sight. It shows the first
 * field, and a button that says how many of the others are in use; the style sheet decides below
 * which width this holds. Without script all fields are shown.
 */
export const foldedFilters: Mount = (form) => {
  const fields = [...form.children].filter(
    (child) => child.querySelector("input, select") && !child.matches(".filter-actions"),
  );
  const folded = fields.slice(KEPT);
  const actions = form.querySelector(".filter-actions");
  if (folded.length === 0 || !actions) return;
  for (const field of folded) field.classList.add("filter-folded");
  const used = folded.flatMap((field) => [...field.querySelectorAll("input, select")]);
  const count = used.filter(isSet).length;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn filter-unfold";
  const tell = (isOpen: boolean): void => {
    form.classList.toggle("filters-open", isOpen);
    button.setAttribute("aria-expanded", String(isOpen));
    button.textContent = isOpen ? "收起条件" : count > 0 ? `更多条件（已用 ${count}）` : "更多条件";
  };
  button.addEventListener("click", () => tell(!form.classList.contains("filters-open")));
  actions.append(button);
  tell(false);
};
