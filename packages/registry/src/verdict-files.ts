/** A verdict as the files in a version's folder. */
import type { Verdict } from './verdict.ts';
import { formatVerdict } from './verdict-markdown.ts';

/** The one that programs read. */
export const VERDICT_FILE = 'verdict.json';

/** Text of each file by its name: one for programs, one for people. */
export function verdictFiles(verdict: Verdict): Readonly<Record<string, string>> {
  return { [VERDICT_FILE]: `${JSON.stringify(verdict, null, 2)}\n`, 'verdict.md': formatVerdict(verdict) };
}
