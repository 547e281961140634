import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import { type Ability } from './roles.js';

const KEY = 'nestjs-log-console:requires';

/** What a route asks of its caller: an ability, to be signed in, nothing yet (it signs people in), or nothing at all. */
export type Requirement = Ability | 'signed-in' | 'sign-in' | 'public';

/** Declares what a route asks of its caller, all of it; a route of ours without it does not boot. */
export function Requires(
  ...requirements: readonly [Requirement] | readonly [Ability, ...Ability[]]
): CustomDecorator {
  return SetMetadata(KEY, requirements);
}

/** What a handler declared; nothing when it declared nothing. */
export function requirementsOf(handler: object): readonly Requirement[] {
  return (Reflect.getMetadata(KEY, handler) as readonly Requirement[] | undefined) ?? [];
}

/** Throws when a route of a controller, an inherited one too, declares nothing. */
export function assertAllDeclared(controller: { readonly prototype: object; readonly name: string }): void {
  for (
    let prototype: object | null = controller.prototype;
    prototype !== null && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      const handler: unknown = value;
      const isRoute =
        typeof handler === 'function' && name !== 'constructor' && Reflect.hasMetadata('path', handler);
      if (isRoute && requirementsOf(handler).length === 0) {
        throw new Error(`Route ${controller.name}.${name} declares no role: put @Requires() on it.`);
      }
    }
  }
}
