import type { Language } from '../catalogues/language.ts';
import { formatCount, formatPair } from '../console/format.ts';
import type { MissingUnit, Unit } from '../indicators/find-units.ts';
import type { Standing } from '../indicators/formula.ts';
import { UNIT_REASONS } from '../indicators/unit-reasons.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { dayOption } from './day-option.ts';
import { languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

const STANDING_TEXTS = {
  counted: { vi: 'tính vào a', en: 'in a' },
  not_counted: { vi: 'không tính', en: 'not in a' },
  unknown: { vi: 'chưa rõ', en: 'unknown' },
  base: { vi: 'mẫu số', en: 'base' },
  missing: { vi: 'chưa khai báo', en: 'never declared' },
} as const satisfies Record<Standing | 'missing', Record<Language, string>>;

/** `indicator units`: prints what stands behind a figure. */
export const indicatorUnits: CollectorCommand = {
  name: 'indicator units',
  usage: 'ID [--set ID] [--at DATE] [--agency CODE] [--lang vi|en]',
  summary:
    'Prints the units behind a figure of a day (now): standing, agency, unit, how many, reason, source, by tabs.',
  options: { set: { type: 'string' }, at: { type: 'string' }, agency: { type: 'string' }, lang: { type: 'string' } },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    const day = dayOption(options, 'at');
    const agency = textOption(options, 'agency');
    const place =
      agency === undefined
        ? ({ scope: 'register' } as const)
        : ({ scope: 'subtree', agencyCode: parseAgencyCode(agency) } as const);
    return withDesks(input, async ({ indicators }) => {
      const setId = textOption(options, 'set');
      const lists = await indicators.units({ indicatorId: positionals[0] ?? '', setId, day, ...place });
      const { a, b, unknownCount } = lists.figure;
      const unknown = `${STANDING_TEXTS.unknown[language]} ${formatCount(unknownCount, language)}`;
      say([positionals[0], formatPair(a, b, language), unknown].join('\t'));
      const units = [...lists.counted, ...lists.notCounted, ...lists.unknown, ...lists.base];
      for (const unit of units) say(unitLine(unit, language));
      for (const one of lists.missing) say(missingLine(one, language));
    });
  },
};

function unitLine(
  { standing, agencyCode, kind, id, count, reason, declared, evidence }: Unit,
  language: Language,
): string {
  return [
    STANDING_TEXTS[standing][language],
    agencyCode === '' ? '-' : agencyCode,
    id === undefined ? kind : `${kind} ${id}`,
    formatCount(count, language),
    UNIT_REASONS[reason][language],
    [declared === undefined ? [] : `${declared.asOf} ${declared.source}`, evidence ?? []].flat().join('; ') || '-',
  ].join('\t');
}

function missingLine({ agencyCode, subject }: MissingUnit, language: Language): string {
  return [STANDING_TEXTS.missing[language], agencyCode, subject, '-', '-', '-'].join('\t');
}
