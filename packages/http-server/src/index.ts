export { clientOf } from './client-address.ts';
export { type CorsPolicy, writeCorsHeaders } from './cors.ts';
export { nestsDeeperThan } from './json-depth.ts';
export { largestClient } from './largest-client.ts';
export { oncePerTurn } from './once-per-turn.ts';
export { problemDocument, RETRY_AFTER_S } from './raw-answers.ts';
export { type Running, runServer } from './run-server.ts';
export { createHttpServer, type HttpServer, type HttpServerOptions, type RequestHandler } from './server.ts';
export { createTokenBucket, type TokenBucket } from './token-bucket.ts';
