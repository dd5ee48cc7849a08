/** The words of a command line, with Node's own reader. */
import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * Reads the arguments after a program's name.
 *
 * @param failure makes the error of a command line that does not fit, from one sentence without its point.
 * @throws what `failure` gives.
 */
export function readArguments<const Config extends ParseArgsConfig>(
  config: Config,
  failure: (sentence: string) => Error,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node's messages go on with advice about positional arguments.
    const [sentence = ''] = (error as Error).message.split(/\. |\n/);
    throw failure(sentence.replace(/\.$/, ''));
  }
}
