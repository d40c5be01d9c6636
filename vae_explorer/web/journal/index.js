/** The time machine's door. */

import { lifecycle } from "../wire/mount.js";
import { TimeMachine } from "./time_machine.js";

/** Shows the snapshots of one run, and follows them while it is at work; says "snapshot" back. */
export const mount = lifecycle((root, send) => new TimeMachine(root, send));
