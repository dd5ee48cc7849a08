export { type ReplayCount, type ReplayOptions, replayFile, replayLog } from './replay.ts';
