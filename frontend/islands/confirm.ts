import type { Mount } from "./registry.ts";

/**
 * A form that asks first: `[data-open]` shows its dialog, the dialog's submit button sends the form.
 * Without this script `[data-open]` is a plain submit button.
 */
export const confirm: Mount = (form) => {
  const dialog = form.querySelector("dialog");
  if (!dialog) throw new Error("a confirmation needs a dialog");
  form.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    if (button?.matches("[data-open]")) {
      event.preventDefault();
      dialog.showModal();
    } else if (button?.matches("[data-close]")) {
      dialog.close();
    }
  });
  form.addEventListener("htmx:afterRequest", () => dialog.close());
};
