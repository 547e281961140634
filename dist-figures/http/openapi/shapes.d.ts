declare class TruncatedShape {
    bytes: number;
    kept: number;
}
export declare class EntryShape {
    id: number;
    time?: string;
    level: string;
    context?: string;
    message: string;
    stack?: string;
    data?: unknown;
    requestId?: string;
    traceId?: string;
    spanId?: string;
    operation?: string;
    instance?: string;
    truncated?: TruncatedShape;
    continues?: boolean;
}
export declare class GapShape {
    reason: string;
    from?: number;
    to?: number;
    missed: number | null;
    bytes?: number;
    instance?: string;
}
export declare class BatchShape {
    epoch: string;
    instance: string;
    entries: EntryShape[];
    next: string;
    prev: string;
    more: boolean;
    gap?: GapShape;
    degraded?: boolean;
}
export declare class ClearedShape {
    cleared: number;
    upTo: string;
}
declare class UserShape {
    name: string;
    role: string;
}
declare class ServerShape {
    name: string;
    version: string;
    instance: string;
    startedAt: string;
    time: string;
    timeZone: string;
}
export declare class SessionShape {
    user: UserShape;
    can: string[];
    server: ServerShape;
}
export declare class SignInShape {
    token: string;
}
declare class HeldShape {
    entries: number;
    bytes: number;
    byLevel: object;
}
declare class CapacityShape {
    entries: number;
    bytes: number;
}
declare class AcceptedShape {
    total: number;
    byLevel: object;
}
declare class ReadersShape {
    streams: number;
    polls: number;
}
declare class StoreStateShape {
    kind: string;
    state: string;
    since: string;
}
export declare class StatsShape {
    epoch: string;
    oldest: string;
    newest: string;
    held: HeldShape;
    capacity: CapacityShape;
    accepted: AcceptedShape;
    evicted: number;
    cleared: number;
    belowLevel: number;
    rejected: number;
    suppressed: number;
    readers: ReadersShape;
    redactions: object;
    sinks: object;
    store: StoreStateShape;
}
declare class RedactionMatchShape {
    kind: string;
    rule: string;
    start: number;
    end: number;
}
export declare class RedactionPreviewShape {
    text: string;
    matches: RedactionMatchShape[];
}
export declare class RedactionTextShape {
    text: string;
}
export declare class ErrorShape {
    statusCode: number;
    message: string | string[];
    error: string;
}
export {};
