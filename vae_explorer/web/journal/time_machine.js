/** The time machine: one place among the snapshots of a run, and everything that follows it. */

import { element, setText } from "../pieces/element.js";
import { watchTheme } from "../pieces/theme.js";
import { addressOf } from "../wire/addresses.js";
import { FingerView } from "../pieces/finger_view.js";
import { Outbox } from "../wire/outbox.js";
import { Caption } from "./caption.js";
import { Gallery } from "./gallery.js";
import { Journal } from "./journal.js";
import { KlBars, scaleOf } from "./kl_bars.js";
import { MapLayout } from "./map_layout.js";
import { MapPanel } from "./map_panel.js";
import { Motion } from "./motion.js";
import { arrived, dragged, dropped, followed, moved, opened, played, relisted, rested, stepped, UNKNOWN } from "./playback.js";
import { Scrubber } from "./scrubber.js";
import { mixedKl } from "./snapshot.js";
import { stepAt } from "./timeline.js";
import { unitsShown } from "./walks.js";

const WAITING = "The first map comes when training has begun …";
const NOTHING = "There are no snapshots of this run that can be read.";

/**
 * @typedef {import("./playback.js").Playback} Playback
 * @typedef {import("./snapshot.js").Snapshot} Snapshot
 * @typedef {{run: string, at_work: boolean, classes: string[], colours: string[], colours_note: string, axes: string[], unit_names: import("../pieces/units.js").UnitNames, density: boolean, umap: string, snapshot: number|null}} Data
 *   as `ui/components/time_machine.py` hands it over; axes: their names, one for one latent unit;
 *   density: whether the model has a prior, whose ±3 the map shows from the start;
 *   umap: the stamp of the UMAP over time, where that is to be shown;
 *   snapshot: the step of training to be shown; null: the newest
 * @typedef {{journal: Journal, layout: MapLayout}} Run
 */

