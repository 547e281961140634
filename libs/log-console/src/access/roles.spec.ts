import { ABILITIES, abilitiesOf, DEFAULT_ABILITIES, isRole, roleOfUser, ROLES } from './roles.js';

describe('Roles', () => {
  it('each include the one before', () => {
    expect(abilitiesOf('viewer')).toEqual(['read']);
    expect(abilitiesOf('operator')).toEqual(['read', 'clear', 'export', 'files', 'cancel']);
    expect(abilitiesOf('admin')).toEqual([...ABILITIES]);
  });

  it('have every ability somewhere', () => {
    expect(Object.keys(DEFAULT_ABILITIES)).toEqual([...ABILITIES]);
  });

  it('gain and lose abilities by access.abilities, and the others stay', () => {
    const overrides = { read: 'admin', audit: 'viewer', clear: 'admin', export: undefined } as const;
    expect(abilitiesOf('viewer', overrides)).toEqual(['audit']);
    expect(abilitiesOf('operator', overrides)).toEqual(['export', 'files', 'cancel', 'audit']);
    expect(abilitiesOf('admin', overrides)).toEqual([...ABILITIES]);
  });

  it.each(ROLES)('are known by name: %s', (role) => expect(isRole(role)).toBe(true));

  it.each(['Admin', 'root', '', ' admin', 'toString', '__proto__', undefined, null, true, 0, ['admin'], {}])(
    'are not guessed: %j',
    (value) => expect(isRole(value)).toBe(false),
  );
});

describe('The role of a user', () => {
  it.each([
    [{ role: 'viewer' }, 'viewer'],
    [{ roles: ['viewer', 'admin', 'operator'] }, 'admin'],
    [{ roles: ['guest', 'operator'] }, 'operator'],
    [{ roles: 'operator' }, 'operator'],
    [{ role: ['viewer'] }, 'viewer'],
    [{ roles: ['viewer'], role: 'operator' }, 'operator'],
    [{ roles: ['operator'], role: 'viewer' }, 'operator'],
    [{ roles: undefined, role: 'admin' }, 'admin'],
  ])('is the highest found: %j is %s', (user, role) => expect(roleOfUser(user)).toBe(role));

  it.each([
    [undefined],
    [null],
    [{}],
    ['admin'],
    [7],
    [{ role: 'ADMIN' }],
    [{ roles: 'viewer,admin' }],
    [{ roles: { admin: true } }],
    [{ roles: [['admin']] }],
    [{ roles: new Set(['admin']) }],
    [{ permissions: ['admin'] }],
  ])('is none: %j', (user) => expect(roleOfUser(user)).toBeUndefined());
});
