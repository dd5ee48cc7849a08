export { traceRequest } from './http/client.ts';
export { nameRoutes } from './http/fastify.ts';
export { traceHandler } from './http/server.ts';
export { openTelemetry, type TelemetryOwner } from './open-telemetry.ts';
export {
  type Attributes,
  type Carrier,
  failSpan,
  NO_TELEMETRY,
  type Span,
  type SpanContext,
  type StartOptions,
  type Telemetry,
  type TelemetryStats,
} from './telemetry.ts';
