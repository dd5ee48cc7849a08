export { problemDocument, RETRY_AFTER_S } from './raw-answers.ts';
export { createHttpServer, type HttpServer, type HttpServerOptions, type RequestHandler } from './server.ts';
