/** Asks the person at the terminal before a tool writes. */
import type { Language } from '../turn/language.ts';
import type { Approve, Write } from './converse.ts';
import type { Input } from './input.ts';

const QUESTION: Readonly<Record<Language, string>> = {
  en: 'This writes. Shall it be done? [y/N] ',
  fr: 'Cela écrit. D’accord ? [o/N] ',
};
const YES = /^(?:y|yes|o|oui)$/i;

/** Whatever is not a clear yes, the end of the input among it, is a no. */
export function approveBy(input: Input, write: Write): Approve {
  return async function approve(_call, language) {
    const line = await input.next(QUESTION[language]);
    if (line === undefined) write('\n');
    return YES.test(line?.trim() ?? '');
  };
}
