import { toast, wordsOf } from "../islands/toast.ts";

const CARDS = "review-cards"; // an answer without them is another page, such as the log-in
const OFFLINE = "网络不通，请检查网络后重试";
const LOGGED_OUT = "登录已过期，请在新窗口登录后重试";

class LoggedOut extends Error {}

/** Sends decisions one after another and hands the last page of a row of answers to `onPage`. */
export class Sender {
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;
  readonly #onPage: (page: Document) => void;

  constructor(onPage: (page: Document) => void) {
    this.#onPage = onPage;
  }

  /** Post `body`; `onFail` undoes what was shown in advance. The returned promise never rejects. */
  send(address: string, body: FormData, onFail: () => void): Promise<void> {
    this.#waiting += 1;
    this.#queue = this.#queue.then(async () => {
      const answer = await this.#post(address, body);
      this.#waiting -= 1;
      if (answer === null) onFail();
      else if (this.#waiting === 0)
        this.#onPage(new DOMParser().parseFromString(answer, "text/html"));
    });
    return this.#queue;
  }

  async #post(address: string, body: FormData): Promise<string | null> {
    try {
      const response = await fetch(address, { method: "POST", body });
      const text = await response.text();
      if (response.ok && text.includes(CARDS)) return text;
      if (response.ok) throw new LoggedOut();
      toast(wordsOf(text) || `没有保存（${response.status}）。请刷新后重试。`, "danger");
    } catch (problem) {
      const advice = problem instanceof LoggedOut ? LOGGED_OUT : OFFLINE;
      toast(`${advice}，刚才的决定没有保存。`, "danger");
    }
    return null;
  }
}

/**
 * Bring the cards and the marked regions of `root` to the state of `page`. Cards that differ are
 * replaced, the others stay as they are, with whatever was typed in them. Returns the new cards.
 */
export function adopt(root: ParentNode, page: ParentNode): HTMLElement[] {
  const fresh: HTMLElement[] = [];
  for (const theirs of page.querySelectorAll<HTMLElement>("[data-item]")) {
    const selector = `[data-item="${CSS.escape(theirs.dataset.item ?? "")}"]`;
    const ours = root.querySelector<HTMLElement>(selector);
    if (!ours || signature(ours) === signature(theirs)) continue;
    const card = document.importNode(theirs, true);
    ours.replaceWith(card);
    fresh.push(card);
  }
  for (const ours of document.querySelectorAll<HTMLElement>("[data-review-region]")) {
    const name = CSS.escape(ours.dataset.reviewRegion ?? "");
    const theirs = page.querySelector(`[data-review-region="${name}"]`);
    if (theirs && theirs.outerHTML !== ours.outerHTML)
      ours.replaceWith(document.importNode(theirs, true));
  }
  return fresh;
}

function signature(card: HTMLElement): string {
  return `${card.dataset.state} ${card.dataset.version ?? ""}`;
}
