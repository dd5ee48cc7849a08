/** Names of spool files: `<owner>.<number>.jsonl` with rows, `<owner>.lease` as the sign that the owner lives. */
import { join } from 'node:path';

/** Digits of a segment's number: names sort by age. */
const NUMBER_DIGITS = 12;
const FIRST_NUMBER = 5e11;

/** Numbers for segments behind all others and before all others. */
export class SegmentNumbers {
  #next = FIRST_NUMBER;
  #first = FIRST_NUMBER;

  /** The number for a segment behind all others. */
  behind(): number {
    return this.#next++;
  }

  /** The number for a segment before all others. */
  before(): number {
    return --this.#first;
  }
}

/** Path of a segment. */
export function segmentPath(directory: string, owner: string, number: number): string {
  return join(directory, `${owner}.${String(number).padStart(NUMBER_DIGITS, '0')}.jsonl`);
}

/** Path of an owner's lease. */
export function leasePath(directory: string, owner: string): string {
  return join(directory, `${owner}.lease`);
}

/** The owner of a segment file; undefined for other files. */
export function segmentOwner(fileName: string): string | undefined {
  return /^(.+)\.\d{12}\.jsonl$/.exec(fileName)?.[1];
}
