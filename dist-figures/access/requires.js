import { SetMetadata } from '@nestjs/common';
const KEY = 'nestjs-log-console:requires';
/** Declares what a route asks of its caller; a route of ours without it does not boot. */
export function Requires(requirement) {
    return SetMetadata(KEY, requirement);
}
/** What a handler declared; undefined when it declared nothing. */
export function requirementOf(handler) {
    return Reflect.getMetadata(KEY, handler);
}
/** Throws when a route of a controller, an inherited one too, declares nothing. */
export function assertAllDeclared(controller) {
    for (let prototype = controller.prototype; prototype !== null && prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype)) {
        for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
            const handler = value;
            const isRoute = typeof handler === 'function' && name !== 'constructor' && Reflect.hasMetadata('path', handler);
            if (isRoute && requirementOf(handler) === undefined) {
                throw new Error(`Route ${controller.name}.${name} declares no role: put @Requires() on it.`);
            }
        }
    }
}
