/** The interpolation scrubber: two anchors, the path between them as a film, and one picture that follows t. */

import { Latest, liveChannel } from "../wire/live.js";
import { element } from "../pieces/element.js";
import { Outbox } from "../wire/outbox.js";
import { Status } from "../pieces/status.js";
import { Anchor } from "./anchor.js";
import { Film } from "./film.js";
import { frameIndices, indexAt, nearestFrame, tAt } from "./path.js";
import { Player } from "./player.js";
import { Stage } from "./stage.js";

/**
 * @typedef {import("../wire/messages.js").Reply} Reply
 * @typedef {import("./data.js").ScrubberData} Data
 * @typedef {{model: string, y: number|null, z: number[][], key: string}} Request `key` names the path it belongs to
 */

/** Everything that changes what is decoded, but t. @param {Data} data */
const keyOf = ({ model, version, image, y, path, stride }) => JSON.stringify([model, version, image, y, path, stride]);

export class Scrubber {
  /** @type {Data|null} */
  #data = null;
  #key = "";
  #t = 0;
  #index = 0;
  /** Indices of the path. @type {number[]} */
  #frames = [];
  #held = false;
  #width = 0;
  #status = new Status(() => this.#decode());
  #a = new Anchor("A");
  #b = new Anchor("B");
  #film = new Film((frame) => this.#jump(tAt(this.#frames[frame], this.#points)));
  #stage = new Stage({
    move: (t) => this.#jump(t),
    hold: (held) => this.#hold(held),
    play: () => (this.#player.playing ? this.#pause() : this.#play()),
  });
  #player = new Player((t) => this.#move(t));
  #now = this.#stream("picture", (reply) => this.#stage.paint(reply));
  #strip = this.#stream("film", (reply) => this.#paintFilm(reply));

  /** @param {HTMLElement} root @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.root = root;
    this.outbox = new Outbox(send);
    const top = element("div", "ends", {}, [this.#a.node, this.#stage.node, this.#b.node]);
    root.append(element("div", "scrubber", {}, [top, this.#film.node, this.#status.node]));
    this.resized = new ResizeObserver(() => this.#lay());
    this.resized.observe(root);
  }

  /** @param {Data} data */
  update(data) {
    const key = keyOf(data);
    const changed = key !== this.#key;
    if (this.#data?.model !== data.model || this.#data?.version !== data.version) this.#clear();
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
    this.#player.stop();
    this.outbox.close();
    this.resized.disconnect();
    this.#status.close();
  }

  /** Codes on the path. */
  get #points() {
    return this.#data?.path.length ?? 0;
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
  #rebuild({ image, path, stride }) {
    this.#frames = frameIndices(path.length, stride);
    this.#index = indexAt(this.#t, path.length);
    this.#stage.lay(image, path.length);
    this.#width = 0;
    this.#lay();
    this.#show();
    this.#decode();
  }

  #lay() {
    const width = this.root.clientWidth;
    if (!this.#data || !width || width === this.#width) return;
    this.#width = width;
    this.#film.lay(this.#data.image, this.#frames.length, width);
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
    if (this.#width) this.#film.mark(nearestFrame(this.#frames, this.#index));
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
    const { model, y, path } = this.#data;
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
