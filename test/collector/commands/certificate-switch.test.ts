import { describe, expect, it } from 'vitest';
import { noteAnnounced } from '#collector/http/next-certificate.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { openStore } from '#collector/store/open-store.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { AGENCY, MONDAY_MS } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

const OPEN = 'listen: 0.0.0.0:8640\naddress: collector.example.org:8640\n';

/** A terminal with one machine that joined on Monday. */
async function withMachine() {
  const opened = terminal(OPEN);
  await opened.run('agency', 'add', AGENCY, '--name', 'Sở Tài chính', '--level', 'department');
  const store = await openStore(opened.database);
  await store.machines.save({
    agencyCode: AGENCY,
    machineId: '01a204c6-4713-72ee-82ec-5040056097ce',
    publicKey: { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) },
    fingerprint: 'f'.repeat(43),
    hostname: 'pc-1',
    platform: 'linux',
    agentVersion: '0.1.0',
    enrolledAtMs: MONDAY_MS,
  });
  await store.close();
  const pin = async () => parseJoinString((await opened.run('token', 'create', AGENCY))[1] ?? '').pin;
  return { ...opened, pin };
}

describe('certificate commands', () => {
  it('make the next certificate, and take it into use when every machine knows it', async () => {
    const { run, data, pin } = await withMachine();
    const before = await pin();
    const [pins = ''] = await run('certificate', 'renew');
    const [, current, next] = /^The pin in use is (\S{43}), the next one is (\S{43})\.$/.exec(pins) ?? [];
    expect([current, await pin()]).toEqual([before, before]);
    noteAnnounced(DataFolder.open(data), MONDAY_MS);
    expect((await run('certificate', 'switch'))[0]).toContain(`the pin ${next}`);
    expect(await pin()).toBe(next);
  });

  it('do not switch while machines do not know the next certificate, unless told', async () => {
    const { run, data } = await withMachine();
    await run('certificate', 'renew');
    const refusal = (message: RegExp) => ({ code: 'USAGE', message: expect.stringMatching(message) });
    await expect(run('certificate', 'switch')).rejects.toMatchObject(refusal(/^Cannot switch as 1 PCs .* not started/));
    noteAnnounced(DataFolder.open(data), MONDAY_MS + 1);
    await expect(run('certificate', 'switch')).rejects.toMatchObject(refusal(/have not reported since 09:00/));
    expect(await run('certificate', 'switch', '--anyway')).toContain(
      '1 PCs did not hear of it and must leave and join again.',
    );
  });

  it.each([
    { settings: '', argv: ['renew'], want: /plain HTTP/ },
    { settings: OPEN, argv: ['switch'], want: /run "certificate renew" first/ },
    { settings: 'tlsCertificate: x\ntlsKey: x\n', argv: ['renew'], want: /tlsNextCertificate/ },
    { settings: 'tlsCertificate: x\ntlsKey: x\n', argv: ['switch'], want: /no next certificate/ },
  ])('refuse $argv with $want', async ({ settings, argv, want }) => {
    const refusal = { code: 'USAGE', message: expect.stringMatching(want) };
    await expect(terminal(settings).run('certificate', ...argv)).rejects.toMatchObject(refusal);
  });
});
