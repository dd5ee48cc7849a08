/** How long a test waits for a condition: one limit for all, which a machine at work on other things does not reach. */

/** Milliseconds; below the limits of the tests themselves, so that a condition says what it waited for. */
export const CONDITION_MS = 30_000;

/** For `test.expect` of every configuration of vitest, whose default is one second. */
export const PATIENT_EXPECT = { poll: { timeout: CONDITION_MS } };
