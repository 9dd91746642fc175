import { escapeXml } from '../../service/escape-xml.ts';
import { shortName } from './short-name.ts';

/** Never changes: Windows finds an older version by it, of either architecture. */
export const UPGRADE_CODE = 'C2E6D7B4-5D0A-4C53-9B1E-6B0F5B7C0A52';

/** What a product is described by. */
export interface ProductOptions {
  readonly version: string;
  readonly architecture: 'x64' | 'x86';
  /** In braces; another for every content, as Windows takes two products of one code for one. */
  readonly productCode: string;
  /** Folder with the files, relative to the one in which wixl runs: 0.101 takes no absolute paths. */
  readonly folder: string;
  /** Names of the files. */
  readonly files: readonly string[];
}

/**
 * Custom actions with their place in the sequence and their condition (Windows Installer, "InstallExecuteSequence
 * Table"). Those that run a program are deferred and not impersonated: they run as SYSTEM within the installation.
 *
 * A repair puts files back and runs no program: any user may ask for one, hand in properties, and would have a program
 * of SYSTEM in a window of their own (CVE-2024-38014).
 */
const ACTIONS = [
  {
    id: 'SetJoinArgument',
    at: 1410,
    when: 'JOIN AND NOT Installed',
    property: 'JoinArgument',
    value: '--join "[JOIN]"',
  },
  {
    id: 'SetProxyArgument',
    at: 1420,
    when: 'PROXY AND NOT Installed',
    property: 'ProxyArgument',
    value: '--proxy "[PROXY]"',
  },
  {
    id: 'SetModeArgument',
    at: 1430,
    when: 'SCHEDULED AND NOT Installed',
    property: 'ModeArgument',
    value: '--scheduled',
  },
  { id: 'RollBackRemoval', at: 3400, when: 'REMOVE="ALL"', command: 'install', execute: 'rollback', isVital: false },
  {
    id: 'RemoveService',
    at: 3410,
    when: 'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE',
    command: 'uninstall --purge',
    execute: 'deferred',
    isVital: false,
  },
  {
    id: 'EndServiceForUpgrade',
    at: 3420,
    when: 'REMOVE="ALL" AND UPGRADINGPRODUCTCODE',
    command: 'uninstall',
    execute: 'deferred',
    isVital: false,
  },
  { id: 'RollBackService', at: 4010, when: 'NOT Installed', command: 'uninstall', execute: 'rollback', isVital: false },
  {
    id: 'InstallService',
    at: 4020,
    when: 'NOT Installed',
    command: 'install [JoinArgument] [ProxyArgument] [ModeArgument]',
    execute: 'deferred',
    isVital: true,
  },
] as const;

/** Properties that hold a secret; Windows writes asterisks for them into its log. */
export const HIDDEN_PROPERTIES = ['JOIN', 'PROXY', 'JoinArgument', 'ProxyArgument'] as const;
/** Properties that an installation started by an ordinary user hands on to the part that runs as SYSTEM. */
export const SECURE_PROPERTIES = ['OLDER_FOUND', 'NEWER_FOUND', 'JOIN', 'PROXY', 'SCHEDULED'] as const;
/** Actions whose text holds a secret. */
const HIDDEN_ACTIONS: readonly string[] = ['SetJoinArgument', 'SetProxyArgument', 'InstallService'];

/** Bits of the type of a custom action ("CustomAction Table"). */
const ACTION_TYPES = {
  programFromFile: 0x12,
  setProperty: 0x33,
  goOnAfterFailure: 0x40,
  rollback: 0x100,
  inScript: 0x400,
  asSystem: 0x800,
  hideTarget: 0x2000,
};

/**
 * Type of every custom action. wixl 0.101 passes over `Execute="rollback"` and `HideTarget` in silence, so that the
 * types are written over what it makes.
 */
export function actionTypes(): ReadonlyMap<string, number> {
  return new Map(
    ACTIONS.map((action) => {
      const hidden = HIDDEN_ACTIONS.includes(action.id) ? ACTION_TYPES.hideTarget : 0;
      if ('property' in action) return [action.id, ACTION_TYPES.setProperty | hidden];
      const rollback = action.execute === 'rollback' ? ACTION_TYPES.rollback : 0;
      // A broken agent must not keep anybody from removing it.
      const failure = action.isVital ? 0 : ACTION_TYPES.goOnAfterFailure;
      const { programFromFile, inScript, asSystem } = ACTION_TYPES;
      return [action.id, programFromFile | inScript | asSystem | rollback | failure | hidden];
    }),
  );
}

/** Identifier of a file in the database: letters, digits, underscores and dots. */
export function fileId(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_.]/g, '_');
}

