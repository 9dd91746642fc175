import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareNetworks } from '#collector/networks/compare-networks.ts';
import { readNetworks } from '#collector/networks/read-networks.ts';

const read = (text: string) => readNetworks(Buffer.from(text), 'mang.yaml');

describe('readNetworks()', () => {
  it.each([
    ['one network in YAML', 'id: wan\nkind: wan\n', [{ id: 'wan', kind: 'wan' }]],
    ['a list in JSON', '[{"id": "wan"}, {"id": "lan"}]', [{ id: 'wan' }, { id: 'lan' }]],
    ['a list as in the settings', 'networks:\n  - id: wan\n', [{ id: 'wan' }]],
    [
      'a network beside another key, which is then refused as a network',
      'networks: []\nid: wan\n',
      [{ networks: [], id: 'wan' }],
    ],
  ])('reads %s', (_what, text, networks) => {
    expect(read(text)).toEqual(networks);
  });

  it.each([
    ['nothing', '', 'it has no network'],
    ['an empty list', 'networks: []', 'it has no network'],
    ['what is no YAML', 'id: [wan', 'it is neither YAML nor JSON'],
    ['too many', JSON.stringify(Array.from({ length: 33 }, () => ({}))), 'it has 33 networks, at most 32 are allowed'],
    ['a text that is too large', `# ${'x'.repeat(1_048_576)}`, 'it is larger than 1048576 bytes'],
  ])('refuses %s', (_what, text, why) => {
    expect(() => read(text)).toThrow(`Cannot read networks from "mang.yaml" as ${why}`);
  });

  it('reads the sample of the documentation, which may stand as it is', () => {
    const file = join(import.meta.dirname, '../../../docs/samples/mang.yaml');
    const { changes, problems } = compareNetworks(readNetworks(readFileSync(file), 'mang.yaml'), []);
    expect(problems).toEqual([]);
    expect(changes.map(({ kind, definition }) => [kind, definition.id, definition.kind])).toEqual([
      ['add', 'lan-ttdl', 'lan'],
      ['add', 'wan', 'wan'],
      ['add', 'tslcd', 'tslcd'],
      ['add', 'internet', 'internet'],
      ['add', 'internet-ve-tinh', 'internet'],
    ]);
  });
});
