/** Splits text that comes in chunks into lines, in constant memory whatever the lines' length. */

/** Longer lines are handed on cut, so that they fail to parse instead of filling memory. */
export const MAX_LINE_CHARS = 65_536;

/** Lines of one text. */
export interface LineSplitter {
  /** The lines that the text completes, without their ends. */
  split(text: string): string[];
  /** The last line, which needs no end; undefined when there is none. */
  end(): string | undefined;
}

/** Makes a splitter; a line ends with LF, CRLF, or CR, which old files have. */
export function createLineSplitter(): LineSplitter {
  let rest = '';
  /** The chunk before ended with CR: an LF that follows belongs to it. */
  let endedWithReturn = false;
  return {
    split(given) {
      let text = endedWithReturn && given.startsWith('\n') ? given.slice(1) : given;
      if (given !== '') endedWithReturn = given.endsWith('\r');
      if (text.includes('\r')) text = text.replaceAll(/\r\n?/g, '\n');
      const lines = text.split('\n');
      lines[0] = rest + lines[0]!;
      rest = lines.pop()!.slice(0, MAX_LINE_CHARS);
      return lines;
    },
    end: () => (rest === '' ? undefined : rest),
  };
}
