/** Lines of standard input, one at a time, read when they are asked for: a question with its answer piped in needs the input too. */
import { createInterface, type Interface } from 'node:readline';

/** Where lines come from. */
export interface Input {
  /** Shows the prompt and gives the next line; undefined at the end of the input. */
  next(prompt: string): Promise<string | undefined>;
  close(): void;
}

interface Streams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
}

/** Reads from these streams, from the first line that is asked for. */
export function readInput({ stdin, stdout }: Streams): Input {
  let lines: Interface | undefined;
  let iterator: AsyncIterator<string> | undefined;
  let isClosed = false;
  return {
    async next(prompt) {
      if (isClosed) return undefined;
      lines ??= createInterface({ input: stdin, output: stdout });
      iterator ??= lines[Symbol.asyncIterator]();
      stdout.write(prompt);
      const { done, value } = await iterator.next();
      return done ? undefined : value;
    },
    close() {
      isClosed = true;
      lines?.close();
    },
  };
}
