/** Starts tracing where the settings name a collector. */
import type { TelemetrySettings } from './settings.ts';
import { NO_TELEMETRY, type Telemetry } from './telemetry.ts';

/** Who traces, and whom it is told when the collector is away. */
export interface TelemetryOwner {
  /** `service.name` unless the settings name another: `iris-api`. */
  readonly service: string;
  readonly version?: string;
  /** Name of this pod or host: `service.instance.id`. */
  readonly instance: string;
  readonly logger: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

/**
 * Gives the tracing of a process.
 *
 * Only with a collector is the SDK loaded, which is a file of its own in the bundles: without one it costs neither time nor memory.
 */
export async function openTelemetry(settings: TelemetrySettings, owner: TelemetryOwner): Promise<Telemetry> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: disabled } = settings;
  if (endpoint === undefined || disabled) return NO_TELEMETRY;
  const { startTracing } = await import('./tracing-sdk.ts');
  return startTracing({ ...settings, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, owner);
}
