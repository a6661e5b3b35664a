import { beforeEach, describe, expect, it, vi } from "vitest";
import { refusal, type Send, sizeText, uploadsWith } from "./uploads.ts";

const MB = 2 ** 20;
const field = () => document.querySelector("fieldset") as HTMLElement;
const input = () => document.querySelector("input[type=file]") as HTMLInputElement;
const kept = () =>
  [...document.querySelectorAll<HTMLInputElement>("[name=upload]")].map((box) => box.value);
const problems = () => document.querySelector("[data-problems]")?.textContent;
const settle = () => new Promise((resolve) => setTimeout(resolve));

function choose(...files: File[]): void {
  Object.defineProperty(input(), "files", { value: files, configurable: true });
  input().dispatchEvent(new Event("change"));
}

const file = (name: string, size = 10) => new File(["x".repeat(size)], name);
let send: ReturnType<typeof vi.fn<Send>>;

beforeEach(() => {
  document.body.innerHTML =
    '<form><input type="hidden" name="csrfmiddlewaretoken" value="token">' +
    '<fieldset data-address="/files/uploads/" data-limit="100" data-most="2">' +
    "<div data-problems></div><ul data-list></ul>" +
    '<label data-place><span data-prompt></span><input type="file" name="files" multiple></label>' +
    "</fieldset></form>";
  send = vi.fn<Send>(async (_address, one) => ({ id: `id-${one.name}`, name: one.name, size: 9 }));
  uploadsWith(send)(field(), new AbortController().signal);
});

describe("sizes", () => {
  it("are said in the unit people use", () => {
    expect(sizeText(10)).toBe("1 KB");
    expect(sizeText(640 * 1024)).toBe("640 KB");
    expect(sizeText(3.4 * MB)).toBe("3.4 MB");
  });
  it("are checked before anything is sent", () => {
    expect(refusal({ name: "a", size: MB }, MB)).toBe("");
    expect(refusal({ name: "a", size: MB + 1 }, MB)).toContain("超过 1.0 MB");
    expect(refusal({ name: "a", size: 0 }, MB)).toContain("空文件");
  });
});

describe("uploads", () => {
  it("sends what is chosen ahead of the form and names it in the form", async () => {
    choose(file("一.pdf"), file("二.pdf"));
    await settle();
    expect(kept()).toEqual(["id-一.pdf", "id-二.pdf"]);
    expect(send.mock.calls[0]?.[2]).toBe("token");
    expect(input().value).toBe("");
  });

  it("sends what the camera took beside what is chosen", async () => {
    document.body.innerHTML = document.body.innerHTML.replace(
      "</fieldset>",
      '<input type="file" name="files" capture="environment"></fieldset>',
    );
    uploadsWith(send)(field(), new AbortController().signal);
    const camera = document.querySelector("[capture]") as HTMLInputElement;
    Object.defineProperty(camera, "files", { value: [file("拍.jpg")] });
    camera.dispatchEvent(new Event("change"));
    await settle();
    expect(kept()).toEqual(["id-拍.jpg"]);
  });

  it("does not send what is too large or too many", async () => {
    choose(file("大.pdf", 101), file("一.pdf"), file("二.pdf"), file("三.pdf"));
    await settle();
    expect(kept()).toHaveLength(2);
    expect(problems()).toContain("大.pdf");
    expect(problems()).toContain("最多 2 个");
  });

  it("says why the server refused and keeps the others", async () => {
    send.mockRejectedValueOnce(new Error("文件“网页.pdf”的内容是网页。"));
    choose(file("网页.pdf"), file("一.pdf"));
    await settle();
    expect(problems()).toContain("的内容是网页");
    expect(kept()).toEqual(["id-一.pdf"]);
  });

  it("holds the form back until all is sent", async () => {
    let finish: () => void = () => {};
    send.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          finish = () => resolve({ id: "1", name: "一.pdf", size: 1 });
        }),
    );
    choose(file("一.pdf"));
    const submit = () => {
      const event = new Event("submit", { cancelable: true });
      document.querySelector("form")?.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(submit()).toBe(true);
    finish();
    await settle();
    expect(submit()).toBe(false);
  });

  it("takes one back", async () => {
    const request = vi.spyOn(globalThis, "fetch").mockResolvedValue(new Response());
    choose(file("一.pdf"));
    await settle();
    document.querySelector<HTMLButtonElement>("li button")?.click();
    expect(kept()).toEqual([]);
    expect(request.mock.calls[0]?.[0]).toBe("/files/uploads/id-一.pdf/discard/");
  });
});
