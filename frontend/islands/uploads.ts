import type { Mount } from "./registry.ts";

/** What the server says about a file that it keeps. */
interface Kept {
  id: string;
  name: string;
  size: number;
}

/** A size as people say it: 640 KB, 3.4 MB. */
export function sizeText(size: number): string {
  const megabyte = 2 ** 20;
  return size >= megabyte
    ? `${(size / megabyte).toFixed(1)} MB`
    : `${Math.max(1, Math.round(size / 1024))} KB`;
}

/** Why a file need not even be sent; empty when it may. */
export function refusal(file: { name: string; size: number }, limit: number): string {
  if (file.size === 0) return `文件“${file.name}”是空文件。请检查是否选错。`;
  if (file.size > limit)
    return `文件“${file.name}”有 ${sizeText(file.size)}，超过 ${sizeText(limit)} 的上限。请压缩图片或拆分后再上传。`;
  return "";
}

/** Send one file; `progress` is told the share that has left, between 0 and 1. */
export type Send = (
  address: string,
  file: File,
  token: string,
  progress: (share: number) => void,
) => Promise<Kept>;

const sendByRequest: Send = (address, file, token, progress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lost = () => reject(new Error(`文件“${file.name}”没有传完，网络中断。请重新选择它。`));
    request.upload.onprogress = (event) => progress(event.loaded / Math.max(1, event.total));
    request.onerror = lost;
    request.onload = () => {
      try {
        const answer = JSON.parse(request.responseText);
        if (request.status === 201) resolve(answer);
        else reject(new Error(answer.problem));
      } catch {
        reject(new Error(`文件“${file.name}”没有传上（${request.status}）。请刷新页面后重试。`));
      }
    };
    const body = new FormData();
    body.append("files", file);
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", token);
    request.send(body);
  });

/**
 * Several files, sent as soon as they are chosen or dropped, so that a refused form loses none of
 * them. Without this script they are sent with the form, which keeps them as well.
 */
export function uploadsWith(send: Send): Mount {
  return (field) => {
    const list = field.querySelector<HTMLElement>("[data-list]");
    const place = field.querySelector<HTMLElement>("[data-place]");
    const problems = field.querySelector<HTMLElement>("[data-problems]");
    const inputs = [...field.querySelectorAll<HTMLInputElement>("input[type=file]")];
    const [input] = inputs;
    const form = field.closest("form");
    if (!list || !place || !problems || !input || !form) throw new Error("incomplete upload field");
    const { address = "", limit = "0", most = "0" } = field.dataset;
    const token = () =>
      form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
    let sending = 0;

    const complain = (text: string) => {
      const line = document.createElement("p");
      line.textContent = text;
      problems.append(line);
    };

    const offerRemoval = (row: HTMLElement) => {
      const box = row.querySelector<HTMLInputElement>("[name=upload]");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = "移除";
      button.setAttribute("aria-label", `移除 ${row.dataset.name ?? row.textContent?.trim()}`);
      button.addEventListener("click", () => {
        if (box) {
          const headers = { "X-CSRFToken": token() };
          void fetch(`${address}${box.value}/discard/`, { method: "POST", headers }).catch(
            () => {},
          );
        }
        row.remove();
        input.focus();
      });
      row.append(button);
    };

    const keep = (row: HTMLElement, kept: Kept) => {
      const box = document.createElement("input");
      box.type = "checkbox";
      box.name = "upload";
      box.value = kept.id;
      box.checked = true;
      const label = document.createElement("label");
      const size = document.createElement("span");
      size.className = "quiet";
      size.textContent = sizeText(kept.size);
      label.append(box, ` ${kept.name} `, size);
      row.dataset.name = kept.name;
      row.replaceChildren(label);
      offerRemoval(row);
    };

    const take = async (file: File) => {
      const why = refusal(file, Number(limit));
      if (why) return complain(why);
      if (list.children.length >= Number(most))
        return complain(`没有上传“${file.name}”：最多 ${most} 个文件。请合并后再上传。`);
      const row = document.createElement("li");
      const bar = document.createElement("progress");
      bar.max = 1;
      bar.setAttribute("aria-label", `正在上传 ${file.name}`);
      row.append(`${file.name} `, bar);
      list.append(row);
      sending += 1;
      try {
        keep(row, await send(address, file, token(), (share) => (bar.value = share)));
      } catch (error) {
        row.remove();
        complain((error as Error).message);
      } finally {
        sending -= 1;
      }
    };

    const takeAll = async (files: File[]) => {
      problems.replaceChildren();
      for (const file of files) await take(file);
    };

    for (const row of list.children) offerRemoval(row as HTMLElement);
    const prompt = field.querySelector("[data-prompt]");
    if (prompt) prompt.textContent = "选择文件（可多选），或拖到这里";
    for (const one of inputs)
      one.addEventListener("change", () => {
        const chosen = [...(one.files ?? [])];
        one.value = ""; // what is sent ahead must not travel again with the form
        void takeAll(chosen);
      });
    for (const name of ["dragenter", "dragover"])
      place.addEventListener(name, (event) => {
        event.preventDefault();
        place.classList.add("is-over");
      });
    place.addEventListener("dragleave", () => place.classList.remove("is-over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      place.classList.remove("is-over");
      void takeAll([...(event.dataTransfer?.files ?? [])]);
    });
    form.addEventListener("submit", (event) => {
      if (sending === 0) return;
      event.preventDefault();
      complain("文件还在上传，没有提交。请等进度条走完再提交。");
    });
  };
}

export const uploads: Mount = uploadsWith(sendByRequest);
