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

/** Everything that changes what is decoded, but t. */
const keyOf = ({ model, version, image, y, path, stride }) => JSON.stringify([model, version, image, y, path, stride]);

export class Scrubber {
  #data = null;
  #key = "";
  #t = 0;
  #index = 0;
  #frames = [];
  #held = false;
  #width = 0;
  #status = new Status(() => this.#decode());
  #a = new Anchor("A");
  #b = new Anchor("B");
  #film = new Film((frame) => this.#jump(tAt(this.#frames[frame], this.#data.path.length)));
  #stage = new Stage({
    move: (t) => this.#jump(t),
    hold: (held) => this.#hold(held),
    play: () => (this.#player.playing ? this.#pause() : this.#play()),
  });
  #player = new Player((t) => this.#move(t));
  #now = this.#stream("picture", (reply) => this.#stage.paint(reply));
  #strip = this.#stream("film", (reply) => this.#paintFilm(reply));

  /** @param {HTMLElement} root @param {(name: string, value: any) => void} send */
  constructor(root, send) {
    this.root = root;
    this.outbox = new Outbox(send);
    const top = element("div", "ends", {}, [this.#a.node, this.#stage.node, this.#b.node]);
    root.append(element("div", "scrubber", {}, [top, this.#film.node, this.#status.node]));
    this.resized = new ResizeObserver(() => this.#lay());
    this.resized.observe(root);
  }

  update(data) {
    const key = keyOf(data);
    const changed = key !== this.#key;
    if (this.#data?.model !== data.model || this.#data?.version !== data.version) this.#clear();
    this.#data = data;
    this.#key = key;
    this.#a.show(data.a, data);
    this.#b.show(data.b, data);
    const moved = this.#adopt(data.t);
    if (changed) this.#rebuild();
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

  #clear() {
    for (const view of [this.#a, this.#b, this.#stage, this.#film]) view.clear();
  }

  /** Takes the page's t over, unless it is an echo or the hand or the player is moving it. @returns {boolean} taken */
  #adopt(t) {
    if (!this.outbox.adopt("t", t)) return false;
    const busy = this.#held || this.#player.playing;
    if (busy) this.outbox.put("t", this.#t);
    else this.#t = t;
    return !busy;
  }

  #rebuild() {
    const { image, path, stride } = this.#data;
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

  #hold(held) {
    if (held) this.#pause();
    this.#held = held;
    if (held) this.outbox.hold();
    else this.outbox.release();
  }

  /** The hand sets t: it wins over the player. */
  #jump(t) {
    this.#pause();
    this.#move(t);
    this.outbox.put("t", tAt(this.#index, this.#data.path.length));
  }

  #move(t) {
    const index = indexAt(t, this.#data.path.length);
    const another = index !== this.#index;
    this.#index = index;
    this.#t = t;
    this.#show();
    if (another) this.#now.push(this.#codes([index]));
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
    this.outbox.put("t", tAt(this.#index, this.#data.path.length));
    this.outbox.release();
  }

  #decode() {
    if (!this.#data) return;
    this.#now.push(this.#codes([this.#index]));
    this.#strip.push(this.#codes(this.#frames));
  }

  #codes(indices) {
    const { model, y, path } = this.#data;
    return { model, y, key: this.#key, z: indices.map((i) => path[i]) };
  }

  #stream(name, paint) {
    return new Latest(
      ({ model, z, y }) => liveChannel().request({ model, z, y }),
      (reply, { key }) => {
        if (key !== this.#key) return;
        this.#status.succeeded(name);
        paint(reply);
      },
      (error, { key }) => key === this.#key && this.#status.failed(name, error),
    );
  }

  #paintFilm({ header, bytes }) {
    this.#film.paint({ header, bytes });
    const size = header.c * header.h * header.w;
    const one = { ...header, n: 1 };
    this.#a.paint({ header: one, bytes: bytes.subarray(0, size) });
    this.#b.paint({ header: one, bytes: bytes.subarray(bytes.length - size) });
  }
}
