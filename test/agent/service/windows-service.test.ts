import { describe, expect, it } from 'vitest';
import type { ServiceMachine } from '#agent/service/service-machine.ts';
import { windowsService } from '#agent/service/windows-service.ts';
import { type Answers, type Place, type RecordedMachine, recordedMachine } from './recorded-machine.ts';

const FOLDER = 'C:\\Program Files\\tramdo-agent';
const PROGRAM = { nodePath: `${FOLDER}\\node.exe`, scriptPath: `${FOLDER}\\tramdo-agent.mjs` };
const STATE = 'C:\\ProgramData\\tramdo-agent';
const PLAN = { program: PROGRAM, statePath: STATE, mode: 'resident', isStarted: true } as const;
const NOTED = {
  'reg.exe query': {
    stdout: `\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\tramdo-agent\r\n    StateFolder    REG_SZ    ${STATE}\r\n\r\n`,
  },
};
const NOT_NOTED = { 'reg.exe query': { exitCode: 1 } };
const LOCK = [
  `icacls.exe ${STATE} /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F /grant:r *S-1-5-32-544:(OI)(CI)F /L /Q`,
  `icacls.exe ${STATE} /remove:g *S-1-1-0 *S-1-5-11 *S-1-5-32-545 /L /Q`,
  `icacls.exe ${STATE} /setowner *S-1-5-32-544 /L /Q`,
];
const QUESTION = 'reg.exe query HKLM\\SOFTWARE\\tramdo-agent /v StateFolder';

function windows(places: Readonly<Record<string, Place>> = {}, answers: Answers = {}) {
  const machine = recordedMachine('win32', { places, answers });
  return { machine, installer: windowsService(machine) };
}

describe('windowsService().prepareStateFolder()', () => {
  it('makes and locks a folder, and notes it where only administrators write', async () => {
    const { machine, installer } = windows({}, NOT_NOTED);
    await installer.prepareStateFolder(STATE);
    expect(machine.ran).toEqual([
      ...LOCK,
      `reg.exe add HKLM\\SOFTWARE\\tramdo-agent /v StateFolder /t REG_SZ /d ${STATE} /f`,
    ]);
  });

  it('moves a folder aside that no installation has noted, and never reaches into it', async () => {
    const planted = { [STATE]: { ownerId: 0 }, [`${STATE}\\identity.json`]: 'trap' };
    const { machine, installer } = windows(planted, NOT_NOTED);
    const said = await installer.prepareStateFolder(STATE);
    expect(said[0]).toContain('is not used');
    expect(machine.list(STATE)).toEqual(['locked.txt']);
    expect(machine.places.get(`${STATE}.untrusted-1795348800000\\identity.json`)).toBe('trap');
    expect(machine.ran.filter((line) => line.includes('/T'))).toEqual([]);
  });

  it('keeps the folder of an earlier installation and sets its rights again', async () => {
    const { machine, installer } = windows({ [STATE]: { ownerId: 0 }, [`${STATE}\\identity.json`]: 'key' }, NOTED);
    expect(await installer.prepareStateFolder(STATE)).toEqual([]);
    expect(machine.places.get(`${STATE}\\identity.json`)).toBe('key');
    expect(machine.ran).toEqual([QUESTION, ...LOCK, `icacls.exe ${STATE}\\* /reset /T /C /L /Q`]);
  });

  it.each<{ readonly what: string; readonly spoil: (machine: RecordedMachine) => Partial<ServiceMachine> }>([
    {
      what: 'writes into it before it is locked',
      spoil: ({ list }) => ({ list: (path) => [...list(path), 'update.json'] }),
    },
    {
      what: 'makes a junction of it',
      spoil: ({ status }) => ({
        status: (path) => {
          const found = status(path);
          return found === undefined ? undefined : { ...found, kind: 'other' };
        },
      }),
    },
    {
      what: 'makes a junction of it for a moment, so that the mark goes elsewhere',
      spoil: () => ({ write: () => {} }),
    },
  ])('trusts no folder when somebody $what', async ({ spoil }) => {
    const { machine } = windows({}, NOT_NOTED);
    const installer = windowsService({ ...machine, ...spoil(machine) });
    await expect(installer.prepareStateFolder(STATE)).rejects.toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' });
    expect(machine.ran.filter((line) => line.startsWith('reg.exe add'))).toEqual([]);
  });

  it('refuses when rights cannot be set', async () => {
    const { installer } = windows({}, { ...NOT_NOTED, 'icacls.exe': { exitCode: 5 } });
    await expect(installer.prepareStateFolder(STATE)).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
  });
});

