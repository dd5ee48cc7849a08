export { type DeadLettersOptions, listDeadLetters, openDeadLetters } from './dead-letters.ts';
export { countSpooled, eraseDeadLetters, type LinesOf } from './erase-lines.ts';
export { type FileSpoolOptions, openFileSpool } from './file-spool.ts';
