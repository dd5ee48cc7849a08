/** Calls of tools as spans (https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp/#client): which tool, never its arguments or result. */
import { failSpan, type Telemetry } from '@iris/telemetry';
import type { ToolServer } from './tool-server.ts';

/** Wraps the server at an address. A call that its connection sends again is one span: the user waits for one answer. */
export function traceToolServer(server: ToolServer, url: string, telemetry: Telemetry): ToolServer {
  if (!telemetry.isOn) return server;
  const { hostname, port, protocol } = new URL(url);
  const where = {
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    'network.transport': 'tcp',
  };
  return {
    tools: server.tools,
    call(name, input, signal) {
      const attributes = {
        ...where,
        'mcp.method.name': 'tools/call',
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': name,
      };
      return telemetry.trace(`tools/call ${name}`, { kind: 'client', attributes }, async (span) => {
        const result = await server.call(name, input, signal);
        if (result.isError) failSpan(span, 'tool_error');
        return result;
      });
    },
  };
}
