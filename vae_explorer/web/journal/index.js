/** The time machine's door. */

import { lifecycle } from "../wire/mount.js";
import { TimeMachine } from "./time_machine.js";

/** Shows the snapshots of one run, and follows them while it is at work; says nothing back. */
export const mount = lifecycle((root) => new TimeMachine(root));
