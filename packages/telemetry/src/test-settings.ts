/** Settings of tests: spans are sent at once. */
import { readSettings } from '@iris/settings';
import type { TelemetryOwner } from './open-telemetry.ts';
import { TELEMETRY_SETTINGS, telemetryFaults } from './settings.ts';

/** The settings of that environment. */
export function readTelemetrySettings(environment: Readonly<Record<string, string>>) {
  return readSettings(TELEMETRY_SETTINGS, { OTEL_BSP_SCHEDULE_DELAY: '1', ...environment }, telemetryFaults);
}

/** An owner, and the lines that it is told. */
export function createTestOwner(): TelemetryOwner & { readonly lines: string[] } {
  const lines: string[] = [];
  const say = (fields: object, message: string) => void lines.push(`${JSON.stringify(fields)} ${message}`);
  return { service: 'test', version: '1.2.3', instance: 'host-1', logger: { info: say, warn: say }, lines };
}
