/** Calls of tools as spans (https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp/#server): which tool, never its arguments or result. */
import { type Carrier, failSpan } from '@iris/telemetry';
import type { ServerParts } from '../server.ts';

/** Longest name that is shown: whoever calls can make one up. */
const MAX_NAME = 64;

interface Call {
  readonly name: string;
  readonly _meta?: Readonly<Record<string, unknown>> | undefined;
}

/** Answers a call within a span. It continues the trace that the message names in `_meta`, else that of the request that brought it. */
export function traceCall<T extends { readonly isError?: boolean | undefined }>(
  { telemetry, transport }: Pick<ServerParts, 'telemetry' | 'transport'>,
  { name, _meta = {} }: Call,
  work: () => Promise<T>,
): Promise<T> {
  if (!telemetry.isOn) return work();
  const tool = name.slice(0, MAX_NAME);
  const options = {
    kind: 'server' as const,
    attributes: {
      'mcp.method.name': 'tools/call',
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': tool,
      'network.transport': transport,
    },
    ...('traceparent' in _meta && { from: _meta as Carrier }),
  };
  return telemetry.trace(`tools/call ${tool}`, options, async (span) => {
    const result = await work();
    if (result.isError === true) failSpan(span, 'tool_error');
    return result;
  });
}
