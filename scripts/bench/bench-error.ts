/** A problem that one line explains. */
export class BenchError extends Error {}
