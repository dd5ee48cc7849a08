/** Settings of tests: spans are sent at once. */
import { readSettings } from '@iris/settings';
import { pino } from 'pino';
import type { TelemetryOwner } from './open-telemetry.ts';
import { TELEMETRY_SETTINGS, telemetryFaults } from './settings.ts';

/** The settings of that environment. */
export function readTelemetrySettings(environment: Readonly<Record<string, string>>) {
  return readSettings(TELEMETRY_SETTINGS, { OTEL_BSP_SCHEDULE_DELAY: '1', ...environment }, telemetryFaults);
}

/** An owner with the logger that the programs have, and the lines that it writes. */
export function createTestOwner(): TelemetryOwner & { readonly lines: string[] } {
  const lines: string[] = [];
  const logger = pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) });
  return { service: 'test', version: '1.2.3', instance: 'host-1', logger, lines };
}
