import { describe, expect, it } from 'vitest';
import {
  type DefenderStatus,
  decodeDefenderStatus,
  defenderStatus,
} from '#agent/probes/antivirus/decode-defender-status.ts';

const NORMAL: DefenderStatus = {
  mode: 'Normal',
  isServiceEnabled: true,
  isAntivirusEnabled: true,
  isRealTimeEnabled: true,
  isTamperProtected: true,
  version: '4.18.26090.3011',
  signaturesAt: Date.parse('2026-11-19T21:14:32Z'),
  signatureAgeDays: 0,
  isOutOfDate: false,
};

const PROTECTING = {
  version: '4.18.26090.3011',
  realTime: 'on',
  isRunning: true,
  signatures: 'up_to_date',
  signaturesAt: '2026-11-19T21:14:32.000Z',
  isTamperProtected: true,
};

const { mode: _mode, ...WITHOUT_MODE } = NORMAL;
const { signaturesAt: _signaturesAt, ...UNDATED } = PROTECTING;

describe('decodeDefenderStatus()', () => {
  it('is on in mode Normal with both switches on', () => {
    expect(decodeDefenderStatus(NORMAL)).toEqual(PROTECTING);
  });

  it('is on by its switches in versions that name no mode', () => {
    expect(decodeDefenderStatus(WITHOUT_MODE)).toEqual(PROTECTING);
  });

  it.each(['Passive Mode', 'SxS Passive Mode', 'EDR Block Mode', 'EDR Over 3rd Party AV'])(
    'runs and does not protect in %s',
    (mode) => {
      expect(decodeDefenderStatus({ ...NORMAL, mode })).toEqual({ ...PROTECTING, realTime: 'off' });
    },
  );

  it.each([{ isRealTimeEnabled: false }, { isAntivirusEnabled: false }])('is off with %j', (changes) => {
    expect(decodeDefenderStatus({ ...NORMAL, ...changes })).toEqual({ ...PROTECTING, realTime: 'off' });
  });

  it('is unknown in a mode nobody knows, and off where a switch says so', () => {
    const decoded = decodeDefenderStatus({ ...NORMAL, mode: 'Quiet' });
    const off = decodeDefenderStatus({ ...NORMAL, mode: 'Quiet', isRealTimeEnabled: false });
    expect([decoded.realTime, off.realTime]).toEqual(['unknown', 'off']);
  });

  it.each([{ mode: 'Not running' }, { isServiceEnabled: false }])('does not run with %j', (changes) => {
    expect(decodeDefenderStatus({ ...NORMAL, ...changes })).toEqual({
      ...PROTECTING,
      realTime: 'off',
      isRunning: false,
    });
  });

  it.each([65_535, 4_294_967_295])('takes the age %i for never, whatever the date says', (signatureAgeDays) => {
    expect(decodeDefenderStatus({ ...NORMAL, signatureAgeDays })).toEqual({
      ...UNDATED,
      signatures: 'out_of_date',
    });
  });

  it('takes no date from the zero of a calendar', () => {
    const signaturesAt = Date.parse('1601-01-01T00:00:00Z');
    expect(decodeDefenderStatus({ ...NORMAL, signaturesAt })).toEqual(UNDATED);
  });

  it('says nothing of what Defender does not say', () => {
    expect(decodeDefenderStatus({})).toEqual({ realTime: 'unknown', signatures: 'unknown' });
  });

  it('reads the nulls and dates of PowerShell', () => {
    const parsed = defenderStatus.parse({ mode: null, isServiceEnabled: true, signaturesAt: '/Date(1795122872000)/' });
    expect(decodeDefenderStatus(parsed)).toEqual({
      realTime: 'unknown',
      isRunning: true,
      signatures: 'unknown',
      signaturesAt: new Date(1_795_122_872_000).toISOString(),
    });
  });
});
