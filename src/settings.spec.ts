import { readChoice, readCount, readPort, readText, SettingError } from './settings.js';

describe('settings', () => {
  const environment = process.env;

  beforeEach(() => {
    process.env = {};
  });

  afterAll(() => {
    process.env = environment;
  });

  it('treats an empty variable as not set', () => {
    process.env.DEMO_SEED = '';
    expect(readText('DEMO_SEED')).toBeUndefined();
    process.env.DEMO_SEED = 'monday';
    expect(readText('DEMO_SEED')).toBe('monday');
  });

  it('reads a choice, the first one by default', () => {
    expect(readChoice('DEMO_HTTP', ['express', 'fastify'])).toBe('express');
    process.env.DEMO_HTTP = 'fastify';
    expect(readChoice('DEMO_HTTP', ['express', 'fastify'])).toBe('fastify');
    process.env.DEMO_HTTP = 'koa';
    const refused = new SettingError('DEMO_HTTP must be express or fastify');
    expect(() => readChoice('DEMO_HTTP', ['express', 'fastify'])).toThrow(refused);
  });

  it('reads a number of things, 1 by default', () => {
    expect(readCount('DEMO_SHARES', 100)).toBe(1);
    process.env.DEMO_SHARES = '100';
    expect(readCount('DEMO_SHARES', 100)).toBe(100);
  });

  it.each(['0', '101', '-1', '1.5', 'three', '1e1'])('refuses %j things and names the variable', (value) => {
    process.env.DEMO_SHARES = value;
    const refused = new SettingError('DEMO_SHARES must be a whole number from 1 to 100');
    expect(() => readCount('DEMO_SHARES', 100)).toThrow(refused);
  });

  it.each([
    [undefined, 3000],
    ['', 3000],
    ['0', 0],
    ['8080', 8080],
    ['65535', 65_535],
  ])('reads PORT %j as %d', (value, port) => {
    if (value !== undefined) process.env.PORT = value;
    expect(readPort()).toBe(port);
  });

  it.each(['65536', '-1', 'http', '80.5', ' 80', '1e3'])('refuses PORT %j and names it', (value) => {
    process.env.PORT = value;
    expect(() => readPort()).toThrow(
      new SettingError('PORT must be a whole number from 0 to 65535 (0 takes any free port)'),
    );
  });
});
