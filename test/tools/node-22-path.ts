import { join } from 'node:path';

/** Where `npm run fetch-node-22` puts Node 22, the oldest the bundle of the agent runs on. */
export const NODE_22_FOLDER = join(import.meta.dirname, '../../node_modules/.cache/node-22');

/** The program of Node 22. */
export const NODE_22_PATH = join(NODE_22_FOLDER, 'package/bin/node');
