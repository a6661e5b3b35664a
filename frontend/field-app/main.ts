/** 现场测评 on the phone: opens at /field/, works for days without a signal. */
import "vant/es/style/base.css";
import "vant/es/style/animation.css";
import "vant/es/overlay/index.css";
import "vant/es/popup/index.css";
import "vant/es/loading/index.css";
import "vant/es/button/index.css";
import "vant/es/dialog/index.css";
import "./styles/field.scss";
import { createApp } from "vue";
import App from "./App.vue";
import { setRoot } from "./device/server.ts";
import { type Hindrance, hindranceOf, isOnlyWindow } from "./device/surroundings.ts";
import { makeRouter } from "./router.ts";
import { setAddresses } from "./state/account.ts";
import { loadField } from "./state/field.ts";
import { startSync } from "./state/sync.ts";

async function hindrance(): Promise<Hindrance | null> {
  const found = hindranceOf(navigator.userAgent, window.isSecureContext);
  if (found !== null) return found;
  if (!(await isOnlyWindow())) return "second_window";
  try {
    await loadField();
    return null;
  } catch (error) {
    console.warn(error);
    return "no_storage";
  }
}

async function start(element: HTMLElement): Promise<void> {
  const { api = "", login = "", logout = "", worker = "" } = element.dataset;
  setRoot(api);
  setAddresses({ login, logout });
  if ("serviceWorker" in navigator) {
    const scope = new URL(".", new URL(worker, location.href)).pathname;
    navigator.serviceWorker.register(worker, { scope }).catch((error) => console.warn(error));
  }
  const found = await hindrance();
  createApp(App, { hindrance: found }).use(makeRouter()).mount(element);
  if (found === null) startSync();
}

const element = document.getElementById("field-app");
if (element !== null) void start(element);
