import type { Mount } from "./registry.ts";

/**
 * The navigation on narrow screens. The toggle is a link to `#navigation`, which opens it by
 * `:target` where no script runs; with script, focus moves in, Escape and a press outside close it.
 */
export const offCanvas: Mount = (toggle, signal) => {
  const panel = document.querySelector<HTMLElement>(toggle.getAttribute("href") ?? "");
  if (!panel) return;
  const isOpen = () => panel.classList.contains("is-open");
  const set = (open: boolean) => {
    panel.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", String(open));
    if (open) panel.querySelector<HTMLElement>("a, button")?.focus();
    else toggle.focus();
  };
  toggle.setAttribute("role", "button");
  toggle.setAttribute("aria-expanded", "false");
  toggle.setAttribute("aria-controls", panel.id);
  toggle.addEventListener("click", (event) => {
    event.preventDefault();
    set(!isOpen());
  });
  toggle.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    set(!isOpen());
  });
  panel.querySelector(".shell-close")?.addEventListener("click", (event) => {
    event.preventDefault();
    set(false);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && isOpen()) set(false);
    },
    { signal },
  );
  document.addEventListener(
    "click",
    (event) => {
      const target = event.target as Node;
      if (isOpen() && !panel.contains(target) && !toggle.contains(target)) set(false);
    },
    { signal },
  );
};
