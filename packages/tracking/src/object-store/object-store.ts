/** Files in a bucket: the port that the vendors' SDKs are behind. */

/** A bucket that can be written. */
export interface ObjectStore {
  /** Such as `s3://bucket`. */
  readonly address: string;
  /** Writes an object whole, in place of one of that name. @throws what the SDK throws, after its own attempts. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** Whether the object of that name has this content. */
  holds(key: string, bytes: Uint8Array): Promise<boolean>;
}
