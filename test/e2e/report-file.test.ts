import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { Outbox } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { type AgentProcess, agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import { addAgency, type CollectorProcess, freePort, freshFolder, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';
import { readMetrics } from './metric-samples.ts';

const AGENCY = 'Y00.01';
const SECRETS = { vi: /bí mật nhà nước/, en: /Never for machines that hold state secrets/ };

afterAll(clearLeftovers);

/** A collector with a certificate of its own, which the machine can never reach: the join string names a closed port. */
async function collectorOutOfReach(): Promise<{ collector: CollectorProcess; joinString: string }> {
  const port = await freePort();
  const environment = {
    TRAMDO_LISTEN: `0.0.0.0:${port}`,
    TRAMDO_ADDRESS: `127.0.0.1:${port}`,
    TRAMDO_METRICS_ACCESS: 'open',
  };
  const collector = await startCollector({ port, environment });
  await addAgency(collector, AGENCY);
  const real = await collector.joinString(AGENCY);
  return { collector, joinString: real.replace(`:${port}/`, `:${await freePort()}/`) };
}

async function ok(ended: Promise<{ status: number | null; stdout: string; stderr: string }>): Promise<string> {
  const { status, stdout, stderr } = await ended;
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return stdout;
}

function outboxOf(agent: AgentProcess): Outbox {
  return new Outbox(stateFolderAt(agent.stateFolder).outboxFolder);
}

interface Upload {
  readonly token: string;
  readonly bytes: Buffer;
}

/** Uploads as a program would, over TLS that trusts the collector's own certificate alone. */
function upload(collector: CollectorProcess, { token, bytes }: Upload): Promise<{ status: number; text: string }> {
  const ca = readFileSync(join(collector.dataFolder, 'tls/certificate.pem'));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
  return new Promise((resolve, reject) => {
    const sent = request(new URL('/api/v1/report-files', collector.url), { method: 'POST', ca, headers, agent: false });
    sent.once('error', reject);
    sent.once('response', (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, text: body }), reject);
    });
    sent.end(bytes);
  });
}

async function reportingCount(collector: CollectorProcess): Promise<number> {
  const samples = await readMetrics(collector);
  return [...samples]
    .filter(([series]) => series.startsWith(`tramdo_machines{agency="${AGENCY}"`) && series.includes('"reporting"'))
    .reduce((sum, [, value]) => sum + value, 0);
}

interface Carried {
  readonly collector: CollectorProcess;
  readonly joinString: string;
  readonly file: string;
}

async function joinByFile(agent: AgentProcess, { collector, joinString, file }: Carried): Promise<string> {
  const asked = await ok(agent.command('join', joinString, '--export', file, '--lang', 'vi'));
  expect(asked).toMatch(SECRETS.vi);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await agent.command('report')).stderr).toContain('(NOT_JOINED)');
  expect((await agent.command('status', '--lang', 'en')).stdout).toMatch(
    /^Joined: +not yet\. A request to join was written/m,
  );
  const taken = await collector.command('report', 'import', file, '--lang', 'en');
  expect(taken).toMatch(SECRETS.en);
  const joined = await ok(agent.command('join', '--import', `${file}.answer`, '--lang', 'en'));
  return /machine ([0-9a-f-]{36})/.exec(joined)?.[1] ?? '';
}

