/** Wide tables scroll by themselves instead of the page; the frame can be reached by keyboard. */
export function frameTables(root: ParentNode): void {
  for (const table of root.querySelectorAll<HTMLTableElement>(".content table")) {
    if (table.closest(".table-scroll") || table.parentElement?.closest("table")) continue;
    const frame = document.createElement("div");
    frame.className = "table-scroll";
    table.before(frame);
    frame.append(table);
  }
  for (const frame of root.querySelectorAll<HTMLElement>(".table-scroll")) {
    if (frame.scrollWidth <= frame.clientWidth) continue;
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", frame.querySelector("caption")?.textContent?.trim() || "表格");
  }
}
