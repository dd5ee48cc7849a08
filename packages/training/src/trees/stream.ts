/** Random numbers of one tree: xoshiro128** (Blackman and Vigna, 2021), small and quick enough to draw features at every node. */

/** Draws whole numbers. */
export interface Stream {
  /** A whole number from 0 to `bound` - 1; `bound` is at most 2^21. The bias is below `bound` / 2^32. */
  below(bound: number): number;
}

/**
 * A stream of its own for each pair of numbers: tree `index` draws the same whoever grows it, and whatever was drawn before.
 *
 * @param seed whole number from 0 to 2^32 - 1.
 * @param index whole number from 0 to 2^32 - 1.
 */
export function createStream(seed: number, index: number): Stream {
  const mix = createMixer(seed, index);
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix() | 1;
  return {
    below(bound) {
      const product = Math.imul(b, 5);
      const word = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      return Math.floor((word * bound) / 2 ** 32);
    },
  };
}

/** Spreads two numbers over any count of words: the finalizer of MurmurHash3 (Appleby) over a Weyl sequence, as SplitMix does. */
function createMixer(seed: number, index: number): () => number {
  let state = seed ^ hash(index ^ 0x9e3779b9);
  return function mix() {
    state = (state + 0x9e3779b9) | 0;
    return hash(state);
  };
}

function hash(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
