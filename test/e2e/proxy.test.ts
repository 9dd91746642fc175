import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pinOf } from '#collector/http/own-certificate.ts';
import { formatJoinString, parseJoinString } from '#shared/join-string.ts';
import { type AgentProcess, agentOn } from './agent-process.ts';
import { addAgency, type CollectorProcess, freePort, freshFolder, startCollector } from './collector-process.ts';
import { type ConnectProxy, PROXY_USER, startConnectProxy } from './connect-proxy.ts';
import { clearLeftovers } from './leftovers.ts';
import { startMiddleBox } from './middle-box.ts';

const AGENCY = 'Y00.01';
/** A name that only the proxy can resolve, as on a network without a DNS of the Internet. */
const NAME = 'collector.example.org';
const LOGIN = `${PROXY_USER.username}:${encodeURIComponent(PROXY_USER.password)}`;
const CLEAN = {
  http_proxy: '',
  HTTP_PROXY: '',
  https_proxy: '',
  HTTPS_PROXY: '',
  all_proxy: '',
  ALL_PROXY: '',
  no_proxy: '',
  NO_PROXY: '',
};

const closers: (() => void)[] = [];

afterAll(async () => {
  for (const close of closers) close();
  await clearLeftovers();
});

interface Behind {
  readonly collector: CollectorProcess;
  readonly way: ConnectProxy;
  readonly joinString: string;
  readonly port: number;
  readonly pin: string;
}

/** A collector with TLS that agents reach through a proxy alone. */
async function behindProxy(): Promise<Behind> {
  const port = await freePort();
  const environment = { TRAMDO_LISTEN: `0.0.0.0:${port}`, TRAMDO_ADDRESS: `127.0.0.1:${port}` };
  const dataFolder = join(freshFolder('collector'), 'data');
  const collector = await startCollector({ dataFolder, port, environment });
  await addAgency(collector, AGENCY);
  const given = parseJoinString(await collector.joinString(AGENCY));
  const way = await startConnectProxy(port);
  closers.push(() => way.close());
  const pin = pinOf(readFileSync(join(dataFolder, 'tls/certificate.pem'), 'utf8'));
  return { collector, way, joinString: formatJoinString({ ...given, host: NAME }), port, pin };
}

function freshAgent(environment: Readonly<Record<string, string>> = {}): AgentProcess {
  return agentOn(undefined, { environment: { ...CLEAN, LC_ALL: 'C', ...environment } });
}

const identityOf = (agent: AgentProcess) => readFileSync(join(agent.stateFolder, 'identity.json'), 'utf8');

