/** One short line that something was done, read aloud and gone after a few seconds. */
import { ref } from "vue";

export const notice = ref("");
let timer: ReturnType<typeof setTimeout> | undefined;
const SECONDS = 4;

export function tell(text: string): void {
  notice.value = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    notice.value = "";
  }, SECONDS * 1000);
}
