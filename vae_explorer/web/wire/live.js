/** The live channel: pictures that follow the hand, over one socket shared by the whole page. */

import { parseFrame } from "./frame.js";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2000;

/** The socket was lost; the same request may succeed later. An error the server reported is a plain Error. */
export class ChannelDropped extends Error {}

/** @param {number} drops in a row, from 1. @returns {number} milliseconds until the next attempt. */
export const pauseAfter = (drops) => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (drops - 1));

/**
 * @typedef {object} Asked either codes or places of a map
 * @property {string} model checkpoint id
 * @property {number[][]} [z] [n, D]
 * @property {[number, number][]} [xy] [n, 2] of the map that `projection` names
 * @property {string} [projection] "pca", or the key of a fitted map; with it the reply tells where things lie
 * @property {number|number[]|null} [y] the class to decode as, or one for each picture; none for a model that takes none
 * @property {number[]} [through] [D] with "pca": the code that the plane goes through
 * @property {boolean} [refine] whether each code is replaced by the mu of its own picture; for fitted maps
 * @property {boolean} [brief] whether the reply leaves z, place and landing out
 *
 * @typedef {object} Told n pictures and, where a projection was asked for, what is known of each
 * @property {number} id @property {number} n @property {number} c @property {number} h @property {number} w
 * @property {number[]} [distance] to the data; 1 is as lonely as the loneliest 5 % of the images
 * @property {number[][]} [z] what was decoded @property {[number, number][]} [place] where that lies on the map
 * @property {[number, number][]} [landing] where the picture lies once it is encoded again
 *
 * @typedef {{header: Told, bytes: Uint8Array}} Reply
 */

/** What is not asked for is not said. @param {Asked} asked */
const said = (asked) => Object.fromEntries(Object.entries(asked).filter(([, value]) => (value ?? false) !== false));

/**
 * One socket, opened at the first request and reopened with growing pauses after a drop.
 * Requests made while it is opening wait for it; when it drops, all that are open reject with ChannelDropped.
 */
export class LiveChannel {
  #url;
  #socket = null;
  #timer = null;
  #drops = 0;
  #lastId = 0;
  #closed = false;
  /** @type {Map<number, {text: string, resolve: Function, reject: Function}>} */
  #open = new Map();

  /** @param {string} url ws:// or wss:// */
  constructor(url) {
    this.#url = url;
  }

  /** @param {Asked} asked @returns {Promise<Reply>} */
  request(asked) {
    if (this.#closed) return Promise.reject(new ChannelDropped("The live channel is closed."));
    const id = ++this.#lastId;
    const text = JSON.stringify({ id, ...said(asked) });
    return new Promise((resolve, reject) => {
      this.#open.set(id, { text, resolve, reject });
      if (this.#socket?.readyState === 1) this.#socket.send(text);
      else if (!this.#socket && !this.#timer) this.#connect();
    });
  }

  /** Close for good; open requests reject. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#rejectAll();
  }

  #connect() {
    this.#timer = null;
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#sendWaiting();
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = () => this.#dropped(socket);
    this.#socket = socket;
  }

  #sendWaiting() {
    this.#drops = 0;
    for (const { text } of this.#open.values()) this.#socket.send(text);
  }

  #receive(data) {
    const { header, bytes } = parseFrame(data);
    const request = this.#open.get(header.id);
    if (!request) return;
    this.#open.delete(header.id);
    if (header.error) request.reject(new Error(header.error));
    else request.resolve({ header, bytes });
  }

  #dropped(socket) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    this.#drops += 1;
    if (!this.#closed) this.#timer = setTimeout(() => this.#connect(), pauseAfter(this.#drops));
    this.#rejectAll();
  }

  #rejectAll() {
    const requests = [...this.#open.values()];
    this.#open.clear();
    for (const { reject } of requests) reject(new ChannelDropped("The live channel dropped; reconnecting."));
  }
}

let shared = null;

/** @returns {LiveChannel} the one channel of this page. */
export function liveChannel() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  shared ??= new LiveChannel(`${scheme}://${location.host}/live`);
  return shared;
}

/**
 * Runs the newest argument only: at most one run in flight, those that came between are dropped, the last always runs.
 * @template A, R
 */
export class Latest {
  #run;
  #done;
  #failed;
  #next = null;
  #running = false;

  /**
   * @param {(arg: A) => Promise<R>} run
   * @param {(result: R, arg: A) => void} done
   * @param {(error: Error, arg: A) => void} failed
   */
  constructor(run, done, failed) {
    this.#run = run;
    this.#done = done;
    this.#failed = failed;
  }

  /** @param {A} arg */
  push(arg) {
    this.#next = { arg };
    if (!this.#running) this.#drain();
  }

  async #drain() {
    this.#running = true;
    while (this.#next) {
      const { arg } = this.#next;
      this.#next = null;
      await this.#run(arg)
        .then((result) => this.#done(result, arg), (error) => this.#failed(error, arg))
        .catch((error) => console.error(error));
    }
    this.#running = false;
  }
}
