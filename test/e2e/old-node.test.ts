import { describe, expect, it } from 'vitest';
import { runProgram } from '../child-process.ts';
import { AGENT_BUNDLE } from './agent-process.ts';

/** Makes this Node pass for another one. */
const NODE_20 = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })",
)}`;

describe('the agent under a Node that is too old', () => {
  it.each(['run', 'status', 'doctor'])('ends "%s" with one sentence', async (command) => {
    expect(await runProgram(['--import', NODE_20, AGENT_BUNDLE, command])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'Cannot run with Node 20.20.2: the agent needs Node 22 or newer\n',
    });
  });
});
