import { describe, expect, it } from 'vitest';
import { COLLECTOR_COMMANDS } from '#collector/commands/index.ts';
import { openStore } from '#collector/store/open-store.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { fillPackageFolder } from '../downloads/package-folder.ts';
import { AGENCY, MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

const ADD = ['agency', 'add', AGENCY, '--name', 'Sở Tài chính', '--level', 'department'];

describe('agency commands', () => {
  it('keep agencies with the numbers they declare', async () => {
    const { run } = terminal();
    await run('agency', 'add', '000.00.00.H47', '--name', 'Tỉnh', '--level', 'province');
    await run(...ADD, '--parent', 'H47', '--officials', '10', '--computers', '12', '--source', 'QĐ 1');
    await run('agency', 'set', AGENCY, '--officials', '11', '--as-of', '2026-12-01');
    expect(await run('agency', 'list', '--at', '2026-12-01')).toEqual([
      'H47\tprovince\t-\t-\tTỉnh',
      'H47.12\tdepartment\tH47\tcomputers=12 officials=11\tSở Tài chính',
    ]);
  });

  it.each([
    { argv: ADD.slice(0, 5), code: 'USAGE', want: /--level is missing/ },
    { argv: [...ADD, '--officials', 'many'], code: 'USAGE', want: /current value is "many"/ },
    { argv: [...ADD, '--parent', 'H99'], code: 'AGENCY_INVALID', want: /"H99"/ },
    { argv: [...ADD, '--officials', '1', '--as-of', 'today'], code: 'AGENCY_INVALID', want: /asOf/ },
    { argv: ['agency', 'add', 'Z9', '--name', 'x', '--level', 'unit'], code: 'AGENCY_INVALID', want: /"Z9"/ },
    { argv: ['agency', 'set', 'H47.13', '--officials', '1'], code: 'AGENCY_UNKNOWN', want: /"H47.13"/ },
    { argv: ['agency', 'set', AGENCY], code: 'USAGE', want: /--officials or --computers/ },
  ])('refuse $argv with $code and keep nothing', async ({ argv, code, want }) => {
    const { run } = terminal();
    await expect(run(...argv)).rejects.toMatchObject({ code, message: expect.stringMatching(want) });
    expect(await run('agency', 'list')).toEqual([]);
  });
});

describe('token commands', () => {
  it('print a join string once, list the token without it and revoke it', async () => {
    const { run } = terminal('address: collector.example.org:8640\n');
    await run(...ADD);
    const [told = '', text = ''] = await run('token', 'create', AGENCY, '--expires-days', '7', '--max-uses', '3');
    const id = told.split(' ')[1] ?? '';
    const { token, ...join } = parseJoinString(text);
    expect(join).toEqual({ host: 'collector.example.org', port: 8_640 });
    expect(await run('token', 'list')).toEqual([`${id}\t${AGENCY}\tvalid\t0/3\t09:00 09/03/2026`]);
    await run('token', 'revoke', id);
    const listed = await run('token', 'list');
    expect(listed).toEqual([`${id}\t${AGENCY}\trevoked\t0/3\t09:00 09/03/2026`]);
    expect(listed.join()).not.toContain(token);
  });

  it.each([
    { options: [], want: [/^Mã \w+ của cơ quan H47.12 có hiệu lực đến /, /^Linux hoặc macOS/, /^Windows, dán/, /GPO/] },
    {
      options: ['--lang', 'en'],
      want: [/^Token \w+ of agency H47.12 holds until /, /^Linux or macOS/, /^Windows, pa/, /GPO/],
    },
  ])('say what to paste on PCs with $options', async ({ options, want }) => {
    const folder = temporaryFolder();
    fillPackageFolder(folder);
    const { run } = terminal(`address: collector.example.org:8640\npackages: ${folder}\n`);
    await run(...ADD);
    const lines = await run('token', 'create', AGENCY, ...options);
    const [told, text = '', ...below] = lines;
    expect([told, ...below.filter((line) => line.endsWith(':'))]).toEqual(
      want.map((one) => expect.stringMatching(one)),
    );
    const pasted = below.filter((line) => line !== '' && !line.endsWith(':'));
    expect(pasted.map((line) => line.split(/[ {]/)[0])).toEqual(['curl', '&', 'msiexec', 'msiexec']);
    expect(pasted.filter((line) => !line.includes(text))).toEqual([]);
  });

  it('say how to get such lines where there are no packages', async () => {
    const { run } = terminal();
    await run(...ADD);
    const lines = await run('token', 'create', AGENCY, '--lang', 'en');
    expect(lines.slice(2).join('\n')).toMatch(/^\nFor lines that install the agent: run "npm run package"/);
    await expect(run('token', 'create', AGENCY, '--lang', 'fr')).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('put the pin of the own certificate into the join string', async () => {
    const { run } = terminal('listen: 0.0.0.0:8640\naddress: collector.example.org:8640\n');
    await run(...ADD);
    const pins = [await run('token', 'create', AGENCY), await run('token', 'create', AGENCY)].map(
      ([, text = '']) => parseJoinString(text).pin,
    );
    expect(pins[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(pins[1]).toBe(pins[0]);
  });

  it('refuse an agency that is not there and an id that is not', async () => {
    const { run } = terminal();
    await expect(run('token', 'create', 'H47')).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
    await expect(run('token', 'revoke', 'x')).rejects.toMatchObject({ code: 'JOIN_TOKEN_UNKNOWN' });
  });
});

describe('machine commands', () => {
  it('show and retire a machine', async () => {
    const { run, database } = terminal();
    await run(...ADD);
    const machineId = '01a204c6-4713-72ee-82ec-5040056097ce';
    const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
    const store = await openStore(database);
    await store.machines.save({
      agencyCode: AGENCY,
      machineId,
      publicKey,
      fingerprint: 'f'.repeat(43),
      hostname: 'pc-1',
      platform: 'linux',
      agentVersion: '0.1.0',
      enrolledAtMs: MONDAY_MS,
    });
    await store.close();
    expect(await run('machine', 'list')).toEqual([`${AGENCY}\t${machineId}\tunknown\tnever\tpc-1\treporting`]);
    expect((await run('machine', 'show', machineId, '--lang', 'en')).slice(0, 3)).toEqual([
      `pc-1 (${machineId})`,
      `Agency: ${AGENCY}`,
      'Last report: never',
    ]);
    await run('machine', 'retire', machineId);
    expect(await run('machine', 'list', '--agency', AGENCY)).toEqual([
      `${AGENCY}\t${machineId}\tunknown\tnever\tpc-1\tretired`,
    ]);
    await expect(run('machine', 'show', 'x')).rejects.toMatchObject({ code: 'MACHINE_NOT_FOUND' });
  });
});

describe('runCommand()', () => {
  it('prints the settings as they hold', async () => {
    const { run } = terminal('logLevel: warn\n');
    expect((await run('config', 'check')).join('\n')).toMatch(/logLevel: warn\n(.*\n)*.*plain HTTP/);
  });

  it.each(COLLECTOR_COMMANDS.map(({ name }) => ({ name })))('explains "$name" with --help', async ({ name }) => {
    const { run } = terminal();
    expect((await run(...name.split(' '), '--help')).join('\n')).toContain(`tramdo-collector ${name}`);
  });

  it.each([
    { argv: [] },
    { argv: ['dance'] },
    { argv: ['agency', 'dance'] },
    { argv: ['migrate', '--dance'] },
    { argv: ['migrate', 'x'] },
  ])('refuses $argv as not understood', async ({ argv }) => {
    await expect(terminal().run(...argv)).rejects.toMatchObject({ code: 'USAGE' });
  });
});
