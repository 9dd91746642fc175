import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compressPlainly, compressReport } from '#agent/uplink/compress-report.ts';
import { decodeBody } from '#collector/ingest/decode-body.ts';
import { varyReport } from '../../tools/report-dictionary/vary-report.ts';

const REPORTS = join(import.meta.dirname, '../../tools/report-dictionary/reports.json');

/** Reports of machines that the dictionary was not trained with. */
function otherReports(): readonly Buffer[] {
  const reports = z.record(z.string(), z.json()).parse(JSON.parse(readFileSync(REPORTS, 'utf8')));
  return Object.values(reports).map((report) => Buffer.from(JSON.stringify(varyReport(report, 'another machine'))));
}

describe('compressReport()', () => {
  it('gives what the collector reads, at most three quarters of what gzip gives', async () => {
    for (const report of otherReports()) {
      const { coding, bytes } = compressReport(report);
      expect((await decodeBody(bytes, coding)).equals(report)).toBe(true);
      expect(bytes.length).toBeLessThan(gzipSync(report, { level: 9 }).length * 0.75);
    }
  });
});

describe('compressPlainly()', () => {
  it('gives what every collector reads', () => {
    for (const report of otherReports()) {
      const { coding, bytes } = compressPlainly(report);
      expect(coding).toBe('gzip');
      expect(gunzipSync(bytes).equals(report)).toBe(true);
    }
  });
});
