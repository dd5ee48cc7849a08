/** A statement whose only parameter is a batch, sent from where it lies. */
import { type Connection, Query } from 'pg';

/** One format code, binary: a text's binary form is its UTF-8 bytes. One parameter. */
const [FORMATS, BINARY, PARAMETERS] = [1, 1, 1];
/** No format codes for results: there are none. */
const BIND_END = Buffer.alloc(2);

/**
 * Makes the query; for `Pool.query`, once. It is prepared under the name on each connection, and the bytes must stay as they are until it is
 * answered.
 *
 * The driver's own Bind message would copy them: some 300 KB for each batch that outlive the young collections, and bring on one of the
 * whole heap with every tenth. All else is left to the driver's `Query`, which is given a connection whose `bind` writes ours.
 */
export function batchQuery(statement: { readonly name: string; readonly text: string }, bytes: Buffer): Query {
  const query = new Query({ ...statement, values: [] });
  const { submit } = query;
  query.submit = (connection) => {
    const bind = () => writeBind(connection, statement.name, bytes);
    return submit.call(query, Object.create(connection, { bind: { value: bind } }) as Connection);
  };
  return query;
}

/** Bind (PostgreSQL documentation, 54.7, "Message Formats") of the unnamed portal. */
function writeBind({ stream }: Connection, statement: string, bytes: Buffer): void {
  const names = Buffer.from(`\0${statement}\0`);
  const start = Buffer.alloc(1 + 4 + names.length + 3 * 2 + 4);
  start.write('B');
  start.writeInt32BE(start.length - 1 + bytes.length + BIND_END.length, 1);
  let at = 5 + names.copy(start, 5);
  for (const number of [FORMATS, BINARY, PARAMETERS]) at = start.writeInt16BE(number, at);
  start.writeInt32BE(bytes.length, at);
  for (const part of [start, bytes, BIND_END]) stream.write(part);
}
