/** The live channel: pictures that follow the hand, over one socket shared by the whole page. */

import { addressOf } from "./addresses.js";
import { parseFrame } from "./frame.js";
import { inParts, joined } from "./parts.js";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2000;

/** The socket was lost; the same request may succeed later. An error the server reported is a plain Error. */
export class ChannelDropped extends Error {}

/** @param {number} drops in a row, from 1. @returns {number} milliseconds until the next attempt. */
export const pauseAfter = (drops) => Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (drops - 1));

/**
 * @typedef {import("./messages.js").PictureRequest} PictureRequest
 * @typedef {import("./messages.js").Reply} Reply
 * @typedef {import("./messages.js").Frame<import("./messages.js").ReplyHeader|import("./messages.js").ErrorHeader>} Answer
 * @typedef {{text: string, resolve: (reply: Reply) => void, reject: (error: Error) => void}} OpenRequest
 */

/** What is not asked for is not said. @param {PictureRequest} request */
const said = (request) => Object.fromEntries(Object.entries(request).filter(([, value]) => (value ?? false) !== false));

/**
 * One socket, opened at the first request and reopened with growing pauses after a drop.
 * Requests made while it is opening wait for it; when it drops, all that are open reject with ChannelDropped.
 */
export class LiveChannel {
  #url;
  /** @type {WebSocket|null} */
  #socket = null;
  /** @type {number|undefined} */
  #timer;
  #drops = 0;
  #lastId = 0;
  #closed = false;
  /** @type {Map<number|null, OpenRequest>} */
  #open = new Map();
  /** The reply to the newest request. @type {Promise<unknown>} */
  #newest = Promise.resolve();

  /** @param {string} url ws:// or wss:// */
  constructor(url) {
    this.#url = url;
  }

  /** One after another, where it takes several. @param {PictureRequest} request @returns {Promise<Reply>} */
  async request(request) {
    /** @type {Reply[]} */
    const replies = [];
    for (const part of inParts(request)) replies.push(await this.#ask(part));
    return joined(replies);
  }

  /** @param {PictureRequest} request @returns {Promise<Reply>} */
  #ask(request) {
    if (this.#closed) return Promise.reject(new ChannelDropped("The live channel is closed."));
    const id = ++this.#lastId;
    const text = JSON.stringify({ id, ...said(request) });
    /** @type {Promise<Reply>} */
    const reply = new Promise((resolve, reject) => this.#open.set(id, { text, resolve, reject }));
    this.#newest = reply;
    if (this.#socket?.readyState === 1) this.#socket.send(text);
    else if (!this.#socket && !this.#timer) this.#connect();
    return reply;
  }

  /** When what is asked for by the end of this task has been answered, or has failed. */
  async answered() {
    await new Promise((done) => setTimeout(done));
    await this.#newest.catch(() => {});
  }

  /** Close for good; open requests reject. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#rejectAll();
  }

  #connect() {
    this.#timer = undefined;
    const socket = new WebSocket(this.#url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#sendWaiting(socket);
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = () => this.#dropped(socket);
    this.#socket = socket;
  }

  /** @param {WebSocket} socket */
  #sendWaiting(socket) {
    this.#drops = 0;
    for (const { text } of this.#open.values()) socket.send(text);
  }

  /** @param {ArrayBuffer} data */
  #receive(data) {
    /** @type {Answer} */
    const { header, bytes } = parseFrame(data);
    const request = this.#open.get(header.id);
    if (!request) return;
    this.#open.delete(header.id);
    if ("error" in header) request.reject(new Error(header.error));
    else request.resolve({ header, bytes });
  }

  /** @param {WebSocket} socket */
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

/** @type {LiveChannel|null} */
let shared = null;

/** @returns {LiveChannel} the one channel of this page. */
export function liveChannel() {
  shared ??= new LiveChannel(addressOf("/live").replace("http", "ws"));
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
  /** @type {{arg: A}|null} */
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
