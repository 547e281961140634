/** The roles, each including the one before. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;

/** What a caller may be: a viewer reads, an operator also acts on the log, an admin also on the module. */
export type Role = (typeof ROLES)[number];

/** Everything a role may allow. */
export const ABILITIES = [
  'read',
  'clear',
  'export',
  'files',
  'cancel',
  'levels',
  'redaction',
  'audit',
  'sinks',
] as const;

/** One thing a role may allow. */
export type Ability = (typeof ABILITIES)[number];

/** The lowest role that has each ability; `access.abilities` changes them. */
export const DEFAULT_ABILITIES: Readonly<Record<Ability, Role>> = {
  read: 'viewer',
  clear: 'operator',
  export: 'operator',
  files: 'operator',
  cancel: 'operator',
  levels: 'admin',
  redaction: 'admin',
  audit: 'admin',
  sinks: 'admin',
};

export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

/** What a role may do. */
export function abilitiesOf(role: Role, overrides: Partial<Record<Ability, Role>> = {}): Ability[] {
  return ABILITIES.filter(
    (ability) => ROLES.indexOf(role) >= ROLES.indexOf(overrides[ability] ?? DEFAULT_ABILITIES[ability]),
  );
}

/** The default of `access.role`: the highest of our names found in `user.roles` or `user.role`. */
export function roleOfUser(user: unknown): Role | undefined {
  const { roles, role } = (user ?? {}) as { roles?: unknown; role?: unknown };
  const names = new Set<unknown>([roles, role].flat());
  return ROLES.findLast((name) => names.has(name));
}
