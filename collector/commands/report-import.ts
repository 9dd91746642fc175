import { pino } from 'pino';
import { CARRIED_LIMITS, packCarriedFile } from '#shared/carried-file.ts';
import type { Language } from '../catalogues/language.ts';
import { composeCarriedFiles } from '../compose-carried-files.ts';
import { writeNewFile } from '../exports/write-file.ts';
import { type CarriedResult, countResults } from '../ingest/carried-file-desk.ts';
import { NOT_FOR_SECRETS } from '../ingest/not-for-secrets.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { readUpTo } from '../register/import/read-import-file.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { languageOption } from './language-option.ts';

/** Reports that are named one by one when they were refused. */
const NAMED_COUNT = 20;

/** `report import`: takes a file that was carried by hand from a machine without a line. */
export const reportImport: CollectorCommand = {
  name: 'report import',
  usage: 'FILE [--answer FILE] [--lang vi|en]',
  summary: `Takes the file of a machine without a line and writes the answer to carry back. ${NOT_FOR_SECRETS.vi} ${NOT_FOR_SECRETS.en}`,
  options: { answer: { type: 'string' }, lang: { type: 'string' } },
  positionalCount: 1,
  async run({ settings, options, positionals, say, nowMs, monotonicMs }) {
    const language = languageOption(options);
    const [path = ''] = positionals;
    const { bytes } = readUpTo(path, CARRIED_LIMITS.fileBytes);
    const log = pino({ level: 'silent' });
    const { desk, close } = await composeCarriedFiles(settings, { log, nowMs, monotonicMs });
    try {
      const result = await desk.take({ principal: COMMAND_LINE, scope: { covers: () => true } }, bytes);
      const answerPath = textOption(options, 'answer') ?? `${path}.answer`;
      for (const line of describe(result, language)) say(line);
      writeNewFile(answerPath, [packCarriedFile(result.answer)]);
      say(TEXTS[language].answer(answerPath));
    } finally {
      await close();
    }
    say(NOT_FOR_SECRETS[language]);
  },
};

const TEXTS = {
  vi: {
    joined: (machineId: string, agencyCode: string) => `Máy ${machineId} đã tham gia cơ quan ${agencyCode}.`,
    key: (words: string) => `Khóa của máy chủ thu thập: ${words}`,
    counts: (machineId: string, { accepted, duplicate, refused, postponed }: ReturnType<typeof countResults>) =>
      `Máy ${machineId}: nhận ${accepted} báo cáo, đã có ${duplicate}, từ chối ${refused}, chưa xét ${postponed}.`,
    refused: (seq: number, code: string, why: string) => `  báo cáo ${seq}: ${code}: ${why}`,
    answer: (path: string) => `Mang tệp trả lời "${path}" về máy đó.`,
  },
  en: {
    joined: (machineId: string, agencyCode: string) => `Machine ${machineId} has joined agency ${agencyCode}.`,
    key: (words: string) => `Key of the collector: ${words}`,
    counts: (machineId: string, { accepted, duplicate, refused, postponed }: ReturnType<typeof countResults>) =>
      `Machine ${machineId}: ${accepted} reports taken, ${duplicate} taken before, ${refused} refused, ${postponed} not tried.`,
    refused: (seq: number, code: string, why: string) => `  report ${seq}: ${code}: ${why}`,
    answer: (path: string) => `Carry the answer "${path}" back to that machine.`,
  },
} as const;

function describe(result: CarriedResult, language: Language): readonly string[] {
  const texts = TEXTS[language];
  const { machineId, agencyCode } = result;
  if (result.kind === 'join-request') return [texts.joined(machineId, agencyCode), texts.key(result.collectorKey)];
  const refused = result.outcomes.filter((one) => one.result === 'refused').slice(0, NAMED_COUNT);
  return [
    texts.counts(machineId, countResults(result.outcomes)),
    ...refused.map(({ seq, code = '', why = '' }) => texts.refused(seq, code, why)),
  ];
}
