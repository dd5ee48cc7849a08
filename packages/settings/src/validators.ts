/** Validators for the kinds of setting that envalid does not bring. */
import { EnvError, makeExactValidator, makeValidator } from 'envalid';
import { Secret } from './secret.ts';

/** A whole number from `min` to `max`, both included. */
export function wholeNumber({ min, max }: { readonly min: number; readonly max: number }) {
  return makeValidator<number>((input) => {
    const value = Number(input);
    if (!/^\d+$/.test(input) || value < min || value > max) throw new EnvError(`must be a whole number from ${min} to ${max}`);
    return value;
  });
}

/** One of the given words, in any case; the value is lower-case. */
export function word<const W extends string>(words: readonly W[]) {
  return makeExactValidator<W>((input) => {
    const found = words.find((candidate) => candidate === input.toLowerCase());
    if (found === undefined) throw new EnvError(`must be one of ${words.join(', ')}`);
    return found;
  });
}

/**
 * A value that prints as `[redacted]`. White space around it is refused: a blank one would protect nothing, and one read from a file with
 * its line end could never be given, because HTTP trims header fields (RFC 9110, 5.5).
 */
export const secret = makeExactValidator<Secret>((input) => {
  if (input.trim() === '') throw new EnvError('must not be blank');
  if (input.trim() !== input) throw new EnvError('must not begin or end with white space');
  return new Secret(input);
});
