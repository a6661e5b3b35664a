import { expect, it, vi } from "vitest";
import { type Mount, Registry, unmount } from "./registry.ts";

const page = (html: string) => {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
};

it("mounts every named island once, also when asked again", async () => {
  const one = vi.fn<Mount>();
  const other = vi.fn<Mount>();
  const registry = new Registry().add("one", one).addLazy("other", async () => other);
  const element = page('<div data-island="one other"></div>');
  await registry.mountAll(document);
  await registry.mountAll(element);
  expect(one).toHaveBeenCalledOnce();
  expect(other).toHaveBeenCalledOnce();
});

it("mounts what arrives later, the arriving element included", async () => {
  const one = vi.fn<Mount>();
  const registry = new Registry().add("one", one);
  await registry.mountAll(page('<p data-island="one"><b data-island="one"></b></p>'));
  expect(one).toHaveBeenCalledTimes(2);
});

it("tells an island that its element leaves", async () => {
  let signal: AbortSignal | undefined;
  const registry = new Registry().add("one", (_element, given) => {
    signal = given;
  });
  const element = page('<p data-island="one"></p>');
  await registry.mountAll(element);
  unmount(element);
  expect(signal?.aborted).toBe(true);
});

it("does not mount a slow island whose element is gone", async () => {
  const slow = vi.fn<Mount>();
  const registry = new Registry().addLazy("slow", async () => slow);
  const element = page('<p data-island="slow"></p>');
  const mounting = registry.mountAll(element);
  unmount(element);
  await mounting;
  expect(slow).not.toHaveBeenCalled();
});

it("refuses a name that nobody knows", async () => {
  await expect(new Registry().mountAll(page('<p data-island="typo"></p>'))).rejects.toThrow("typo");
});
