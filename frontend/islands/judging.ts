import type { Mount } from "./registry.ts";

/** Ready-made reasons: `[data-reason]` puts its words into the form's `reason`, after what is there. */
export const judging: Mount = (form) => {
  const field = form.querySelector<HTMLTextAreaElement>("[name=reason]");
  if (!field) return;
  for (const list of form.querySelectorAll<HTMLElement>(".reason-list")) list.hidden = false;
  form.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-reason]");
    if (!button) return;
    const words = button.textContent?.trim() ?? "";
    if (!field.value.includes(words)) field.value = `${field.value}${words}`;
    field.focus();
  });
};