/** WiX source of the installer, in the part of WiX 3 that wixl understands. */
export function productSource(options: ProductOptions): string {
  const { version, architecture, productCode } = options;
  const programFiles = architecture === 'x64' ? 'ProgramFiles64Folder' : 'ProgramFilesFolder';
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">',
    `<Product Id="${productCode}" UpgradeCode="${UPGRADE_CODE}" Name="tramdo agent" Manufacturer="tramdo"`,
    `  Version="${version}" Language="1033" Codepage="1252">`,
    '<Package InstallerVersion="500" Compressed="yes" InstallScope="perMachine"',
    '  Description="tramdo agent" Comments="Reports this machine to the collector of its agency"/>',
    '<Media Id="1" Cabinet="agent.cab" EmbedCab="yes"/>',
    ...PROPERTIES.map(([name, value]) => `<Property Id="${name}" Value="${value}"/>`),
    `<Upgrade Id="${UPGRADE_CODE}">`,
    `<UpgradeVersion Minimum="0.0.0" IncludeMinimum="yes" Maximum="${version}"`,
    '  Property="OLDER_FOUND"/>',
    `<UpgradeVersion Minimum="${version}" IncludeMinimum="no" OnlyDetect="yes" Property="NEWER_FOUND"/>`,
    '</Upgrade>',
    ...launchConditions(architecture),
    '<Directory Id="TARGETDIR" Name="SourceDir">',
    `<Directory Id="${programFiles}">`,
    // An identifier with small letters cannot be set from the command line: a folder that users may write would let
    // them replace what runs as SYSTEM.
    '<Directory Id="AgentFolder" Name="TRAMDO~1|tramdo-agent">',
    ...options.files.map((name, index) => component(options, name, index)),
    '</Directory>',
    '</Directory>',
    '</Directory>',
    '<Feature Id="Agent" Level="1" Title="tramdo agent">',
    ...options.files.map((name) => `<ComponentRef Id="${fileId(name)}"/>`),
    '</Feature>',
    ...ACTIONS.map(customAction),
    '<InstallExecuteSequence>',
    // Within the transaction: an upgrade that fails brings the older version back.
    '<RemoveExistingProducts Sequence="1510"/>',
    ...ACTIONS.map(({ id, at, when }) => `<Custom Action="${id}" Sequence="${at}">${escapeXml(when)}</Custom>`),
    '</InstallExecuteSequence>',
    '</Product>',
    '</Wix>',
    '',
  ].join('\n');
}

const PROPERTIES = [
  ['MsiHiddenProperties', HIDDEN_PROPERTIES.join(';')],
  // Files are replaced whatever the version resource of node.exe says: a later release may carry an older line of it.
  ['REINSTALLMODE', 'amus'],
  // The resident process is ended by the actions; nobody's PC restarts because of it.
  ['MSIRESTARTMANAGERCONTROL', 'Disable'],
  ['REBOOT', 'ReallySuppress'],
  ['ARPNOMODIFY', '1'],
  ['ARPNOREPAIR', '1'],
] as const;

function launchConditions(architecture: 'x64' | 'x86'): string[] {
  const conditions = [
    ['NOT NEWER_FOUND', 'A newer version of the tramdo agent is installed.'],
    ['Installed OR VersionNT &gt;= 603', 'The tramdo agent needs Windows 10, Windows Server 2016 or newer.'],
    ['Privileged', 'The tramdo agent is installed by an administrator.'],
    // Of a 64-bit Windows, a 32-bit program sees another registry and another System32.
    ...(architecture === 'x86'
      ? [['Installed OR NOT VersionNT64', 'This is a 64-bit Windows: use tramdo-agent-x64.msi.']]
      : []),
  ];
  return conditions.map(([condition, message]) => `<Condition Message="${message}">${condition}</Condition>`);
}

function component({ architecture, folder }: ProductOptions, name: string, index: number): string {
  const id = fileId(name);
  const win64 = architecture === 'x64' ? ' Win64="yes"' : '';
  const fileName = escapeXml(shortName(name, index));
  return (
    `<Component Id="${id}" Guid="*"${win64}>` +
    `<File Id="${id}" Name="${fileName}" Source="${escapeXml(folder)}/${name}" KeyPath="yes"/></Component>`
  );
}

function customAction(action: (typeof ACTIONS)[number]): string {
  if ('property' in action) {
    return `<CustomAction Id="${action.id}" Property="${action.property}" Value="${escapeXml(action.value)}"/>`;
  }
  const command = escapeXml(`"[AgentFolder]tramdo-agent.mjs" service ${action.command}`);
  return `<CustomAction Id="${action.id}" FileKey="node.exe" ExeCommand="${command}" Execute="deferred"/>`;
}
