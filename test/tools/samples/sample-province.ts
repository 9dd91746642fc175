/** A row of a sample by the key of its column; numbers as they are, texts as a person would write them. */
export type SampleRow = Readonly<Record<string, string | number>>;

/** Numbers of one agency. */
interface Numbers {
  readonly officials: number;
  readonly computers: number;
  readonly alone: number;
  readonly trained: number;
}

const PROVINCE = 'Y99';
const PROVINCE_NAME = 'Tỉnh Mẫu';
const LAST_DAY_OF_DISTRICTS = '30/06/2025';
const FIRST_DAY_AFTER = '01/07/2025';
const DISTRICT_COUNT = 18;
const OLD_COMMUNE_COUNT = 241;
const NEW_COMMUNE_COUNT = 100;

/** New communes that are made of three old ones; the others are made of two: 41 × 3 + 59 × 2 = 241. */
const LARGE_MERGER_COUNT = 41;

const DEPARTMENTS = [
  'Văn phòng Ủy ban nhân dân tỉnh',
  'Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh',
  'Sở Nội vụ',
  'Sở Tư pháp',
  'Sở Tài chính',
  'Sở Công Thương',
  'Sở Nông nghiệp và Môi trường',
  'Sở Xây dựng',
  'Sở Khoa học và Công nghệ',
  'Sở Văn hóa, Thể thao và Du lịch',
  'Sở Giáo dục và Đào tạo',
  'Sở Y tế',
  'Sở Dân tộc và Tôn giáo',
  'Sở Ngoại vụ',
  'Thanh tra tỉnh',
  'Ban Quản lý Khu kinh tế',
  'Ban Quản lý các khu công nghiệp',
  'Ban Quản lý dự án đầu tư xây dựng',
  'Ban An toàn giao thông',
  'Trung tâm Phục vụ hành chính công tỉnh',
];

const DEPARTMENT_UNITS = ['Chi cục Mẫu', 'Trung tâm Mẫu', 'Trung tâm Công nghệ thông tin'];
const COMMUNE_UNITS = ['Phòng Kinh tế', 'Phòng Văn hóa - Xã hội', 'Trung tâm Phục vụ hành chính công'];

/**
 * The province before 1 July 2025: 20 departments, 18 districts, 241 communes. The register takes no district without
 * its last day, and no commune that outlives its district.
 */
export function provinceBefore(): readonly SampleRow[] {
  const origin = { asOf: LAST_DAY_OF_DISTRICTS, source: 'Báo cáo mẫu 01/BC-Y99' };
  return [
    { agencyCode: PROVINCE, nameVi: PROVINCE_NAME, nameEn: 'Sample Province', level: 'tỉnh' },
    ...departments().map((row) => ({ ...row, ...origin })),
    ...districts().map((row) => ({ ...row, validTo: LAST_DAY_OF_DISTRICTS, ...origin })),
    ...oldCommunes().map(({ numbers, ...row }) => ({
      ...row,
      validTo: LAST_DAY_OF_DISTRICTS,
      ...cellsOf(numbers),
      ...origin,
    })),
  ];
}

/**
 * The province from 1 July 2025 on: 20 departments and 100 communes with their units, and the districts and communes
 * that ended the day before, each commune with the one that took over. Its numbers are the sums of theirs.
 */
export function provinceAfter(): readonly SampleRow[] {
  const origin = { asOf: FIRST_DAY_AFTER, source: 'Báo cáo mẫu 02/BC-Y99' };
  return [
    { agencyCode: PROVINCE, nameVi: PROVINCE_NAME, nameEn: 'Sample Province', level: 'tỉnh' },
    ...[...departments(), ...departmentUnits(), ...newCommunes()].map((row) => ({ ...row, ...origin })),
    ...districts().map(({ agencyCode, nameVi, level, parentCode }) => ({
      ...{ agencyCode, nameVi, level, parentCode },
      validTo: LAST_DAY_OF_DISTRICTS,
    })),
    ...oldCommunes().map(({ numbers: _numbers, ...row }, index) => ({
      ...row,
      validTo: LAST_DAY_OF_DISTRICTS,
      replacedBy: newCommuneCode(newCommuneOf(index)),
    })),
  ];
}

/** Lines of departments and new communes: one to the Internet each, and one to the special network. */
export function linesAfter(): readonly SampleRow[] {
  const codes = [...departmentCodes(), ...range(NEW_COMMUNE_COUNT).map(newCommuneCode)];
  return codes.flatMap((agencyCode, index) => {
    const origin = { asOf: FIRST_DAY_AFTER, source: 'Hợp đồng mẫu 03/HĐ-Y99' };
    const internet = { itemId: 'internet-1', lineKind: 'internet', capacityMbps: 100 + (index % 5) * 50 };
    const special = { itemId: 'tslcd-1', lineKind: 'tslcd', capacityMbps: 20 };
    return [internet, special].map((line) => ({
      agencyCode,
      ...line,
      provider: `Nhà mạng ${'ABC'[index % 3]}`,
      ...origin,
    }));
  });
}

/** Information systems of the departments. */
export function systemsAfter(): readonly SampleRow[] {
  return departmentCodes().map((agencyCode, index) => ({
    agencyCode,
    itemId: 'chuyen-nganh',
    name: `Hệ thống thông tin chuyên ngành ${index + 1}`,
    ...(index % 4 === 3 ? {} : { level: 1 + (index % 3) }),
    hasPlan: index % 3 === 0 ? 'có' : 'không',
    asOf: FIRST_DAY_AFTER,
    source: 'Quyết định mẫu 04/QĐ-Y99',
  }));
}

