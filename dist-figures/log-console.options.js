import { hostname } from 'node:os';
/** The injection token of the options with their defaults. */
export const ResolvedOptions = Symbol('ResolvedOptions');
/** Fills in the defaults of valid options. */
export function withDefaults(options) {
    return {
        capacity: options.capacity ?? 10_000,
        maxBytes: options.maxBytes ?? 16 * 1024 * 1024,
        level: options.level,
        attach: options.attach ?? true,
        forward: options.forward,
        capture: { console: options.capture?.console ?? false, process: options.capture?.process ?? true },
        access: options.access ?? {},
        redact: options.redact ?? {},
        limits: {
            streamsPerUser: options.limits?.streamsPerUser ?? 10,
            streamsPerProcess: options.limits?.streamsPerProcess ?? 100,
            entryBytes: options.limits?.entryBytes ?? 256 * 1024,
        },
        instance: options.instance ??
            `${hostname()
                .replace(/[^\w.-]/g, '_')
                .slice(0, 50)}-${process.pid}`,
    };
}
