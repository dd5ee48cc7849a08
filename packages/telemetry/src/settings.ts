/** The standard environment variables of OpenTelemetry that the programs obey (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). */
import { bool, httpUrlFaults, type Secret, type SettingFault, secret, str, wholeNumber, word } from '@iris/settings';
import { parsePairs } from './pairs.ts';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
const milliseconds = wholeNumber({ min: 1, max: 3_600_000 });

/** They are part of the settings of each program. */
export const TELEMETRY_SETTINGS = {
  OTEL_EXPORTER_OTLP_ENDPOINT: str({ default: undefined, desc: 'Collector of traces, such as http://localhost:4318' }),
  OTEL_EXPORTER_OTLP_HEADERS: secret({ default: undefined, desc: 'Header fields for the collector: name=value,name=value' }),
  OTEL_EXPORTER_OTLP_PROTOCOL: word(['http/protobuf'])({ default: 'http/protobuf', desc: 'The one that is spoken' }),
  OTEL_EXPORTER_OTLP_TIMEOUT: milliseconds({ default: 10_000, desc: 'Longest wait for the collector, attempts included, in ms' }),
  OTEL_SERVICE_NAME: str({ default: undefined, desc: 'Name of the service in traces; the program’s own by default' }),
  OTEL_RESOURCE_ATTRIBUTES: str({ default: undefined, desc: 'Further attributes of the service: name=value,name=value' }),
  OTEL_TRACES_SAMPLER: word(SAMPLERS)({ default: 'parentbased_always_on', desc: 'Which traces are recorded' }),
  OTEL_TRACES_SAMPLER_ARG: str({ default: '1', desc: 'Share of the traces, from 0 to 1, for the samplers of a ratio' }),
  OTEL_BSP_SCHEDULE_DELAY: milliseconds({
    default: 5000,
    desc: 'Longest time that spans wait for others to be sent with, in ms',
  }),
  OTEL_SDK_DISABLED: bool({ default: false, desc: 'true: no traces, whatever the others say' }),
} as const;

/** The settings as a program reads them. */
export interface TelemetrySettings {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT: string | undefined;
  readonly OTEL_EXPORTER_OTLP_HEADERS: Secret | undefined;
  readonly OTEL_EXPORTER_OTLP_TIMEOUT: number;
  readonly OTEL_SERVICE_NAME: string | undefined;
  readonly OTEL_RESOURCE_ATTRIBUTES: string | undefined;
  readonly OTEL_TRACES_SAMPLER: (typeof SAMPLERS)[number];
  readonly OTEL_TRACES_SAMPLER_ARG: string;
  readonly OTEL_BSP_SCHEDULE_DELAY: number;
  readonly OTEL_SDK_DISABLED: boolean;
}

/** What is wrong with them together. */
export function telemetryFaults(settings: Partial<TelemetrySettings>): SettingFault[] {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share = '1' } = settings;
  const isShare = /^\d*\.?\d+$/.test(share) && Number(share) <= 1;
  return [
    ...httpUrlFaults('OTEL_EXPORTER_OTLP_ENDPOINT', endpoint),
    ...pairFaults('OTEL_EXPORTER_OTLP_HEADERS', settings.OTEL_EXPORTER_OTLP_HEADERS?.reveal()),
    ...pairFaults('OTEL_RESOURCE_ATTRIBUTES', settings.OTEL_RESOURCE_ATTRIBUTES),
    ...(isShare ? [] : [{ key: 'OTEL_TRACES_SAMPLER_ARG', detail: 'must be a number from 0 to 1' }]),
  ];
}

function pairFaults(key: string, text: string | undefined): SettingFault[] {
  return parsePairs(text) === undefined ? [{ key, detail: 'must be name=value,name=value, with other characters as %XX' }] : [];
}
