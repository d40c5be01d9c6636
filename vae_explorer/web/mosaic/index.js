/** The picture mosaic's door. */

import { mounting } from "../wire/mount.js";
import { Mosaic } from "./mosaic.js";

/** Shows the pictures of `data.source`; says nothing back. */
export const mount = mounting((root) => new Mosaic(root));
