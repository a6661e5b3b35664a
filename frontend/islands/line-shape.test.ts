import { describe, expect, it } from "vitest";
import { lineShape } from "./line-shape.ts";

function line(shape: string): HTMLFormElement {
  document.body.innerHTML = `<form>
    <div class="form-field"><select name="shape"><option value="exists">有无</option><option value="density">密度</option><option value="ratio">比例</option></select></div>
    <div class="form-field"><input name="threshold" value="90" data-shapes="density ratio"></div>
    <div class="form-field"><input name="per" value="500" data-shapes="density"></div>
    <div class="form-field"><input name="weight" value="1"></div></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  (form.elements.namedItem("shape") as HTMLSelectElement).value = shape;
  lineShape(form, new AbortController().signal);
  return form;
}

const sent = (form: HTMLFormElement): string[] => [...new FormData(form).keys()];
const seen = (form: HTMLFormElement): (string | null)[] =>
  [...form.querySelectorAll(".form-field:not([hidden]) [name]")].map((field) =>
    field.getAttribute("name"),
  );

describe("line-shape", () => {
  it("asks only for what the way of recording needs", () => {
    for (const [shape, names] of [
      ["exists", ["shape", "weight"]],
      ["ratio", ["shape", "threshold", "weight"]],
      ["density", ["shape", "threshold", "per", "weight"]],
    ] as const) {
      const form = line(shape);
      expect(seen(form)).toEqual(names);
      expect(sent(form)).toEqual(names);
    }
  });

  it("follows a change and keeps what was typed", () => {
    const form = line("density");
    const shape = form.elements.namedItem("shape") as HTMLSelectElement;
    shape.value = "exists";
    shape.dispatchEvent(new Event("change"));
    expect(sent(form)).toEqual(["shape", "weight"]);
    shape.value = "density";
    shape.dispatchEvent(new Event("change"));
    expect(new FormData(form).get("per")).toBe("500");
  });

  it("leaves a form without the choice alone", () => {
    document.body.innerHTML = '<form><input name="threshold" data-shapes="count"></form>';
    const form = document.querySelector("form") as HTMLFormElement;
    lineShape(form, new AbortController().signal);
    expect(sent(form)).toEqual(["threshold"]);
  });
});
