/** Units as buttons, each with what is said of it; a click opens one. */

import { element } from "../pieces/element.js";
import { PICTURES_FIRST_MS, tellUnit } from "../pieces/shared_unit.js";
import { Outbox } from "../wire/outbox.js";

/**
 * @typedef {{unit: number, label: string, said: string}} Link
 * @typedef {{links: Link[]}} Data as `ui/components/unit_links.py` hands it over
 */

export class Links {
  #out;
  #list = element("ul", "links");
  #drawn = "";

  /** @param {HTMLElement} root @param {import("../wire/mount.js").Send} send */
  constructor(root, send) {
    this.#out = new Outbox(send, PICTURES_FIRST_MS);
    root.replaceChildren(this.#list);
  }

  /** @param {Data} data */
  update({ links }) {
    const text = JSON.stringify(links);
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.#list.replaceChildren(...links.map((link) => this.#item(link)));
  }

  /** The hand leaves, perhaps for another page. */
  rest() {
    this.#out.flush();
  }

  close() {
    this.#out.close();
  }

  /** @param {Link} link */
  #item({ unit, label, said }) {
    const button = element("button", "push", { type: "button" }, [label]);
    button.addEventListener("click", () => this.#choose(unit));
    return element("li", "", {}, [button, element("span", "link-said", {}, [said])]);
  }

  /** @param {number} unit */
  #choose(unit) {
    tellUnit(unit);
    this.#out.put("unit", unit);
  }
}
