/** The kinds of abuse, each from one client. */
import { chunkOf, headOf, postOf } from './requests.ts';
import { type Attack, drip, keepOpen, pour, repeat } from './sockets.ts';
import type { Target } from './targets.ts';

const DEEP = 100_000;
const NESTED = '['.repeat(DEEP) + ']'.repeat(DEEP);
const OBJECTS = `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`;
const WIDE = `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}":${index}`).join(',')}}`;
const BAD_BODIES = [NESTED, OBJECTS, WIDE, `[${'1e308,'.repeat(100_000)}1]`, `"${'\\u0000'.repeat(100_000)}"`];

/** What a service is put through. */
export type Kind = (attack: Attack, target: Target) => void;

const at = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

/** By names for people. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'requests without waiting, on each route'(attack, { gets, json, fields }) {
    keepOpen(attack, 20, (socket, index) => {
      if (index % 2 === 0) socket.resume();
      let sent = index;
      pour(socket, () => {
        sent++;
        return sent % 3 === 0 ? postOf(at(json, sent), fields, '{}') : headOf('GET', at(gets, sent));
      });
    });
  },
  'answers that nobody reads'(attack, { gets }) {
    keepOpen(attack, 100, (socket, index) => socket.pause().write(headOf('GET', at(gets, index % 3)).repeat(5)));
  },
  'slow heads'(attack) {
    keepOpen(attack, 300, (socket) => {
      socket.resume().write('GET / HTTP/1.1\r\nHost: localhost\r\nX: ');
      drip(socket, 1000, () => 'x');
    });
  },
  'slow bodies'(attack, { json, fields }) {
    keepOpen(attack, 200, (socket, index) => {
      const chunked = index % 2 === 0;
      const length = chunked ? 'Transfer-Encoding: chunked\r\n' : 'Content-Length: 2000000\r\n';
      socket.resume().write(headOf('POST', at(json, index), fields + length));
      // One of ten begins like an honest upload.
      if (index % 10 === 0) socket.write(chunkOf('x'.repeat(100_000)));
      drip(socket, 1000, () => (chunked ? chunkOf(' ') : ' '));
    });
  },
  'slow streams'(attack, { streams }) {
    keepOpen(attack, 150, (socket, index) => {
      const { head, row } = at(streams, index);
      socket.write(head);
      if (row === '') return;
      socket.write(chunkOf(row));
      drip(socket, 8000, () => chunkOf(row));
    });
  },
  'many connections'(attack, { gets }) {
    keepOpen(attack, 1200, (socket, index) => {
      socket.resume();
      if (index % 2 === 0) socket.write(headOf('GET', at(gets, gets.length - 1)));
    });
  },
  'many sessions'(attack, { session }) {
    keepOpen(attack, 400, (socket, index) => {
      socket.write(session);
      // Some stay, some go at once and come again.
      if (index % 4 === 0) setTimeout(() => socket.destroy(), 200);
    });
  },
  'the largest requests that are worked on'(attack, { huge, json, fields }) {
    keepOpen(attack, 6, (socket, index) => repeat(socket, () => postOf(at(json, index % huge.length), fields, at(huge, index))));
  },
  'JSON that is deep, or wide'(attack, { json, fields }) {
    let sent = 0;
    keepOpen(attack, 6, (socket, index) => repeat(socket, () => postOf(at(json, index), fields, at(BAD_BODIES, sent++))));
  },
  'bodies in a million pieces'(attack, { json, fields }) {
    const bomb = chunkOf('1', `;${'x'.repeat(20)}`).repeat(100);
    keepOpen(attack, 20, (socket, index) => {
      socket.resume().write(headOf('POST', at(json, index), `${fields}Transfer-Encoding: chunked\r\n`));
      pour(socket, () => bomb);
    });
  },
  'floods of header fields'(attack, { gets }) {
    const fields = Array.from({ length: 1000 }, (_, index) => `X${index}: ${index}\r\n`).join('');
    keepOpen(attack, 60, (socket, index) => {
      socket.resume();
      if (index % 2 === 0) repeat(socket, () => headOf('GET', at(gets, gets.length - 1), fields));
      else pour(socket, () => `X-Flood: ${'y'.repeat(1000)}\r\n`);
    });
  },
  'connections that are half closed'(attack, { gets, json, fields }) {
    keepOpen(attack, 300, (socket, index) => {
      socket.pause();
      if (index % 2 === 0) socket.end(headOf('GET', at(gets, index % 3)));
      else socket.end(headOf('POST', at(json, index), `${fields}Content-Length: 1000\r\n`));
    });
  },
};
