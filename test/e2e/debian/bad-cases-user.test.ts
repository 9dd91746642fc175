import { chmodSync, chownSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROBES } from '#agent/probes/index.ts';
import { unsentReport } from '#agent/uplink/outbox.ts';
import { ERROR_CATALOGUE } from '#shared/errors.ts';
import { AGENT_BUNDLE, agentOn } from '../agent-process.ts';
import { freshFolder } from '../collector-process.ts';
import { joinedPair, PAIR_AGENCY } from '../joined-pair.ts';
import { clearLeftovers } from '../leftovers.ts';
import { readVerdicts } from '../metric-samples.ts';
import { debianProgram } from './debian-program.ts';

/** Account `nobody` of every Debian. */
const NOBODY = 65_534;
/** Probes whose value is another at every look. */
const VOLATILE: readonly string[] = ['connectivity', 'self'];

afterAll(clearLeftovers);

/** Path of a program that runs the agent as an ordinary user, who can read it and write its state folder alone. */
function asOrdinaryUser(): { readonly program: string; readonly stateFolder: string } {
  const folder = freshFolder('ordinary-user');
  chmodSync(folder, 0o755);
  const node = join(folder, 'node');
  cpSync(process.execPath, node, { dereference: true });
  cpSync(dirname(AGENT_BUNDLE), join(folder, 'dist'), { recursive: true });
  const stateFolder = join(folder, 'state');
  mkdirSync(stateFolder, { mode: 0o700 });
  chownSync(stateFolder, NOBODY, NOBODY);
  const become = `'${debianProgram('/usr/bin/setpriv', 'util-linux')}' --reuid=${NOBODY} --regid=${NOBODY} --clear-groups`;
  const program = join(folder, 'agent');
  // The first argument is the bundle that root would run.
  const script = `#!/bin/sh\nshift\nexec ${become} '${node}' '${join(folder, 'dist', basename(AGENT_BUNDLE))}' "$@"\n`;
  writeFileSync(program, script, { mode: 0o755 });
  return { program, stateFolder };
}

async function seenBy(agent: ReturnType<typeof agentOn>) {
  const { status, stdout, stderr } = await agent.command('report', '--dry-run');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return unsentReport.parse(JSON.parse(stdout)).observations;
}

/** Facts in the first value that are neither left out in the second nor the same there; what is unknown is left out. */
function contradictions(root: unknown, user: unknown, path = ''): readonly string[] {
  if (user === undefined || user === 'unknown') return [];
  if (typeof root === 'object' && root !== null && typeof user === 'object' && user !== null) {
    const known = new Map<string, unknown>(Object.entries(root));
    return Object.entries(user).flatMap(([key, value]) => contradictions(known.get(key), value, `${path}.${key}`));
  }
  return root === user ? [] : [`${path}: root sees ${JSON.stringify(root)}, an ordinary user ${JSON.stringify(user)}`];
}

describe('an agent that an ordinary user runs', () => {
  it('sees with every probe, or says why not, and nothing that root sees otherwise', async () => {
    const { program, stateFolder } = asOrdinaryUser();
    const byUser = await seenBy(agentOn(stateFolder, { program }));
    const byRoot = await seenBy(agentOn());
    const expected = PROBES.filter(({ platforms }) => platforms.includes('linux')).map(({ id }) => id);
    expect(Object.keys(byUser)).toEqual(expected.toSorted());
    for (const [id, { value, failure }] of Object.entries(byUser)) {
      expect(value === undefined).toBe(failure !== undefined);
      if (failure !== undefined) expect(Object.keys(ERROR_CATALOGUE)).toContain(failure.code);
      if (!VOLATILE.includes(id)) expect(contradictions(byRoot[id]?.value, value, id)).toEqual([]);
    }
    expect(['COMMAND_FAILED', 'COMMAND_MISSING']).toContain(byUser['firewall']?.failure?.code);
  });

  it('reports what it sees; what it may not see is unknown', async () => {
    const { program, stateFolder } = asOrdinaryUser();
    const { collector } = await joinedPair();
    const agent = agentOn(stateFolder, { program });
    const joined = await agent.command('join', await collector.joinString(PAIR_AGENCY));
    const machineId = /machine ([0-9a-f-]{36})/.exec(joined.stdout)?.[1] ?? '';
    expect(await agent.command('report')).toMatchObject({ status: 0, stderr: '' });
    const verdicts = await readVerdicts(collector, PAIR_AGENCY, machineId);
    expect(verdicts).toContainEqual(expect.stringMatching(/^firewall-on unknown observation_failed/));
    expect((await agent.command('doctor', '--lang', 'en')).stdout).toMatch(/^\? NOTE +Permission: /m);
    expect((await agent.command('status', '--lang', 'en')).status).toBe(0);
  });
});
