import type { Mount } from "./registry.ts";

/** What a form would send, as text that two moments can be compared by. */
export function snapshot(form: HTMLFormElement): string {
  return JSON.stringify(
    [...new FormData(form)].map(([name, value]) => [
      name,
      value instanceof File ? `${value.name}:${value.size}` : value,
    ]),
  );
}

/** Asks before a form with unsaved changes is left. */
export const dirtyGuard: Mount = (element, signal) => {
  const form = element as HTMLFormElement;
  let saved = snapshot(form);
  form.addEventListener("submit", () => {
    saved = snapshot(form);
  });
  window.addEventListener(
    "beforeunload",
    (event) => {
      if (snapshot(form) !== saved) event.preventDefault();
    },
    { signal },
  );
};
