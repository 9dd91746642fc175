import type { Observation } from '#shared/observations/index.ts';
import type { WindowsOsFacts } from './windows.ts';

/** First build of Windows 11; ProductName of the registry says "Windows 10" there as well. */
const FIRST_BUILD_OF_11 = 22_000;

/** Client versions before 10 by build, and 10 versions before DisplayVersion was kept (ReleaseId, or nothing at all). */
const CLIENT_VERSIONS: Readonly<Record<number, string>> = {
  7600: '7',
  7601: '7',
  9200: '8',
  9600: '8.1',
  10240: '1507',
};

/** Server versions by build (Microsoft, "Windows Server release information"). */
const SERVER_VERSIONS: Readonly<Record<number, string>> = {
  6003: '2008',
  7601: '2008 R2',
  9200: '2012',
  9600: '2012 R2',
  14393: '2016',
  17763: '2019',
  20348: '2022',
  25398: '23H2',
  26100: '2025',
};

/** EditionID in the words people know; an edition that is not here is left out of the name. */
const EDITION_NAMES: Readonly<Record<string, string>> = {
  Core: 'Home',
  CoreSingleLanguage: 'Home Single Language',
  Education: 'Education',
  Enterprise: 'Enterprise',
  EnterpriseS: 'Enterprise LTSC',
  IoTEnterprise: 'IoT Enterprise',
  IoTEnterpriseS: 'IoT Enterprise LTSC',
  Professional: 'Pro',
  ProfessionalEducation: 'Pro Education',
  ProfessionalWorkstation: 'Pro for Workstations',
  ServerDatacenter: 'Datacenter',
  ServerStandard: 'Standard',
};

const ARCHITECTURES: Readonly<Record<string, string>> = { amd64: 'x86_64', x86: 'i686', arm64: 'aarch64' };

/** InstallLanguage (a Windows language id, MS-LCID) as BCP 47; other languages than these are left out. */
const LANGUAGES: Readonly<Record<string, string>> = {
  '0404': 'zh-TW',
  '0407': 'de-DE',
  '0409': 'en-US',
  '040c': 'fr-FR',
  '0411': 'ja-JP',
  '0412': 'ko-KR',
  '0419': 'ru-RU',
  '042a': 'vi-VN',
  '0804': 'zh-CN',
  '0809': 'en-GB',
};

/**
 * Makes the observation of what `HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion` holds.
 *
 * `edition` is EditionID as it is, which the catalogue of life cycles knows; `build` is CurrentBuild with UBR, the number
 * of the last cumulative update. An upgrade writes InstallDate anew. The language is that of the people who are signed
 * in when they agree, else that of the machine, else that of the installation.
 */
export function describeWindowsOs(facts: WindowsOsFacts): Observation<'os'> {
  const build = facts.currentBuild;
  const isServer = /server/i.test(facts.installationType ?? '') || /^Server/.test(facts.editionId ?? '');
  const version = (isServer ? SERVER_VERSIONS[build] : undefined) ?? clientVersionOf(facts);
  const displayLanguage = displayLanguageOf(facts);
  return {
    family: 'windows',
    id: isServer ? 'windows-server' : 'windows',
    name: nameOf(facts, version, isServer),
    version: version.slice(0, 64),
    build: facts.ubr === undefined ? String(build) : `${build}.${facts.ubr}`,
    ...(facts.editionId === undefined ? {} : { edition: facts.editionId.slice(0, 64) }),
    architecture: ARCHITECTURES[facts.architecture?.toLowerCase() ?? ''] ?? 'unknown',
    ...(facts.installDate === undefined || facts.installDate <= 0
      ? {}
      : { installedAt: new Date(facts.installDate * 1_000).toISOString() }),
    ...(displayLanguage === undefined ? {} : { displayLanguage }),
  };
}

function clientVersionOf({ currentBuild, displayVersion, releaseId }: WindowsOsFacts): string {
  return CLIENT_VERSIONS[currentBuild] ?? displayVersion ?? releaseId ?? '';
}

function nameOf({ currentBuild, editionId, productName }: WindowsOsFacts, version: string, isServer: boolean): string {
  const edition = EDITION_NAMES[editionId ?? ''];
  const end = edition === undefined ? '' : ` ${edition}`;
  if (isServer)
    return SERVER_VERSIONS[currentBuild] === undefined
      ? (productName ?? 'Windows Server')
      : `Windows Server ${version}${end}`;
  if (currentBuild < 10_240) return (productName ?? `Windows ${version}`).slice(0, 128);
  return `Windows ${currentBuild >= FIRST_BUILD_OF_11 ? '11' : '10'}${end}`;
}

function displayLanguageOf({ userLanguages, machineLanguages, installLanguage }: WindowsOsFacts): string | undefined {
  const [first, ...others] = [...new Set(userLanguages)];
  const ofPeople = others.length === 0 ? first : undefined;
  const tag = ofPeople ?? machineLanguages[0] ?? LANGUAGES[installLanguage?.toLowerCase().padStart(4, '0') ?? ''];
  return tag !== undefined && /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/.test(tag) ? tag : undefined;
}
