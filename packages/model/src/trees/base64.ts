/** Base64 (RFC 4648, section 4) of bytes, in its one canonical form: padded, without line breaks, unused bits zero. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = '=';
/** Characters that are joined at once: as many as one call takes as arguments everywhere. */
const CHUNK = 8192;
const INVALID = 0xff;

const digits = new Uint8Array(128).fill(INVALID);
for (let digit = 0; digit < 64; digit++) digits[ALPHABET.charCodeAt(digit)] = digit;

/** Characters that so many bytes take. */
export function base64Length(byteCount: number): number {
  return Math.ceil(byteCount / 3) * 4;
}

/** Writes bytes as base64. */
export function encodeBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(base64Length(bytes.length));
  for (let from = 0, at = 0; from < bytes.length; from += 3, at += 4) {
    const group = (bytes[from]! << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    for (let digit = 0; digit < 4; digit++) codes[at + digit] = ALPHABET.charCodeAt((group >> (18 - 6 * digit)) & 63);
  }
  const padding = codes.length === 0 ? 0 : (3 - (bytes.length % 3)) % 3;
  codes.fill(PADDING.charCodeAt(0), codes.length - padding);
  let text = '';
  for (let from = 0; from < codes.length; from += CHUNK) text += String.fromCharCode(...codes.subarray(from, from + CHUNK));
  return text;
}

/**
 * Reads base64 of a known number of bytes. Cost: linear, and nothing is allocated for a text of another length.
 *
 * @returns `undefined` when the text is not the canonical base64 of `byteCount` bytes.
 */
export function decodeBase64(text: string, byteCount: number): Uint8Array | undefined {
  if (text.length !== base64Length(byteCount)) return undefined;
  const bytes = new Uint8Array(byteCount);
  const whole = byteCount - (byteCount % 3);
  // One look at the end instead of four in the loop: a wrong digit leaves a bit beyond the six.
  let wrong = 0;
  let at = 0;
  for (let from = 0; from < whole; from += 3, at += 4) {
    const a = digitAt(text, at);
    const b = digitAt(text, at + 1);
    const c = digitAt(text, at + 2);
    const d = digitAt(text, at + 3);
    wrong |= a | b | c | d;
    bytes[from] = (a << 2) | (b >> 4);
    bytes[from + 1] = (b << 4) | (c >> 2);
    bytes[from + 2] = (c << 6) | d;
  }
  const isCanonical = wrong <= 63 && decodeEnd(text, at, bytes, whole);
  return isCanonical ? bytes : undefined;
}

/** Reads the last one or two bytes, if there are; tells whether they are canonical. */
function decodeEnd(text: string, at: number, bytes: Uint8Array, whole: number): boolean {
  const rest = bytes.length - whole;
  if (rest === 0) return true;
  const a = digitAt(text, at);
  const b = digitAt(text, at + 1);
  const c = rest === 2 ? digitAt(text, at + 2) : 0;
  bytes[whole] = (a << 2) | (b >> 4);
  if (rest === 2) bytes[whole + 1] = (b << 4) | (c >> 2);
  const unused = rest === 2 ? c & 3 : b & 15;
  return (a | b | c) <= 63 && unused === 0 && text.slice(at + 1 + rest) === PADDING.repeat(3 - rest);
}

function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? digits[code]! : INVALID;
}
