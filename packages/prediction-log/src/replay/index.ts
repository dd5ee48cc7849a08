export { type ReplayCount, type ReplayOptions, replayFile, replayLines } from './replay.ts';
