/** A bucket of S3, or of what speaks its protocol, through Amazon's SDK: credentials, region and `AWS_ENDPOINT_URL` by its own variables. */
import { createHash } from 'node:crypto';
import { HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from './object-store.ts';

const CONNECT_MS = 5000;
const REQUEST_MS = 60_000;
const ATTEMPTS = 3;
/** Servers of others take any. */
const ANY_REGION = 'us-east-1';

type Environment = Readonly<Record<string, string | undefined>>;

/** Opens the bucket; nothing is asked of it yet. */
export function openS3Store(bucket: string, { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 }: Environment): ObjectStore {
  const hasEndpoint = Boolean(AWS_ENDPOINT_URL || AWS_ENDPOINT_URL_S3);
  const client = new S3Client({
    maxAttempts: ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: REQUEST_MS },
    // Servers of others have no names of hosts for each bucket, and no regions.
    ...(hasEndpoint && { forcePathStyle: true, region: ANY_REGION }),
  });
  return {
    address: `s3://${bucket}`,
    async put(key, bytes, contentType) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: contentType }));
    },
    async holds(key, bytes) {
      try {
        const { ETag } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        // The MD5 of what was sent in one piece, unless the bucket encrypts with a key of its own: then it is sent again.
        return ETag === `"${createHash('md5').update(bytes).digest('hex')}"`;
      } catch (error) {
        if (error instanceof NotFound) return false;
        throw error;
      }
    },
  };
}
