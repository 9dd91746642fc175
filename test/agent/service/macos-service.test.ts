import { describe, expect, it } from 'vitest';
import { macosService } from '#agent/service/macos-service.ts';
import { recordedMachine } from './recorded-machine.ts';

const FOLDER = '/usr/local/lib/tramdo-agent';
const PROGRAM = { nodePath: `${FOLDER}/node`, scriptPath: `${FOLDER}/tramdo-agent.mjs` };
const STATE = '/Library/Application Support/tramdo-agent';
const PLIST = '/Library/LaunchDaemons/vn.tramdo.agent.plist';
const PLAN = { program: PROGRAM, statePath: STATE, mode: 'resident', isStarted: true } as const;

describe('macosService()', () => {
  it('writes the daemon and loads it in place of the one before', async () => {
    const machine = recordedMachine('darwin');
    expect(await macosService(machine).install(PLAN)).toHaveLength(2);
    expect(machine.places.get(PLIST)).toContain('<string>vn.tramdo.agent</string>');
    expect(machine.ran).toEqual([
      'launchctl bootout system/vn.tramdo.agent',
      'launchctl enable system/vn.tramdo.agent',
      `launchctl bootstrap system ${PLIST}`,
    ]);
  });

  it('only writes the daemon when it is not to be started', async () => {
    const machine = recordedMachine('darwin');
    await macosService(machine).install({ ...PLAN, isStarted: false });
    expect(machine.ran).toEqual(['launchctl bootout system/vn.tramdo.agent']);
  });

  it('unloads and removes it, and says so when there was none', async () => {
    const machine = recordedMachine('darwin', { answers: { 'launchctl bootout': { exitCode: 3 } } });
    const installer = macosService(machine);
    await installer.install(PLAN);
    expect(await installer.uninstall(STATE)).toEqual(['The launch daemon vn.tramdo.agent was removed.']);
    expect(machine.places.has(PLIST)).toBe(false);
    expect(await installer.uninstall(STATE)).toEqual(['There was no service.']);
  });

  it('refuses a program folder that belongs to a user', () => {
    const places = { [PROGRAM.nodePath]: 'node', [PROGRAM.scriptPath]: 'script', [FOLDER]: { ownerId: 501 } };
    expect(() => macosService(recordedMachine('darwin', { places })).check(PLAN)).toThrow('others than root');
  });
});
