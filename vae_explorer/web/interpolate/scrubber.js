/** The interpolation scrubber: two anchors, the path between them as a film, and one picture that follows t. */

import { Latest, liveChannel } from "../wire/live.js";
import { element } from "../pieces/element.js";
import { FingerView } from "../pieces/finger_view.js";
import { Outbox } from "../wire/outbox.js";
import { hearBeta, networkOf } from "../pieces/shared_beta.js";
import { Status } from "../pieces/status.js";
import { Anchor } from "./anchor.js";
import { Film } from "./film.js";
import { classesAt, frameIndices, indexAt, nearestFrame, tAt } from "./path.js";
import { Player } from "./player.js";
import { Room } from "../pieces/room.js";
import { savedFilm } from "./saved_film.js";
import { SaveMenu } from "../pieces/save_menu.js";
import { sides } from "./sides.js";
import { Stage } from "./stage.js";
import { readTheme } from "../pieces/theme.js";

/**
 * @typedef {import("../wire/messages.js").Reply} Reply
 * @typedef {import("./data.js").ScrubberData} Data
 * @typedef {{model: string, y: number|number[][]|null, z: number[][], key: string}} Request `key` names the path it belongs to
 */

/** Everything that changes what is decoded, but t. @param {Data} data */
const keyOf = ({ model, version, image, classes, path, stride }) => JSON.stringify([model, version, image, classes, path, stride]);

/** CSS pixels beneath the scrubber: the downloads, the model's measured figures, and the page's end. */
const BELOW = 122;
const LEAST_HEIGHT = 340;

