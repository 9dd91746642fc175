import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '#collector/config.ts';
import { variableOf } from '#collector/variable-of.ts';
import { temporaryFolder } from './ingest/reporting-machine.ts';

function fileWith(text: string): string {
  const file = join(temporaryFolder(), 'collector.yaml');
  writeFileSync(file, text);
  return file;
}

describe('loadSettings()', () => {
  it('uses loopback, a folder below and open pages when nothing is said', () => {
    expect(loadSettings(undefined, {})).toMatchObject({
      listen: '127.0.0.1:8640',
      address: '127.0.0.1:8640',
      database: join(process.cwd(), 'data', 'tramdo.sqlite'),
      packages: join(process.cwd(), 'data', 'packages'),
      metricsAccess: 'open',
      usesTls: false,
      intervals: { attemptsMs: 300_000, reportMs: 900_000, inventoryMs: 86_400_000 },
    });
  });

  it('speaks TLS and wants a token on any other address', () => {
    const settings = loadSettings(undefined, { TRAMDO_LISTEN: '[2001:db8::1]:8640' });
    expect(settings).toMatchObject({
      usesTls: true,
      metricsAccess: 'token',
      listenEndpoint: { host: '2001:db8::1', port: 8_640 },
    });
  });

  it('lets the environment win over the file, lists as YAML', () => {
    const file = fileWith('listen: 127.0.0.1:1\nlogLevel: warn\n');
    const environment = {
      TRAMDO_LISTEN: '127.0.0.1:2',
      TRAMDO_NETWORKS: '[{id: wan, name: WAN, kind: wan, targets: ["tcp://192.0.2.1:443"]}]',
      TRAMDO_AGENT_STATE: '/elsewhere',
    };
    expect(loadSettings(file, environment)).toMatchObject({
      listen: '127.0.0.1:2',
      logLevel: 'warn',
      networks: [{ id: 'wan', name: 'WAN', kind: 'wan', targets: ['tcp://192.0.2.1:443'], cidrs: [] }],
    });
  });

  it('takes an empty file for no settings', () => {
    expect(loadSettings(fileWith(''), {}).listen).toBe('127.0.0.1:8640');
  });

  it.each([
    { text: 'listne: x', want: /unknown key "listne", allowed are listen, data/ },
    { text: 'listen: nowhere', want: /"listen" is not allowed: current value is "nowhere": must be host:port/ },
    {
      text: 'intervals: {reportMs: 7}',
      want: /"intervals.reportMs" is not allowed: current value is 7: must be one of/,
    },
    { text: 'database: postgres://h/d', want: /"database" .*PostgreSQL is not supported yet/ },
    { text: 'tls: off', want: /"tls".*behindProxy/ },
    { text: 'tlsKey: k.pem', want: /only one of them/ },
    { text: `tlsNextCertificate: n.pem\ntlsNextPin: ${'A'.repeat(43)}`, want: /"tlsNextPin": both are given/ },
    { text: 'tlsNextPin: short', want: /"tlsNextPin" is not allowed/ },
    { text: 'silentAfterWorkingDays: 30', want: /"lostAfterWorkingDays".*more than/ },
    {
      text: 'networks: [{id: a, name: A, kind: wan, targets: ["ftp://x"]}]',
      want: /"networks.0.targets.0".*tcp:\/\/host:port/,
    },
    { text: '- a', want: /must hold keys/ },
    { text: 'a: [', want: /Cannot read the settings file/ },
  ])('refuses $text', ({ text, want }) => {
    expect(() => loadSettings(fileWith(text), {})).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
    expect(() => loadSettings(fileWith(text), {})).toThrow(want);
  });

  it('refuses a variable that is no setting and a file that is not there', () => {
    expect(() => loadSettings(undefined, { TRAMDO_LITSEN: 'x' })).toThrow(/"TRAMDO_LITSEN": no setting has this name/);
    expect(() => loadSettings('/nowhere/collector.yaml', {})).toThrow(/Cannot read the settings file/);
  });
});

describe('variableOf()', () => {
  it('writes a key in upper snake case', () => {
    expect(variableOf('silentAfterWorkingDays')).toBe('TRAMDO_SILENT_AFTER_WORKING_DAYS');
  });
});
