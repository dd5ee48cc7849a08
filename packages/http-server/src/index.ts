export { type CorsPolicy, writeCorsHeaders } from './cors.ts';
export { problemDocument, RETRY_AFTER_S } from './raw-answers.ts';
export { type Running, runServer } from './run-server.ts';
export { createHttpServer, type HttpServer, type HttpServerOptions, type RequestHandler } from './server.ts';
export { createTokenBucket, type TokenBucket } from './token-bucket.ts';
