/** Keys that work on every page; pages add their own to the list by `[data-shortcut="键 做什么"]`. */
const EVERYWHERE: readonly (readonly [string, string])[] = [
  ["/", "搜索"],
  ["j", "下一行"],
  ["k", "上一行"],
  ["?", "显示本列表"],
  ["Esc", "关闭"],
];

/** True while keys belong to a field, a dialog or the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.isContentEditable || target.matches("textarea, select") || hasOpenDialog();
}

function hasOpenDialog(): boolean {
  return document.querySelector("dialog[open]") !== null;
}

const ROWS = ".content tbody tr, .content .branch > summary";

/** Move the focus by `step`: to the first link of each table row, to each visible branch of a tree. */
export function moveRow(step: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>(ROWS)]
    .filter((row) => row.checkVisibility?.() ?? true)
    .map((row) => (row.tagName === "SUMMARY" ? row : row.querySelector<HTMLElement>("a[href]")))
    .filter((stop) => stop !== null);
  const row = document.activeElement?.closest("tr, summary");
  const current = row ? stops.findIndex((stop) => stop.closest("tr, summary") === row) : -1;
  const next = current === -1 ? (step === 1 ? 0 : stops.length - 1) : current + step;
  stops[next]?.focus();
}

function ownKeys(): (readonly [string, string])[] {
  return [...document.querySelectorAll<HTMLElement>("[data-shortcut]")].map((element) => {
    const [key = "", ...words] = (element.dataset.shortcut ?? "").split(" ");
    return [key, words.join(" ")] as const;
  });
}

/** Show what can be pressed on this page. */
export function showHelp(): void {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-label", "快捷键");
  const title = document.createElement("h2");
  title.textContent = "快捷键";
  const list = document.createElement("dl");
  list.className = "shortcut-list";
  for (const [key, words] of [...ownKeys(), ...EVERYWHERE]) {
    const term = document.createElement("dt");
    const cap = document.createElement("kbd");
    cap.textContent = key;
    term.append(cap);
    const meaning = document.createElement("dd");
    meaning.textContent = words;
    list.append(term, meaning);
  }
  const close = document.createElement("button");
  close.className = "btn";
  close.textContent = "关闭";
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, list, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const ACTIONS: Record<string, () => void> = {
  "/": () => document.querySelector<HTMLElement>(".content input[type=search]")?.focus(),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  "?": showHelp,
};

export function installShortcuts(): void {
  document.addEventListener("keydown", (event) => {
    const act = ACTIONS[event.key];
    if (!act || event.defaultPrevented || isTyping(event)) return;
    event.preventDefault();
    act();
  });
}
