import { describe, expect, it } from 'vitest';
import { findTraces } from '#agent/probes/antivirus/windows-programs.ts';

const NAMES = {
  runningServices: ['AVP.KES.21.3', 'klnagent', 'WinDefend'],
  stoppedServices: ['AVPX', 'ekrn'],
  processes: ['AVP.exe', 'explorer.exe'],
};
const KASPERSKY = { services: ['AVP.KES', 'kesl.service'], processes: ['avp.exe', 'kesl'] };

describe('findTraces()', () => {
  it('knows a service by its name with a version behind a dot, and a process in any case', () => {
    expect(findTraces(NAMES, KASPERSKY)).toEqual({
      running: ['service AVP.KES.21.3', 'process AVP.exe'],
      stopped: [],
    });
  });

  it('does not take a longer name for a version', () => {
    expect(findTraces(NAMES, { services: ['AVP'], processes: [] })).toEqual({
      running: ['service AVP.KES.21.3'],
      stopped: [],
    });
  });

  it('names services that are installed and do not run', () => {
    expect(findTraces(NAMES, { services: ['EKRN'], processes: [] })).toEqual({
      running: [],
      stopped: ['stopped service ekrn'],
    });
  });

  it('looks for further processes too', () => {
    expect(findTraces(NAMES, { services: [], processes: [] }, ['EXPLORER.EXE'])).toEqual({
      running: ['process explorer.exe'],
      stopped: [],
    });
  });
});
