import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { baseline2026 } from '#collector/baselines/baseline-2026.ts';
import { ruleById } from '#collector/baselines/rules/index.ts';
import { type RunningProcess, runProgram, startProcess } from '../child-process.ts';
import { COLLECTOR_MAIN, freePort, freshFolder } from './collector-process.ts';
import { clearLeftovers, endAfterwards } from './leftovers.ts';

const START = join(import.meta.dirname, '../tools/start.ts');
const LOCALES = { en: 'C.UTF-8', vi: 'vi_VN.UTF-8' } as const;
const LAST_LINE = { en: 'Ctrl-C stops them.', vi: 'Nhấn Ctrl-C để dừng.' } as const;

afterAll(clearLeftovers);

interface Place {
  readonly folder: string;
  readonly port: number;
}

async function freshPlace(): Promise<Place> {
  return { folder: join(freshFolder('start'), 'data'), port: await freePort() };
}

function variables({ folder, port }: Place, lang: keyof typeof LOCALES = 'en') {
  const language = { LC_ALL: '', LC_MESSAGES: '', LANG: LOCALES[lang] };
  return { ...language, TRAMDO_DATA: folder, TRAMDO_LISTEN: `127.0.0.1:${port}` };
}

/** Starts it in a process group of its own, as a terminal does. */
function startIn(place: Place, lang: keyof typeof LOCALES = 'en'): RunningProcess {
  return endAfterwards(startProcess([START], { environment: variables(place, lang), isGroupLeader: true }));
}

/** Processes that were started for the data folder, by the variable they inherited. */
function processesOf({ folder }: Place): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    const path = `/proc/${name}/environ`;
    return /^[0-9]+$/.test(name) && existsSync(path) && readsAs(path).includes(`TRAMDO_DATA=${folder}\0`);
  });
}

