/** β under the hand: what shows a multi-rate network hears of it at once, and need not wait until the page has run again. */

/** @typedef {{network: string, beta: number, model: string}} Turn the network, and the model it is at this β */
/** @typedef {(turn: Turn) => void} Hear */

/** Those that are on the page now. @type {Set<Hear>} */
const listeners = new Set();

/** A model's id without the β that it names. @param {string} model */
export const networkOf = (model) => model.split("@")[0];

/** What a network is called at a β, of as many digits as the page writes. @param {string} network @param {number} beta */
export const modelAt = (network, beta) => (beta === 1 ? network : `${network}@${Number(beta.toPrecision(6))}`);

/** The β that a model's id names. @param {string} model */
export const betaOf = (model) => Number(model.split("@")[1] ?? 1);

/** @param {Hear} hear of every network @returns {() => void} ends it */
export function hearBetas(hear) {
  listeners.add(hear);
  return () => listeners.delete(hear);
}

/** @param {() => string|undefined} shown the model that the component shows @param {Hear} hear @returns {() => void} ends it */
export function hearBeta(shown, hear) {
  return hearBetas((turn) => {
    const model = shown();
    if (model !== undefined && networkOf(model) === turn.network && model !== turn.model) hear(turn);
  });
}

/** @param {string} network @param {number} beta */
export function tellBeta(network, beta) {
  const turn = { network, beta, model: modelAt(network, beta) };
  for (const hear of listeners) hear(turn);
}
