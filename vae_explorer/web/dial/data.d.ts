/** What the page hands to the dial; tests/ui/components/test_beta_dial.py holds every name against it. */

export interface DialData {
  /** The checkpoint's id without a β. */
  network: string;
  beta: number;
  /** Where it can rest, rising. */
  stops: number[];
  about: string;
}
