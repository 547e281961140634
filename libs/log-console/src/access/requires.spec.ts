import { Controller, Get, Post, Sse } from '@nestjs/common';
import { controllersAt } from '../http/controllers.js';
import { assertAllDeclared, requirementsOf, Requires } from './requires.js';

@Controller()
class Declared {
  @Get('a')
  @Requires('read', 'export')
  a(): void {
    this.helper();
  }

  @Post('b')
  @Requires('public')
  b(): void {
    this.helper();
  }

  helper(): void {
    // Not a route: nothing to declare.
  }

  get derived(): string {
    throw new Error('Looking at a controller reads none of its values.');
  }
}

@Controller()
class Forgotten {
  @Get('a')
  @Requires('read')
  a(): void {
    // Declared.
  }

  @Get('b')
  b(): void {
    // Forgotten.
  }
}

@Controller()
class ForgottenStream {
  @Sse('b')
  live(): void {
    // Forgotten.
  }
}

@Controller()
class Heir extends Forgotten {}

describe('A route', () => {
  it('says what it asks of its caller', () => {
    expect(requirementsOf(Declared.prototype.a)).toEqual(['read', 'export']);
    expect(requirementsOf(Declared.prototype.b)).toEqual(['public']);
    expect(requirementsOf(Declared.prototype.helper)).toEqual([]);
  });

  it('boots when it and all its neighbours do', () => {
    expect(() => assertAllDeclared(Declared)).not.toThrow();
  });

  it.each([
    [Forgotten, 'Forgotten.b'],
    [ForgottenStream, 'ForgottenStream.live'],
    [Heir, 'Heir.b'],
  ])('fails the boot when it does not: %p', (controller, name) => {
    expect(() => assertAllDeclared(controller)).toThrow(
      `Route ${name} declares no role: put @Requires() on it.`,
    );
  });

  it('is checked for every controller of the console', () => {
    const mount = { path: 'x', ui: true, openapi: true, decorators: [] };
    const declared = controllersAt(mount).map((controller) => {
      const base = Object.getPrototypeOf(controller) as { prototype: Record<string, object> };
      const routes = Object.getOwnPropertyNames(base.prototype).filter((name) => name !== 'constructor');
      return routes.map((name) => requirementsOf(base.prototype[name] ?? {}).length);
    });
    expect(declared.length).toBeGreaterThanOrEqual(4);
    expect(declared.flat()).not.toContain(0);
  });
});
