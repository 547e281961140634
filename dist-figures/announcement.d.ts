import { type ApplicationConfig } from '@nestjs/core';
import { type Server } from 'node:http';
/** Whether somebody may be reading what is written to the terminal. */
export declare function hasTerminal(): boolean;
/**
 * Prints the link of local mode when the server listens, with the real port. It goes straight to the terminal: through
 * a logger the token would end up in the log it protects.
 */
export declare function announceLink(server: Server, path: string, token: string): void;
/** The path the console is mounted at, behind the host's global prefix. */
export declare function mountedPath(path: string, config: ApplicationConfig): string;
