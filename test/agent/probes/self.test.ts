import { describe, expect, it } from 'vitest';
import { selfProbe } from '#agent/probes/self/probe.ts';
import { self } from '#shared/observations/self.ts';
import { EMPTY_CONTEXT, SELF } from '../empty-context.ts';
import { openRecordedHost, recordedHostNames } from '../recorded-host.ts';

describe('selfProbe', () => {
  it.each(recordedHostNames())('passes on what the agent says of itself on %s', async (name) => {
    const seen = await selfProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
    expect(seen).toEqual(SELF);
    expect(self.parse(seen)).toEqual(SELF);
  });

  it('runs on every platform', () => {
    expect(selfProbe.platforms).toEqual(['linux', 'win32', 'darwin']);
  });
});
