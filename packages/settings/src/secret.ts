/** A value that must not reach a log: it prints as `[redacted]` wherever it is printed. */

const REDACTED = '[redacted]';

/** Holds a secret string; only `reveal` gives it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself. Call it where the secret is used, not where it is passed on. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  /** Read by `util.inspect` and therefore by `console.log`. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
