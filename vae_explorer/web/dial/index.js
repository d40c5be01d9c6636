/** The dial's door: β of a multi-rate network. */

import { lifecycle } from "../wire/mount.js";
import { BetaDial } from "./dial.js";

/** Tells all components while it is dragged; says "beta" back when it rests. */
export const mount = lifecycle((root, send) => new BetaDial(root, send));
