/** Signing in happens on the ordinary page; signing out is refused while something is unsent. */
import { mayLogOut } from "../../field-engine/work.ts";
import { currentToken, setToken } from "../device/server.ts";
import { counters, field, rememberPerson } from "./field.ts";
import { offered } from "./rounds.ts";

let login = "/login/";
let logout = "/logout/";

/** Addresses that the page gives. */
export function setAddresses(addresses: { login: string; logout: string }): void {
  ({ login, logout } = addresses);
}

export function loginAddress(): string {
  return `${login}?next=${encodeURIComponent(location.pathname)}`;
}

/** Sign out. Returns why not, "" when done. */
export async function logOut(): Promise<string> {
  if (!mayLogOut(field.queue.entries)) {
    return `还有 ${counters.value.unsent} 份封存的记录只在本机。请先同步，或导出救援文件交创文办后再由其处理。`;
  }
  const form = new URLSearchParams();
  const headers = { "X-CSRFToken": currentToken() };
  const response = await fetch(logout, { method: "POST", body: form, headers }).catch(() => null);
  if (response === null) return "没有信号，联网后再退出。";
  if (!response.ok) return `服务器没有接受退出（${response.status}）。请稍后再试。`;
  setToken("");
  await rememberPerson(null);
  offered.value = [];
  return "";
}