describe('an agent behind a proxy', () => {
  it('joins and reports through the proxy it was given, and remembers it with its log-in', async () => {
    const { collector, way, joinString, port } = await behindProxy();
    way.behave('basic');
    const agent = freshAgent();
    const joined = await agent.command('join', joinString, '--proxy', `http://${LOGIN}@127.0.0.1:${way.port}`);
    expect(joined).toMatchObject({ status: 0, stderr: '' });
    expect(await agent.command('report')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'Report 1 was acknowledged.\n',
    });
    expect(new Set(way.asked.map(({ target }) => target))).toEqual(new Set([`${NAME}:${port}`]));
    expect(way.asked.every(({ authorization }) => authorization?.startsWith('Basic ') === true)).toBe(true);
    const said = await Promise.all([
      agent.command('status'),
      agent.command('doctor'),
      agent.command('doctor', '--json'),
    ]);
    expect(said[0]?.stdout).toMatch(
      new RegExp(`^Proxy: +http://\\*\\*\\*@127\\.0\\.0\\.1:${way.port}, from the setting of the agent$`, 'm'),
    );
    const encoded = Buffer.from(`${PROXY_USER.username}:${PROXY_USER.password}`).toString('base64');
    for (const secret of [PROXY_USER.password, encodeURIComponent(PROXY_USER.password), encoded]) {
      expect(said.map(({ stdout, stderr }) => stdout + stderr).join('')).not.toContain(secret);
      expect(collector.process.lines.join('\n')).not.toContain(secret);
    }
    await collector.kill();
  });

  it('takes the proxy of the environment, and leaves it for the exceptions of NO_PROXY', async () => {
    const { collector, way, joinString } = await behindProxy();
    const agent = freshAgent({ HTTPS_PROXY: `http://127.0.0.1:${way.port}` });
    expect(await agent.command('join', joinString)).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(identityOf(agent))).not.toHaveProperty('proxy');
    const asked = way.asked.length;
    const straight = agentOn(agent.stateFolder, {
      environment: { ...CLEAN, LC_ALL: 'C', HTTPS_PROXY: `http://127.0.0.1:${way.port}`, NO_PROXY: '.example.org' },
    });
    const waits = await straight.command('report');
    expect(waits.stdout).toMatch(
      /^Report 1 waits in the outbox: Cannot reach the collector at collector\.example\.org:/,
    );
    expect(way.asked.length).toBe(asked);
    expect(await agent.command('report')).toMatchObject({ status: 0, stdout: 'Report 2 was acknowledged.\n' });
    await collector.kill();
  });

  it('is given another proxy afterwards, none, and the one of the system again', async () => {
    const { collector, way, joinString } = await behindProxy();
    const agent = freshAgent();
    const url = `http://127.0.0.1:${way.port}`;
    await agent.command('join', joinString, '--proxy', url);
    const wrong = await agent.command('proxy', 'socks5://127.0.0.1:1');
    expect(wrong).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^Cannot use the proxy of .* \(CONFIG_INVALID\)\n$/),
    });
    const none = await agent.command('proxy', 'none', '--lang', 'vi');
    expect(none.stdout).toBe('Từ nay không dùng proxy.\nChạy "tramdo-agent doctor" để kiểm tra.\n');
    expect((await agent.command('report')).stdout).toMatch(/^Report 1 waits in the outbox: /);
    expect((await agent.command('proxy', 'system')).status).toBe(0);
    expect(JSON.parse(identityOf(agent))).not.toHaveProperty('proxy');
    expect((await agent.command('proxy', url)).stdout).toMatch(/^From now on the collector is reached through http:/);
    expect((await agent.command('report')).stdout).toBe('Report 2 was acknowledged.\n');
    await collector.kill();
  });

  it('keeps its reports and says why while the proxy refuses, wants a log-in, forbids or hangs up', async () => {
    const { collector, way, joinString, port } = await behindProxy();
    const agent = freshAgent();
    await agent.command('join', joinString, '--proxy', `http://127.0.0.1:${way.port}`);
    const target = `${NAME}:${port}`;
    const who = `The proxy http://127.0.0.1:${way.port} answered`;
    const cases = [
      [
        'basic',
        `${who} 407 for ${target}: it wants a user name and password: give it as http://USER:PASSWORD@HOST:PORT`,
      ],
      [
        'ntlm',
        `${who} 407 for ${target}: it wants a log-in by negotiate or ntlm, and only basic is supported: ask for an exemption`,
      ],
      ['forbid', `${who} 403 for ${target}: it forbids the way to the collector: ask whoever runs it to allow it`],
      ['broken', `${who} 502 for ${target}: it cannot reach the collector itself`],
      ['close', `Cannot get through the proxy http://127.0.0.1:${way.port}: it ended the connection without an answer`],
    ] as const;
    for (const [index, [manner, why]] of cases.entries()) {
      way.behave(manner);
      const waits = await agent.command('report');
      expect(waits.stdout).toContain(`Report ${index + 1} waits in the outbox: ${why}`);
    }
    expect((await agent.command('status')).stdout).toMatch(
      /^Last failure: .* PROXY_REFUSED: Cannot get through the proxy /m,
    );
    way.behave('open');
    expect((await agent.command('report')).stdout).toBe(`Report ${cases.length + 1} was acknowledged.\n`);
    await collector.kill();
  });
});

describe('an agent whose line goes through a middle box', () => {
  it('refuses it, sends nothing, and says in both languages whose certificate it was', async () => {
    const { collector, way, joinString, port, pin } = await behindProxy();
    const agent = freshAgent();
    await agent.command('join', joinString, '--proxy', `http://127.0.0.1:${way.port}`);
    const box = await startMiddleBox([NAME]);
    const opened = await startConnectProxy(box.port);
    closers.push(
      () => box.close(),
      () => opened.close(),
    );
    const url = `http://127.0.0.1:${opened.port}`;
    const waits = await agent.command('report', '--proxy', url);
    expect(waits.stdout).toBe(
      `Report 1 waits in the outbox: Refused the server at ${NAME}:${port}: its certificate key has the pin "${box.pin}", ` +
        `trusted is "${pin}". It was issued by "Tường lửa kiểm tra TLS": when that is a device that opens TLS on the way, ` +
        `ask whoever runs it to exempt ${NAME}:${port}; when the collector was set up anew, join again\n`,
    );
    const doctor = await agent.command('doctor', '--proxy', url, '--lang', 'vi');
    expect(doctor.status).toBe(1);
    expect(doctor.stdout).toContain(
      `✗ LỖI        Tin cậy: chứng thư số do "Tường lửa kiểm tra TLS" cấp, có mã ghim ${box.pin}, mã được tin cậy là ${pin}: không gửi gì. Cần làm: nếu "Tường lửa kiểm tra TLS" là thiết bị giải mã TLS trên đường đi, đề nghị người quản trị thiết bị bỏ qua ${NAME}:${port};`,
    );
    expect(box.heardBytes()).toBe(0);
    expect((await agent.command('report')).stdout).toBe('Report 2 was acknowledged.\n');
    await collector.kill();
  });
});
