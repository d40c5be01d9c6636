/** The interpolation scrubber's door. */

import { lifecycle } from "../wire/mount.js";
import { Scrubber } from "./scrubber.js";

/** Moves t along the path from A to B; says "t" back. */
export const mount = lifecycle((root, send) => new Scrubber(root, send));
