/** Work that is done by one at a time: who asks while it runs gets what comes of the next run, shared with all others. */
export class OneAtATime {
    #running;
    #next;
    constructor(work) {
        this.work = work;
    }
    run() {
        if (this.#next)
            return this.#next;
        if (!this.#running)
            return this.#start();
        this.#next = this.#running.then(() => this.#start(), () => this.#start());
        return this.#next;
    }
    #start() {
        this.#next = undefined;
        const running = this.work().finally(() => {
            if (this.#running === running)
                this.#running = undefined;
        });
        this.#running = running;
        return running;
    }
}
