import { isTyping } from "./shortcuts.ts";

/** The element of this page that a key belongs to. */
function ownerOf(key: string): HTMLElement | null {
  if (!/^[a-z0-9]$/.test(key)) return null;
  return document.querySelector<HTMLElement>(`[data-hotkey="${key}"]`);
}

/**
 * Single keys of one page: `[data-hotkey="a"]` is pressed, or focused when it is a field. They come
 * before the keys of every page, so that j and k can mean the next and the previous item.
 */
export function installHotkeys(): void {
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || event.repeat || isTyping(event)) return;
      const owner = ownerOf(event.key);
      if (!owner) return;
      event.preventDefault();
      if (owner.matches("input, textarea, select")) owner.focus();
      else owner.click();
    },
    { capture: true },
  );
}
