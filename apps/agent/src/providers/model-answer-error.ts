/** A language-model server answered, and what it said is no answer. */
export class ModelAnswerError extends Error {
  readonly code = 'MODEL_ANSWER_UNUSABLE';

  constructor(message: string) {
    super(message);
    this.name = 'ModelAnswerError';
  }
}
