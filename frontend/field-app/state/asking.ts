/** Questions and messages in front of everything; one at a time, answered by the inspector. */
import { shallowRef } from "vue";

export interface Question {
  readonly title: string;
  readonly message: string;
  /** Without it there is only an acknowledgement. */
  readonly confirm: string | null;
}

export const question = shallowRef<Question | null>(null);
let settle: (yes: boolean) => void = () => undefined;

function put(asked: Question): Promise<boolean> {
  settle(false);
  question.value = asked;
  return new Promise((resolve) => {
    settle = resolve;
  });
}

/** Ask for a yes; `confirm` is the word on its button. */
export function askWhether(message: string, confirm: string): Promise<boolean> {
  return put({ title: "请确认", message, confirm });
}

/** Say something that must be read. */
export function explain(title: string, message: string): Promise<boolean> {
  return put({ title, message, confirm: null });
}

export function answer(yes: boolean): void {
  question.value = null;
  settle(yes);
  settle = () => undefined;
}
