/** Rows that the store can never keep: written as dead letters, else given to the last resort, and counted. */
import { type Batch, batchOf } from '../batch.ts';
import { type DeadLetters, explainedLines } from '../dead-letters-port.ts';
import type { Prediction } from '../port.ts';
import type { Counts } from './counts.ts';
import type { WriterEvent } from './events.ts';

/** Where to, and whom to tell. */
export interface SetAsideOptions {
  readonly deadLetters: DeadLetters | undefined;
  readonly lastResort: ((lines: readonly string[]) => void) | undefined;
  readonly counts: Counts;
  onEvent(event: WriterEvent): void;
}

/** The way aside. */
export class SetAside {
  readonly #options: SetAsideOptions;
  #pending: Promise<void> = Promise.resolve();

  constructor(options: SetAsideOptions) {
    this.#options = options;
  }

  /** Resolves once the rows stand elsewhere, or are counted as dropped; never rejects. */
  async keep(batch: Batch, { message }: Error): Promise<void> {
    const { counts, onEvent } = this.#options;
    const { rows } = batch;
    counts.lastError = message;
    const failure = await this.#write(batch, message);
    if (failure === undefined) {
      counts.setAside += rows;
      onEvent({ kind: 'set-aside', rows, reason: message });
    } else {
      counts.dropped += rows;
      onEvent({ kind: 'dropped', rows, reason: `${message}; they cannot be set aside: ${failure}` });
    }
  }

  /** The same for a prediction that has no line, as far as it can be written down at all. */
  keepPrediction(prediction: Prediction, error: Error): void {
    const text = JSON.stringify(prediction, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    this.#pending = Promise.all([this.#pending, this.keep(batchOf([text]), error)]).then(() => undefined);
  }

  /** The end of all that is being written. */
  settled(): Promise<void> {
    return this.#pending;
  }

  /** The reason why it could not be written; undefined when it was. */
  async #write(batch: Batch, reason: string): Promise<string | undefined> {
    const { deadLetters, lastResort } = this.#options;
    try {
      if (deadLetters) {
        await deadLetters.keep(batch, reason);
        return undefined;
      }
    } catch (error) {
      if (!lastResort) return (error as Error).message;
    }
    try {
      if (!lastResort) return 'there is no place for them';
      lastResort(explainedLines(batch, { reason }));
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }
}
