/** `record-feedback`: tells the true class of a logged prediction. */
import type { DatasetSchema } from '@iris/dataset';
import { closed, object, REQUEST_ID } from './schemas.ts';
import { type Tool, WRITES_ONCE } from './tool.ts';

/** Makes the tool. */
export function createRecordFeedback(schema: DatasetSchema): Tool {
  return {
    name: 'record-feedback',
    title: 'Record feedback',
    description: `Tells the true ${schema.target} of a logged prediction; once, unless replace is true. Only on what a person has said it was.`,
    inputSchema: closed(
      object(
        {
          request_id: { ...REQUEST_ID, description: 'Of the prediction.' },
          label: { type: 'string', enum: schema.classes, description: 'What it was in fact.' },
          replace: { type: 'boolean', description: 'Whether a label that was given before gives way; false by default.' },
        },
        ['request_id', 'label'],
      ),
    ),
    outputSchema: object({ request_id: { type: 'string' }, label: { type: 'string', enum: schema.classes } }),
    annotations: WRITES_ONCE,
    call: async (args, api) => ({ data: await api.post<object>('/feedback', args), untrusted: true }),
  };
}
