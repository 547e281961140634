import { type Type } from '@nestjs/common';
export interface MountOptions {
    readonly path: string;
    readonly ui: boolean;
    readonly openapi: boolean;
    readonly decorators: readonly ClassDecorator[];
}
/**
 * The controllers for one mount: subclasses, because a path put on the classes themselves would leak from one module
 * to the next. Neutral to versioning, so that `/v1` does not move them. A route without a declared role does not boot.
 */
export declare function controllersAt({ path, ui, openapi, decorators }: MountOptions): Type[];
/** What can only be mounted when the adapter is known; to be called before the routes are mapped. */
export declare function completeForFastify(mounted: readonly Type[]): void;
