import { type LiveFormat } from './live-format.js';
/** The frames of `GET stream`: one line of JSON each, with the reader's place as id and an event name from a fixed set. */
export declare const sseFormat: LiveFormat;
