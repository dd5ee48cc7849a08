export { type FileSpoolOptions, openFileSpool } from './file-spool.ts';
