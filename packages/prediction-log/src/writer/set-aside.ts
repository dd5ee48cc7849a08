/** Rows that the store can never keep: written as dead letters, else given to the last resort, and counted. */
import { type Batch, batchOf } from '../batch.ts';
import { type DeadLetters, explainedLines } from '../dead-letters-port.ts';
import type { Prediction } from '../port.ts';
import type { Ledger } from './ledger.ts';

/** Where to. */
export interface SetAsideOptions {
  readonly deadLetters?: DeadLetters;
  readonly lastResort?: (lines: readonly string[]) => void;
}

/** The way aside. */
export class SetAside {
  readonly #ledger: Ledger;
  readonly #options: SetAsideOptions;
  #pending: Promise<void> = Promise.resolve();

  constructor(ledger: Ledger, options: SetAsideOptions) {
    this.#ledger = ledger;
    this.#options = options;
  }

  /** Resolves once the rows stand elsewhere, or are counted as dropped; never rejects. */
  async keep(batch: Batch, { message }: Error): Promise<void> {
    const { rows } = batch;
    this.#ledger.counts.lastError = message;
    const failure = await this.#write(batch, message);
    if (failure === undefined) {
      this.#ledger.counts.setAside += rows;
      this.#ledger.tell({ kind: 'set-aside', rows, reason: message });
    } else {
      this.#ledger.drop(rows, `${message}; they cannot be set aside: ${failure}`);
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
