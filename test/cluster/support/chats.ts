/** Questions to the agents, asked from a pod as the web client asks them. */
import { clientPod } from './pods.ts';
import type { Suite } from './suite.ts';

const CLIENT = 'asker';
/** Questions under way at a time. */
const AT_ONCE = 20;

/** Each on a connection of its own, so that every agent gets its share; none is asked again. */
const ASK = `
const { request } = require('node:http');
const [url, total, atOnce] = process.argv.slice(1);
const answers = {};
const failures = [];
let left = Number(total);
const body = JSON.stringify({ messages: [{ id: 'q', role: 'user', parts: [{ type: 'text', text: 'species for 5.1 3.5 1.4 0.2?' }] }] });
const ask = () => new Promise((resolve, reject) => {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  request(url, { method: 'POST', agent: false, headers, timeout: 60000 }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (piece) => { text += piece; }).once('error', reject).once('end', () => {
      const good = response.statusCode === 200 && text.includes('"tool-output-available"') && /predicts setosa/.test(text) && text.trimEnd().endsWith('[DONE]');
      good ? resolve() : reject(new Error(response.statusCode + ' ' + text.slice(-300)));
    });
  }).once('error', reject).once('timeout', function () { this.destroy(new Error('no answer within 60 s')); }).end(body);
});
const work = async () => { while (left-- > 0) await ask().then(() => { answers.good = (answers.good ?? 0) + 1; }, (error) => failures.push(error.message)); };
Promise.all(Array.from({ length: Number(atOnce) }, work)).then(() => console.log(JSON.stringify({ answered: answers.good ?? 0, failures: failures.slice(0, 10) })));
`;

/** What came of them. */
export interface Chats {
  /** Those answered with a prediction from a tool call. */
  readonly answered: number;
  /** The first failures, in words. */
  readonly failures: readonly string[];
}

/** Makes the pod that asks; the policies take it for a web client. */
export async function createAsker(suite: Suite): Promise<void> {
  await suite.create(clientPod(CLIENT, { labels: { 'mlops-agent-client': 'true' } }));
  await suite.kubectl('wait', '--for=condition=Ready', `pod/${CLIENT}`, '--timeout=60s');
}

/** Asks so many questions, each of which takes a call of the tool `predict`. */
export async function askAgents(suite: Suite, total: number): Promise<Chats> {
  const url = 'http://mlops-agent-svc:8000/chat';
  return JSON.parse(await suite.exec(`pod/${CLIENT}`, ['node', '-e', ASK, url, String(total), String(AT_ONCE)]));
}
