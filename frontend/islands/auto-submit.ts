import type { Mount } from "./registry.ts";

/**
 * A filter form sends itself when a choice changes; typed words wait for Enter. Fields without a
 * value stay out of the address, so that addresses can be read and passed on.
 */
export const autoSubmit: Mount = (element) => {
  const form = element as HTMLFormElement;
  form.addEventListener("change", (event) => {
    const field = event.target;
    const isTyped =
      field instanceof HTMLInputElement && ["search", "text", "number"].includes(field.type);
    if (!isTyped) form.requestSubmit();
  });
  form.addEventListener("formdata", (event) => {
    const empty = [...event.formData].filter(([, value]) => value === "").map(([name]) => name);
    for (const name of new Set(empty)) event.formData.delete(name);
  });
};
