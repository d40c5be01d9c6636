import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { ChannelDropped, Latest, LiveChannel, pauseAfter } from "../../../vae_explorer/web/wire/live.js";
import { frame, settle } from "../fixtures.js";

class FakeSocket {
  static all = [];
  readyState = 0;
  sent = [];
  constructor(url) {
    this.url = url;
    FakeSocket.all.push(this);
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  send(text) {
    this.sent.push(JSON.parse(text));
  }
  answer(header, bytes = []) {
    this.onmessage({ data: frame(header, bytes) });
  }
  close() {
    this.readyState = 3;
    this.onclose();
  }
}

beforeEach(() => {
  FakeSocket.all = [];
  globalThis.WebSocket = FakeSocket;
});
afterEach(() => mock.timers.reset());

test("a request waits for the socket and gets the answer with its own id", async () => {
  const channel = new LiveChannel("ws://x/live");
  const first = channel.request({ model: "m", z: [[1, 2]] });
  const second = channel.request({ model: "m", z: [[3, 4]] });
  const [socket] = FakeSocket.all;
  socket.open();
  assert.deepEqual(socket.sent.map((request) => request.z), [[[1, 2]], [[3, 4]]]);
  socket.answer({ id: socket.sent[1].id, n: 1 }, [9]);
  socket.answer({ id: socket.sent[0].id, n: 1 }, [8]);
  assert.deepEqual([...(await first).bytes], [8]);
  assert.deepEqual([...(await second).bytes], [9]);
});

test("a class is asked for where there is one, and left out where there is none", () => {
  const channel = new LiveChannel("ws://x/live");
  for (const y of [3, 0, [4, 5], null, undefined]) channel.request({ model: "m", z: [[1], [2]], y });
  const [socket] = FakeSocket.all;
  socket.open();
  assert.deepEqual(socket.sent.map((request) => request.y), [3, 0, [4, 5], undefined, undefined]);
  assert.deepEqual(Object.keys(socket.sent[3]), ["id", "model", "z"]);
});

test("places of a map are asked for with what belongs to them, and nothing that is off", () => {
  const channel = new LiveChannel("ws://x/live");
  const asked = { model: "m", projection: "pca", xy: [[0, 1]], through: [0, 0, 1], y: null };
  channel.request({ ...asked, refine: false, brief: true });
  const [socket] = FakeSocket.all;
  socket.open();
  const { id, ...sent } = socket.sent[0];
  assert.equal(typeof id, "number");
  assert.deepEqual(sent, { model: "m", projection: "pca", xy: [[0, 1]], through: [0, 0, 1], brief: true });
});

test("an error the server reports rejects one request and keeps the socket", async () => {
  const channel = new LiveChannel("ws://x/live");
  const promise = channel.request({ model: "m", z: [[NaN]] });
  const [socket] = FakeSocket.all;
  socket.open();
  socket.answer({ id: socket.sent[0].id, error: "z is not finite." });
  await assert.rejects(promise, (error) => error.message === "z is not finite." && !(error instanceof ChannelDropped));
  assert.equal(FakeSocket.all.length, 1);
});

test("a drop rejects what is open and the next request is sent after the pause", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const channel = new LiveChannel("ws://x/live");
  const lost = channel.request({ model: "m", z: [[1]] });
  FakeSocket.all[0].open();
  FakeSocket.all[0].close();
  await assert.rejects(lost, ChannelDropped);
  const later = channel.request({ model: "m", z: [[2]] });
  assert.equal(FakeSocket.all.length, 1);
  mock.timers.tick(pauseAfter(1));
  const socket = FakeSocket.all[1];
  socket.open();
  assert.deepEqual(socket.sent[0].z, [[2]]);
  socket.answer({ id: socket.sent[0].id, n: 1 }, [5]);
  assert.deepEqual([...(await later).bytes], [5]);
});

test("what waits for pictures waits for those that are asked for in the same task, and for no lost ones", async () => {
  const channel = new LiveChannel("ws://x/live");
  let waited = 0;
  const wait = () => channel.answered().then(() => waited++);
  await wait();
  wait();
  const first = channel.request({ model: "m", z: [[1]] });
  const [socket] = FakeSocket.all;
  socket.open();
  await new Promise((done) => setTimeout(done));
  assert.equal(waited, 1);
  socket.answer({ id: socket.sent[0].id, n: 1 }, [8]);
  await first;
  await settle();
  assert.equal(waited, 2);
  const lost = channel.request({ model: "m", z: [[2]] });
  const last = wait();
  channel.close();
  await assert.rejects(lost, ChannelDropped);
  await last;
});

test("a closed channel rejects and does not come back", async () => {
  const channel = new LiveChannel("ws://x/live");
  const promise = channel.request({ model: "m", z: [[1]] });
  channel.close();
  await assert.rejects(promise, ChannelDropped);
  await assert.rejects(channel.request({ model: "m", z: [[1]] }), ChannelDropped);
  assert.equal(FakeSocket.all.length, 1);
});

test("the pauses grow and are bounded", () => {
  assert.deepEqual([1, 2, 3, 4].map(pauseAfter), [250, 500, 1000, 2000]);
  assert.equal(pauseAfter(40), 2000);
});

test("Latest keeps one in flight, drops what came between, and runs the newest last", async () => {
  const started = [];
  const finished = [];
  const waiting = [];
  const run = (arg) => {
    started.push(arg);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const latest = new Latest(run, (result, arg) => finished.push([result, arg]), assert.fail);
  for (const arg of [1, 2, 3]) latest.push(arg);
  assert.deepEqual(started, [1]);
  waiting.shift()("a");
  await settle();
  assert.deepEqual(started, [1, 3]);
  waiting.shift()("b");
  await settle();
  assert.deepEqual(finished, [["a", 1], ["b", 3]]);
});

test("Latest goes on after a failure", async () => {
  const failures = [];
  const run = (arg) => (arg === 1 ? Promise.reject(new Error("no")) : Promise.resolve(arg));
  const done = [];
  const latest = new Latest(run, (result) => done.push(result), (error, arg) => failures.push([error.message, arg]));
  latest.push(1);
  await settle();
  latest.push(2);
  await settle();
  assert.deepEqual(failures, [["no", 1]]);
  assert.deepEqual(done, [2]);
});

test("Latest goes on after one of its readers broke", async () => {
  const shown = [];
  const silent = console.error;
  console.error = () => {};
  const latest = new Latest(
    async (arg) => arg,
    (result) => {
      if (result === 1) throw new Error("broken reader");
      shown.push(result);
    },
    () => assert.fail("not a failed request"),
  );
  latest.push(1);
  await new Promise((done) => setTimeout(done));
  latest.push(2);
  await new Promise((done) => setTimeout(done));
  console.error = silent;
  assert.deepEqual(shown, [2]);
});
