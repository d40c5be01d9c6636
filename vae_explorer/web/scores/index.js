/** The scores' door. */

import { lifecycle } from "../wire/mount.js";
import { Scores } from "./scores.js";

/** Shows scores in a table, each on one axis with the others. */
export const mount = lifecycle((root) => new Scores(root));