export class Scrubber {
  /** @type {Data|null} */
  #data = null;
  #key = "";
  #t = 0;
  #index = 0;
  /** Indices of the path. @type {number[]} */
  #frames = [];
  #held = false;
  #status = new Status(() => this.#decode());
  #a = new Anchor("A");
  #b = new Anchor("B");
  #film = new Film((frame) => this.#jump(tAt(this.#frames[frame], this.#points)));
  #stage = new Stage({
    move: (t) => this.#jump(t),
    hold: (held) => this.#hold(held),
    play: () => (this.#player.playing ? this.#pause() : this.#play()),
  });
  #menu = new SaveMenu(
    (kind) => this.#saved(kind),
    () => this.#data?.name ?? "path",
    (sentence) => this.#status.failed("file", new Error(sentence)),
    "Save the strip",
  );
  #player = new Player((t) => this.#move(t));
  #now = this.#stream("picture", (reply) => this.#stage.paint(reply));
  #strip = this.#stream("film", (reply) => this.#paintFilm(reply));

  /** @param {HTMLElement} root @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.root = root;
    this.outbox = new Outbox(send);
    this.#stage.controls.append(this.#menu.root);
    this.ends = element("div", "ends", {}, [this.#a.node, this.#stage.node, this.#b.node]);
    root.append(element("div", "scrubber", {}, [this.ends, this.#film.node, this.#status.node]));
    this.finger = new FingerView(root, () => [this.#stage.canvas]);
    this.room = new Room(root, BELOW, () => this.#lay());
    this.unhear = hearBeta(() => this.#data?.model, (turn) => this.#turn(turn));
  }

  /** @param {Data} data */
  update(data) {
    const key = keyOf(data);
    const changed = key !== this.#key;
    if (!this.#data || networkOf(this.#data.model) !== networkOf(data.model) || networkOf(this.#data.version) !== networkOf(data.version)) this.#clear();
    this.#data = data;
    this.#key = key;
    this.#a.show(data.a, data);
    this.#b.show(data.b, data);
    const moved = this.#adopt(data.t);
    if (changed) this.#rebuild(data);
    else if (moved) this.#move(this.#t);
  }

  /** The hand has left: what waits to be told is told. */
  rest() {
    this.outbox.flush();
  }

  close() {
    this.unhear();
    this.#player.stop();
    this.outbox.close();
    this.room.close();
    this.finger.close();
    this.#status.close();
    this.#menu.close();
  }

  /** β is turned: the same codes, decoded there. @param {import("../pieces/shared_beta.js").Turn} turn */
  #turn({ model }) {
    if (!this.#data) return;
    this.#data = { ...this.#data, model };
    this.#key = keyOf(this.#data);
    this.#decode();
  }

  /** Codes on the path. */
  get #points() {
    return this.#data?.path.length ?? 0;
  }

  /** @param {import("../pieces/save_menu.js").Kind} kind @returns {Promise<Blob>} */
  #saved(kind) {
    if (!this.#data) throw new Error("There is no path yet; save its strip when it is there.");
    return savedFilm(kind, this.#data, readTheme(this.root));
  }

  #clear() {
    for (const view of [this.#a, this.#b, this.#stage, this.#film]) view.clear();
  }

  /** Takes the page's t over, unless it is an echo or the hand or the player is moving it. @param {number} t @returns {boolean} taken */
  #adopt(t) {
    if (!this.outbox.adopt("t", t)) return false;
    const busy = this.#held || this.#player.playing;
    if (busy) this.outbox.put("t", this.#t);
    else this.#t = t;
    return !busy;
  }

  /** @param {Data} data */
  #rebuild({ path, stride }) {
    this.#frames = frameIndices(path.length, stride);
    this.#index = indexAt(this.#t, path.length);
    this.#stage.points = path.length;
    this.#lay();
    this.#show();
    this.#decode();
  }

  #lay() {
    const { size } = this.room;
    if (!this.#data || !size.width) return;
    const { image } = this.#data;
    const room = { width: size.width, height: Math.max(LEAST_HEIGHT, size.height) };
    const film = this.#film.lay(image, this.#frames.length, room);
    const { picture, end, stacked } = sides({ ...room, height: room.height - film }, this.room.sight);
    this.ends.classList.toggle("stacked", stacked);
    this.ends.style.setProperty("--picture", `${picture}px`);
    this.ends.style.setProperty("--end", `${end}px`);
    this.#stage.lay(image, picture);
    for (const anchor of [this.#a, this.#b]) anchor.lay(image, end);
    this.#film.mark(nearestFrame(this.#frames, this.#index));
  }

  /** @param {boolean} held */
  #hold(held) {
    if (held) this.#pause();
    this.#held = held;
    if (held) this.outbox.hold();
    else this.outbox.release();
  }

  /** The hand sets t: it wins over the player. @param {number} t */
  #jump(t) {
    this.#pause();
    this.#move(t);
    this.outbox.put("t", tAt(this.#index, this.#points));
  }

  /** @param {number} t */
  #move(t) {
    const index = indexAt(t, this.#points);
    const another = index !== this.#index;
    this.#index = index;
    this.#t = t;
    this.#show();
    if (another) this.#ask(this.#now, [index]);
  }

  #show() {
    this.#stage.show(this.#t);
    if (this.room.size.width) this.#film.mark(nearestFrame(this.#frames, this.#index));
  }

  #play() {
    this.outbox.hold();
    this.#stage.playing = true;
    this.#player.start(this.#t);
  }

  #pause() {
    if (!this.#player.playing) return;
    this.#player.stop();
    this.#stage.playing = false;
    this.outbox.put("t", tAt(this.#index, this.#points));
    this.outbox.release();
  }

  #decode() {
    this.#ask(this.#now, [this.#index]);
    this.#ask(this.#strip, this.#frames);
  }

  /** @param {Latest<Request, Reply>} stream @param {number[]} indices of the path */
  #ask(stream, indices) {
    if (!this.#data) return;
    const { model, classes, path } = this.#data;
    const y = classesAt(classes, indices, path.length);
    stream.push({ model, y, key: this.#key, z: indices.map((i) => path[i]) });
  }

  /** @param {string} name @param {(reply: Reply) => void} paint @returns {Latest<Request, Reply>} */
  #stream(name, paint) {
    return new Latest(
      ({ model, z, y }) => liveChannel().request({ model, z, y }),
      (reply, { key }) => {
        if (key !== this.#key) return;
        this.#status.succeeded(name);
        paint(reply);
      },
      (error, { key }) => {
        if (key === this.#key) this.#status.failed(name, error);
      },
    );
  }

  /** @param {Reply} reply */
  #paintFilm({ header, bytes }) {
    this.#film.paint({ header, bytes });
    const size = header.c * header.h * header.w;
    const one = { ...header, n: 1 };
    this.#a.paint({ header: one, bytes: bytes.subarray(0, size) });
    this.#b.paint({ header: one, bytes: bytes.subarray(bytes.length - size) });
  }
}
