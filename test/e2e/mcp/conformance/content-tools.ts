/** Fixture tools whose results have each kind of content, and those that tell something before they end. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CallToolResult, fromJsonSchema, type McpServer, type ServerContext } from '@modelcontextprotocol/server';

/** The smallest image and sound of their formats. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const WAV = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';
/** Between two messages of a tool, so that they are seen one by one. */
const PAUSE_MS = 50;

/** The smallest image, for other fixtures too. */
export const IMAGE = { type: 'image', data: PNG, mimeType: 'image/png' } as const;

/** A result of one text. */
export function text(words: string): CallToolResult {
  return { content: [{ type: 'text', text: words }] };
}

/** A schema of arguments that are all strings. */
export function strings(...names: readonly string[]) {
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  return fromJsonSchema<Record<string, string>>({ type: 'object', properties, required: [...names] });
}

function resource(uri: string) {
  return { type: 'resource', resource: { uri, mimeType: 'text/plain', text: 'A resource within a result.' } } as const;
}

const none = { description: 'A fixture of the conformance suite.', inputSchema: strings() };

const RESULTS: Readonly<Record<string, CallToolResult>> = {
  test_simple_text: text('A text.'),
  test_image_content: { content: [IMAGE] },
  test_audio_content: { content: [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }] },
  test_embedded_resource: { content: [resource('test://embedded-resource')] },
  test_multiple_content_types: {
    content: [{ type: 'text', text: 'A text, an image and a resource:' }, IMAGE, resource('test://mixed-content-resource')],
  },
  // Its stream carries this answer only: the server asks nothing by itself.
  test_streaming_elicitation: text('Nothing was asked.'),
};

/** Registers them. */
export function registerContentTools(server: McpServer): void {
  for (const [name, result] of Object.entries(RESULTS)) server.registerTool(name, none, () => result);
  server.registerTool('test_error_handling', none, () => {
    throw new Error('This tool always fails.');
  });
  server.registerTool('test_tool_with_progress', none, async (_args, context) => {
    for (const progress of [0, 50, 100]) await reportProgress(context, progress);
    return text('Done.');
  });
  server.registerTool('test_tool_with_logging', none, async (_args, { mcpReq }) => {
    for (const words of ['Begun.', 'In the middle.', 'At the end.']) {
      await mcpReq.log('info', words);
      await sleep(PAUSE_MS);
    }
    return text('Done.');
  });
  server.registerTool('test_logging_tool', none, async (_args, { mcpReq }) => {
    await mcpReq.log('info', 'A line of the log.');
    return text('Done.');
  });
  server.registerTool(
    'json_schema_2020_12_tool',
    {
      description: 'Has a schema of the 2020-12 dialect.',
      inputSchema: fromJsonSchema({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
        properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
        additionalProperties: false,
      }),
    },
    () => text('Done.'),
  );
}

async function reportProgress({ mcpReq }: ServerContext, progress: number): Promise<void> {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return;
  await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
  await sleep(PAUSE_MS);
}
