import { realpathSync } from 'node:fs';

/** The runtime and the script that this process was started with, links followed. */
export function ownProgram(): { readonly nodePath: string; readonly scriptPath: string } {
  return { nodePath: realpathSync(process.execPath), scriptPath: realpathSync(process.argv[1] ?? '') };
}
