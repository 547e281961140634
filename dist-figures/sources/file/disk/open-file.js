import { HEAD_BYTES, hashOf, isHeadOf } from './file-identity.js';
/** A regular file that is open for reading. It reads no further than the file was long when it was opened. */
export class OpenFile {
    #head;
    constructor(path, handle, facts, 
    /** Whether somebody else closes it. */
    isBorrowed = false) {
        this.path = path;
        this.handle = handle;
        this.isBorrowed = isBorrowed;
        this.inode = facts.inode;
        this.size = facts.size;
        this.device = facts.device;
        this.modified = facts.modified;
        this.born = facts.born;
    }
    /** The bytes from one place to another, fewer where the file ends; in the memory given, or their own. */
    async read(from, to, memory) {
        const length = Math.max(0, Math.min(to, this.size) - from);
        const bytes = memory ? memory.subarray(0, length) : Buffer.allocUnsafe(length);
        let filled = 0;
        while (filled < bytes.length) {
            const { bytesRead } = await this.handle.read(bytes, filled, bytes.length - filled, from + filled);
            if (bytesRead === 0)
                break; // it was truncated since
            filled += bytesRead;
        }
        return bytes.subarray(0, filled);
    }
    /** Which file it is. */
    async identity() {
        const head = await this.head();
        return { inode: this.inode, hashed: head.length, hash: hashOf(head) };
    }
    /** Whether it begins as the file of an identity did, and so is this file or a copy. */
    async beginsAs({ hashed, hash }) {
        return this.size >= hashed && isHeadOf(await this.head(), { hashed, hash });
    }
    /** Its first bytes. */
    async head() {
        return (this.#head ??= await this.read(0, HEAD_BYTES));
    }
    /** Closes it; nothing else can be done with it from then on. */
    async close() {
        if (!this.isBorrowed)
            await this.handle.close().catch(() => undefined);
    }
}
