/** The matrix's door. */

import { lifecycle } from "../wire/mount.js";
import { Matrix } from "./matrix.js";

/** Shows how units and factors go together; says "cell" back, the unit and the factor that were chosen. */
export const mount = lifecycle((root, send) => new Matrix(root, send));
