/** Scrolling inside one pane, so that the page itself stays where it is. */

/** Bring `element` into sight, a third from the top, unless it can be seen already. */
export function reveal(pane: HTMLElement, element: HTMLElement): void {
  if (pane.scrollHeight <= pane.clientHeight) {
    element.scrollIntoView({ block: "nearest" });
    return;
  }
  const frame = pane.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const isSeen = box.top >= frame.top && box.bottom <= frame.bottom;
  if (!isSeen) pane.scrollTop += box.top - frame.top - pane.clientHeight / 3;
}

/** Run `change` while `element` stays at its height on the screen. */
export function keepingPlace(pane: HTMLElement, element: HTMLElement | null, change: () => void) {
  const before = element?.getBoundingClientRect().top ?? 0;
  change();
  if (element?.isConnected && !element.hidden)
    pane.scrollTop += element.getBoundingClientRect().top - before;
}
