/** `POST /api/session`: the log-in form. */
import { answerLogin } from '../../../lib/server/answer-login.ts';
import { config } from '../../../lib/server/config.ts';
import { guarded } from '../../../lib/server/guarded.ts';
import { login } from '../../../lib/server/login.ts';

export const dynamic = 'force-dynamic';

export const POST = guarded(
  (request) =>
    answerLogin(request, {
      login: login(),
      trustProxy: config().TRUST_PROXY,
      onRefusal: (fault, address) => console.warn(JSON.stringify({ level: 'warn', msg: 'log-in refused', fault, address })),
    }),
  { open: true, accepts: ['application/x-www-form-urlencoded'] },
);
