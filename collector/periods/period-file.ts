import type { Language } from '../catalogues/language.ts';
import { formatDate, formatDateTime } from '../catalogues/viet-nam-time.ts';
import { formatPair, formatPercentage } from '../console/format.ts';
import type { Table } from '../exports/table.ts';
import { formulaTraits } from '../indicators/formulas/index.ts';
import type { Coverage } from '../indicators/indicator-result.ts';
import { EXPORT_TEXTS } from './export-texts.ts';
import { AGENCY_COLUMNS, figureColumns, figureRow } from './figure-rows.ts';
import { methodTable } from './method-table.ts';
import { parsePeriod, periodName } from './reporting-period.ts';
import type { SealDocument } from './seal-document.ts';
import type { SealRecord } from './seal-record.ts';
import { unitsTable } from './units-table.ts';

/** A period as it is handed out: sealed or a draft, whole or the part of an agency. */
export interface PeriodView {
  readonly document: SealDocument;
  /** Absent for a draft. */
  readonly seal?: SealRecord;
  /** The agency whose part it is; absent for the whole. */
  readonly partOf?: string;
}

/** The sheets of a period: summary, by agency, the units behind the figures, method and legal basis. */
export function periodSheets(view: PeriodView, language: Language): readonly Table[] {
  const { document, partOf } = view;
  const titles = titleLines(view, language);
  const isSummed = ({ agencyCode, scope }: SealDocument['results'][number]) =>
    partOf === undefined ? scope === 'register' || scope === 'unassigned' || scope === 'level' : agencyCode === partOf;
  const columns = figureColumns(language);
  return [
    {
      name: EXPORT_TEXTS.summary[language],
      titles,
      // All rows are of one and the same: the whole register, or the agency in the titles.
      columns: columns.slice(AGENCY_COLUMNS),
      rows: document.results
        .filter(isSummed)
        .map((result) => figureRow(document, result, language).slice(AGENCY_COLUMNS)),
    },
    {
      name: EXPORT_TEXTS.agencies[language],
      titles,
      columns,
      rows: document.results
        .filter(({ agencyCode }) => agencyCode !== '')
        .toSorted((one, other) => (one.agencyCode < other.agencyCode ? -1 : Number(one.agencyCode > other.agencyCode)))
        .map((result) => figureRow(document, result, language)),
    },
    { ...unitsTable(document, language), titles: [...titles, EXPORT_TEXTS.legend[language]] },
    { ...methodTable(document, language), titles },
  ];
}

/** Every figure of a period as one list, each row with the period and the seal it belongs to. */
export function figuresTable({ document, seal }: PeriodView, language: Language): Table {
  const text = (key: keyof typeof EXPORT_TEXTS) => ({ heading: EXPORT_TEXTS[key][language] });
  const origin = [
    document.period.id,
    document.day,
    seal === undefined ? EXPORT_TEXTS.draft[language] : String(seal.seq),
    seal?.hash,
  ];
  return {
    name: EXPORT_TEXTS.figures[language],
    titles: [],
    columns: [text('period'), text('day'), text('seal'), text('sealHash'), ...figureColumns(language)],
    rows: document.results.map((result) => [...origin, ...figureRow(document, result, language)]),
  };
}

/** The units behind the figures of a period as one list. */
export function unitsList({ document }: PeriodView, language: Language): Table {
  return unitsTable(document, language);
}

/** Foot of printed pages: which period, and the seal that says whether a copy is the one that was sealed. */
export function footLine({ document, seal }: PeriodView, language: Language): string {
  const name = periodName(parsePeriod(document.period.id), language);
  const mark =
    seal === undefined ? EXPORT_TEXTS.draft[language] : `${EXPORT_TEXTS.seal[language]} ${seal.seq} · ${seal.hash}`;
  return `${name} · ${mark}`;
}

function titleLines(view: PeriodView, language: Language): readonly string[] {
  const { document, seal, partOf } = view;
  const texts = EXPORT_TEXTS;
  const part = partOf === undefined ? '' : ` · ${texts.part[language]} ${agencyName(document, partOf, language)}`;
  const asOf = document.isPeriodOver
    ? `${texts.asOf[language]} ${formatDate(document.atMs)}`
    : `${texts.asOfNow[language]} ${formatDateTime(document.atMs)}`;
  return [
    texts.title[language],
    `${texts.period[language]}: ${periodName(parsePeriod(document.period.id), language)}${part}`,
    `${asOf} · ${texts.set[language]}: ${document.facts.indexSet.name[language]}`,
    `${texts.coverage[language]}: ${coverageText(view, language)}`,
    seal === undefined ? texts.draft[language] : sealLine(seal, language),
    ...(seal === undefined ? [] : [`${texts.sealHash[language]}: ${seal.hash}`]),
  ];
}

function sealLine({ seq, sealedAtMs, replacesSeq, reason }: SealRecord, language: Language): string {
  const texts = EXPORT_TEXTS;
  const correction = replacesSeq === undefined ? '' : ` · ${texts.replaces[language]} ${replacesSeq}: ${reason ?? ''}`;
  return `${texts.seal[language]} ${seq} · ${texts.sealedAt[language]} ${formatDateTime(sealedAtMs)}${correction}`;
}

/** Of the first figure over machines, as they all ask the same machines; final only when every figure is. */
function coverageText({ document, partOf }: PeriodView, language: Language): string {
  const { results, facts } = document;
  const formulas = new Map(facts.indexSet.indicators.map(({ id, formula }) => [id, formula.id]));
  const heads = results.filter(({ scope, agencyCode }) =>
    partOf === undefined ? scope === 'register' : agencyCode === partOf,
  );
  const overMachines = heads.find(({ indicatorId }) => {
    const formula = formulas.get(indicatorId);
    return formula !== undefined && formulaTraits(formula).coverageOf === 'machines';
  });
  const status = heads.some(({ isProvisional }) => isProvisional) ? EXPORT_TEXTS.provisional : EXPORT_TEXTS.final;
  return `${printCoverage(overMachines?.coverage, language)} · ${status[language].toUpperCase()}`;
}

function printCoverage(coverage: Coverage | undefined, language: Language): string {
  if (coverage === undefined) return EXPORT_TEXTS.unknown[language].toLowerCase();
  const { reportingCount, registeredCount } = coverage;
  const pair = formatPair(reportingCount, registeredCount, language);
  return `${formatPercentage(reportingCount, registeredCount, language)} (${pair})`;
}

function agencyName({ facts }: SealDocument, code: string, language: Language): string {
  const agency = facts.register.agencies.find((one) => one.code === code);
  if (agency === undefined) return code;
  return `${code} ${language === 'en' ? (agency.nameEn ?? agency.nameVi) : agency.nameVi}`;
}
