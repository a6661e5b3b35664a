/** Tabler icons that the app draws, built in so that they are there without a signal. */
import alert from "@tabler/icons/outline/alert-triangle.svg?raw";
import back from "@tabler/icons/outline/arrow-left.svg?raw";
import camera from "@tabler/icons/outline/camera.svg?raw";
import check from "@tabler/icons/outline/check.svg?raw";
import chevron from "@tabler/icons/outline/chevron-right.svg?raw";
import clipboard from "@tabler/icons/outline/clipboard-list.svg?raw";
import cloud from "@tabler/icons/outline/cloud-upload.svg?raw";
import download from "@tabler/icons/outline/download.svg?raw";
import rescue from "@tabler/icons/outline/lifebuoy.svg?raw";
import list from "@tabler/icons/outline/list-details.svg?raw";
import map from "@tabler/icons/outline/map-2.svg?raw";
import pin from "@tabler/icons/outline/map-pin.svg?raw";
import minus from "@tabler/icons/outline/minus.svg?raw";
import image from "@tabler/icons/outline/photo.svg?raw";
import plus from "@tabler/icons/outline/plus.svg?raw";
import trash from "@tabler/icons/outline/trash.svg?raw";
import close from "@tabler/icons/outline/x.svg?raw";

export const ICONS = {
  alert,
  back,
  camera,
  check,
  chevron,
  clipboard,
  close,
  cloud,
  download,
  image,
  list,
  map,
  minus,
  pin,
  plus,
  rescue,
  trash,
};
export type IconName = keyof typeof ICONS;
