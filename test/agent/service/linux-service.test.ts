import { describe, expect, it } from 'vitest';
import { linuxService } from '#agent/service/linux-service.ts';
import { systemdUnit } from '#agent/service/systemd.ts';
import { type Answers, type Place, recordedMachine } from './recorded-machine.ts';

const FOLDER = '/usr/lib/tramdo-agent';
const PROGRAM = { nodePath: `${FOLDER}/node`, scriptPath: `${FOLDER}/tramdo-agent.mjs` };
const STATE = '/var/lib/tramdo-agent';
const PLAN = { program: PROGRAM, statePath: STATE, mode: 'resident', isStarted: true } as const;
const BOOTED = { '/run/systemd/system': { ownerId: 0 } };
const UNITS = '/etc/systemd/system';
const MARK = '# Written by "tramdo-agent service install"; "service uninstall" removes it.\n';

const ROOTS: Readonly<Record<string, Place>> = {
  '/': { ownerId: 0 },
  '/usr': { ownerId: 0 },
  '/usr/lib': { ownerId: 0 },
  [FOLDER]: { ownerId: 0 },
  [PROGRAM.nodePath]: 'node',
  [PROGRAM.scriptPath]: 'script',
};

function linux(places: Readonly<Record<string, Place>> = {}, answers: Answers = {}) {
  const machine = recordedMachine('linux', { places: { ...ROOTS, ...BOOTED, ...places }, answers });
  return { machine, installer: linuxService(machine) };
}

