/** The tracing of this process: opened by the program that serves, used by the pages' code, which Next bundles apart from it. */
import { NO_TELEMETRY, type Telemetry } from '@iris/telemetry/telemetry';

const KEY = Symbol.for('iris.telemetry');
const shared = globalThis as { [KEY]?: Telemetry };

/** Lets the pages' code have it. */
export function shareTelemetry(telemetry: Telemetry): void {
  shared[KEY] = telemetry;
}

/** The tracing that was shared; none before. */
export function sharedTelemetry(): Telemetry {
  return shared[KEY] ?? NO_TELEMETRY;
}
