// Node reads the CommonJS build as CommonJS only if the nearest package.json says so.
import { writeFileSync } from 'node:fs';

writeFileSync('libs/log-console/dist/cjs/package.json', '{"type":"commonjs"}\n');
