import assert from "node:assert/strict";
import { test } from "node:test";
import { escaped, SvgContext } from "../../../vae_explorer/web/pieces/svg_context.js";

const svg = () => new SvgContext({ width: 40, height: 30 }, (text) => ({ width: 7 * text.length }));
const lines = (pen) => String(pen).split("\n");

test("text stands for itself, whatever is in it", () => {
  assert.equal(escaped('a < b & "c"\u0001>'), "a &lt; b &amp; &quot;c&quot;&gt;");
});

test("what a canvas draws is a node of the SVG, with the pen's state", () => {
  const pen = svg();
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, 40, 30);
  pen.save();
  pen.translate(5, 6);
  pen.rotate(-Math.PI / 2);
  pen.globalAlpha = 0.3;
  pen.strokeStyle = "#123456";
  pen.setLineDash([4, 2]);
  pen.beginPath();
  pen.moveTo(1, 2);
  pen.lineTo(3.456, 4);
  pen.stroke();
  pen.restore();
  pen.font = "700 10px Inter";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText("8 & 9", 20, 10);
  const [head, ground, line, text] = lines(pen);
  assert.equal(head, '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" viewBox="0 0 40 30">');
  assert.equal(ground, '<rect x="0" y="0" width="40" height="30" fill="#fff"></rect>');
  assert.match(line, /d="M1 2L3.46 4" fill="none" stroke="#123456" .*stroke-dasharray="4 2" opacity="0.3" transform="translate\(5 6\)rotate\(-90\)"/);
  assert.equal(text, '<text x="20" y="13.5" font-weight="700" font-size="10" font-family="Inter" text-anchor="middle" fill="#fff">8 &amp; 9</text>');
  assert.equal(pen.measureText("abc").width, 21);
});
