/** Whether the person has asked for little motion: then what moves by itself jumps, and what was asked to play goes in steps. */
export const calm = () => globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
