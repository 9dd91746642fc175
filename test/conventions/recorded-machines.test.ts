import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { describe, it } from 'vitest';
import { expectNone } from './expect-none.ts';
import { listFiles, readTreeFile } from './source-files.ts';

/** Addresses that belong to nobody: documentation (RFC 5737, RFC 3849), this host, links, groups, unspecified. */
const NOBODYS: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['192.0.2.0', 24, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['0.0.0.0', 8, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['2001:db8::', 32, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
  ['::', 127, 'ipv6'],
];

/** MAC addresses for documentation (RFC 7042 section 2.1.2), no address, and everybody. */
const NOBODYS_MAC = /^(?:00:00:5e:00:53:..|00:00:00:00:00:00|ff:ff:ff:ff:ff:ff)$/i;
const IPV4 = /(?<![\w.+~:-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.+~-])/g;
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
const MAC = /(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])/gi;
/** A dotted number after one of these words is a version. */
const VERSION_LINE = /^(?:Version|Depends|Pre-Depends|Breaks|Replaces|Conflicts|Suggests|Recommends):|version/i;

const allowed = new BlockList();
for (const [network, prefix, family] of NOBODYS) allowed.addSubnet(network, prefix, family);

function strangersOf(line: string): string[] {
  const ipv4 = VERSION_LINE.test(line) ? [] : (line.match(IPV4) ?? []).filter((text) => isIPv4(text));
  const ipv6 = (line.match(IPV6) ?? []).filter((text) => isIPv6(text));
  return [
    ...ipv4.filter((address) => !allowed.check(address, 'ipv4')),
    ...ipv6.filter((address) => !allowed.check(address, 'ipv6')),
    ...(line.match(MAC) ?? []).filter((mac) => !NOBODYS_MAC.test(mac)),
  ];
}

const FILES = listFiles('test/fixtures/hosts');

describe('recorded machines', () => {
  it('hold no address that belongs to somebody', () => {
    const breaches = FILES.flatMap((path) =>
      readTreeFile(path)
        .split('\n')
        .flatMap((line, index) => strangersOf(line).map((stranger) => `${path}:${index + 1} ${stranger}`)),
    );
    expectNone(breaches, {
      reason: "a recording shows the inside of somebody's network, private ranges included",
      fix: 'use 192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24, 2001:db8::/32 and 00:00:5e:00:53:xx',
    });
  });

  it('are named after system, version and trait, and say what they are', () => {
    const folders = [...new Set(FILES.map((path) => path.split('/').slice(0, 4).join('/')))];
    const breaches = folders.filter(
      (folder) => !/\/[a-z]+(?:-[a-z0-9.]+)+$/.test(folder) || !FILES.includes(`${folder}/host.json`),
    );
    expectNone(breaches, {
      reason: 'a trait is found by its name',
      fix: 'test/fixtures/hosts/<os>-<version>[-<trait>]/host.json',
    });
  });
});
