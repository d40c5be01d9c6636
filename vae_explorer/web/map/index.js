/** The latent map's door. */

import { lifecycle } from "../wire/mount.js";
import { LatentMap } from "./map.js";

/** Shows the points, decodes under the pointer; says back what the hand did, by the names of what the page keeps. */
export const mount = lifecycle((root, send) => new LatentMap(root, send));
