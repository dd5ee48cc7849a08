/** What the writer tells besides its counts: each change of its state, and each loss. */

/** A change of state, with its reason in one line. */
export type WriterEvent =
  /** The store takes no rows; told again after a minute when the reason is another. */
  | { readonly kind: 'away'; readonly reason: string }
  /** It takes rows again. */
  | { readonly kind: 'back'; readonly awayMs: number }
  /** Rows are lost: memory or spool was full, or could not be read. */
  | { readonly kind: 'dropped'; readonly rows: number; readonly reason: string }
  /** Rows that the store can never keep were written elsewhere. */
  | { readonly kind: 'set-aside'; readonly rows: number; readonly reason: string }
  /** The spool takes no rows, or gives none. */
  | { readonly kind: 'spool-failing'; readonly reason: string }
  | { readonly kind: 'spool-back' };
