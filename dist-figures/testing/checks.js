const CAPACITY = 1000;
/** Turns each promise into a test. */
export function defineChecks(runner, checks, create) {
    for (const [promise, check] of Object.entries(checks)) {
        runner.test(promise, async () => {
            const opened = [];
            try {
                await check(async (options) => {
                    const one = await create({ capacity: CAPACITY, ...options });
                    opened.push(one);
                    return one;
                });
            }
            finally {
                for (const one of opened)
                    await one.close();
            }
        });
    }
}
