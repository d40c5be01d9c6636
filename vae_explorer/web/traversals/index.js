/** The traversal board's door. */

import { lifecycle } from "../wire/mount.js";
import { Board } from "./board.js";

/** Moves the pin through single units and through the plane of two; says "pin" back. */
export const mount = lifecycle((root, send) => new Board(root, send));