function departmentCodes(): readonly string[] {
  return DEPARTMENTS.map((_, index) => `${PROVINCE}.${twoDigits(index + 1)}`);
}

function departments() {
  return DEPARTMENTS.map((nameVi, index) => ({
    agencyCode: `${PROVINCE}.${twoDigits(index + 1)}`,
    nameVi,
    level: 'sở',
    parentCode: PROVINCE,
    ...cellsOf(numbersOf(60 + ((index * 37) % 90))),
  }));
}

function departmentUnits() {
  return departmentCodes().flatMap((parentCode, index) =>
    DEPARTMENT_UNITS.slice(0, 1 + (index % 3)).map((name, unit) => ({
      agencyCode: `${parentCode}.${twoDigits(unit + 1)}`,
      nameVi: `${name} ${twoDigits(index + 1)}`,
      level: 'đơn vị',
      parentCode,
      validFrom: FIRST_DAY_AFTER,
      ...cellsOf(numbersOf(12 + ((index * 7 + unit) % 15))),
    })),
  );
}

function districts() {
  return range(DISTRICT_COUNT).map((index) => ({
    agencyCode: districtCode(index),
    nameVi: index === 0 ? 'Thành phố Mẫu' : `Huyện Mẫu ${twoDigits(index + 1)}`,
    level: index === 0 ? 'thành phố thuộc tỉnh' : 'huyện',
    parentCode: PROVINCE,
    ...cellsOf(numbersOf(90 + ((index * 13) % 40))),
  }));
}

function oldCommunes() {
  return range(OLD_COMMUNE_COUNT).map((index) => {
    const district = index % DISTRICT_COUNT;
    const isWard = district === 0;
    return {
      agencyCode: `${districtCode(district)}.${twoDigits(Math.floor(index / DISTRICT_COUNT) + 1)}`,
      nameVi: `${isWard ? 'Phường' : 'Xã'} Cũ ${threeDigits(index + 1)}`,
      level: isWard ? 'phường' : 'xã',
      parentCode: districtCode(district),
      numbers: numbersOf(18 + ((index * 11) % 8)),
    };
  });
}

/** A commune with its units, among which the numbers of the old communes are shared out so that they add up. */
function newCommunes() {
  const before = Map.groupBy(oldCommunes().entries(), ([index]) => newCommuneOf(index));
  return range(NEW_COMMUNE_COUNT).flatMap((index) => {
    const total = sumOf((before.get(index) ?? []).map(([, { numbers }]) => numbers));
    const share = quarterOf(total);
    const isWard = index % 12 === 0;
    const office = {
      agencyCode: newCommuneCode(index),
      nameVi: index === 99 ? 'Đặc khu Mẫu' : `${isWard ? 'Phường' : 'Xã'} Mẫu ${threeDigits(index + 1)}`,
      level: index === 99 ? 'đặc khu' : isWard ? 'phường' : 'xã',
      parentCode: PROVINCE,
      validFrom: FIRST_DAY_AFTER,
      ...cellsOf(withoutShares(total, share, COMMUNE_UNITS.length)),
    };
    const units = COMMUNE_UNITS.map((nameVi, unit) => ({
      agencyCode: `${newCommuneCode(index)}.${twoDigits(unit + 1)}`,
      nameVi: `${nameVi}, ${office.nameVi}`,
      level: 'đơn vị',
      parentCode: newCommuneCode(index),
      validFrom: FIRST_DAY_AFTER,
      ...cellsOf(share),
    }));
    return [office, ...units];
  });
}

function newCommuneOf(oldIndex: number): number {
  const inLarge = LARGE_MERGER_COUNT * 3;
  return oldIndex < inLarge ? Math.floor(oldIndex / 3) : LARGE_MERGER_COUNT + Math.floor((oldIndex - inLarge) / 2);
}

function numbersOf(officials: number): Numbers {
  return {
    officials,
    computers: officials - (officials % 5) + 2,
    alone: officials > 80 ? 2 : 0,
    trained: Math.floor((officials * 2) / 3),
  };
}

function sumOf(all: readonly Numbers[]): Numbers {
  const sum = (field: keyof Numbers) => all.reduce((total, numbers) => total + numbers[field], 0);
  return { officials: sum('officials'), computers: sum('computers'), alone: sum('alone'), trained: sum('trained') };
}

function quarterOf({ officials, computers, trained }: Numbers): Numbers {
  return { officials: officials >> 2, computers: computers >> 2, alone: 0, trained: trained >> 2 };
}

function withoutShares(total: Numbers, share: Numbers, count: number): Numbers {
  return {
    officials: total.officials - share.officials * count,
    computers: total.computers - share.computers * count,
    alone: total.alone,
    trained: total.trained - share.trained * count,
  };
}

function cellsOf({ officials, computers, alone, trained }: Numbers): SampleRow {
  return {
    officials,
    computers,
    'stand-alone-computers': alone,
    lan: 'có',
    'it-staff': officials > 50 ? 2 : 1,
    'security-staff': officials > 50 ? 1 : 0,
    'trained-officials': trained,
  };
}

function districtCode(index: number): string {
  return `${PROVINCE}.${31 + index}`;
}

function newCommuneCode(index: number): string {
  return `${PROVINCE}.${101 + index}`;
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function threeDigits(number: number): string {
  return String(number).padStart(3, '0');
}
