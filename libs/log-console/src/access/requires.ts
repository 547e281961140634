import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import { type Ability } from './roles.js';

const KEY = 'nestjs-log-console:requires';

/** What a route asks of its caller: an ability, to be signed in, nothing yet (it signs people in), or nothing at all. */
export type Requirement = Ability | 'signed-in' | 'sign-in' | 'public';

/** Declares what a route asks of its caller; a route of ours without it does not boot. */
export function Requires(requirement: Requirement): CustomDecorator {
  return SetMetadata(KEY, requirement);
}

/** What a handler declared; undefined when it declared nothing. */
export function requirementOf(handler: object): Requirement | undefined {
  return Reflect.getMetadata(KEY, handler) as Requirement | undefined;
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
      if (isRoute && requirementOf(handler) === undefined) {
        throw new Error(`Route ${controller.name}.${name} declares no role: put @Requires() on it.`);
      }
    }
  }
}
