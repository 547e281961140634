/** The roles, each including the one before. */
export const ROLES = ['viewer', 'operator', 'admin'];
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
];
/** The lowest role that has each ability; `access.abilities` changes them. */
export const DEFAULT_ABILITIES = {
    read: 'viewer',
    clear: 'operator',
    export: 'operator',
    files: 'operator',
    cancel: 'operator',
    levels: 'admin',
    redaction: 'admin',
    audit: 'admin',
};
export function isRole(value) {
    return ROLES.includes(value);
}
/** What a role may do. */
export function abilitiesOf(role, overrides = {}) {
    return ABILITIES.filter((ability) => ROLES.indexOf(role) >= ROLES.indexOf(overrides[ability] ?? DEFAULT_ABILITIES[ability]));
}
/** The default of `access.role`: the highest of our names found in `user.roles` or `user.role`. */
export function roleOfUser(user) {
    const { roles, role } = (user ?? {});
    const names = new Set([roles, role].flat());
    return ROLES.findLast((name) => names.has(name));
}
