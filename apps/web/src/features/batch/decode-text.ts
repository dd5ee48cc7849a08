/** Bytes of a file as text: what spreadsheets save under the name of CSV is not always UTF-8. */

/** Encodings that are understood. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
  /** Whether the file began with a byte order mark. */
  readonly marked: boolean;
}

/** Decodes by the byte order mark; without one as UTF-8, and what is not UTF-8 as Windows-1252, in which every byte is a character. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const mark = markOf(bytes);
  if (mark) return { text: new TextDecoder(mark).decode(bytes), encoding: mark, marked: true };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8', marked: false };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252', marked: false };
  }
}

function markOf([first, second, third]: Uint8Array): Encoding | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}
