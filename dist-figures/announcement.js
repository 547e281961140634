import { writeSync } from 'node:fs';
import { Server as TlsServer } from 'node:tls';
/** Whether somebody may be reading what is written to the terminal. */
export function hasTerminal() {
    return process.stdout.isTTY || process.stderr.isTTY;
}
/**
 * Prints the link of local mode when the server listens, with the real port. It goes straight to the terminal: through
 * a logger the token would end up in the log it protects.
 */
export function announceLink(server, path, token) {
    const print = () => {
        const address = server.address();
        if (address === null || typeof address === 'string')
            return;
        const scheme = server instanceof TlsServer ? 'https' : 'http';
        const link = `${scheme}://localhost:${address.port}/${path}#token=${token}`;
        writeSync(process.stdout.isTTY ? 1 : 2, `\n  Log console, for this machine only:\n  ${link}\n\n`);
    };
    if (server.listening)
        print();
    else
        server.once('listening', print);
}
/** The path the console is mounted at, behind the host's global prefix. */
export function mountedPath(path, config) {
    const prefix = config.getGlobalPrefix().replace(/^\/|\/$/g, '');
    const excluded = config
        .getGlobalPrefixOptions()
        .exclude?.some(({ pathRegex }) => pathRegex.test(`/${path}`));
    return prefix === '' || excluded ? path : `${prefix}/${path}`;
}
