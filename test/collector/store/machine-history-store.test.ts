import { array, assert, asyncProperty, boolean, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#collector/catalogues/viet-nam-time.ts';
import type { IndicatorResult } from '#collector/indicators/indicator-result.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import {
  attempt,
  STORY_AGENCIES,
  STORY_START_MS,
  type Story,
  type StoryMachine,
  tellStory,
} from '../indicators/story.ts';

const HOUR_MS = 3_600_000;

const ACTIONS = ['report', 'report', 'late evening', 'silence', 'retire', 'bring back', 'move', 'rejoin', 'clone'];

/** Something that happens to one of six machines. */
const step = record({
  place: integer({ min: 0, max: 5 }),
  action: constantFrom(...ACTIONS),
  to: constantFrom(...STORY_AGENCIES),
  kind: constantFrom('desktop', 'laptop', 'server', undefined),
  isFirewallOn: boolean(),
  isLineUp: boolean(),
});

type Step = typeof step extends { generate(...terms: never[]): { value: infer Value } } ? Value : never;

/** A day in the life of a province; on one of five the collector is away. */
const day = record({
  steps: array(step, { minLength: 3, maxLength: 7 }),
  isAway: integer({ min: 1, max: 5 }).map((number) => number === 1),
});

/** Mid-February with Tết in it: four weeks. */
const days = array(day, { minLength: 27, maxLength: 27 });

async function liveThrough(story: Story, machines: StoryMachine[], startMs: number, steps: readonly Step[]) {
  const { clock } = story;
  for (const [index, { place, action, to, ...content }] of steps.entries()) {
    clock.nowMs = startMs + 8 * HOUR_MS + index * 60_000;
    // A second before midnight.
    if (action === 'late evening') clock.nowMs = startMs + DAY_MS - 1_000;
    const machine = machines[place];
    if (machine === undefined || action === 'silence') continue;
    const { machineId } = machine;
    const fingerprint = `${action === 'clone' ? 'copy' : 'pc'}${place}`;
    await attempt(async () => {
      if (action === 'retire') return story.machines.retire(COMMAND_LINE, machineId);
      if (action === 'bring back') return story.machines.bringBack(COMMAND_LINE, machineId);
      if (action === 'move') return story.machines.move(COMMAND_LINE, machineId, to);
      if (action === 'rejoin') {
        const { agencyCode } = await story.machines.find(machineId);
        machines[place] = await story.join(agencyCode, fingerprint);
        return undefined;
      }
      const next = { ...machine, seq: machine.seq + 1 };
      machines[place] = next;
      return story.report(next, { fingerprint, ...content });
    });
  }
}

async function endDay({ clock, minute, indicators }: Story, startMs: number) {
  for (const beforeMs of [HOUR_MS, 60_000, 500]) {
    clock.nowMs = startMs + DAY_MS - beforeMs;
    await minute();
  }
  clock.nowMs = startMs + DAY_MS - 1;
  return indicators.results({});
}

/** Lives through the days, and gives what was shown at the end of each. */
async function live(story: Story, lived: readonly { readonly steps: readonly Step[]; readonly isAway: boolean }[]) {
  const machines = await Promise.all(
    [0, 1, 2, 3, 4, 5].map((place) => story.join(STORY_AGENCIES[place % 4] ?? '', `pc${place}`)),
  );
  const shown = new Map<string, readonly IndicatorResult[]>();
  for (const [index, { steps, isAway }] of lived.entries()) {
    const startMs = STORY_START_MS + index * DAY_MS;
    story.clock.nowMs = startMs;
    if (index === 9) {
      const merger = { into: 'H47.30', from: ['H47.31'], on: '2026-02-16', sumSource: 'NQ 1' };
      await story.register.merge(COMMAND_LINE, merger);
    }
    if (isAway) continue;
    await story.minute();
    await liveThrough(story, machines, startMs, steps);
    const answer = await endDay(story, startMs);
    shown.set(answer.day, answer.results);
  }
  return shown;
}

describe('figures of a past day', () => {
  it('are those that were shown at its end, whatever happened since', async () => {
    await assert(
      asyncProperty(days, async (lived) => {
        const story = await tellStory();
        const shown = await live(story, lived);
        story.clock.nowMs = STORY_START_MS + 28 * DAY_MS;
        const documentBefore = await story.periods.draft(COMMAND_LINE, { periodId: '2026-02' });
        story.clock.nowMs = STORY_START_MS + 60 * DAY_MS;
        for (const [date, results] of shown) {
          expect([date, (await story.indicators.results({ day: date })).results]).toEqual([date, results]);
        }
        const { contentHash } = await story.periods.draft(COMMAND_LINE, { periodId: '2026-02' });
        expect(contentHash).toBe(documentBefore.contentHash);
      }),
      { numRuns: 2 },
    );
  });

  it('take in what was tried on that day and told later, and nothing else of a late report', async () => {
    const story = await tellStory();
    const machine = await story.join('H47.30', 'pc0');
    const content = { fingerprint: 'pc0', kind: 'desktop', isFirewallOn: false, isLineUp: false } as const;
    story.clock.nowMs = STORY_START_MS + 9 * HOUR_MS;
    await story.report({ ...machine, seq: 1 }, content);
    const triedAtMs = story.clock.nowMs;
    story.clock.nowMs += 3 * DAY_MS;
    await story.minute();
    const figuresOf = async (date: string) => {
      const { results } = await story.indicators.results({ day: date, agencyCode: 'H47.30', scopes: ['agency'] });
      const ids = ['agencies-on-wan', 'computers-on-internet', 'firewall'];
      return results.flatMap((one) => (ids.includes(one.indicatorId) ? [[one.a, one.b, one.unknownCount]] : []));
    };
    const before = [await figuresOf('2026-02-02'), await figuresOf('2026-02-04')];
    await story.report({ ...machine, seq: 2 }, { ...content, isFirewallOn: true, isLineUp: true, triedAtMs });
    const after = [await figuresOf('2026-02-02'), await figuresOf('2026-02-04'), await figuresOf('2026-02-05')];
    // Of the WAN the line was reached, of which no beacon signed; one of two declared computers has an agent.
    const down = [
      [0, 1, 0],
      [0, 2, 1],
      [0, 2, 1],
    ];
    const up = [
      [0, 1, 1],
      [1, 2, 1],
      [0, 2, 1],
    ];
    expect({ before, after }).toEqual({ before: [down, down], after: [up, up, [...up.slice(0, 2), [1, 2, 1]]] });
  });
});
