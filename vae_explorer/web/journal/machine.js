/** The time machine: one place among the snapshots of a run, and everything that follows it. */

import { element, setText } from "../pieces/element.js";
import { countsOf } from "../plot/cloud.js";
import { Legend } from "../legend/legend.js";
import { watchTheme } from "../pieces/theme.js";
import { Bars, scaleOf } from "./bars.js";
import { Caption } from "./caption.js";
import { Field } from "./field.js";
import { Gallery } from "./gallery.js";
import { Journal } from "./journal.js";
import { Layout } from "./layout.js";
import { calm, Motion, playTime } from "./motion.js";
import { clamped, placeOf, stepAt } from "./places.js";
import { mixedKl } from "./snapshot.js";
import { Track } from "./track.js";
import { unitsShown } from "./walks.js";

const WAITING = "The first map comes when training has begun …";
const NOTHING = "There are no snapshots of this run that can be read.";

/**
 * @typedef {{run: string, at_work: boolean, classes: string[], colours: string[], axes: string[], density: boolean, umap: string}} Data
 *   axes: their names, one for one latent unit; density: whether the model has a prior, whose ±3 the map shows from the start;
 *   umap: the stamp of the UMAP over time, where that is to be shown
 */

export class TimeMachine {
  /** @type {Data|null} */
  #data = null;
  #journal = null;
  /** @type {Layout|null} */
  #layout = null;
  /** The points that field and legend are dressed for. */
  #points = null;
  #steps = [];
  #place = 0;
  #following = true;
  #held = false;
  #playing = false;
  #resized;
  #unwatch;
  #hidden = new Set();
  #chosen = null;
  #cloud = { xs: new Float32Array(0), ys: new Float32Array(0) };
  #scale = 0.1;
  #frame = null;
  #motion = new Motion((place) => this.#move(place));
  #field = new Field();
  #gallery = new Gallery();
  #bars = new Bars((unit) => this.#choose(unit));
  #legend = new Legend((hidden) => this.#hide(hidden));
  #caption = new Caption();
  #note = element("p", "journal-note journal-aligned");
  #status = element("p", "status", { role: "status", "aria-live": "polite" }, [WAITING]);
  #track = new Track({
    drag: (place) => this.#drag(place),
    drop: () => this.#drop(),
    step: (by) => this.#step(by),
    play: () => (this.#playing ? this.#rest() : this.#play()),
    live: () => this.#follow(),
  });

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const left = element("div", "journal-left", {}, [this.#field.root, this.#note, this.#bars.root]);
    const body = element("div", "journal-body", {}, [left, this.#gallery.root]);
    this.frame = element("div", "journal", { "data-state": "waiting" }, [this.#legend.root, body, this.#track.root, this.#caption.root, this.#status]);
    root.replaceChildren(this.frame);
    this.#resized = new ResizeObserver(() => this.#measure());
    this.#resized.observe(this.frame);
    this.#unwatch = watchTheme(this.frame, () => this.#invalidate());
  }

  /** @param {Data} data */
  update(data) {
    if (JSON.stringify(data) === JSON.stringify(this.#data)) return;
    const another = data.run !== this.#data?.run;
    this.#data = data;
    if (another) this.#open(data);
    this.#layout.choose(data.umap);
    this.#journal.look();
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.#motion.stop();
    this.#journal?.close();
    this.#resized.disconnect();
    this.#unwatch();
    this.root.replaceChildren();
  }

  #open(data) {
    this.#journal?.close();
    [this.#place, this.#following] = [0, true];
    this.#journal = new Journal(data.run, data.axes.length < 2, {
      listed: () => this.#listed(),
      came: () => this.#invalidate(),
      failed: (message) => this.#say(message),
    });
    this.#layout = new Layout(this.#journal, data, () => this.#listed());
  }

  #say(message) {
    const { entries, atWork } = this.#journal;
    setText(this.#status, message || (entries.length ? "" : atWork ? WAITING : NOTHING));
  }

  /** The index came: the step that is shown stays under the eye, or glides to what is new. Nothing moves under a hand. */
  #listed() {
    const { entries, base } = this.#journal;
    if (!entries.length || this.#held) return;
    this.#layout.list();
    this.#aim();
    if (this.#layout.points !== this.#points) this.#dress();
    const [before, steps] = [this.#steps, entries.map(({ step }) => step)];
    this.#steps = steps;
    this.#track.list(entries, this.#data.run, `${base}/film.gif${this.#layout.query}`);
    if (String(before) === String(steps)) return this.#invalidate();
    const there = (place) => (before.length ? placeOf(steps, stepAt(before, place)) : steps.length - 1);
    const target = this.#following ? steps.length - 1 : there(this.#motion.target ?? this.#place);
    this.#move(there(this.#place));
    if (!this.#playing && this.#place !== target) this.#motion.glide(this.#place, target);
  }

  /** Other points: the view of them is taken at once. */
  #dress() {
    const { n } = (this.#points = this.#layout.points);
    this.#cloud = { xs: new Float32Array(n), ys: new Float32Array(n) };
    this.#field.reset();
    setText(this.#note, this.#layout.note);
    this.#colour();
  }

  #colour() {
    const { classes, colours } = this.#data;
    const { labels } = this.#points;
    this.#field.dress(labels, colours, this.#hidden, this.#layout);
    this.#field.measure();
    const counts = countsOf(labels, classes.length);
    this.#legend.update({ title: "Class", names: classes, colours }, "category", counts, this.#hidden);
  }

  #aim() {
    this.#field.hold(this.#layout.box(this.#place));
  }

  #measure() {
    const changed = [this.#field.measure(), this.#gallery.measure()];
    if (changed.includes(true)) this.#draw();
  }

  #move(place) {
    this.#place = place;
    this.#journal.around(place);
    this.#invalidate();
  }

  #drag(place) {
    this.#rest();
    this.#held = true;
    this.#following = false;
    this.#move(place);
  }

  /** The hand lets go: glide to the nearest snapshot, and follow the run again if that is the last one. */
  #drop() {
    this.#held = false;
    this.#listed();
    this.#go(Math.round(this.#place));
  }

  #step(by) {
    const from = this.#motion.target ?? this.#place;
    this.#rest();
    this.#go(clamped(by > 0 ? Math.floor(from) + by : Math.ceil(from) + by, this.#steps.length));
  }

  #go(target) {
    this.#following = target === this.#steps.length - 1;
    this.#motion.glide(this.#place, target);
    this.#invalidate();
  }

  #follow() {
    this.#rest();
    this.#go(this.#steps.length - 1);
  }

  #play() {
    const last = this.#steps.length - 1;
    const from = this.#place > last - 0.01 ? 0 : this.#place;
    this.#following = false;
    this.#setPlaying(true);
    this.#motion.play(from, last, (playTime(last) * (last - from)) / last, () => {
      this.#setPlaying(false);
      this.#follow();
    });
  }

  #rest() {
    this.#motion.stop();
    this.#setPlaying(false);
  }

  #setPlaying(on) {
    if (this.#playing !== on) this.#track.playing = on;
    this.#playing = on;
  }

  #choose(unit) {
    this.#chosen = this.#chosen === unit ? null : unit;
    this.#invalidate();
  }

  #hide(hidden) {
    this.#hidden = hidden;
    this.#colour();
    this.#invalidate();
  }

  #invalidate() {
    this.#frame ??= requestAnimationFrame(() => this.#draw());
  }

  /** Everything at the place of this moment; what has not come yet is what came nearest to it. */
  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = null;
    if (!this.#points || !this.#steps.length) return;
    const shown = this.#journal.nearest(this.#place);
    if (!shown) return;
    const { from, to, way } = this.#journal.pair(this.#place) ?? { from: shown, to: shown, way: 0 };
    this.#layout.put(this.#cloud, this.#place, from, to, way);
    this.frame.dataset.state = "ready";
    this.#aim();
    if (this.#field.draw(this.#cloud, calm())) this.#invalidate();
    this.#tell(shown, mixedKl(from, to, way));
  }

  #tell(shown, kl) {
    const { atWork, epochs, fixed } = this.#journal;
    this.#scale = Math.max(this.#scale, scaleOf(shown.kl ? [shown.kl] : []));
    this.#bars.show(kl, this.#scale, this.#chosen);
    const last = this.#journal.nearest(this.#steps.length - 1);
    this.#gallery.show(shown, fixed, unitsShown(last.kl, shown.units, this.#chosen), this.#chosen);
    this.#caption.show(shown, { n: fixed.n, epochs });
    this.#track.show(this.#place, shown, { atWork, following: this.#following });
  }
}
