/**
 * Ends a response in mid-answer. By a reset of the connection where that can be: a plain end leaves the kernel holding
 * what the client never took, and to a proxy that speaks HTTP/1.0 it looks like the end of the answer.
 */
export function cutOff(raw) {
    try {
        raw.socket?.resetAndDestroy();
    }
    catch {
        // Node resets nothing but bare TCP: no TLS, no Unix socket.
    }
    raw.destroy();
}
