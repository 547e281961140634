import { type CustomDecorator } from '@nestjs/common';
import { type Ability } from './roles.js';
/** What a route asks of its caller: an ability, to be signed in, nothing yet (it signs people in), or nothing at all. */
export type Requirement = Ability | 'signed-in' | 'sign-in' | 'public';
/** Declares what a route asks of its caller; a route of ours without it does not boot. */
export declare function Requires(requirement: Requirement): CustomDecorator;
/** What a handler declared; undefined when it declared nothing. */
export declare function requirementOf(handler: object): Requirement | undefined;
/** Throws when a route of a controller, an inherited one too, declares nothing. */
export declare function assertAllDeclared(controller: {
    readonly prototype: object;
    readonly name: string;
}): void;
