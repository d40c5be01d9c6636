/** The menu that takes the map along as a picture. */

import { SaveMenu } from "../pieces/save_menu.js";

/**
 * @import { Theme } from "../pieces/theme.js"
 * @import { Painter, Seen } from "./painter.js"
 */

/**
 * @param {() => {seen: Seen|null, theme: Theme}} shown on the page now @param {Pick<Painter, "saved">} painter
 * @param {(sentence: string) => void} failed
 */
export function saveMenu(shown, painter, failed) {
  return new SaveMenu(
    (kind) => {
      const { seen, theme } = shown();
      if (!seen) throw new Error("The map has no points yet; save its picture when they are there.");
      return painter.saved(kind, seen, theme);
    },
    () => shown().seen?.data.caption ?? "map",
    failed,
  );
}
