/** Where a command writes. */

/** A stream to show progress on, such as `process.stderr`. */
export type ProgressStream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Results go to `stdout`; progress and errors to `stderr`. */
export interface Output {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: ProgressStream;
}
