/** Ids of predictions: UUID version 7 (RFC 9562, 5.7), which sort by time, so that an index of them grows at its end only. */

const COUNTS = 4096;
const COUNTER = Array.from({ length: COUNTS }, (_, count) => count.toString(16).padStart(3, '0'));

/**
 * Makes a source of ids.
 *
 * Its random bits are drawn once, for the life of the process; within it the time and a counter tell ids apart (method 1 of RFC 9562,
 * 6.2). An id is unique, but not a secret. Costs a tenth of `randomUUID`, whose string is put together from 20 parts each time.
 *
 * @param now milliseconds since 1970.
 * @param random 8 random bytes.
 */
export function createIdSource(now: () => number, random: Uint8Array): () => string {
  const suffix = formatSuffix(random);
  let time = 0;
  let count = 0;
  let prefix = '';

  function startAt(milliseconds: number): void {
    time = milliseconds;
    count = 0;
    const digits = time.toString(16).padStart(12, '0');
    prefix = `${digits.slice(0, 8)}-${digits.slice(8)}-7`;
  }

  return function newId() {
    const milliseconds = now();
    if (milliseconds > time) startAt(milliseconds);
    // More than the counter holds in one millisecond: ahead of the clock, rather than twice the same. A clock set back too.
    else if (++count === COUNTS) startAt(time + 1);
    return prefix + COUNTER[count] + suffix;
  };
}

/** The last 64 bits: the variant, then random ones. */
function formatSuffix(random: Uint8Array): string {
  const bytes = Buffer.from(random);
  bytes[0] = (bytes[0]! & 0x3f) | 0x80;
  const digits = bytes.toString('hex');
  return `-${digits.slice(0, 4)}-${digits.slice(4)}`;
}
