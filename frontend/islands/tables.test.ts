import { expect, it } from "vitest";
import { frameTables } from "./tables.ts";

it("frames every outer table once", () => {
  document.body.innerHTML =
    '<main class="content"><table id="a"><tr><td><table id="b"></table></td></tr></table>' +
    '<div class="table-scroll"><table id="c"></table></div></main><table id="d"></table>';
  frameTables(document);
  frameTables(document);
  expect(document.querySelectorAll(".table-scroll")).toHaveLength(2);
  expect(document.querySelector("#a")?.parentElement?.className).toBe("table-scroll");
  expect(document.querySelector("#d")?.parentElement).toBe(document.body);
});
