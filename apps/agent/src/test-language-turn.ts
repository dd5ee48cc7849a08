/** A turn with a language-model server of some habit. */
import { readConfig } from './config.ts';
import { createModel } from './providers/create-model.ts';
import { failureReason } from './providers/failure-reason.ts';
import { ask, finishTurn, turnDependencies } from './test-app.ts';
import { type Habit, startLanguageServer } from './test-language-server.ts';
import { createTestTools, IRIS } from './test-tools.ts';

/** Runs a turn; gives what was said, called and asked, and the reasons of failures. */
export async function turnWith(habit: Habit, settings: Readonly<Record<string, string>> = {}, path = '/v1') {
  const language = await startLanguageServer(habit);
  const config = readConfig({
    LLM_PROVIDER: 'openai-compatible',
    LLM_MODEL: 'm',
    LLM_BASE_URL: `${language.url}${path}`,
    ...settings,
  });
  const server = createTestTools(IRIS);
  const turn = turnDependencies({ server, model: createModel(config, () => new Date()), limits: config });
  const { text, answer } = await finishTurn(turn, [ask('which species has 5.1 3.5 1.4 0.2 ?')]).finally(language.close);
  const reasons = turn.events.flatMap((each) => (each.kind === 'model failed' ? [failureReason(each.error, config)] : []));
  const texts = answer.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return { text, texts, reasons, calls: server.calls, asked: language.asked, events: turn.events };
}
