import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { fileName, SaveMenu } from "../../../vae_explorer/web/pieces/save_menu.js";
import { settle } from "../fixtures.js";

let focused = null;
let links = [];

class FakeElement {
  style = {};
  children = [];
  attributes = {};
  heard = {};
  constructor(tag) {
    this.tag = tag;
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  append(...children) {
    this.children.push(...children);
  }
  appendChild(child) {
    this.children.push(child);
    return child;
  }
  addEventListener(name, act) {
    this.heard[name] = act;
  }
  getBoundingClientRect() {
    return { left: 0, top: 0, bottom: 20, width: 90, height: 120 };
  }
  focus() {
    focused = this;
  }
  hidePopover() {
    this.heard.toggle({ newState: "closed" });
  }
  click() {
    if (this.tag === "a") links.push(this.attributes);
    else this.heard.click();
  }
}

globalThis.document = { createElement: (tag) => new FakeElement(tag), createElementNS: (_, tag) => new FakeElement(tag) };
Object.assign(globalThis, { innerWidth: 800, innerHeight: 600 });
URL.createObjectURL = (blob) => `blob:${blob}`;
URL.revokeObjectURL = () => {};

const key = (name, target) => ({ key: name, target, stopPropagation() {}, preventDefault() {} });

/** An open menu, and what became of it. */
function opened(made = ({ format, scale }) => `${format}${scale ?? ""}`) {
  const sentences = [];
  const menu = new SaveMenu(made, () => "b1 · UMAP", (sentence) => sentences.push(sentence));
  const [button, list] = menu.root.children;
  list.heard.toggle({ newState: "open" });
  return { button, list, items: list.children, sentences };
}

beforeEach(() => {
  focused = null;
  links = [];
});

test("a file's name has letters, digits, - _ and . only, says its density and is never empty", () => {
  assert.equal(fileName("mnist-conv-z10-b1 · UMAP, seed 0", { format: "png", scale: 1 }), "mnist-conv-z10-b1-UMAP-seed-0.png");
  assert.equal(fileName("../β 4/a_b.c", { format: "png", scale: 4 }), "4-a_b.c-4x.png");
  assert.equal(fileName("μ", { format: "svg" }), "picture.svg");
});

test("a choice is drawn in its format, downloaded under its name, and gives the focus back", async () => {
  for (const [at, href, name] of [[0, "blob:png1", "b1-UMAP.png"], [1, "blob:png2", "b1-UMAP-2x.png"], [2, "blob:png4", "b1-UMAP-4x.png"], [3, "blob:svg", "b1-UMAP.svg"]]) {
    const { button, items } = opened();
    items[at].click();
    await settle();
    assert.deepEqual(links.at(-1), { href, download: name });
    assert.equal(focused, button);
    assert.equal(button.attributes["aria-expanded"], "false");
  }
});

test("the button is named, arrows go round the choices, and Escape closes", () => {
  const { button, list, items } = opened();
  assert.equal(button.attributes["aria-label"], "Save picture");
  assert.equal(button.attributes["aria-expanded"], "true");
  assert.equal(focused, items[0]);
  list.heard.keydown(key("ArrowUp", items[0]));
  assert.equal(focused, items[3]);
  list.heard.keydown(key("ArrowDown", items[3]));
  assert.equal(focused, items[0]);
  list.heard.keydown(key("Escape", items[0]));
  assert.equal(focused, button);
  assert.equal(button.attributes["aria-expanded"], "false");
});

test("where a page has several pictures, each button says which it saves", () => {
  const menu = new SaveMenu(() => new Blob(), () => "", () => {}, "Save the grid");
  for (const node of menu.root.children) assert.equal(node.attributes["aria-label"], "Save the grid");
});

test("a picture that cannot be drawn is said, and the next is tried again", async () => {
  let broken = true;
  const { items, sentences } = opened(() => {
    if (broken) throw new Error("No room for a canvas of that size.");
    return "png";
  });
  items[0].click();
  await settle();
  assert.equal(sentences.length, 1);
  assert.deepEqual(links, []);
  broken = false;
  items[0].click();
  await settle();
  assert.equal(links.length, 1);
});