/** A process may end while it is looked at. */
function readsAs(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function machineIdIn(lines: readonly string[]): string | undefined {
  return /\(([0-9a-f]{8}-[0-9a-f-]{27})\)$/.exec(lines.find((line) => /\([0-9a-f]{8}-/.test(line)) ?? '')?.[1];
}

async function machineCount({ port }: Place): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics/agencies/Y00.01`)).text();
  return page.split('\n').filter((line) => line.startsWith('tramdo_machine_info{')).length;
}

const VERDICTS = {
  en: 'PASS|FAIL|UNKNOWN|NOT APPLICABLE',
  vi: 'ĐẠT|KHÔNG ĐẠT|CHƯA RÕ|KHÔNG ÁP DỤNG',
} as const;

/** What must be on the terminal before it says how to stop. */
const SAID = {
  en: ['Model: ', 'System: ', 'Antivirus: ', 'Firewall: ', 'Updates: ', 'Network: '],
  vi: ['Máy: ', 'Hệ điều hành: ', 'Chống mã độc: ', 'Tường lửa: ', 'Cập nhật: ', 'Mạng: '],
} as const;

function expectAllSaid(lines: readonly string[], place: Place, lang: keyof typeof LOCALES): void {
  for (const subject of SAID[lang]) expect(lines.filter((line) => line.startsWith(`  ${subject}`))).toHaveLength(1);
  const url = `http://127.0.0.1:${place.port}/`;
  for (const page of [url, `${url}metrics`]) expect(lines.some((line) => line.endsWith(` ${page}`))).toBe(true);
  const titles = baseline2026.rules.map(({ ruleId }) => ruleById(ruleId)?.title[lang] ?? '');
  const judged = lines.flatMap((line) => new RegExp(`^  (?:${VERDICTS[lang]}) +(.*)$`).exec(line)?.[1] ?? []);
  // Every rule with its title and a reason behind it.
  expect(judged).toHaveLength(titles.length);
  for (const title of titles) {
    expect(judged.filter((line) => line.startsWith(`${title}: `) && line.length > title.length + 2)).toHaveLength(1);
  }
}

describe('npm start', () => {
  it('says within 15 seconds what it found, stops with Ctrl-C and goes on with the same machine', async () => {
    const place = await freshPlace();
    const beforeMs = performance.now();
    await runProgram([COLLECTOR_MAIN, '--help']);
    const startedMs = performance.now();
    const first = startIn(place);
    await first.waitFor(LAST_LINE.en);
    // A slower computer, where one command of the collector takes longer, is given its share.
    const allowedMs = Math.max(15_000, 15 * (startedMs - beforeMs));
    expect(performance.now() - startedMs).toBeLessThan(allowedMs);
    expectAllSaid(first.lines, place, 'en');
    expect(await machineCount(place)).toBe(1);
    first.stop('SIGINT');
    expect(await first.ended).toBe(0);
    expect(first.lines.at(-1)).toBe('Collector and agent have stopped.');
    expect(processesOf(place)).toEqual([]);

    const second = startIn(place, 'vi');
    await second.waitFor(LAST_LINE.vi);
    expectAllSaid(second.lines, place, 'vi');
    expect(machineIdIn(second.lines)).toBe(machineIdIn(first.lines));
    expect(await machineCount(place)).toBe(1);
    // Not the whole group this time: what a service manager does to the first process alone.
    process.kill(second.pid, 'SIGTERM');
    expect(await second.ended).toBe(0);
    expect(processesOf(place)).toEqual([]);
  });

  it('stops cleanly when it is told so before it was ready', async () => {
    const place = await freshPlace();
    for (const moment of ['has joined', 'looks at this PC']) {
      const running = startIn(place);
      await running.waitFor(moment);
      running.stop('SIGINT');
      expect(await running.ended).toBe(0);
      expect(running.lines.filter((line) => /^\s+at /.test(line))).toEqual([]);
      expect(processesOf(place)).toEqual([]);
    }
  });

  it('leaves no process when it is told to stop while the collector starts', async () => {
    const place = await freshPlace();
    const running = startIn(place);
    await expect.poll(() => processesOf(place).length, { timeout: 60_000, interval: 10 }).toBeGreaterThan(1);
    process.kill(running.pid, 'SIGTERM');
    expect(await running.ended).toBe(0);
    expect(processesOf(place)).toEqual([]);
  });

  it('refuses to run twice in one folder, in one sentence, and the first goes on', async () => {
    const place = await freshPlace();
    const first = startIn(place);
    await first.waitFor(LAST_LINE.en);
    await expect.poll(() => existsSync(join(place.folder, 'agent/resident.json')), { timeout: 60_000 }).toBe(true);
    const second = await runProgram([START], { environment: variables({ ...place, port: await freePort() }) });
    expect(second).toMatchObject({ status: 1, stdout: '' });
    expect(second.stderr).toMatch(/^The agent of this PC runs already on this data folder, as process [0-9]+\.\n$/);
    expect(await machineCount(place)).toBe(1);
    first.stop('SIGINT');
    expect(await first.ended).toBe(0);
  });
});

describe('npm start, twice at the same moment', () => {
  it('leaves one running, and the other ends with one sentence', async () => {
    const place = await freshPlace();
    const both = [startIn(place), startIn(place)];
    const loser = await Promise.race(both.map(async (one) => ({ one, status: await one.ended })));
    expect(loser.status).toBe(1);
    expect(loser.one.complaint()).toMatch(
      /^Cannot serve as the collector with the process id \d+ serves from ".+": stop it first \(DATA_IN_USE\)$/,
    );
    const winner = both.find((one) => one !== loser.one);
    await winner?.waitFor(LAST_LINE.en);
    expect(await machineCount(place)).toBe(1);
    winner?.stop('SIGINT');
    expect(await winner?.ended).toBe(0);
    expect(processesOf(place)).toEqual([]);
  });
});

describe('npm start in a place that will not do', () => {
  const cases: readonly {
    when: string;
    prepare?: (place: Place) => void;
    changes?: (place: Place) => Readonly<Record<string, string>>;
    says: (place: Place) => string;
  }[] = [
    {
      when: 'the data folder is a file',
      prepare: ({ folder }) => writeFileSync(folder, 'a file'),
      says: ({ folder }) => `Cannot write the data folder "${folder}": `,
    },
    {
      when: 'the data folder cannot be made',
      prepare: ({ folder }) => writeFileSync(folder, 'a file'),
      changes: ({ folder }) => ({ TRAMDO_DATA: join(folder, 'below') }),
      says: ({ folder }) => `Cannot write the data folder "${join(folder, 'below')}": `,
    },
    {
      when: 'the database is garbage',
      prepare: ({ folder }) => {
        mkdirSync(folder);
        writeFileSync(join(folder, 'tramdo.sqlite'), 'This is no database. '.repeat(500));
      },
      says: ({ folder }) =>
        `Cannot read the database "${join(folder, 'tramdo.sqlite')}" as it is damaged or no database`,
    },
    {
      when: 'the key of the collector is garbage',
      prepare: ({ folder }) => {
        mkdirSync(folder);
        writeFileSync(join(folder, 'collector-key.json'), '{');
      },
      says: ({ folder }) => `Cannot read the key file "${join(folder, 'collector-key.json')}"`,
    },
    {
      when: 'the key of the agent is garbage',
      prepare: ({ folder }) => {
        mkdirSync(join(folder, 'agent'), { recursive: true });
        writeFileSync(join(folder, 'agent/identity.json'), '{}');
      },
      says: ({ folder }) => `Cannot use the key file "${join(folder, 'agent/identity.json')}": `,
    },
    {
      when: 'a setting is wrong',
      changes: () => ({ TRAMDO_LOG_LEVEL: 'loud' }),
      says: () => 'Cannot use the settings of the environment: "logLevel" is not allowed: current value is "loud"',
    },
    {
      when: 'a setting does not exist',
      changes: () => ({ TRAMDO_COLOUR: 'red' }),
      says: () => 'Cannot use the environment variable "TRAMDO_COLOUR": no setting has this name',
    },
  ];

  it.each(cases)('ends with one sentence when $when', async ({ prepare, changes, says }) => {
    const place = await freshPlace();
    prepare?.(place);
    const environment = { ...variables(place), ...changes?.(place) };
    const { status, stderr } = await runProgram([START], { environment });
    expect(status).toBe(1);
    expect(stderr.startsWith(says(place)), stderr).toBe(true);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(processesOf(place)).toEqual([]);
  });

  it('ends with one sentence when the port is taken', async () => {
    const place = await freshPlace();
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(place.port, '127.0.0.1', resolve);
    });
    const { status, stderr } = await runProgram([START], { environment: variables(place) });
    other.close();
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `Cannot listen on 127.0.0.1:${place.port} as another program does so already (ADDRESS_IN_USE)\n`,
    });
    expect(processesOf(place)).toEqual([]);
  });
});
