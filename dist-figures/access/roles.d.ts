/** The roles, each including the one before. */
export declare const ROLES: readonly ["viewer", "operator", "admin"];
/** What a caller may be: a viewer reads, an operator also acts on the log, an admin also on the module. */
export type Role = (typeof ROLES)[number];
/** Everything a role may allow. */
export declare const ABILITIES: readonly ["read", "clear", "export", "files", "cancel", "levels", "redaction", "audit"];
/** One thing a role may allow. */
export type Ability = (typeof ABILITIES)[number];
/** The lowest role that has each ability; `access.abilities` changes them. */
export declare const DEFAULT_ABILITIES: Readonly<Record<Ability, Role>>;
export declare function isRole(value: unknown): value is Role;
/** What a role may do. */
export declare function abilitiesOf(role: Role, overrides?: Partial<Record<Ability, Role>>): Ability[];
/** The default of `access.role`: the highest of our names found in `user.roles` or `user.role`. */
export declare function roleOfUser(user: unknown): Role | undefined;
