import { describe, expect, it } from 'vitest';
import { chooseProxy } from '#agent/uplink/choose-proxy.ts';
import { readSystemProxy } from '#agent/uplink/system-proxy.ts';
import { answeringHost } from '../answering-host.ts';

const ORIGIN = 'https://collector.example.org:8640';
const CONNECTIONS = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\Connections`;
const POLICIES = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows\CurrentVersion\Internet Settings`;
const SETTINGS = String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings`;

const printed = (key: string, ...values: readonly string[]) => `\r\n${[key, ...values].join('\r\n')}\r\n\r\n`;
const hexText = (text: string) =>
  `${text.length.toString(16).padStart(2, '0')}000000${Buffer.from(text, 'latin1').toString('hex')}`;
const winhttp = (flags: string, servers: string, bypass: string) =>
  printed(
    CONNECTIONS,
    `    WinHttpSettings    REG_BINARY    1800000000000000${flags}${hexText(servers)}${hexText(bypass)}`,
  );

const windows = (answers: Parameters<typeof answeringHost>[1] = {}) => answeringHost('win32', answers);

describe('readSystemProxy()', () => {
  it('takes the proxy of WinHTTP, and asks no further', async () => {
    const host = windows({ 'reg-internet-connections': winhttp('03000000', 'proxy.example.org:3128', '<local>') });
    expect(await readSystemProxy(host)).toEqual({
      server: 'proxy.example.org:3128',
      source: 'winhttp',
      bypass: ['<local>'],
      hasScript: false,
    });
    expect(host.asked).toEqual(['reg-internet-connections', 'reg-internet-policies']);
  });

  it("takes the proxy of WinINET where a policy makes it the machine's", async () => {
    const settings = [
      '    ProxyEnable    REG_DWORD    0x1',
      '    ProxyServer    REG_SZ    http=a.example.org:80;https=b.example.org:81',
      '    ProxyOverride    REG_SZ    *.example.net;<local>',
    ];
    const host = windows({
      'reg-internet-policies': printed(POLICIES, '    ProxySettingsPerUser    REG_DWORD    0x0'),
      'reg-internet-settings': printed(SETTINGS, ...settings),
    });
    expect(await readSystemProxy(host)).toEqual({
      server: 'b.example.org:81',
      source: 'wininet',
      bypass: ['*.example.net', '<local>'],
      hasScript: false,
    });
  });

  it('leaves the settings of users alone', async () => {
    const host = windows({
      'reg-internet-policies': printed(POLICIES, '    ProxySettingsPerUser    REG_DWORD    0x1'),
    });
    expect(await readSystemProxy(host)).toEqual({ bypass: [], hasScript: false });
    expect(host.asked).not.toContain('reg-internet-settings');
  });

  it('says that a script is wanted', async () => {
    const host = windows({
      'reg-internet-policies': printed(POLICIES, '    ProxySettingsPerUser    REG_DWORD    0x0'),
      'reg-internet-settings': printed(SETTINGS, '    AutoConfigURL    REG_SZ    http://192.0.2.1/proxy.pac'),
    });
    expect(await readSystemProxy(host)).toEqual({ bypass: [], hasScript: true });
  });

  it('reads the network settings of macOS, and nothing on Linux', async () => {
    const answer = '<dictionary> {\n  HTTPSEnable : 1\n  HTTPSPort : 3128\n  HTTPSProxy : 192.0.2.1\n}\n';
    expect(await readSystemProxy(answeringHost('darwin', { 'scutil-proxy': answer }))).toEqual({
      server: '192.0.2.1:3128',
      source: 'macos',
      bypass: [],
      hasScript: false,
    });
    const linux = answeringHost('linux');
    expect(await readSystemProxy(linux)).toEqual({ bypass: [], hasScript: false });
    expect(linux.asked).toEqual([]);
  });
});

describe('chooseProxy()', () => {
  const byWinhttp = { 'reg-internet-connections': winhttp('03000000', 'win.example.org:1', '*.example.net') };
  const direct = (reason: string, rest: object = {}) => ({ kind: 'direct', reason, hasScript: false, ...rest });
  const through = (host: string, port: number, rest: object) => ({ kind: 'proxy', proxy: { host, port }, ...rest });
  it.each([
    {
      when: 'it was said outright, whatever else is there',
      explicit: 'http://said.example.org:2',
      environment: { HTTPS_PROXY: 'http://env.example.org:3', NO_PROXY: '*' },
      choice: through('said.example.org', 2, { source: 'explicit' }),
    },
    {
      when: '"none" was said',
      explicit: 'none',
      environment: { HTTPS_PROXY: 'http://env.example.org:3' },
      choice: direct('explicit', { source: 'explicit' }),
    },
    {
      when: 'two variables name one',
      environment: { HTTPS_PROXY: 'http://upper.example.org:3', https_proxy: 'lower.example.org:4' },
      choice: through('lower.example.org', 4, { source: 'environment', variable: 'https_proxy' }),
    },
    {
      when: 'only ALL_PROXY is there',
      environment: { ALL_PROXY: 'http://all.example.org:5', HTTP_PROXY: 'http://plain.example.org:6' },
      choice: through('all.example.org', 5, { source: 'environment', variable: 'ALL_PROXY' }),
    },
    {
      when: 'only HTTP_PROXY is there',
      environment: { HTTP_PROXY: 'http://plain.example.org:6' },
      choice: through('plain.example.org', 6, { source: 'environment', variable: 'HTTP_PROXY' }),
    },
    {
      when: 'NO_PROXY names the collector',
      environment: { HTTPS_PROXY: 'http://env.example.org:3', no_proxy: 'localhost, example.org' },
      choice: direct('bypassed', { source: 'environment' }),
    },
    {
      when: 'only the system names one',
      environment: {},
      choice: through('win.example.org', 1, { source: 'winhttp' }),
    },
    {
      when: 'an exception of the system names the collector',
      environment: {},
      origin: 'https://collector.example.net:8640',
      choice: direct('bypassed', { source: 'winhttp' }),
    },
    {
      when: 'the collector is on this machine',
      explicit: 'http://said.example.org:2',
      environment: {},
      origin: 'https://127.0.0.1:8640',
      choice: direct('loopback'),
    },
  ])('gives $choice.kind when $when', async ({ explicit, environment, origin = ORIGIN, choice }) => {
    expect(await chooseProxy({ host: windows(byWinhttp), origin, explicit, environment })).toEqual(choice);
  });

  it('goes straight where nobody names one', async () => {
    const question = { host: answeringHost('linux'), origin: ORIGIN, environment: {} };
    expect(await chooseProxy(question)).toEqual(direct('none'));
  });

  it('refuses what is no HTTP proxy and names the variable', async () => {
    const environment = { ALL_PROXY: 'socks5://user1:secret@192.0.2.1:1080' };
    const question = { host: answeringHost('linux'), origin: ORIGIN, environment };
    await expect(chooseProxy(question)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message:
        'Cannot use the proxy of ALL_PROXY as "socks5:" proxies are not supported: give one that starts with "http:"',
    });
  });
});
