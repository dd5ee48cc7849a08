/** Where a prediction stands among those of all files. */

/** Orders all lines: by time of writing, then file, then place in the file. */
export interface Position {
  /** Wall clock in milliseconds; never goes back within a file. */
  readonly writtenAt: number;
  /** The file's name without its ending. */
  readonly file: string;
  /** Byte at which the line begins. */
  readonly offset: number;
}

/** Negative when `a` was written before `b`. */
export function comparePositions(a: Position, b: Position): number {
  return a.writtenAt - b.writtenAt || compareText(a.file, b.file) || a.offset - b.offset;
}

/** The position as an id: text that sorts to nothing in particular. */
export function encodePosition({ writtenAt, file, offset }: Position): string {
  return `${writtenAt}.${offset}.${file}`;
}

/** The position of an id; undefined for other text. */
export function decodePosition(id: string): Position | undefined {
  const [, writtenAt, offset, file] = /^(\d{1,15})\.(\d{1,15})\.([\w-]{1,300})$/.exec(id) ?? [];
  if (file === undefined) return undefined;
  return { writtenAt: Number(writtenAt), offset: Number(offset), file };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
