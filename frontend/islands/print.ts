import type { Mount } from "./registry.ts";

/** A button that prints the page. */
export const print: Mount = (button) => {
  button.addEventListener("click", () => window.print());
};

/** On paper nothing can be unfolded: everything folded is opened, and folded again afterwards. */
export function installUnfolding(): void {
  let opened: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>(".content details:not([open])")];
    for (const details of opened) {
      details.setAttribute("data-unfolded", ""); // nothing is fetched for it
      details.open = true;
    }
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) {
      details.removeAttribute("data-unfolded");
      details.open = false;
    }
    opened = [];
  });
}
