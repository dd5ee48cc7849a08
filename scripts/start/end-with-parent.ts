/** Preloaded into each program that `npm start` runs: ends it in good order when its parent is gone, even by SIGKILL. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel to the parent is there for its end alone, and must not keep a program alive that is done.
process.channel?.unref();
