import { signIn, signOut } from '../reading/sign-in.js';
import { Refused } from '../reading/refused.js';
import { type Console } from './console.js';

/** Why signing in did not work; undefined when it did. */
export type SignInProblem = 'tokenRefused' | 'tooMany' | 'signInUnanswered';

export async function signInTo(console: Console, token: string): Promise<SignInProblem | undefined> {
  try {
    await signIn(console.api, token);
    console.connection.retry();
    return undefined;
  } catch (error) {
    const status = error instanceof Refused ? error.status : 0;
    if (status === 403) console.connection.retry(); // known, but without rights: the connection says so
    if (status === 429) return 'tooMany';
    return status === 400 || status === 401 ? 'tokenRefused' : 'signInUnanswered';
  }
}

/** Signs out, and takes the lines off the screen: whoever sits there next must not read them. */
export async function signOutOf(console: Console): Promise<void> {
  try {
    await signOut(console.api);
    location.reload();
  } catch {
    console.notice.value = console.preferences.texts.value.signOutFailed;
  }
}
