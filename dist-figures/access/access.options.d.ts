import { type CanActivate, type Type } from '@nestjs/common';
import { type Ability, type Role } from './roles.js';
/** A token somebody signs in with. */
export interface AccessToken {
    /** At least 32 characters. Make one with `openssl rand -base64 32`. */
    readonly token: string;
    /** Who it belongs to, as the log and the audit name them: 1 to 64 characters. */
    readonly name: string;
    /** What they may do. */
    readonly role: Role;
}
/** Who may use the console. Without guards, role and tokens it is closed, but for local mode. */
export interface AccessOptions {
    /** The host's own guards, as classes or instances; they set `request.user`. One that throws, or takes over 2 s, denies. */
    readonly guards?: readonly (Type<CanActivate> | CanActivate)[];
    /**
     * The role of a signed-in user; undefined denies.
     * Default: the highest of `viewer`, `operator`, `admin` found in `user.roles` or `user.role`.
     */
    readonly role?: (user: any, request: any) => Role | undefined | Promise<Role | undefined>;
    /** Tokens for people and scripts without an account at the host. */
    readonly tokens?: readonly AccessToken[];
    /** Which role an ability needs, where it differs from the default. Lowering one widens access. */
    readonly abilities?: Partial<Record<Ability, Role>>;
    /** Origins (`https://ops.example.com`) whose pages may use a cookie here, beside the own one: for proxies that rewrite Host. */
    readonly origins?: readonly string[];
}
