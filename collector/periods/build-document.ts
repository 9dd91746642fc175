import type { LocalText } from '../catalogues/language.ts';
import { computeIndicators, definitionsOn } from '../indicators/compute-indicators.ts';
import { formulaTraits } from '../indicators/formulas/index.ts';
import type { IndicatorFacts, IndicatorSnapshot } from '../indicators/indicator-snapshot.ts';
import type { MachineGroup } from '../metrics/metric-family.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ReportingPeriod } from './reporting-period.ts';
import { periodEndMs } from './reporting-period.ts';
import type { SealDocument } from './seal-document.ts';
import { sha256Of } from './seal-record.ts';
import { sealedUnits } from './sealed-units.ts';

/** How is counted, in the words of whoever must defend a figure. */
const COUNTING_RULES: readonly LocalText[] = [
  {
    vi: 'Số liệu tính đến hết ngày cuối của kỳ, theo múi giờ Asia/Ho_Chi_Minh; cây cơ quan, tên gọi và số khai báo là của ngày đó.',
    en: 'Figures are those of the end of the last day of the period, Asia/Ho_Chi_Minh; tree, names and declared numbers are those of that day.',
  },
  {
    vi: 'Máy chưa rõ kết quả vẫn nằm trong mẫu số, không bao giờ nằm trong tử số; mất liên lạc hoặc không trả lời không phải là không đạt.',
    en: 'Of a share, what is unknown stays in the denominator and is never in the numerator; silence is not failure.',
  },
  {
    vi: 'Mẫu số lấy từ số khai báo có ngày và văn bản nguồn, hoặc số máy đo được nếu nhiều hơn; cơ quan chưa khai báo được liệt kê là thiếu, không tính là 0.',
    en: 'Denominators are declared numbers with date and source, or what was measured when that is more; an agency that declared none is listed as missing, not as zero.',
  },
  {
    vi: 'Kết nối mạng tính cho ngày thực hiện lần thử, kể cả khi máy báo về muộn; trạng thái và kết quả các yêu cầu tính theo lúc báo cáo đến.',
    en: 'Connectivity counts for the day on which it was tried, however late it is told; states and verdicts count from when reports arrive.',
  },
  {
    vi: 'Tỷ lệ phủ là số máy đang báo cáo trên số máy đã đăng ký; dưới ngưỡng của bộ chỉ số, hoặc còn thiếu số khai báo, số liệu là tạm tính.',
    en: 'Coverage is machines reporting of machines registered; below the least of the set, or with a number missing, a figure is provisional.',
  },
  {
    vi: 'Số của cấp, của nhóm trực thuộc và của toàn bộ là tổng các cơ quan; tỷ lệ luôn được tính lại từ tử số và mẫu số, không lưu.',
    en: 'Levels, subtrees and the whole are sums of agencies; ratios are derived from a and b and never stored.',
  },
];

/** What a document is made for. */
export interface DocumentTerms {
  readonly period: ReportingPeriod;
  readonly isPeriodOver: boolean;
  readonly softwareVersion: string;
}

/** Makes the document of a period out of what was known on its last day; the same facts give the same document. */
export function buildDocument(
  snapshot: Omit<IndicatorSnapshot, 'results'>,
  { period, isPeriodOver, softwareVersion }: DocumentTerms,
): SealDocument {
  const facts = normalFacts(snapshot);
  const formulaIds = new Set(definitionsOn(facts.indexSet.indicators, snapshot.day).map(({ formula }) => formula.id));
  return {
    format: 1,
    softwareVersion,
    period: { ...period },
    isPeriodOver,
    day: snapshot.day,
    atMs: isPeriodOver ? periodEndMs(period) - 1 : snapshot.atMs,
    setHash: sha256Of(canonicalJson(facts.indexSet)),
    method: {
      rules: COUNTING_RULES.map(({ vi, en }) => ({ vi, en })),
      formulas: [...formulaIds].toSorted().map((id) => ({ id, describes: { ...formulaTraits(id).describes } })),
    },
    facts,
    results: [...computeIndicators(facts)],
    units: [...sealedUnits(facts)],
  };
}

/** The facts in one order and with alike machines in one group, whatever the order they came in. */
function normalFacts({
  indexSet,
  register,
  groups,
  networks,
  places,
  products,
}: IndicatorFacts): SealDocument['facts'] {
  return {
    indexSet: { ...indexSet },
    register: {
      day: register.day,
      agencies: register.agencies
        .map(({ items, ...agency }) => ({ ...agency, items: [...items] }))
        .toSorted(by(({ code }) => code)),
    },
    groups: mergeAlike(groups),
    networks: networks.toSorted(by(({ agencyCode, network }) => `${agencyCode} ${network}`)),
    ...(places === undefined ? {} : { places: places.toSorted(by(({ agencyCode }) => agencyCode)) }),
    products: products.map(({ id, flags }) => ({ id, flags })).toSorted(by(({ id }) => id)),
  };
}

function mergeAlike(groups: readonly MachineGroup[]): SealDocument['facts']['groups'] {
  const merged = Map.groupBy(groups, ({ machineIds: _ids, machineCount: _count, ...traits }) => canonicalJson(traits));
  return [...merged]
    .flatMap(([traits, [first, ...others]]) => {
      if (first === undefined) return [];
      const { agencyCode, kind, state, verdicts, antivirus, isOnInternet } = first;
      const machineIds = [first, ...others].flatMap(idsOf).toSorted();
      const counted = { machineCount: machineIds.length, machineIds };
      // Agency first: `agencyCode` is not the first key of the canonical text.
      const key = `${agencyCode} ${traits}`;
      return [
        { key, group: { agencyCode, kind, state, verdicts, antivirus: [...antivirus], isOnInternet, ...counted } },
      ];
    })
    .toSorted(by(({ key }) => key))
    .map(({ group }) => group);
}

function idsOf({ machineIds, machineCount }: MachineGroup): readonly string[] {
  if (machineIds?.length === machineCount) return machineIds;
  throw new TypeError('A period needs machine groups with the id of every machine');
}

/** Code-point order of a text that names each element. */
function by<Element>(nameOf: (element: Element) => string): (one: Element, other: Element) => number {
  return (one, other) => {
    const [a, b] = [nameOf(one), nameOf(other)];
    return a < b ? -1 : Number(a > b);
  };
}
