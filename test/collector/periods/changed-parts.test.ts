import { describe, expect, it } from 'vitest';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { canonicalJson } from '#collector/periods/canonical-json.ts';
import { changedParts } from '#collector/periods/changed-parts.ts';
import { periodDesk, periodStore } from './period-rig.ts';

describe('changedParts()', () => {
  it('finds nothing in the same document, and names what is not as it was, also keys of one side alone', async () => {
    const { document } = await periodDesk(await periodStore()).desk.draft(COMMAND_LINE, { periodId: '2026-Q3' });
    expect(changedParts(canonicalJson(document), document)).toEqual([]);
    const { units: _, ...rest } = document;
    const text = canonicalJson({ ...rest, facts: { ...document.facts, groups: [] }, earlier: 1 });
    expect(changedParts(text, document)).toEqual(['earlier', 'facts.groups', 'units']);
  });
});