describe('windowsService().isStateFolderTrusted()', () => {
  it.each([
    [NOTED, true],
    [NOT_NOTED, false],
  ])('believes the registry (%j) and no file in the folder', async (answers, isTrusted) => {
    const { installer } = windows({ [STATE]: { ownerId: 0 }, [`${STATE}\\lock.json`]: 'trap' }, answers);
    expect(await installer.isStateFolderTrusted(STATE)).toBe(isTrusted);
  });
});

describe('windowsService().install()', () => {
  it('registers the task from a file in the state folder, starts it and leaves no file', async () => {
    const { machine, installer } = windows();
    expect(await installer.install(PLAN)).toEqual([
      'The task \\tramdo-agent is registered and starts with the system.',
      '\\tramdo-agent was started.',
    ]);
    expect(machine.ran).toEqual([
      'schtasks.exe /end /tn \\tramdo-agent',
      `schtasks.exe /create /tn \\tramdo-agent /xml ${STATE}\\task.xml /f`,
      'schtasks.exe /run /tn \\tramdo-agent',
    ]);
    expect([...machine.places.keys()]).toEqual([]);
  });

  it('relies on the trigger when the task cannot be started now', async () => {
    const { installer } = windows({}, { 'schtasks.exe /run': { exitCode: 1 } });
    expect((await installer.install(PLAN)).at(-1)).toContain('its own trigger starts it within 5 minutes');
  });

  it('tries three times to register the task, for Windows may just be starting, and then fails', async () => {
    const { machine, installer } = windows({}, { 'schtasks.exe /create': { exitCode: 1 } });
    await expect(installer.install(PLAN)).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    expect(machine.ran.filter((line) => line.startsWith('schtasks.exe /create'))).toHaveLength(3);
    expect([...machine.places.keys()]).toEqual([]);
  });
});

describe('windowsService().uninstall()', () => {
  it('ends and removes the task', async () => {
    const { machine, installer } = windows();
    expect(await installer.uninstall(STATE)).toEqual(['The task \\tramdo-agent was removed.']);
    expect(machine.ran).toEqual(['schtasks.exe /end /tn \\tramdo-agent', 'schtasks.exe /delete /tn \\tramdo-agent /f']);
  });

  it('has nothing to do when there is no task', async () => {
    const { installer } = windows({}, { 'schtasks.exe': { exitCode: 1 } });
    expect(await installer.uninstall(STATE)).toEqual(['There was no service.']);
  });

  it('fails when a task that is there cannot be removed', async () => {
    const { installer } = windows(
      {},
      { 'schtasks.exe /delete': { exitCode: 1 }, 'schtasks.exe /query': { stdout: '<?xml version="1.0"?>\r\n<Task>' } },
    );
    await expect(installer.uninstall(STATE)).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
  });
});

describe('windowsService().purge()', () => {
  it('removes the folder of an installation and its note', async () => {
    const { machine, installer } = windows({ [STATE]: { ownerId: 0 }, [`${STATE}\\identity.json`]: 'key' }, NOTED);
    expect(await installer.purge(STATE)).toEqual([`The state folder "${STATE}" was removed.`]);
    expect([...machine.places.keys()]).toEqual([]);
    expect(machine.ran).toEqual([QUESTION, 'reg.exe delete HKLM\\SOFTWARE\\tramdo-agent /f']);
  });

  it('leaves a folder alone that no installation has made', async () => {
    const { machine, installer } = windows({ [STATE]: { ownerId: 0 } }, NOT_NOTED);
    await installer.purge(STATE);
    expect([...machine.places.keys()]).toEqual([STATE]);
  });
});
