/**
 * The commands that live and die with a short process, in one module: the bundle keeps them in a file of their own,
 * apart from the resident process (agent/build.ts).
 */
export { join } from './join.ts';
export { leave } from './leave.ts';
export { report } from './report.ts';
export { status } from './status.ts';
