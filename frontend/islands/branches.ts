import type { Mount } from "./registry.ts";
import { ownBranches } from "./tree.ts";

/** Gets the HTML below one branch. */
export type Fetch = (address: string) => Promise<string>;

const fetchHtml: Fetch = async (address) => {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer.text();
};

/** Stands below what the page came with, which is of use without script too. */
function problem(): HTMLElement {
  const line = document.createElement("p");
  line.className = "branch-problem";
  line.setAttribute("role", "alert");
  line.textContent = "没有取到内容。请检查网络，收起后再展开。";
  return line;
}

/**
 * `details[data-source]` whose content comes when they are opened, once. Content that did not come
 * can be asked for again. `[data-print-all]` opens everything, waits for it and prints.
 */
export function branchesWith(get: Fetch): Mount {
  return (root, signal) => {
    const pending = new Map<HTMLDetailsElement, Promise<void>>();
    const status = root.querySelector<HTMLElement>("[data-branch-status]");

    const load = (branch: HTMLDetailsElement): Promise<void> => {
      const source = branch.dataset.source;
      const target = branch.querySelector<HTMLElement>(":scope > [data-branch]");
      const isDone = branch.hasAttribute("data-loaded") || branch.hasAttribute("data-unfolded");
      if (!source || !target || isDone) return Promise.resolve();
      const under = pending.get(branch) ?? fill(branch, target, source);
      pending.set(branch, under);
      return under;
    };

    const fill = async (branch: HTMLDetailsElement, target: HTMLElement, source: string) => {
      target.setAttribute("aria-busy", "true");
      try {
        target.innerHTML = await get(source);
        branch.setAttribute("data-loaded", "");
        root.dispatchEvent(new CustomEvent("branch:loaded", { detail: target, bubbles: true }));
      } catch {
        if (!target.querySelector(".branch-problem")) target.append(problem());
      } finally {
        target.removeAttribute("aria-busy");
        pending.delete(branch);
      }
    };

    const loadOpened = () =>
      Promise.all(
        [...root.querySelectorAll<HTMLDetailsElement>("details[open][data-source]")].map(load),
      );

    const printAll = async () => {
      if (status) status.textContent = "正在展开……";
      for (const branch of ownBranches(root)) branch.open = true;
      await loadOpened();
      if (status) status.textContent = "";
      window.print();
    };

    // `toggle` does not bubble, hence caught on its way down.
    root.addEventListener(
      "toggle",
      (event) => {
        const branch = event.target as HTMLDetailsElement;
        if (branch.open) void load(branch);
      },
      { capture: true, signal },
    );
    root.addEventListener(
      "click",
      (event) => {
        if ((event.target as Element).closest("[data-print-all]")) void printAll();
      },
      { signal },
    );
    void loadOpened();
  };
}

export const branches: Mount = branchesWith(fetchHtml);
