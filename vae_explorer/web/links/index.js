/** The door of the links to units. */

import { lifecycle } from "../wire/mount.js";
import { Links } from "./links.js";

/** Shows units as buttons; says "unit" back, the one that was chosen. */
export const mount = lifecycle((root, send) => new Links(root, send));
