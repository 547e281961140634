export default { test: { globals: true, include: ['test/**/*.spec.ts'] } };
