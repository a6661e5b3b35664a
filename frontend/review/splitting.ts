import { codePoints } from "./offsets.ts";

/** Where the text is to be cut, and both halves in words, as the cursor moves in it. */
export function followCursor(form: HTMLElement): void {
  const words = form.querySelector<HTMLTextAreaElement>("[data-review-words]");
  const at = form.querySelector<HTMLInputElement>("[name=at]");
  const halves = form.querySelector("[data-review-halves]");
  if (!words || !at || !halves) return;
  const text = words.value;
  const show = () => {
    const cut = words.selectionStart;
    if (cut <= 0 || cut >= text.length) return;
    at.value = `${codePoints(text.slice(0, cut))}`;
    halves.textContent = `前一条到“…${text.slice(Math.max(0, cut - 12), cut)}”；后一条从“${text.slice(cut, cut + 12)}…”开始。`;
  };
  // The words themselves are not edited here: only the place is chosen.
  words.addEventListener("beforeinput", (event) => event.preventDefault());
  for (const name of ["click", "keyup", "select"]) words.addEventListener(name, show);
}
