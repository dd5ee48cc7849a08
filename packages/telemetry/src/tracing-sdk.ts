/** Tracing by OpenTelemetry's SDK. The one module that loads it; nothing imports it but `openTelemetry`, once there is a collector. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT_CONTEXT, type Span, type SpanContext, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { TelemetryOwner } from './open-telemetry.ts';
import { parsePairs } from './pairs.ts';
import { extract, inject } from './propagation.ts';
import { createSampler } from './sampler.ts';
import { guardLogger, hearWarnings } from './sdk-warnings.ts';
import type { TelemetrySettings } from './settings.ts';
import { createSpanQueue } from './span-queue.ts';
import { failSpan, type StartOptions, type Telemetry } from './telemetry.ts';

/** Longest value of an attribute: a path of a hostile caller. */
const MAX_VALUE_LENGTH = 512;
/** What the collector may take for the last spans of a process. */
const SHUTDOWN_MS = 1000;
const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** Starts the SDK. Nothing is registered globally but who hears its warnings: whoever traces is handed the `Telemetry`. */
export function startTracing(
  settings: TelemetrySettings & { readonly OTEL_EXPORTER_OTLP_ENDPOINT: string },
  owner: TelemetryOwner,
): Telemetry {
  const logger = guardLogger(owner.logger);
  hearWarnings(logger);
  const exporter = new OTLPTraceExporter({
    url: `${settings.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, '')}/v1/traces`,
    headers: parsePairs(settings.OTEL_EXPORTER_OTLP_HEADERS?.reveal()) ?? {},
    timeoutMillis: settings.OTEL_EXPORTER_OTLP_TIMEOUT,
  });
  const queue = createSpanQueue(exporter, { delayMs: settings.OTEL_BSP_SCHEDULE_DELAY, logger });
  const provider = new TracerProvider({
    sampler: createSampler(settings.OTEL_TRACES_SAMPLER, Number(settings.OTEL_TRACES_SAMPLER_ARG)),
    resource: resourceFromAttributes({
      'service.name': owner.service,
      ...(owner.version !== undefined && { 'service.version': owner.version }),
      'service.instance.id': owner.instance,
      ...parsePairs(settings.OTEL_RESOURCE_ATTRIBUTES),
      ...(settings.OTEL_SERVICE_NAME !== undefined && { 'service.name': settings.OTEL_SERVICE_NAME }),
    }),
    spanLimits: { attributeValueLengthLimit: MAX_VALUE_LENGTH },
    spanProcessors: [queue.processor],
  });
  const tracer = provider.getTracer('iris');
  const storage = new AsyncLocalStorage<Span | undefined>();

  function startSpan(name: string, options: StartOptions = {}): Span {
    const { kind = 'internal', attributes = {}, links = [] } = options;
    const parent = parentOf(options, storage.getStore());
    const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
    return tracer.startSpan(
      name,
      { kind: KINDS[kind], attributes, links: links.map((linked) => ({ context: linked })) },
      context,
    );
  }

  const within: Telemetry['within'] = (span, work) => storage.run(span, work);
  return {
    isOn: true,
    startSpan,
    within,
    async trace(name, options, work) {
      const span = startSpan(name, options);
      try {
        return await within(span, () => work(span));
      } catch (error) {
        failSpan(span, errorType(error));
        throw error;
      } finally {
        span.end();
      }
    },
    active: () => storage.getStore(),
    propagation: () => inject(storage.getStore()?.spanContext()),
    logFields() {
      const context = storage.getStore()?.spanContext();
      if (!context || !isSampled(context)) return {};
      return { trace_id: context.traceId, span_id: context.spanId };
    },
    stats: queue.stats,
    shutDown: (limitMs = SHUTDOWN_MS) =>
      Promise.race([provider.shutdown().catch(() => undefined), sleep(limitMs, undefined, { ref: false })]),
  };
}

function parentOf({ from, parent }: StartOptions, active: Span | undefined): SpanContext | undefined {
  if (parent !== undefined) return parent ?? undefined;
  return from ? extract(from) : active?.spanContext();
}

function isSampled({ traceFlags }: SpanContext): boolean {
  return (traceFlags & TraceFlags.SAMPLED) !== 0;
}

function errorType(error: unknown): string {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : '_OTHER';
}
