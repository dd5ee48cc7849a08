/** What both learners of trees give. */
import type { Fit } from '../fit.ts';

/** A fit whose parameters are of one kind; an option whose word stands for no limit is left out. */
export interface TreesFit<Parameters> extends Omit<Fit, 'parameters'> {
  readonly parameters: Parameters;
}
