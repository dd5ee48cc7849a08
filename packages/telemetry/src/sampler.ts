/** Which traces are recorded: the samplers of OTEL_TRACES_SAMPLER, which SDK 3 leaves to its user. */
import { TraceFlags } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import type { TelemetrySettings } from './settings.ts';

/**
 * Makes the sampler. A span with a link to a sampled span is sampled too: a batch of rows would otherwise be missing from the traces of
 * the requests that it is about.
 *
 * @param share of the traces, from 0 to 1, for those of a ratio.
 */
export function createSampler(name: TelemetrySettings['OTEL_TRACES_SAMPLER'], share: number): Sampler {
  const own = createRoot(name.replace('parentbased_', ''), share);
  const sampler = name.startsWith('parentbased_') ? new ParentBasedSampler({ root: own }) : own;
  return {
    shouldSample(context, traceId, spanName, kind, attributes, links) {
      const isLinked = links.some((link) => (link.context.traceFlags & TraceFlags.SAMPLED) !== 0);
      if (isLinked) return { decision: SamplingDecision.RECORD_AND_SAMPLED };
      return sampler.shouldSample(context, traceId, spanName, kind, attributes, links);
    },
    toString: () => `LinkedOr{${sampler}}`,
  };
}

function createRoot(name: string, share: number): Sampler {
  if (name === 'always_off') return new AlwaysOffSampler();
  return name === 'always_on' ? new AlwaysOnSampler() : new TraceIdRatioBasedSampler(share);
}
