import { describe, expect, it } from 'vitest';
import { parseInventory } from '#agent/host/powershell/parse-inventory.ts';

const HEAD =
  '{"inventory":1,"languageMode":"FullLanguage","psVersion":"5.1.19041.1","isElevated":true,"isOnBattery":false}';
const head = {
  inventory: 1,
  languageMode: 'FullLanguage',
  psVersion: '5.1.19041.1',
  isElevated: true,
  isOnBattery: false,
};

describe('parseInventory()', () => {
  it('reads head, sections and end, with the keys of a record in any order', () => {
    const stdout = [
      '{"languageMode":"FullLanguage","isOnBattery":false,"inventory":1,"isElevated":true,"psVersion":"5.1.19041.1"}',
      '{"begin":"os"}',
      '{"value":{"currentBuild":"19045"},"section":"os"}',
      '{"begin":"time"}',
      '{"section":"time","failure":{"message":"HRESULT 0x80041003","kind":"access_denied"}}',
      '{"end":true}',
      '',
    ].join('\r\n');
    expect(parseInventory(stdout)).toEqual({
      head,
      sections: new Map([
        ['os', { value: { currentBuild: '19045' } }],
        ['time', { failure: { kind: 'access_denied', message: 'HRESULT 0x80041003' } }],
      ]),
      unfinished: [],
      isComplete: true,
      isPostponed: false,
    });
  });

  it('names a section that began and never ended, and leaves a line out that was cut', () => {
    expect(parseInventory(`${HEAD}\n{"begin":"os"}\n{"section":"os","value":{"curr`)).toEqual({
      head,
      sections: new Map(),
      unfinished: ['os'],
      isComplete: false,
      isPostponed: false,
    });
  });

  it('puts a record together that a console broke into lines', () => {
    const stdout = `${HEAD.slice(0, 60)}\r\n${HEAD.slice(60)}\r\n{"section":"os","value":{"name":"Win\r\ndows"}}\r\n`;
    expect(parseInventory(stdout).sections.get('os')).toEqual({ value: { name: 'Windows' } });
    expect(parseInventory(stdout).head).toEqual(head);
  });

  it('passes over what a profile printed and over records it does not know', () => {
    const { sections, isComplete } = parseInventory(`Welcome\n[1,2]\n{"begin":7}\n${HEAD}\n{"end":true}\n`);
    expect({ sections, isComplete }).toEqual({ sections: new Map(), isComplete: true });
  });

  it('goes on behind a record that was cut when another process prints', () => {
    const cut = `${HEAD}\n{"begin":"os"}\n{"section":"os","val`;
    const { sections, unfinished } = parseInventory(`${cut}\n${HEAD}\n{"section":"time","value":{}}\n{"end":true}`);
    expect({ sections, unfinished }).toEqual({ sections: new Map([['time', { value: {} }]]), unfinished: ['os'] });
  });

  it('says that the machine on battery was left alone', () => {
    const stdout = `${HEAD.replace('"isOnBattery":false', '"isOnBattery":true')}\n{"end":true}`;
    expect(parseInventory(stdout).isPostponed).toBe(true);
  });

  it('gives nothing for nothing', () => {
    expect(parseInventory('')).toEqual({
      sections: new Map(),
      unfinished: [],
      isComplete: false,
      isPostponed: false,
    });
  });
});
