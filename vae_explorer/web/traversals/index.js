/** The traversal board's door. */

import { mounting } from "../wire/mount.js";
import { Board } from "./board.js";

/** Moves the pin through single units and through the plane of two; says "pin" back. */
export const mount = mounting((root, send) => new Board(root, send));
