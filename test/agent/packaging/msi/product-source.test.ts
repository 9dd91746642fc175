import { describe, expect, it } from 'vitest';
import { actionTypes, fileId, productSource } from '#agent/packaging/msi/product-source.ts';

const OPTIONS = { version: '1.2.3', productCode: '{CODE}', folder: 'files', files: ['agent.mjs', 'node.exe'] } as const;
const X64 = productSource({ ...OPTIONS, architecture: 'x64' });
const X86 = productSource({ ...OPTIONS, architecture: 'x86' });

describe('productSource()', () => {
  it('puts the program into the Program Files of the architecture', () => {
    expect([X64, X86].map((text) => /Directory Id="(ProgramFiles\w+)"/.exec(text)?.[1])).toEqual([
      'ProgramFiles64Folder',
      'ProgramFilesFolder',
    ]);
  });

  it('has a component for every file', () => {
    expect([...X64.matchAll(/<Component Id="([^"]+)"/g)].map(([, id]) => id)).toEqual(OPTIONS.files);
    expect([...X64.matchAll(/<ComponentRef Id="([^"]+)"/g)].map(([, id]) => id)).toEqual(OPTIONS.files);
  });

  it('has a folder that nobody can set from the command line', () => {
    const folder = /<Directory Id="([^"]+)" Name="TRAMDO~1\|tramdo-agent">/.exec(X64)?.[1] ?? '';
    expect(folder).toMatch(/[a-z]/);
  });

  it('holds no character that wixl would write in another code page', () => {
    expect(/[^ -~\n]/.exec(X64 + X86)).toBeNull();
  });
});

describe('actionTypes()', () => {
  it('says of every action what the table "CustomAction" wants', () => {
    expect(Object.fromEntries(actionTypes())).toEqual({
      SetJoinArgument: 0x2033,
      SetProxyArgument: 0x2033,
      SetModeArgument: 0x33,
      RollBackRemoval: 0xd52,
      RemoveService: 0xc52,
      EndServiceForUpgrade: 0xc52,
      RollBackService: 0xd52,
      InstallService: 0x2c12,
    });
  });
});

describe('fileId()', () => {
  it('gives an identifier', () => {
    expect(fileId('tramdo-agent.mjs')).toBe('tramdo_agent.mjs');
  });
});
