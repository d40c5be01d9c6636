/** A legend of its own, for several maps at once. */

import { lifecycle } from "../wire/mount.js";
import { SharedLegend } from "./shared.js";

/** Shows the classes, or the values of a factor; says "hidden" back. */
export const mount = lifecycle((root, send) => new SharedLegend(root, send));
