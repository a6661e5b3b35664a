/** The state of a record in the words that inspectors read. */
import { type Entry, lostOf } from "./queue.ts";

export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

export interface Wording {
  readonly label: string;
  readonly tone: Tone;
  readonly detail: string;
}

function troubleOf(entry: Entry): string {
  const { trouble } = entry;
  switch (trouble?.kind) {
    case undefined:
      return "";
    case "no_network":
      return "没有信号，联网后自动继续。";
    case "differs":
      return "服务器上已有同一编号而内容不同的记录。本机的原件保留，请导出救援文件交创文办。";
    case "receipt_differs":
      return "服务器的回执与本机的内容不一致，本机的原件保留，稍后再核对。";
    case "unreadable":
      return "本机读不出这份记录。请不要清除浏览器数据，导出救援文件交创文办。";
    case "server":
      if (trouble.status === 401) return "请重新登录，之后自动继续。";
      return trouble.message || `服务器暂时没有接收（${trouble.status}），稍后自动再试。`;
  }
}

/** Photos that will not arrive, said plainly; "" when there are none. */
export function lossOf(entry: Entry): string {
  const lost = lostOf(entry);
  const gone = lost.filter((sha256) => entry.blobs[sha256]?.at === "gone").length;
  const refused = lost.length - gone;
  return [
    gone > 0 ? `本机丢失照片 ${gone} 张，已报告服务器。` : "",
    refused > 0 ? `服务器不收照片 ${refused} 张。` : "",
  ].join("");
}

function sentShare(entry: Entry): string {
  const all = entry.manifest.blobs.length;
  const sent = entry.manifest.blobs.filter(({ sha256 }) => entry.blobs[sha256]?.at === "whole");
  return all === 0 ? "" : `照片 ${sent.length}/${all}`;
}

/** What to show for an entry. */
export function wordingOf(entry: Entry): Wording {
  const detail = [lossOf(entry), troubleOf(entry)].join("");
  if (entry.confirmed) {
    return {
      label: "已确认",
      tone: "success",
      detail: "服务器已确认并核对两次，本机的照片已清理。",
    };
  }
  if (entry.review === "quarantined") {
    const reason = entry.reason || "等待创文办处理。";
    return { label: "已保存，待处理", tone: "warning", detail: `${reason}${detail}` };
  }
  if (entry.review === "dismissed") {
    const words = `审核人决定不采用。${entry.reason}本机的原件保留。`;
    return { label: "不采用", tone: "warning", detail: words };
  }
  const tone = entry.trouble !== null && entry.trouble.kind !== "no_network" ? "danger" : "info";
  if (entry.receipt !== null) return { label: "核对回执", tone, detail };
  if (entry.kept) return { label: "已上传，等待确认", tone, detail };
  const begun = Object.values(entry.blobs).some(({ at }) => at === "whole" || at === "partly");
  if (begun) return { label: "上传中", tone, detail: [sentShare(entry), detail].join(" ").trim() };
  const waiting = entry.trouble === null ? "neutral" : tone;
  return { label: "已存本机", tone: waiting, detail };
}
