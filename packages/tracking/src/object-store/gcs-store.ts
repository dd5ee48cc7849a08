/** A bucket of Google Cloud Storage, through Google's SDK: Application Default Credentials, `STORAGE_EMULATOR_HOST` by its own variables. */
import { createHash } from 'node:crypto';
import { Storage } from '@google-cloud/storage';
import type { ObjectStore } from './object-store.ts';

const RETRIES = 2;
const TOTAL_SECONDS = 60;

/** Opens the bucket; nothing is asked of it yet. */
export function openGcsStore(bucket: string): ObjectStore {
  const storage = new Storage({ retryOptions: { maxRetries: RETRIES, totalTimeout: TOTAL_SECONDS } });
  const files = storage.bucket(bucket);
  return {
    address: `gs://${bucket}`,
    async put(key, bytes, contentType) {
      // In one request: the files are small, and a resumable upload takes two.
      await files.file(key).save(Buffer.from(bytes), { contentType, resumable: false, validation: 'md5' });
    },
    async holds(key, bytes) {
      try {
        const [{ md5Hash }] = await files.file(key).getMetadata();
        return md5Hash === createHash('md5').update(bytes).digest('base64');
      } catch (error) {
        if ((error as { readonly code?: unknown }).code === 404) return false;
        throw error;
      }
    },
  };
}
