/** Rows of a node in the order of their bins. */

/** Up to so many rows are sorted by insertion. */
const INSERTION_ROWS = 24;
const PLACE_BITS = 5;
const PLACE_MASK = 2 ** PLACE_BITS - 1;

/** Sorts the places 0 to `count` - 1 by their codes, equal ones in their order, into `order`. */
export type SortCodes = (codes: Uint8Array, count: number, lowest: number, highest: number, order: Int32Array) => void;

/** Prepares the sorting. Cost: linear in the places and in the codes from `lowest` to `highest`. */
export function createCodeSorter(): SortCodes {
  const keys = new Int32Array(INSERTION_ROWS);
  const starts = new Int32Array(258);

  function sortFew(codes: Uint8Array, count: number, order: Int32Array): void {
    for (let place = 0; place < count; place++) {
      const key = (codes[place]! << PLACE_BITS) | place;
      let at = place;
      for (; at > 0 && keys[at - 1]! > key; at--) keys[at] = keys[at - 1]!;
      keys[at] = key;
    }
    for (let place = 0; place < count; place++) order[place] = keys[place]! & PLACE_MASK;
  }

  function sortByCounting(codes: Uint8Array, count: number, lowest: number, highest: number, order: Int32Array): void {
    starts.fill(0, lowest, highest + 2);
    for (let place = 0; place < count; place++) starts[codes[place]! + 1]! += 1;
    for (let code = lowest + 1; code <= highest; code++) starts[code]! += starts[code - 1]!;
    for (let place = 0; place < count; place++) order[starts[codes[place]!]!++] = place;
  }

  return function sortCodes(codes, count, lowest, highest, order) {
    if (count <= INSERTION_ROWS) sortFew(codes, count, order);
    else sortByCounting(codes, count, lowest, highest, order);
  };
}
