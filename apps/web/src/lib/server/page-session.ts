/** Whether the page that is being rendered is for somebody who is logged in. */
import { headers } from 'next/headers';
import { isLoggedIn } from './login.ts';

/** To be asked by whatever puts the API's data into a page: `proxy.ts` sends strangers to the log-in, and this does not rely on it. */
export async function isPageOpen(): Promise<boolean> {
  return isLoggedIn((await headers()).get('cookie'));
}
