/** The comparison's door. */

import { lifecycle } from "../wire/mount.js";
import { Comparison } from "./comparison.js";

/** Compares models under one hand; says `point`, `unit` and `difference` back. */
export const mount = lifecycle((root, send) => new Comparison(root, send));
