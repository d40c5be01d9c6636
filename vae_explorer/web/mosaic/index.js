/** The picture mosaic's door. */

import { lifecycle } from "../wire/mount.js";
import { Mosaic } from "./mosaic.js";

/** Shows the pictures of `data.source`; says "point" back where they can be chosen. */
export const mount = lifecycle((root, send) => new Mosaic(root, send));