describe('linuxService().install()', () => {
  it('writes the unit, enables and starts it', async () => {
    const { machine, installer } = linux();
    expect(await installer.install(PLAN)).toEqual([
      'tramdo-agent.service is installed and starts with the system.',
      'tramdo-agent.service was started.',
    ]);
    expect(machine.places.get(`${UNITS}/tramdo-agent.service`)).toBe(
      MARK + systemdUnit({ program: PROGRAM, mode: 'resident' }),
    );
    expect(machine.ran).toEqual([
      'systemctl --version',
      'systemctl daemon-reload',
      'systemctl enable --quiet tramdo-agent.service',
      'systemctl restart tramdo-agent.service',
    ]);
  });

  it('takes the timer in scheduled mode and forgets the resident unit', async () => {
    const { machine, installer } = linux();
    await installer.install(PLAN);
    await installer.install({ ...PLAN, mode: 'scheduled' });
    expect(machine.list(UNITS).toSorted()).toEqual(['tramdo-agent-report.service', 'tramdo-agent.timer']);
    expect(machine.ran.slice(4)).toEqual([
      'systemctl --version',
      'systemctl daemon-reload',
      'systemctl stop tramdo-agent.service',
      'systemctl disable --quiet tramdo-agent.service',
      'systemctl enable --quiet tramdo-agent.timer',
      'systemctl restart tramdo-agent.timer',
      'systemctl start --no-block tramdo-agent-report.service',
    ]);
  });

  it('uses the unit of the package when it starts this very program', async () => {
    const packaged = {
      '/usr/lib/systemd/system/tramdo-agent.service': systemdUnit({ program: PROGRAM, mode: 'resident' }),
    };
    const { machine, installer } = linux(packaged);
    await installer.install(PLAN);
    expect(machine.list(UNITS)).toEqual([]);
    expect(machine.ran).toContain('systemctl enable --quiet tramdo-agent.service');
  });

  it('overrides the unit of the package for a state folder of its own', async () => {
    const packaged = {
      '/usr/lib/systemd/system/tramdo-agent.service': systemdUnit({ program: PROGRAM, mode: 'resident' }),
    };
    const { machine, installer } = linux(packaged);
    await installer.install({ ...PLAN, program: { ...PROGRAM, statePath: '/srv/agent' } });
    expect(machine.list(UNITS)).toEqual(['tramdo-agent.service']);
  });

  it('says that the agent starts later where systemd does not run', async () => {
    const machine = recordedMachine('linux', { places: ROOTS });
    expect(await linuxService(machine).install(PLAN)).toEqual([
      'tramdo-agent.service is installed and starts with the system.',
      'systemd does not run now: the agent starts when the machine is started next.',
    ]);
    expect(machine.ran).toEqual(['systemctl --version', 'systemctl enable --quiet tramdo-agent.service']);
  });

  it('does not start what is not to be started', async () => {
    const { machine, installer } = linux();
    await installer.install({ ...PLAN, isStarted: false });
    expect(machine.ran.at(-1)).toBe('systemctl enable --quiet tramdo-agent.service');
  });

  it('leaves a unit of somebody else alone', async () => {
    const { installer } = linux({ [`${UNITS}/tramdo-agent.service`]: '[Unit]\n' });
    await expect(installer.install(PLAN)).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('refuses a machine without systemd', async () => {
    const { installer } = linux({}, { systemctl: { isMissing: true } });
    await expect(installer.install(PLAN)).rejects.toMatchObject({ code: 'COMMAND_MISSING' });
  });
});

describe('linuxService().check()', () => {
  it.each([
    { what: 'a folder that a user owns', places: { '/usr/lib': { ownerId: 1000 } } },
    { what: 'a folder that others may write', places: { [FOLDER]: { ownerId: 0, isOpenToOthers: true } } },
  ])('refuses a program in $what', ({ places }) => {
    const { installer } = linux(places);
    expect(() => installer.check(PLAN)).toThrow(
      /^Cannot make a service of this program as others than root can change/,
    );
  });

  it('refuses a state folder that the sandbox hides', () => {
    const { installer } = linux();
    expect(() => installer.check({ ...PLAN, statePath: '/home/user1/state' })).toThrow('out of sight');
  });

  it.each([
    { what: 'of a user', above: { ownerId: 1000 } },
    { what: 'that others may write', above: { ownerId: 0, isOpenToOthers: true } },
  ])('refuses a state folder below a folder $what', ({ above }) => {
    const { installer } = linux({ '/srv': { ownerId: 0 }, '/srv/data': above });
    expect(() => installer.check({ ...PLAN, statePath: '/srv/data/new/state' })).toThrow(
      'Cannot keep the state in "/srv/data/new/state" as others than root can change "/srv/data" above it',
    );
  });

  it('takes the program of the package', () => {
    const { installer } = linux();
    expect(installer.check(PLAN)).toBeUndefined();
  });
});

describe('linuxService().prepareStateFolder()', () => {
  it('keeps a folder of root', async () => {
    const { machine, installer } = linux({ [STATE]: { ownerId: 0 }, [`${STATE}/identity.json`]: 'key' });
    expect(await installer.prepareStateFolder(STATE)).toEqual([]);
    expect(machine.list(STATE)).toEqual(['identity.json']);
  });

  it('moves a folder of somebody else aside, with what is in it', async () => {
    const { machine, installer } = linux({ [STATE]: { ownerId: 1000 }, [`${STATE}/identity.json`]: 'trap' });
    expect(await installer.prepareStateFolder(STATE)).toHaveLength(2);
    expect(machine.list(STATE)).toEqual([]);
    expect(machine.places.get(`${STATE}.untrusted-1795348800000/identity.json`)).toBe('trap');
  });
});

describe('linuxService().isStateFolderTrusted()', () => {
  it.each([
    [{ ownerId: 0 }, true],
    [{ ownerId: 1000 }, false],
    [{ ownerId: 0, isOpenToOthers: true }, false],
    ['a file', false],
  ])('takes %j for %s', async (place, isTrusted) => {
    const { installer } = linux({ [STATE]: place });
    expect(await installer.isStateFolderTrusted(STATE)).toBe(isTrusted);
  });
});

describe('linuxService().purge()', () => {
  it('removes what an installation made, and no other folder', async () => {
    const { machine, installer } = linux({ [STATE]: { ownerId: 0 }, [`${STATE}/service.json`]: '{}' });
    expect(await installer.purge(STATE)).toEqual([`The state folder "${STATE}" was removed.`]);
    expect(await installer.purge(STATE)).toEqual([]);
    expect(await installer.purge('/usr')).toEqual(['"/usr" was not made by an installation: it is left alone.']);
    expect([machine.places.has(STATE), machine.places.has('/usr')]).toEqual([false, true]);
  });
});

describe('linuxService().uninstall()', () => {
  it('stops, disables and removes what an installation wrote, and does nothing the second time', async () => {
    const { machine, installer } = linux();
    await installer.install({ ...PLAN, mode: 'scheduled' });
    const before = machine.ran.length;
    expect(await installer.uninstall(STATE)).toEqual([
      'The service was stopped and forgotten: tramdo-agent-report.service, tramdo-agent.timer.',
    ]);
    expect(machine.ran.slice(before)).toEqual([
      'systemctl stop tramdo-agent-report.service',
      'systemctl stop tramdo-agent.timer',
      'systemctl disable --quiet tramdo-agent.timer',
      'systemctl daemon-reload',
    ]);
    expect(machine.list(UNITS)).toEqual([]);
    expect(await installer.uninstall(STATE)).toEqual(['There was no service.']);
  });
});
