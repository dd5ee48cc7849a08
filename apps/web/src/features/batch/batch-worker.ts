/** The worker that holds the file: all of `BatchJob` happens beside the page. */
import { expose } from 'comlink';
import { fetchAnswer } from '../../lib/api/client.ts';
import { createBatchJob } from './batch-job.ts';

expose(createBatchJob(fetchAnswer));
