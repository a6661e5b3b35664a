import { toast, wordsOf } from "../islands/toast.ts";

const CARDS = "review-cards"; // an answer without them is another page, such as the log-in
const FORM = "data-review-form";
const OFFLINE = "网络不通，请检查网络后重试";
const LOGGED_OUT = "登录已过期，请在新窗口登录后重试";
/** The server answers this script with what changed, and others with pages. */
export const HEADERS = { "X-Review": "1" };

class LoggedOut extends Error {}

export interface Handlers {
  /** Undo what was shown in advance. */
  onFail: () => void;
  /** The form came back with its errors; without this they are shown as a message. */
  onRefused?: (form: Element) => void;
  onDone?: (page: Document) => void;
}

/** Sends steps one after another; each answer holds what its step changed. */
export class Sender {
  #queue: Promise<void> = Promise.resolve();
  readonly #onPage: (page: Document) => void;

  constructor(onPage: (page: Document) => void) {
    this.#onPage = onPage;
  }

  /** Post `body`. The returned promise never rejects. */
  send(address: string, body: FormData, handlers: Handlers): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      const answer = await this.#post(address, body, handlers);
      if (answer === null) handlers.onFail();
      else {
        this.#onPage(answer);
        handlers.onDone?.(answer);
      }
    });
    return this.#queue;
  }

  async #post(address: string, body: FormData, handlers: Handlers): Promise<Document | null> {
    try {
      const response = await fetch(address, { method: "POST", body, headers: HEADERS });
      const text = await response.text();
      const page = new DOMParser().parseFromString(text, "text/html");
      if (response.ok && text.includes(CARDS)) return page;
      if (response.ok) throw new LoggedOut();
      const form = page.querySelector(`[${FORM}]`);
      if (form && handlers.onRefused) handlers.onRefused(form);
      else toast(wordsOf(text) || `没有保存（${response.status}）。请刷新后重试。`, "danger");
    } catch (problem) {
      const advice = problem instanceof LoggedOut ? LOGGED_OUT : OFFLINE;
      toast(`${advice}，刚才的决定没有保存。`, "danger");
    }
    return null;
  }
}

/** Get a form by its address; null, with a message, when there is none. */
export async function fetchForm(address: string): Promise<Element | null> {
  try {
    const response = await fetch(address, { headers: HEADERS });
    const text = await response.text();
    const form = new DOMParser()
      .parseFromString(text, "text/html")
      .querySelector<HTMLElement>(`[${FORM}]`);
    if (!form) toast(wordsOf(text) || `${LOGGED_OUT}。`, "danger");
    return form && document.importNode(form, true);
  } catch {
    toast(`${OFFLINE}。`, "danger");
    return null;
  }
}

/**
 * Bring the cards of `root` and the marked regions to the state of `page`. Cards that differ are
 * replaced, new ones put behind the card they follow, removed ones taken away; the others stay as
 * they are, with whatever was typed in them. Returns the new cards.
 */
export function adopt(root: Element, page: ParentNode): HTMLElement[] {
  const fresh: HTMLElement[] = [];
  for (const gone of page.querySelectorAll<HTMLElement>("[data-removed]"))
    find(root, gone.dataset.removed)?.remove();
  for (const theirs of page.querySelectorAll<HTMLElement>("[data-item]")) {
    const ours = find(root, theirs.dataset.item);
    if (ours && signature(ours) === signature(theirs)) continue;
    const before = find(root, theirs.dataset.after);
    if (!ours && !belongsHere(theirs, before)) continue;
    const card = document.importNode(theirs, true);
    if (ours) ours.replaceWith(card);
    else if (before) before.after(card);
    else root.prepend(card);
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

/** A new card is of this view and follows a card of this page, or is the first of all. */
function belongsHere(card: HTMLElement, before: HTMLElement | null): boolean {
  return card.dataset.elsewhere === undefined && (before !== null || !card.dataset.after);
}

function find(root: ParentNode, id: string | undefined): HTMLElement | null {
  return id ? root.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`) : null;
}

function signature(card: HTMLElement): string {
  return `${card.dataset.state} ${card.dataset.version ?? ""}`;
}
