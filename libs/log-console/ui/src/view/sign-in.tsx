import { type JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { signInTo, type SignInProblem } from '../console/signing.js';
import { useTexts } from './use-console.js';

/** Signing in: with a token, or at the page of the host where it has one. */
export function SignIn(): JSX.Element {
  const { console, t } = useTexts();
  const [problem, setProblem] = useState<SignInProblem | undefined>(console.linkProblem);
  const [isAsking, setAsking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const token = field.current?.value.trim() ?? '';
    if (token === '' || isAsking) return;
    setAsking(true);
    setProblem(undefined);
    setProblem(await signInTo(console, token));
    setAsking(false);
  };
  return (
    <section class="sign-in" aria-label={t.signIn}>
      {console.page.signInUrl !== '' && (
        <p>
          <a href={console.page.signInUrl}>{t.signInThere}</a>
        </p>
      )}
      <form onSubmit={(event) => void submit(event)}>
        <label for="token">{t.token}</label>
        <input
          id="token"
          ref={field}
          type="password"
          autocomplete="current-password"
          required
          aria-describedby="token-hint"
        />
        <button type="submit" class="primary">
          {t.signIn}
        </button>
      </form>
      <p id="token-hint">{t.tokenHint}</p>
      {problem && (
        <p role="alert" class="problem">
          <strong>{t.notSignedIn}</strong> {t[problem]}
        </p>
      )}
    </section>
  );
}