export class TimeMachine {
  /** @type {Data|null} */
  #data = null;
  /** @type {Run|null} */
  #run = null;
  /** Of the snapshots. @type {number[]} */
  #steps = [];
  #playback = UNKNOWN;
  #resized;
  #unwatch;
  /** @type {number|null} */
  #chosen = null;
  #scale = 0.1;
  /** @type {number|null} */
  #frame = null;
  #motion = new Motion((place, there) => this.#moved(place, there));
  #map = new MapPanel(() => this.#invalidate());
  #gallery = new Gallery();
  #bars = new KlBars((unit) => this.#choose(unit));
  #caption = new Caption();
  #status = element("p", "status", { role: "status", "aria-live": "polite" }, [WAITING]);
  #scrubber = new Scrubber({
    drag: (place) => this.#enter(dragged(this.#playback, place)),
    drop: () => this.#drop(),
    step: (by) => this.#enter(stepped(this.#playback, by, this.#steps.length)),
    play: () => this.#play(),
    live: () => this.#enter(followed(this.#playback, this.#steps.length)),
  });

  /** @param {HTMLElement} root @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.root = root;
    this.outbox = new Outbox(send);
    const left = element("div", "journal-left", {}, [...this.#map.nodes, this.#bars.root]);
    const body = element("div", "journal-body", {}, [left, this.#gallery.root]);
    const parts = [this.#map.legend, body, this.#scrubber.root, this.#caption.root, this.#status];
    this.frame = element("div", "journal", { "data-state": "waiting" }, parts);
    root.replaceChildren(this.frame);
    this.finger = new FingerView(root, () => [this.#gallery.canvas]);
    this.#resized = new ResizeObserver(() => this.#measure());
    this.#resized.observe(this.frame);
    this.#unwatch = watchTheme(this.frame, () => this.#invalidate());
  }

  /** @param {Data} data */
  update(data) {
    if (JSON.stringify(data) === JSON.stringify(this.#data)) return;
    const run = this.#run && data.run === this.#data?.run ? this.#run : this.#open(data);
    this.#data = data;
    this.#adopt(data.snapshot);
    run.layout.choose(data.umap);
    run.journal.look();
    this.#invalidate();
  }

  /** The hand has left: what waits to be told is told. */
  rest() {
    this.outbox.flush();
  }

  close() {
    this.outbox.close();
    this.finger.close();
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#motion.stop();
    this.#run?.journal.close();
    this.#resized.disconnect();
    this.#unwatch();
    this.root.replaceChildren();
  }

  /** @param {Data} data @returns {Run} */
  #open(data) {
    this.#run?.journal.close();
    this.#motion.stop();
    this.#steps = [];
    this.#set(UNKNOWN);
    const journal = new Journal(data.run, data.axes.length < 2, {
      listed: () => this.#listed(),
      came: () => this.#invalidate(),
      failed: (message) => this.#say(message, journal),
    });
    const layout = new MapLayout(journal, data, () => this.#listed());
    this.#run = { journal, layout };
    return this.#run;
  }

  /** The page's place is taken over, unless it is an echo or the hand holds another. @param {number|null} step */
  #adopt(step) {
    if (!this.outbox.adopt("snapshot", step) || !this.#steps.length || this.#playback.mode === "dragged") return;
    this.#enter(opened(step, this.#steps));
  }

  /** @param {string} message @param {Journal} journal */
  #say(message, { entries, atWork }) {
    setText(this.#status, message || (entries.length ? "" : atWork ? WAITING : NOTHING));
  }

  /** The index came: the step that is shown stays under the eye, or glides to what is new. Nothing moves under a hand. */
  #listed() {
    if (!this.#run || !this.#data || this.#playback.mode === "dragged") return;
    const { journal, layout } = this.#run;
    const { run, classes, colours, colours_note: note } = this.#data;
    if (!journal.entries.length) return;
    layout.list();
    this.#map.aim(layout.bounds(this.#playback.place));
    this.#map.show(layout, { names: classes, colours, note });
    this.#scrubber.list(journal.entries, run, addressOf(`${journal.base}/film.gif${layout.query}`));
    this.#relist(journal.entries.map(({ step }) => step));
  }

  /** @param {number[]} steps of the snapshots now */
  #relist(steps) {
    const before = this.#steps;
    this.#steps = steps;
    if (String(before) === String(steps)) return this.#invalidate();
    if (!before.length) return this.#enter(opened(this.#data?.snapshot ?? null, steps));
    const next = relisted(this.#playback, before, steps);
    if (next.mode === "playing") this.#set(next);
    else this.#enter(next);
  }

  #measure() {
    const changed = [this.#map.measure(), this.#gallery.measure()];
    if (changed.includes(true)) this.#draw();
  }

  /** Another state, and the motion that it asks for. @param {Playback} playback */
  #enter(playback) {
    const { mode, place, target } = playback;
    this.#motion.stop();
    this.#set(playback);
    if (target === null) return this.#report(playback);
    if (mode === "playing") this.#motion.play(place, target);
    else this.#motion.glide(place, target);
  }

  /** Where it rests is told to the page, and that it shows the newest. @param {Playback} playback */
  #report({ mode, place }) {
    if (mode === "following") this.outbox.put("snapshot", null);
    else if (mode === "resting") this.outbox.put("snapshot", Math.round(stepAt(this.#steps, place)));
  }

  /** @param {Playback} playback */
  #set(playback) {
    const playing = playback.mode === "playing";
    if (playing !== (this.#playback.mode === "playing")) this.#scrubber.playing = playing;
    this.#playback = playback;
    this.#run?.journal.around(playback.place);
    this.#invalidate();
  }

  /** @param {number} place @param {boolean} there whether the motion has come to its end */
  #moved(place, there) {
    if (there) this.#enter(arrived(this.#playback, place, this.#steps.length));
    else this.#set(moved(this.#playback, place));
  }

  /** The hand lets go: what came meanwhile is taken over first. */
  #drop() {
    this.#enter(rested(this.#playback));
    this.#listed();
    this.#enter(dropped(this.#playback, this.#steps.length));
  }

  #play() {
    const playing = this.#playback.mode === "playing";
    this.#enter(playing ? rested(this.#playback) : played(this.#playback, this.#steps.length));
  }

  /** @param {number} unit */
  #choose(unit) {
    this.#chosen = this.#chosen === unit ? null : unit;
    this.#invalidate();
  }

  #invalidate() {
    this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  /** Everything at the place of this moment; what has not come yet is what came nearest to it. */
  #draw() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    if (!this.#run || !this.#map.ready || !this.#steps.length) return;
    const { journal } = this.#run;
    const { place } = this.#playback;
    const shown = journal.nearest(place);
    if (!shown) return;
    const pair = journal.pair(place) ?? { from: shown, to: shown, way: 0 };
    this.frame.dataset.state = "ready";
    if (this.#map.draw(place, pair)) this.#invalidate();
    this.#tell(journal, shown, mixedKl(pair.from, pair.to, pair.way));
  }

  /** @param {Journal} journal @param {Snapshot} shown @param {number[]|null} kl at this place */
  #tell(journal, shown, kl) {
    const { atWork, epochs, fixed } = journal;
    const last = journal.nearest(this.#steps.length - 1) ?? shown;
    if (!fixed || !this.#data) return;
    const names = this.#data.unit_names;
    this.#scale = Math.max(this.#scale, scaleOf(shown.kl ?? []));
    this.#bars.show(kl, this.#scale, this.#chosen, names);
    this.#gallery.show(shown, fixed, unitsShown(last.kl, shown.units, this.#chosen), this.#chosen, names);
    this.#caption.show(shown, { n: fixed.n, epochs });
    this.#scrubber.show(this.#playback.place, shown, { atWork, following: this.#playback.mode === "following" });
  }
}
