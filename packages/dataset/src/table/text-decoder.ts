/** Bytes of a file as text, chunk by chunk: what spreadsheets save under the name of CSV is not always UTF-8. */

/** Encodings that are found by themselves; another one must be declared. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Decodes the chunks of one file. */
export interface TextSource {
  /** The text that the bytes complete. */
  decode(bytes: Uint8Array): string;
  /** The text of bytes that were never completed. */
  end(): string;
  /** What the file is taken for, so far. */
  readonly encoding: string;
  /** Whether it begins with a byte order mark. */
  readonly marked: boolean;
}

/** Bytes that tell a byte order mark, or UTF-16 without one. */
const START_BYTES = 4;
/** The longest UTF-8 sequence. */
const SEQUENCE_BYTES = 4;
const ASCII_END = 0x80;

/**
 * Makes the decoder of a file.
 *
 * A byte order mark decides, then what was declared. Else zeros in each second byte tell UTF-16, and the first character beyond ASCII decides
 * between the others: where it is not UTF-8 the file is Windows-1252. Bytes of a UTF-8 file that are not UTF-8 become U+FFFD.
 *
 * @param declared label of an encoding (WHATWG), such as the `charset` of a media type; UTF-8 is what senders say who do not know.
 * @throws RangeError when there is no such encoding.
 */
export function createTextSource(declared = 'utf-8'): TextSource {
  const label = new TextDecoder(declared).encoding;
  let held: Uint8Array = new Uint8Array(0);
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let encoding: string = label;
  let [started, marked] = [false, false];

  function decideStart(bytes: Uint8Array): void {
    const mark = markOf(bytes);
    encoding = mark ?? (label === 'utf-8' ? (unmarkedUtf16(bytes) ?? label) : label);
    [started, marked] = [true, mark !== undefined];
    if (marked || encoding !== 'utf-8') decoder = new TextDecoder(encoding);
  }

  /** ASCII is the same in both encodings: only the first other character is looked at. */
  function decideByCharacter(bytes: Uint8Array, isEnd: boolean): string {
    const at = firstBeyondAscii(bytes);
    if (at === bytes.length) return ascii(bytes);
    if (!isEnd && isCutShort(bytes.subarray(at))) {
      held = bytes.slice(at);
      return ascii(bytes.subarray(0, at));
    }
    if (!beginsWithUtf8(bytes.subarray(at))) encoding = 'windows-1252';
    decoder = new TextDecoder(encoding);
    return decoder.decode(bytes, { stream: true });
  }

  function take(bytes: Uint8Array, isEnd: boolean): string {
    const all = held.length > 0 ? joined(held, bytes) : bytes;
    held = all.subarray(0, 0);
    if (!started) {
      if (all.length < START_BYTES && !isEnd) {
        held = all.slice();
        return '';
      }
      decideStart(all);
    }
    return decoder ? decoder.decode(all, { stream: true }) : decideByCharacter(all, isEnd);
  }

  return {
    decode: (bytes) => take(bytes, false),
    end: () => take(new Uint8Array(0), true) + (decoder?.decode() ?? ''),
    get encoding() {
      return encoding;
    },
    get marked() {
      return marked;
    },
  };
}

/** Decodes a whole file. */
export function decodeText(bytes: Uint8Array): string {
  const source = createTextSource();
  return source.decode(bytes) + source.end();
}

function markOf([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

/** Two characters of ASCII, as a header begins, have their zeros on the same side. */
function unmarkedUtf16([first, second, third, fourth]: Uint8Array): Encoding | undefined {
  if (first && second === 0 && third && fourth === 0) return 'utf-16le';
  return first === 0 && second && third === 0 && fourth ? 'utf-16be' : undefined;
}

/** Index of the first byte that is no character of ASCII, or the length. */
function firstBeyondAscii(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && bytes[at]! < ASCII_END) at++;
  return at;
}

const ASCII = new TextDecoder();

function ascii(bytes: Uint8Array): string {
  return ASCII.decode(bytes);
}

function beginsWithUtf8(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, sequenceLength(bytes[0]!))) !== '';
  } catch {
    return false;
  }
}

/** Whether the rest of the first character may be in the next chunk. */
function isCutShort(bytes: Uint8Array): boolean {
  return bytes.length < sequenceLength(bytes[0]!) && bytes.subarray(1).every((byte) => byte >> 6 === 0b10);
}

/** Bytes of a UTF-8 sequence, by its first byte; 1 for a byte that begins none. */
function sequenceLength(first: number): number {
  if (first >= 0xf0) return first < 0xf8 ? SEQUENCE_BYTES : 1;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
