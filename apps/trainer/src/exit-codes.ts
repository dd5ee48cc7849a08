/** How the trainer's programs end. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** The gate refused the model. */
  refused: 3,
  /** The gate would let it pass, and somebody rolled back before. */
  heldBack: 4,
} as const;
