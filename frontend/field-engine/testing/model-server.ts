/** The server of docs/field-sync.md as a small model: what it has said it keeps, it keeps. */
import type { Answer } from "../answers.ts";
import type { Command, Receipt } from "../queue.ts";
import type { Manifest } from "../sealing.ts";

interface Kept {
  readonly manifest: Manifest;
  state: "waiting" | "committed" | "quarantined" | "dismissed";
  receipt: Receipt | null;
}

function answer(status: number, body: unknown = {}, offset: number | null = null): Answer {
  return { status, body, offset };
}

export class ModelServer {
  readonly bytes = new Map<string, number>();
  readonly whole = new Set<string>();
  readonly records = new Map<string, Kept>();

  serve(manifest: Manifest, command: Command, spoiled = false): Answer {
    switch (command.kind) {
      case "ask_blob":
        return this.whole.has(command.sha256)
          ? answer(200)
          : answer(404, {}, this.bytes.get(command.sha256) ?? 0);
      case "send_blob":
        return this.receive(command, spoiled);
      case "send_record":
        return this.keep(manifest);
      case "commit":
        return this.commit(manifest, command.lost);
      case "read_back":
        return this.readBack(manifest);
    }
  }

  private receive(command: Extract<Command, { kind: "send_blob" }>, spoiled: boolean): Answer {
    const { sha256, from, to, size } = command;
    if (this.whole.has(sha256)) return answer(200);
    const had = this.bytes.get(sha256) ?? 0;
    if (had !== from) return answer(409, { message: "起点不对" }, had);
    if (to < size) {
      this.bytes.set(sha256, to);
      return answer(202, {}, to);
    }
    this.bytes.delete(sha256);
    if (spoiled) return answer(422, { message: "与校验值不符" });
    this.whole.add(sha256);
    return answer(201);
  }

  private missing(manifest: Manifest): string[] {
    return manifest.blobs.map(({ sha256 }) => sha256).filter((sha256) => !this.whole.has(sha256));
  }

  private keep(manifest: Manifest): Answer {
    const known = this.records.get(manifest.id);
    if (known?.state === "dismissed") return answer(410, { message: "不采用" });
    if (known === undefined) {
      this.records.set(manifest.id, { manifest, state: "waiting", receipt: null });
    }
    const state = known?.state ?? "waiting";
    return answer(known ? 200 : 201, { state, missing: this.missing(manifest), reason: "" });
  }

  private commit(manifest: Manifest, lost: readonly string[]): Answer {
    const record = this.records.get(manifest.id);
    if (record === undefined) return answer(404);
    if (record.state === "dismissed") return answer(410, { message: "不采用" });
    const missing = this.missing(manifest);
    if (missing.length === 0) return answer(200, this.receipt(record));
    if (!missing.every((sha256) => lost.includes(sha256))) return answer(409, { missing });
    record.state = "quarantined";
    return answer(422, { state: "quarantined", missing, reason: "照片丢失" });
  }

  private receipt(record: Kept): Receipt {
    const { id, sha256, blobs } = record.manifest;
    record.state = "committed";
    record.receipt ??= {
      record: id,
      sha256,
      blobs: blobs.map((blob) => blob.sha256).filter((sha256) => this.whole.has(sha256)),
      committed_at: "2021-09-15T09:00:00Z",
      mac: `mac of ${id}`,
    };
    return record.receipt;
  }

  private readBack(manifest: Manifest): Answer {
    const record = this.records.get(manifest.id);
    if (record === undefined) return answer(404);
    const { sha256, blobs } = record.manifest;
    const names = blobs.map((blob) => blob.sha256);
    return answer(200, { state: record.state, sha256, blobs: names, receipt: record.receipt });
  }

  /** A person takes a quarantined record as it is, or decides against it. */
  decide(id: string, taken: boolean): void {
    const record = this.records.get(id);
    if (record?.state !== "quarantined") return;
    if (taken) this.receipt(record);
    else record.state = "dismissed";
  }

  holds(manifest: Manifest): boolean {
    const record = this.records.get(manifest.id);
    return record?.state === "committed" && record.manifest.sha256 === manifest.sha256;
  }
}
