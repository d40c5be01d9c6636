/** Answers of our own server. */

import { addressOf } from "./addresses.js";

/**
 * @param {string} url @param {string} what is asked for, at the head of a sentence
 * @returns {Promise<Response>} one that is fine, or not found; anything else rejects with one sentence
 */
export async function answer(url, what) {
  const response = await fetch(addressOf(url)).catch(() => null);
  if (!response) throw new Error(`${what} could not be loaded: the server does not answer.`);
  if (!response.ok && response.status !== 404) throw new Error(`${what} could not be loaded (status ${response.status}).`);
  return response;
}

/** @param {unknown} error whatever was thrown @returns {string} what it says */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));
