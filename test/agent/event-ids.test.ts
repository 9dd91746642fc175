import { describe, expect, it } from 'vitest';
import { eventIdOf } from '#agent/event-ids.ts';
import { listFiles, readTreeFile } from '../conventions/source-files.ts';

/** Sentences that the agent logs as a warning or an error, from its source. */
function loudSentences(): readonly (readonly [level: 'warn' | 'error', sentence: string])[] {
  const sources = listFiles('agent').filter((path) => path.endsWith('.ts') && !path.startsWith('agent/dist/'));
  return sources.flatMap((path) =>
    [...readTreeFile(path).matchAll(/\blog\('(warn|error)',[^;]*?'([A-Z][^']+)'\)/g)].map(
      ([, level, sentence = '']) => [level === 'warn' ? 'warn' : 'error', sentence] as const,
    ),
  );
}

describe('eventIdOf()', () => {
  it('has a number of its own for every sentence that is a warning or an error', () => {
    const sentences = loudSentences();
    expect(sentences.length).toBeGreaterThan(8);
    expect(sentences.filter(([level, sentence]) => (eventIdOf(level, sentence) ?? 299) % 100 === 99)).toEqual([]);
  });

  it('leaves out what is no part of the life cycle', () => {
    expect([
      eventIdOf('info', 'Agent started'),
      eventIdOf('info', 'Something happened'),
      eventIdOf('debug', 'Agent started'),
      eventIdOf('warn', 'Something happened'),
    ]).toEqual([100, undefined, undefined, 299]);
  });
});
