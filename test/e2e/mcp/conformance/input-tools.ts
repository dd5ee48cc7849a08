/** Fixture tools that need something of the client: by results that ask for it (2026-07-28), or by requests of the server (2025, with a session). */
import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  type CreateMessageRequestParams,
  createRequestStateCodec,
  type InputRequests,
  inputRequired,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { strings, text } from './content-tools.ts';

type Asked = Readonly<Record<string, 'elicitation' | 'sampling' | 'roots'>>;

const PREFIX = 'test_input_required_result_';
const none = { description: 'Asks the client.', inputSchema: strings() };

/** State that goes to the client and comes back is signed: a changed one is refused. */
export const STATE = createRequestStateCodec<string>({ key: 'a key for the fixtures, of at least 32 bytes' });

/** Registers them. */
export function registerInputTools(server: McpServer): void {
  ask(server, 'elicitation', { user_name: 'elicitation' });
  ask(server, 'sampling', { capital_question: 'sampling' });
  ask(server, 'list_roots', { client_roots: 'roots' });
  ask(server, 'multiple_inputs', { user_name: 'elicitation', greeting: 'sampling', client_roots: 'roots' }, 'asked');
  ask(server, 'request_state', { confirm: 'elicitation' }, 'state-ok');
  ask(server, 'tampered_state', { confirm: 'elicitation' }, 'state-ok');
  server.registerTool(`${PREFIX}multi_round`, none, async (_args, context) => {
    const state = context.mcpReq.requestState<string>();
    const answer = (key: string) => acceptedContent(context.mcpReq.inputResponses, key);
    if (state === 'second' && answer('step2')) return text('Both questions are answered.');
    if (state === 'first' && answer('step1')) return question({ step2: 'elicitation' }, context, 'second');
    return question({ step1: 'elicitation' }, context, 'first');
  });
  server.registerTool(`${PREFIX}capabilities`, none, (_args, context) => {
    if (context.mcpReq.inputResponses) return text('Answered.');
    const declared = capabilitiesOf(context);
    const kinds = { user_name: 'elicitation', greeting: 'sampling', client_roots: 'roots' } as const;
    return question(Object.fromEntries(Object.entries(kinds).filter(([, kind]) => kind in declared)), context);
  });
  server.registerTool('test_missing_capability', none, (_args, context) => question({ greeting: 'sampling' }, context));
  registerAskingTools(server);
  server.registerPrompt(`${PREFIX}prompt`, { description: 'Asks the client first.' }, (context) => {
    const given = acceptedContent(context.mcpReq.inputResponses, 'user_context');
    if (!given) return question({ user_context: 'elicitation' }, context);
    return { messages: [{ role: 'user', content: { type: 'text', text: `Known: ${JSON.stringify(given)}` } }] };
  });
}

/** A tool that asks once and is content with any answer; with a state it wants that back too. */
function ask(server: McpServer, name: string, asked: Asked, state?: string): void {
  server.registerTool(PREFIX + name, none, (_args, context) => {
    const { inputResponses = {}, requestState } = context.mcpReq;
    const complete = Object.keys(asked).every((key) => key in inputResponses) && requestState<string>() === state;
    return complete ? text(state ?? 'Answered.') : question(asked, context, state);
  });
}

async function question(asked: Asked, context: ServerContext, state?: string) {
  const inputRequests: InputRequests = {};
  for (const [key, kind] of Object.entries(asked)) inputRequests[key] = requestOf(kind);
  return inputRequired({ inputRequests, ...(state !== undefined && { requestState: await STATE.mint(state, context) }) });
}

function requestOf(kind: Asked[string]) {
  if (kind === 'roots') return inputRequired.listRoots();
  if (kind === 'sampling') return inputRequired.createMessage(samplingOf('What is the capital of France?'));
  return inputRequired.elicit({ message: 'What is your name?', requestedSchema: schemaOf({ name: { type: 'string' } }) });
}

function samplingOf(words: string): CreateMessageRequestParams {
  return { messages: [{ role: 'user', content: { type: 'text', text: words } }], maxTokens: 100 };
}

function capabilitiesOf({ mcpReq }: ServerContext): object {
  const envelope = (mcpReq.envelope ?? {}) as Readonly<Record<string, unknown>>;
  return (envelope[CLIENT_CAPABILITIES_META_KEY] ?? {}) as object;
}

/** What a server without sessions cannot do: expected-failures.yaml says why. They are here so that it is seen. */
function registerAskingTools(server: McpServer): void {
  server.registerTool('test_sampling', { ...none, inputSchema: strings('prompt') }, async ({ prompt }, { mcpReq }) => {
    const { content } = await mcpReq.requestSampling(samplingOf(prompt!));
    return text(`The model says: ${JSON.stringify(content)}`);
  });
  const elicit = (name: string, properties: Readonly<Record<string, object>>) =>
    server.registerTool(name, none, async (_args, { mcpReq }) => {
      return text(
        JSON.stringify(await mcpReq.elicitInput({ message: 'Please fill in.', requestedSchema: schemaOf(properties) })),
      );
    });
  elicit('test_elicitation', { response: { type: 'string' } });
  elicit('test_elicitation_sep1034_defaults', { name: { type: 'string', default: 'John Doe' } });
  elicit('test_elicitation_sep1330_enums', { choice: { type: 'string', enum: ['a', 'b'] } });
}

function schemaOf(properties: Readonly<Record<string, object>>) {
  // The protocol's types list each primitive schema; these are such.
  return { type: 'object', properties, required: Object.keys(properties) } as {
    type: 'object';
    properties: Record<string, { type: 'string' }>;
    required: string[];
  };
}
