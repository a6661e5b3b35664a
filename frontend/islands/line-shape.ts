import type { Mount } from "./registry.ts";

type Field = HTMLInputElement | HTMLSelectElement;

/**
 * A check line that only asks whether something is there needs no number: fields named by
 * `data-shapes="count density"` show for these ways of recording alone. What is hidden is not sent
 * either, or a number typed before the change would be refused beside a field that nobody sees.
 * Without script all fields are shown.
 */
export const lineShape: Mount = (form) => {
  const shape = form.querySelector<HTMLSelectElement>('select[name="shape"]');
  const fields = [...form.querySelectorAll<Field>("[data-shapes]")];
  if (!shape) return;
  const show = (): void => {
    for (const field of fields) {
      const isAsked = (field.dataset.shapes ?? "").split(" ").includes(shape.value);
      field.disabled = !isAsked;
      const place = field.closest<HTMLElement>(".form-field");
      if (place) place.hidden = !isAsked;
    }
  };
  shape.addEventListener("change", show);
  show();
};
