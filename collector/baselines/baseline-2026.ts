import type { Baseline, SourceClause } from './baseline.ts';

const DAY_MS = 86_400_000;

/**
 * The standards of the TCVN 11930 and 14423 family ask for these settings; the clause numbers have not been looked up,
 * so they are left open instead of guessed.
 */
const standards: SourceClause = { document: 'TCVN 11930:2017; TCVN 14423', isVerified: false };

const directive: SourceClause = { document: 'Chỉ thị 14/CT-TTg ngày 25/5/2018', isVerified: false };

const ownOperation: SourceClause = {
  document: 'tramdo: a machine that does not report cannot be judged',
  isVerified: true,
};

/** The first baseline: the twelve rules for machines of state agencies. */
export const baseline2026: Baseline = {
  id: 'baseline-2026',
  name: {
    vi: 'Bộ yêu cầu cơ bản 2026 cho máy tính của cơ quan nhà nước',
    en: 'Baseline 2026 for machines of state agencies',
  },
  staleAfterMs: { default: 3 * DAY_MS },
  rules: [
    { ruleId: 'agent-reporting', parameters: { maxDays: 3 }, severity: 'medium', source: ownOperation },
    { ruleId: 'antivirus-active', parameters: {}, severity: 'high', source: directive },
    { ruleId: 'antivirus-installed', parameters: {}, severity: 'high', source: directive },
    { ruleId: 'antivirus-signatures', parameters: { maxDays: 7 }, severity: 'high', source: directive },
    { ruleId: 'autorun-off', parameters: {}, severity: 'medium', source: standards },
    { ruleId: 'disk-encrypted', parameters: {}, severity: 'medium', source: standards },
    { ruleId: 'firewall-on', parameters: {}, severity: 'high', source: standards },
    { ruleId: 'os-supported', parameters: {}, severity: 'high', source: standards },
    { ruleId: 'screen-lock', parameters: { maxMinutes: 15 }, severity: 'low', source: standards },
    { ruleId: 'smb1-off', parameters: {}, severity: 'high', source: standards },
    { ruleId: 'time-offset', parameters: { maxSeconds: 60 }, severity: 'low', source: standards },
    { ruleId: 'updates-recent', parameters: { maxDays: 31, listMaxDays: 7 }, severity: 'high', source: standards },
  ],
};
