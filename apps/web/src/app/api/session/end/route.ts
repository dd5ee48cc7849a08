/** `POST /api/session/end`: the log-out button. */
import { answerLogout } from '../../../../lib/server/answer-login.ts';
import { guarded } from '../../../../lib/server/guarded.ts';
import { login } from '../../../../lib/server/login.ts';

export const dynamic = 'force-dynamic';

export const POST = guarded(() => answerLogout(login()), { open: true, accepts: ['application/x-www-form-urlencoded'] });
