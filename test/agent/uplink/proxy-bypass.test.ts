import { describe, expect, it } from 'vitest';
import { isBypassed, isLoopback } from '#agent/uplink/proxy-bypass.ts';

describe('isBypassed()', () => {
  it.each([
    { entry: 'example.org', host: 'collector.example.org', isSuffixMatched: true, is: true },
    { entry: 'example.org', host: 'collector.example.org', isSuffixMatched: false, is: false },
    { entry: 'example.org', host: 'badexample.org', isSuffixMatched: true, is: false },
    { entry: '.example.org', host: 'collector.example.org', isSuffixMatched: false, is: true },
    { entry: '*.example.org', host: 'COLLECTOR.example.org', isSuffixMatched: false, is: true },
    { entry: 'collector.example.org:8640', host: 'collector.example.org', isSuffixMatched: true, is: true },
    { entry: 'collector.example.org:443', host: 'collector.example.org', isSuffixMatched: true, is: false },
    { entry: '<local>', host: 'collector', isSuffixMatched: false, is: true },
    { entry: '<local>', host: 'collector.example.org', isSuffixMatched: false, is: false },
    { entry: '192.0.2.*', host: '192.0.2.7', isSuffixMatched: false, is: true },
    { entry: '192.0.2.0/24', host: '192.0.2.7', isSuffixMatched: true, is: true },
    { entry: '192.0.2.0/24', host: '198.51.100.7', isSuffixMatched: true, is: false },
    { entry: '169.254/16', host: '169.254.1.2', isSuffixMatched: false, is: true },
    { entry: '2001:db8::/32', host: '2001:db8::7', isSuffixMatched: true, is: true },
    { entry: '2001:db8::/32', host: '192.0.2.7', isSuffixMatched: true, is: false },
    { entry: '[2001:db8::7]:8640', host: '2001:db8::7', isSuffixMatched: true, is: true },
    { entry: '192.0.2.0/99', host: '192.0.2.7', isSuffixMatched: true, is: false },
    { entry: '*', host: '192.0.2.7', isSuffixMatched: true, is: true },
    { entry: '', host: '192.0.2.7', isSuffixMatched: true, is: false },
  ])('answers $is to "$entry" for $host', ({ entry, host, isSuffixMatched, is }) => {
    expect(isBypassed(['other.example', entry], { host, port: 8_640 }, { isSuffixMatched })).toBe(is);
  });
});

describe('isLoopback()', () => {
  it.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['::1', true],
    ['127.example.org', false],
    ['192.0.2.1', false],
  ])('takes %s for this machine: %s', (host, is) => {
    expect(isLoopback(host)).toBe(is);
  });
});
