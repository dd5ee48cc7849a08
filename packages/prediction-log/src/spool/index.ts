export { type DeadLettersOptions, listDeadLetters, openDeadLetters } from './dead-letters.ts';
export { type FileSpoolOptions, openFileSpool } from './file-spool.ts';
