import { describe, expect, it } from 'vitest';
import { parseScutilProxy } from '#agent/uplink/parse-scutil-proxy.ts';

describe('parseScutilProxy()', () => {
  it('reads the proxy for HTTPS with its exceptions', () => {
    const output = [
      '<dictionary> {',
      '  ExceptionsList : <array> {',
      '    0 : *.local',
      '    1 : 169.254/16',
      '  }',
      '  ExcludeSimpleHostnames : 1',
      '  FTPPassive : 1',
      '  HTTPEnable : 0',
      '  HTTPSEnable : 1',
      '  HTTPSPort : 3128',
      '  HTTPSProxy : proxy.example.org',
      '  ProxyAutoConfigEnable : 0',
      '}',
    ].join('\n');
    expect(parseScutilProxy(output)).toEqual({
      server: 'proxy.example.org:3128',
      bypass: ['*.local', '169.254/16', '<local>'],
      isAutoDetected: false,
    });
  });

  it('tells of a script and of a proxy that is off', () => {
    const output =
      '<dictionary> {\n  HTTPSEnable : 0\n  HTTPSProxy : old.example.org\n  ProxyAutoConfigEnable : 1\n' +
      '  ProxyAutoConfigURLString : http://192.0.2.1/proxy.pac\n  ProxyAutoDiscoveryEnable : 1\n}\n';
    expect(parseScutilProxy(output)).toEqual({
      bypass: [],
      scriptUrl: 'http://192.0.2.1/proxy.pac',
      isAutoDetected: true,
    });
  });

  it('finds nothing in an empty answer', () => {
    expect(parseScutilProxy('')).toEqual({ bypass: [], isAutoDetected: false });
  });
});
