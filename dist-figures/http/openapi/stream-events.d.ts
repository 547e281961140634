/** The events of `GET stream`, for the OpenAPI document, which has no form for them. */
export declare const STREAM_EVENTS: string;
