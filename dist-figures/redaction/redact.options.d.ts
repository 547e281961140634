import { type RedactorOptions } from './redactor.js';
/** What is masked beside the secrets that are known by default. */
export interface RedactOptions extends Pick<RedactorOptions, 'keys' | 'patterns' | 'allow'> {
    /** Mask the values of environment variables that are named like secrets, wherever they stand. Default false. */
    readonly env?: boolean;
}
