import assert from "node:assert/strict";
import test from "node:test";

import { faint, themed, titles, untitled } from "../../../vae_explorer/web/chart/look.js";
import { CAPTION_ROOM, saved } from "../../../vae_explorer/web/chart/saved_chart.js";

const theme = { text: "#101622", background: "#fff", surface: "#eee", border: "#ccc", primary: "#00f", font: "Serif", dark: false };

test("a figure's own layout goes before the page's look", () => {
  const { template, ...kept } = themed({ xaxis: { title: { text: "epoch" } } }, theme);
  assert.deepEqual(kept, { xaxis: { title: { text: "epoch" } }, autosize: true });
  assert.equal(template.layout.font.color, theme.text);
  assert.equal(faint("#101622", 0.5), "rgba(16,22,34,0.5)");
});

test("a chart's axes lose their titles to words beside it, and nothing else", () => {
  const layout = { xaxis: { title: { text: "epoch" }, type: "category" }, yaxis: {}, bargap: 0.1 };
  assert.deepEqual(titles(layout), ["epoch", ""]);
  assert.deepEqual(titles({}), ["", ""]);
  assert.deepEqual(untitled(layout), { xaxis: { title: undefined, type: "category" }, yaxis: { title: undefined }, bargap: 0.1 });
  assert.equal(layout.xaxis.title.text, "epoch");
});

test("a saved chart has the page's background, room for its caption, and no tags in it", () => {
  const layout = { margin: { b: 48, l: 60 }, annotations: [{ text: "β 4" }], paper_bgcolor: "rgba(0,0,0,0)" };
  const { layout: made } = saved({ data: [], layout }, "a<b>&c", theme);
  assert.deepEqual(made.margin, { b: 48 + CAPTION_ROOM, l: 60 });
  assert.deepEqual(made.annotations.map(({ text }) => text), ["β 4", "a&lt;b&gt;&amp;c"]);
  assert.equal(made.paper_bgcolor, "#fff");
  assert.equal(layout.annotations.length, 1);
});

test("what the axes of a saved chart are called is text too", () => {
  const { layout } = saved({ data: [], layout: { yaxis: { title: { text: "mu of unit 3 (<b>x</b>)" }, type: "log" } } }, "", theme);
  assert.deepEqual(layout.yaxis, { title: { text: "mu of unit 3 (&lt;b&gt;x&lt;/b&gt;)" }, type: "log" });
  assert.deepEqual(titles(layout), ["", "mu of unit 3 (&lt;b&gt;x&lt;/b&gt;)"]);
});
