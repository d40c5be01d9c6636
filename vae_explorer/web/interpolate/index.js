/** The interpolation scrubber's door. */

import { mounting } from "../wire/mount.js";
import { Scrubber } from "./scrubber.js";

/** Moves t along the path from A to B; says "t" back. */
export const mount = mounting((root, send) => new Scrubber(root, send));
