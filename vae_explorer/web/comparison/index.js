/** The comparison's door: the menu that takes all of it along. */

import { lifecycle } from "../wire/mount.js";
import { Comparison } from "./comparison.js";

/** Saves all compared models as one picture; says nothing back. */
export const mount = lifecycle((root) => new Comparison(root));
