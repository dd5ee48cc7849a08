/** Fixture resources and prompts. */
import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { IMAGE, strings } from './content-tools.ts';

const WATCHED = 'test://watched-resource';

/** Registers them. */
export function registerDocuments(server: McpServer): void {
  const plain = (uri: string) => ({ contents: [{ uri, mimeType: 'text/plain', text: 'A text.' }] });
  server.registerResource('static-text', 'test://static-text', { mimeType: 'text/plain' }, ({ href }) => plain(href));
  server.registerResource('watched-resource', WATCHED, { mimeType: 'text/plain' }, ({ href }) => plain(href));
  server.registerResource('static-binary', 'test://static-binary', { mimeType: 'image/png' }, ({ href }) => ({
    contents: [{ uri: href, mimeType: 'image/png', blob: IMAGE.data }],
  }));
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined });
  server.registerResource('template', template, { mimeType: 'application/json' }, ({ href }, { id }) => ({
    contents: [{ uri: href, mimeType: 'application/json', text: JSON.stringify({ id, data: `Data of ${String(id)}` }) }],
  }));
  registerPrompts(server);
  // Subscriptions of 2025 are taken, and nothing ever changes.
  server.server.setRequestHandler('resources/subscribe', () => ({}));
  server.server.setRequestHandler('resources/unsubscribe', () => ({}));
  server.server.setRequestHandler('completion/complete', () => ({ completion: { values: [], hasMore: false } }));
}

function registerPrompts(server: McpServer): void {
  const said = (text: string) => ({ role: 'user', content: { type: 'text', text } }) as const;
  server.registerPrompt('test_simple_prompt', { description: 'A prompt.' }, () => ({ messages: [said('A prompt.')] }));
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'Takes arguments.', argsSchema: strings('arg1', 'arg2') },
    ({ arg1, arg2 }) => ({
      messages: [said(`With '${arg1}' and '${arg2}'.`)],
    }),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'Takes arguments.', argsSchema: strings('resourceUri') },
    ({ resourceUri }) => ({
      messages: [
        {
          role: 'user',
          content: { type: 'resource', resource: { uri: resourceUri!, mimeType: 'text/plain', text: 'A resource.' } },
        },
        said('What does it say?'),
      ],
    }),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'An image.' }, () => ({
    messages: [{ role: 'user', content: IMAGE }, said('What does it show?')],
  }));
}
