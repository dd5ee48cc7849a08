/** Whether something that the writer depends on is there; tells each change once. */
import type { Clock } from '../clock.ts';

/** A reason that is another one is told after this time: the first seconds of an outage have several. */
const RETELL_MS = 60_000;

/** What happens at a change. */
export interface PresenceEvents {
  onAway(reason: string): void;
  onBack(awayMs: number): void;
}

/** There until told otherwise. */
export class Presence {
  readonly #clock: Clock;
  readonly #events: PresenceEvents;
  #awaySince: number | undefined;
  #failedAt = 0;
  #told = { reason: '', at: 0 };

  constructor(clock: Clock, events: PresenceEvents) {
    this.#clock = clock;
    this.#events = events;
  }

  get isAway(): boolean {
    return this.#awaySince !== undefined;
  }

  /** It has failed. */
  away(reason: string): void {
    const now = this.#clock.now();
    this.#failedAt = now;
    const isNews = this.#awaySince === undefined || (reason !== this.#told.reason && now - this.#told.at >= RETELL_MS);
    this.#awaySince ??= now;
    if (!isNews) return;
    this.#told = { reason, at: now };
    this.#events.onAway(reason);
  }

  /** It has done something else: it is back where nothing has failed for that long. */
  backUnlessFailing(quietMs: number): void {
    if (this.#clock.now() - this.#failedAt >= quietMs) this.back();
  }

  /** It has done what was asked. */
  back(): void {
    if (this.#awaySince === undefined) return;
    const awayMs = this.#clock.now() - this.#awaySince;
    this.#awaySince = undefined;
    this.#events.onBack(awayMs);
  }
}
