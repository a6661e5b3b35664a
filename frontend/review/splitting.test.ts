import { expect, it } from "vitest";
import { followCursor } from "./splitting.ts";

it("takes the place of the cursor in code points and shows both halves", () => {
  document.body.innerHTML =
    '<form><textarea data-review-words>甲𠮷乙丙</textarea><input name="at"><p data-review-halves></p></form>';
  const form = document.querySelector("form") as HTMLFormElement;
  followCursor(form);
  const words = form.querySelector("textarea") as HTMLTextAreaElement;
  words.setSelectionRange(3, 3);
  words.dispatchEvent(new Event("click"));
  expect(new FormData(form).get("at")).toBe("2");
  expect(form.querySelector("p")?.textContent).toContain("后一条从“乙丙…”");
});
