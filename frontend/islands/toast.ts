/** Short messages in the corner, announced politely; errors stay until they are closed. */
export type Tone = "info" | "success" | "warning" | "danger";

const SECONDS = 6;

function place(): HTMLElement {
  const found = document.querySelector<HTMLElement>(".toasts");
  if (found) return found;
  const made = document.createElement("div");
  made.className = "toasts";
  made.setAttribute("role", "status");
  document.body.append(made);
  return made;
}

export function toast(text: string, tone: Tone = "success"): void {
  const box = document.createElement("div");
  box.className = `alert alert-${tone}`;
  const words = document.createElement("div");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", "关闭");
  close.addEventListener("click", () => box.remove());
  box.append(words, close);
  place().append(box);
  if (tone === "success" || tone === "info") setTimeout(() => box.remove(), SECONDS * 1000);
}

interface ToastDetail {
  text?: string;
  tone?: Tone;
  value?: string;
}

/** The words of an error page, or of a plain answer; empty for a page without any. */
export function wordsOf(answer: string): string {
  const page = new DOMParser().parseFromString(answer, "text/html");
  const said = page.querySelector("main p, .alert, body > p") ?? page.body;
  return said.querySelector("form") ? "" : (said.textContent ?? "").trim().slice(0, 300);
}

/** Listen for `toast` events (header HX-Trigger) and for requests of htmx that failed. */
export function installToasts(): void {
  place(); // a live region speaks only if it was there before its text
  document.body.addEventListener("toast", (event) => {
    const detail = (event as CustomEvent<ToastDetail>).detail;
    toast(detail.text ?? detail.value ?? "", detail.tone ?? "success");
  });
  document.body.addEventListener("htmx:responseError", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.status === 422) return; // the form comes back with its errors
    toast(wordsOf(xhr.responseText) || `操作没有完成（${xhr.status}）。请刷新后重试。`, "danger");
  });
  document.body.addEventListener("htmx:sendError", () => {
    toast("网络不通，刚才的操作没有保存。请检查网络后重试。", "danger");
  });
}