describe('a machine without any line', () => {
  it('joins by file, and its reports are carried by command and by API', async () => {
    const { collector, joinString } = await collectorOutOfReach();
    const stick = freshFolder('stick');
    const on = (name: string) => join(stick, name);
    const agent = agentOn();

    const machineId = await joinByFile(agent, { collector, joinString, file: on('join') });
    expect(storedMachine(collector.dataFolder, machineId)).toMatchObject({ lastSeq: 0, reportCount: 0 });

    // What could not be sent waits, and is carried with the newest look.
    expect(await agent.command('report')).toMatchObject({ status: 1, stdout: expect.stringContaining('waits') });
    expect(await ok(agent.command('report', '--export', on('first'), '--lang', 'en'))).toMatch(SECRETS.en);
    expect(outboxOf(agent).list()).toEqual([1, 2]);
    const firstTaken = await collector.command('report', 'import', on('first'), '--lang', 'en');
    expect(firstTaken).toContain(`Machine ${machineId}: 2 reports taken, 0 taken before, 0 refused, 0 not tried.`);
    expect(storedMachine(collector.dataFolder, machineId)).toMatchObject({ lastSeq: 2, reportCount: 2 });

    // The first answer is still on its way when the next file is written: it has everything again.
    await ok(agent.command('report', '--export', on('second')));
    const made = await collector.command('access-token', 'create', 'carrier', '--role', 'agency', '--agency', AGENCY);
    const token = /trd_\S+|\b[A-Za-z0-9_-]{40,}\b/.exec(made)?.[0] ?? '';
    const { status, text: said } = await upload(collector, { token, bytes: readFileSync(on('second')) });
    expect([status, said.slice(0, 300)]).toEqual([200, expect.any(String)]);
    const answer = JSON.parse(said);
    expect(answer).toMatchObject({
      machineId,
      agencyCode: AGENCY,
      counts: { accepted: 1, duplicate: 2, refused: 0, postponed: 0 },
      notice: { vi: expect.stringMatching(SECRETS.vi), en: expect.stringMatching(SECRETS.en) },
    });
    writeFileSync(on('second.answer'), JSON.stringify(answer.answer));
    const applied = await ok(agent.command('report', '--import', on('first.answer'), '--lang', 'en'));
    expect(applied).toContain('2 reports were acknowledged, 0 refused for good, 1 wait.');
    const rest = await ok(agent.command('report', '--import', on('second.answer'), '--lang', 'en'));
    expect(rest).toContain('1 reports were acknowledged, 0 refused for good, 0 wait.');
    expect(outboxOf(agent).list()).toEqual([]);
    expect((await agent.command('status')).stdout).toMatch(/^Acknowledged last: report 3 at /m);

    expect(await reportingCount(collector)).toBe(1);
    expect(storedMachine(collector.dataFolder, machineId)).toMatchObject({ lastSeq: 3, reportCount: 3 });
    expect(await collector.command('audit', 'list')).toContain('report-file.take');
    await collector.kill();
  });

  it('takes an answer of the collector of its join string and of no other', async () => {
    const { collector, joinString } = await collectorOutOfReach();
    const other = await collectorOutOfReach();
    const stick = freshFolder('stick');
    const agent = agentOn();
    await ok(agent.command('join', joinString, '--export', join(stick, 'join')));
    // Somebody on the way runs a collector of their own and lets the token in there.
    const pin = joinString.slice(joinString.lastIndexOf('.') + 1);
    const stranger = agentOn();
    await ok(
      stranger.command('join', `${other.joinString.replace(/\.[^.]*$/, '')}.${pin}`, '--export', join(stick, 'a')),
    );
    await other.collector.command('report', 'import', join(stick, 'a'));
    expect(await stranger.command('join', '--import', join(stick, 'a.answer'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(PIN_MISMATCH)'),
    });
    expect(existsSync(stateFolderAt(stranger.stateFolder).identityFile)).toBe(false);
    // The answer to another machine is none.
    await other.collector.kill();
    expect(await agent.command('join', '--import', join(stick, 'a.answer'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(CARRIED_FILE_INVALID)'),
    });
    await collector.kill();
  });

  it('overwrites nothing that it did not write, and says what is wrong with a place', async () => {
    const { collector, joinString } = await collectorOutOfReach();
    const stick = freshFolder('stick');
    const agent = agentOn();
    writeFileSync(join(stick, 'letter.doc'), 'not ours');
    const refused = await agent.command('join', joinString, '--export', join(stick, 'letter.doc'));
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('(FILE_UNWRITABLE)') });
    expect(readFileSync(join(stick, 'letter.doc'), 'utf8')).toBe('not ours');
    await ok(agent.command('join', joinString, '--export', join(stick, 'join')));
    await ok(agent.command('join', joinString, '--export', join(stick, 'join')));
    const nowhere = await agent.command('join', joinString, '--export', join(stick, 'no', 'join'));
    expect(nowhere.stderr).toContain('there is no such folder (FILE_UNWRITABLE)');
    await collector.kill();
  });

  it('asks a person to compare the key of the collector when the join string has no pin', async () => {
    const collector = await startCollector();
    await addAgency(collector, AGENCY);
    const stick = freshFolder('stick');
    const agent = agentOn();
    await ok(agent.command('join', await collector.joinString(AGENCY), '--export', join(stick, 'join')));
    const printed = await collector.command('report', 'import', join(stick, 'join'), '--lang', 'en');
    const key = /^Key of the collector: (\S+)$/m.exec(printed)?.[1] ?? '';
    const answer = join(stick, 'join.answer');
    expect((await agent.command('join', '--import', answer)).stderr).toContain('--collector-key');
    const wrong = await agent.command('join', '--import', answer, '--collector-key', key.replace(/^..../, 'eeee'));
    expect(wrong.stderr).toContain('(PIN_MISMATCH)');
    await ok(agent.command('join', '--import', answer, '--collector-key', key.toUpperCase()));
    expect(await ok(agent.command('report'))).toBe('Report 1 was acknowledged.\n');
    await collector.kill();
  });
});
