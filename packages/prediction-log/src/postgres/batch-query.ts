/** A statement whose only parameter is a batch, sent from where it lies, with a time-out of its own and without a name. */
import { type Connection, Query } from 'pg';

/** One format code, binary: a text's binary form is its UTF-8 bytes. One parameter. */
const [FORMATS, BINARY, PARAMETERS] = [1, 1, 1];
const SYNC = message('S');
/** Of the unnamed portal, all rows. */
const EXECUTE = message('E', Buffer.alloc(1 + 4));
/** No format codes for results: there are none. What follows the parameter. */
const END = Buffer.concat([Buffer.alloc(2), EXECUTE, SYNC]);

/** What all batches of a statement have in common. */
export interface BatchStatement {
  /** Messages before the length of the batch's Bind. */
  readonly start: Buffer;
}

/**
 * Prepares a statement with one parameter.
 *
 * The time-out goes before it in the same transaction, which ends with the one Sync behind both: `statement_timeout` as a parameter of the start-up
 * is refused by poolers, and SET would outlive the transaction there. OFFSET drops the row that nobody asked for. Nothing is
 * prepared under a name, which another process may have given to another statement on the same connection of a pooler.
 */
export function batchStatement(text: string, timeoutMs: number): BatchStatement {
  const limit = `SELECT FROM set_config('statement_timeout', '${timeoutMs}', true) OFFSET 1`;
  return { start: Buffer.concat([parse(limit), message('B', Buffer.alloc(2 + 3 * 2)), EXECUTE, parse(text)]) };
}

/**
 * Makes the query; for `Pool.query`, once. The bytes must stay as they are until it is answered.
 *
 * The driver's own Bind message would copy them: some 300 KB for each batch that outlive the young collections, and bring on one of the
 * whole heap with every tenth. The answers are left to the driver's `Query`, which is given no result to describe.
 */
export function batchQuery({ start }: BatchStatement, bytes: Buffer): Query {
  const query = new Query({ text: '', values: [] });
  query.submit = ({ stream }: Connection) => {
    stream.cork();
    for (const part of [start, bindStart(bytes.length), bytes, END]) stream.write(part);
    stream.uncork();
  };
  return query;
}

/** Bind (PostgreSQL documentation, 55.7, "Message Formats") of the unnamed portal, up to the parameter's bytes. */
function bindStart(length: number): Buffer {
  const head = Buffer.alloc(1 + 4 + 2 + 3 * 2 + 4);
  head.write('B');
  head.writeInt32BE(head.length - 1 + length + 2, 1);
  let at = 5 + 2;
  for (const number of [FORMATS, BINARY, PARAMETERS]) at = head.writeInt16BE(number, at);
  head.writeInt32BE(length, at);
  return head;
}

/** Parse of the unnamed statement; the server finds the parameters' types. */
function parse(text: string): Buffer {
  return message('P', Buffer.from(`\0${text}\0\0\0`));
}

function message(type: string, content = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(1 + 4);
  head.write(type);
  head.writeInt32BE(4 + content.length, 1);
  return Buffer.concat([head, content]);
}
