export { readLines } from '../read-lines.ts';
export { type ReplayCount, type ReplayOptions, replayFile, replayLog } from './replay.ts';
