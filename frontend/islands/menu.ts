import type { Mount } from "./registry.ts";

/** A `<details>` used as a menu: closes by Escape and by a press elsewhere. */
export const menu: Mount = (element, signal) => {
  const details = element as HTMLDetailsElement;
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
  document.addEventListener(
    "click",
    (event) => {
      if (!details.contains(event.target as Node)) details.open = false;
    },
    { signal },
  );
};
