import { type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { type ModuleRef } from '@nestjs/core';
/** Runs the host's guards with the host's instances. */
export declare class HostGuards {
    #private;
    constructor(guards: readonly (Type<CanActivate> | CanActivate)[], moduleRef: ModuleRef);
    get isEmpty(): boolean;
    /** 401 or 403 when one denies: by its own 401, by anything else it throws, by false, by taking over 2 s. */
    denial(context: ExecutionContext): Promise<401 | 403 | undefined>;
}
/** Rejects when the answer takes over 2 s. */
export declare function withDeadline<T>(answer: T | Promise<T>): Promise<T>;
