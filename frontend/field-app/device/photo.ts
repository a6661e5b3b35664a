/** Photos: made smaller on the phone and written anew, so that nothing of EXIF is left. */
import type { PhotoSettings } from "../../field-engine/bundle.ts";
import { sha256 } from "./hashing.ts";

export interface Taken {
  readonly blob: Blob;
  readonly sha256: string;
}

export interface Picture {
  readonly source: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

const LOWEST_QUALITY = 0.4;

function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error("the browser wrote no JPEG")) : resolve(blob)),
      "image/jpeg",
      quality,
    );
  });
}

/** Draw a picture no larger than the round wants it, and write it as JPEG. */
export async function compress(picture: Picture, settings: PhotoSettings): Promise<Taken> {
  const scale = Math.min(1, settings.long_edge / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("the browser has no canvas");
  context.drawImage(picture.source, 0, 0, canvas.width, canvas.height);
  let quality = settings.quality / 100;
  let blob = await encode(canvas, quality);
  while (blob.size > settings.largest_bytes && quality > LOWEST_QUALITY) {
    quality = Math.max(LOWEST_QUALITY, quality - 0.15);
    blob = await encode(canvas, quality);
  }
  return { blob, sha256: await sha256(await blob.arrayBuffer()) };
}

/** Open a file that the phone's own camera app made; it is turned as its EXIF says, once. */
export async function pictureOf(file: File): Promise<Picture> {
  const source = await createImageBitmap(file);
  return { source, width: source.width, height: source.height };
}

/** The bytes of a stored photo; null when the phone lost them or they changed. */
export async function bytesOf(
  blob: Blob | undefined,
  expected: string,
): Promise<ArrayBuffer | null> {
  if (blob === undefined) return null;
  try {
    const bytes = await blob.arrayBuffer();
    return (await sha256(bytes)) === expected ? bytes : null;
  } catch {
    return null; // the browser names a file that is no longer there
  }
}
