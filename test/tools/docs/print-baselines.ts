import type { Baseline, BaselineRule } from '#collector/baselines/baseline.ts';
import { BASELINES } from '#collector/baselines/index.ts';
import { ruleById } from '#collector/baselines/rules/index.ts';
import { schemaFields } from './json-schema-fields.ts';
import { durationText, markdownDocument, markdownTable } from './markdown.ts';

/** Prints collector/BASELINES.md from the baselines and the rules they name. */
export function printBaselines(): string {
  return markdownDocument(
    'Baselines',
    'Which requirements every machine is judged by, from `collector/baselines/`. A rule answers pass, fail, not ' +
      'applicable or unknown; an observation that failed, is missing or is too old always gives unknown.',
    BASELINES.flatMap((baseline) => [printBaseline(baseline), ...baseline.rules.map(printRule)]),
  );
}

function printBaseline({ id, name, staleAfterMs, rules }: Baseline): string {
  const { default: general, ...own } = staleAfterMs;
  const exceptions = Object.entries(own).map(([probe, ageMs]) => `${probe} after ${durationText(ageMs)}`);
  const ages = [`after ${durationText(general)}`, ...exceptions].join(', ');
  return [`## ${id}`, `${name.vi} / ${name.en}. ${rules.length} rules; an observation is too old ${ages}.`].join(
    '\n\n',
  );
}

/** @throws {RangeError} when the baseline names a rule that does not exist */
function printRule({ ruleId, parameters, severity, source }: BaselineRule): string {
  const rule = ruleById(ruleId);
  if (rule === undefined) throw new RangeError(`No rule has the id "${ruleId}"`);
  const thresholds = schemaFields(rule.parameters).map(({ path, defaultText, description }) => {
    const value = parameters[path] ?? defaultText;
    return `\`${path}\` = ${value} (${description})`;
  });
  const clause = source.clause === undefined ? '' : `, ${source.clause}`;
  const rows = [
    ['Vietnamese', rule.title.vi],
    ['Looks at', rule.needs.length === 0 ? 'the reports themselves' : rule.needs.join(', ')],
    ['Judges', rule.appliesTo === undefined ? 'every machine' : rule.appliesTo.join(', ')],
    ['Thresholds', thresholds.length === 0 ? 'none' : thresholds.join('; ')],
    ['Severity', severity],
    ['Source', `${source.document}${clause}${source.isVerified ? '' : ' (to be verified)'}`],
    ['What to do', rule.remedy.en],
    ['Cách khắc phục', rule.remedy.vi],
  ];
  return [`### ${ruleId}`, markdownTable(['', rule.title.en], rows)].join('\n\n');
}
