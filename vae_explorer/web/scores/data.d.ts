/** What `ui/components/score_strips.py` hands over. */

export interface Dot {
  name: string;
  value: number;
  ceiling: number;
}

export interface Line {
  title: string;
  about: string;
  value: string;
  ceiling: string;
  n: string;
  at: number | null;
  best: number | null;
  dots: Dot[];
}

export interface ScoreData {
  lines: Line[];
}
