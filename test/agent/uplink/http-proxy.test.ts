import { describe, expect, it } from 'vitest';
import { describeProxy, parseProxy, proxyAuthorization } from '#agent/uplink/http-proxy.ts';

describe('parseProxy()', () => {
  it.each([
    ['http://proxy.example.org:3128', { host: 'proxy.example.org', port: 3_128 }],
    ['proxy.example.org:3128', { host: 'proxy.example.org', port: 3_128 }],
    ['http://192.0.2.1', { host: '192.0.2.1', port: 80 }],
    ['http://[2001:db8::1]:8080/', { host: '2001:db8::1', port: 8_080 }],
    [
      'http://user1:m%E1%BA%ADt%40kh%E1%BA%A9u%3A1@proxy.example.org:3128',
      { host: 'proxy.example.org', port: 3_128, credentials: { username: 'user1', password: 'mật@khẩu:1' } },
    ],
    ['http://user1@192.0.2.1:8', { host: '192.0.2.1', port: 8, credentials: { username: 'user1', password: '' } }],
  ])('reads %s', (text, proxy) => {
    expect(parseProxy(text, '--proxy')).toEqual(proxy);
  });

  it.each([
    [
      'socks5://192.0.2.1:1080',
      'Cannot use the proxy of --proxy as "socks5:" proxies are not supported: give one that starts with "http:"',
    ],
    [
      'https://192.0.2.1:1',
      'Cannot use the proxy of --proxy as "https:" proxies are not supported: give one that starts with "http:"',
    ],
    ['http://192.0.2.1:1/proxy.pac', 'Cannot use the proxy of --proxy as there is something behind the port'],
    [
      'http://user1:100%@192.0.2.1:1',
      'Cannot use the proxy of --proxy as a "%" in the credentials is not written as "%25"',
    ],
    ['http://us%3Aer:secret@192.0.2.1:1', 'Cannot use the proxy of --proxy as the user name holds a colon'],
    [' ', 'Cannot use the proxy of --proxy as it is not http://HOST:PORT'],
  ])('refuses %s without printing it', (text, message) => {
    expect(() => parseProxy(text, '--proxy')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', message }));
  });
});

describe('describeProxy()', () => {
  it('leaves the credentials out', () => {
    expect(describeProxy(parseProxy('http://user1:secret@[2001:db8::1]:8080', 'a test'))).toBe(
      'http://***@[2001:db8::1]:8080',
    );
    expect(describeProxy({ host: 'proxy.example.org', port: 80 })).toBe('http://proxy.example.org:80');
  });
});

describe('proxyAuthorization()', () => {
  it('is basic, in UTF-8', () => {
    const value = proxyAuthorization(parseProxy('http://user1:m%E1%BA%ADt@192.0.2.1', 'a test'));
    expect(Buffer.from(value?.slice('Basic '.length) ?? '', 'base64').toString('utf8')).toBe('user1:mật');
  });

  it('is absent without credentials', () => {
    expect(proxyAuthorization({ host: '192.0.2.1', port: 80 })).toBeUndefined();
  });
});
