import { cpSync, existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readIdentity } from '#agent/uplink/identity.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { runProgram, startProcess } from '../../child-process.ts';
import { AGENT_BUNDLE } from '../agent-process.ts';
import { addAgency, type CollectorProcess, startCollector } from '../collector-process.ts';
import { clearLeftovers, endAfterwards, removeAfterwards } from '../leftovers.ts';
import { readReportCounts } from '../metric-samples.ts';

const AGENCY = 'Y00.01';
const UNIT = '/etc/systemd/system/tramdo-agent.service';
const ENABLED = '/etc/systemd/system/multi-user.target.wants/tramdo-agent.service';

let collector: CollectorProcess;
let folder: string;
const service = (...argv: string[]) =>
  runProgram([join(folder, 'agent/tramdo-agent.mjs'), 'service', ...argv, '--state', join(folder, 'state')], {
    node: join(folder, 'node'),
  });

beforeAll(async () => {
  // A place that belongs to root alone all the way up, as a package has it.
  folder = removeAfterwards(mkdtempSync('/var/lib/tramdo-install-'));
  cpSync(process.execPath, join(folder, 'node'));
  cpSync(dirname(AGENT_BUNDLE), join(folder, 'agent'), { recursive: true });
  collector = await startCollector();
  await addAgency(collector, AGENCY);
});
afterAll(async () => {
  await service('uninstall', '--purge');
  await clearLeftovers();
});

describe('service install', () => {
  it('joins, locks the state folder and leaves a unit whose command line reports', async () => {
    const installed = await service('install', '--resident', '--join', await collector.joinString(AGENCY));
    expect(installed).toMatchObject({ status: 0, stderr: expect.stringContaining('"Machine has joined"') });
    expect(installed.stdout).toMatch(/^Mode: resident, because it was asked for\.\nJoined agency Y00\.01 at /m);
    const state = stateFolderAt(join(folder, 'state'));
    expect(statSync(state.path).mode & 0o777).toBe(0o700);
    expect(existsSync(ENABLED)).toBe(true);
    const [, command = ''] = /^ExecStart=(.*)$/m.exec(readFileSync(UNIT, 'utf8')) ?? [];
    const [program = '', ...argv] = command.split(' ');
    const resident = endAfterwards(startProcess(argv, { program }));
    await expect.poll(async () => (await readReportCounts(collector))['accepted'], { timeout: 60_000 }).toBe(1);
    resident.stop();
    expect(await resident.ended).toBe(0);
  });

  it('changes nothing and keeps the identity when it is run again, as an upgrade does', async () => {
    const state = stateFolderAt(join(folder, 'state'));
    const before = { unit: readFileSync(UNIT, 'utf8'), identity: readIdentity(state.identityFile) };
    const again = await service('install', '--join', await collector.joinString(AGENCY));
    expect(again.stdout).toContain('Mode: resident, because an earlier installation was asked for it.\n');
    expect(again.stdout).toMatch(/^This machine has joined .* already and stays there\.$/m);
    const elsewhere = await service('install', '--join', 'tramdo://127.0.0.1:9/#AAAAAAAAAAAAAAAA');
    expect(elsewhere.stdout).toContain('give --join-again to move this machine there.\n');
    expect({ unit: readFileSync(UNIT, 'utf8'), identity: readIdentity(state.identityFile) }).toEqual(before);
  });

  it('keeps a join string whose collector is away, beside the identity that works', async () => {
    const state = stateFolderAt(join(folder, 'state'));
    const before = readIdentity(state.identityFile);
    const waiting = await service('install', '--join-again', '--join', 'tramdo://127.0.0.1:9/#AAAAAAAAAAAAAAAA');
    expect(waiting.status).toBe(0);
    expect(waiting.stdout).toContain('The join string is kept, and the service tries again by itself.\n');
    expect(readIdentity(state.identityFile)).toEqual(before);
    expect(existsSync(state.pendingJoinFile)).toBe(true);
  });

  it('is taken back: the state stays until it is purged, and a second time there is nothing to do', async () => {
    const state = join(folder, 'state');
    expect(await service('uninstall')).toMatchObject({ status: 0 });
    expect([existsSync(UNIT), existsSync(ENABLED), existsSync(state)]).toEqual([false, false, true]);
    expect(await service('uninstall', '--purge')).toMatchObject({ status: 0 });
    expect(existsSync(state)).toBe(false);
    expect(await service('uninstall', '--purge')).toEqual({
      status: 0,
      stdout: 'There was no service.\n',
      stderr: '',
    });
  });
});
