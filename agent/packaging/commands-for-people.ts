import { REPORT_NODE_FLAGS } from '../service/service-program.ts';

/**
 * Variables that are taken away: by them whoever can set one for a user would run code in an administrator's console
 * (a module, the module of a TLS library, code from a cache), or have any file of the machine written.
 */
const DROPPED_VARIABLES = [
  'NODE_COMPILE_CACHE',
  'NODE_OPTIONS',
  'NODE_REDIRECT_WARNINGS',
  'NODE_V8_COVERAGE',
  'OPENSSL_CONF',
  'OPENSSL_ENGINES',
  'OPENSSL_MODULES',
] as const;

const UNSET_LINE = `unset ${DROPPED_VARIABLES.join(' ')}`;

/** `tramdo-agent.cmd`: the command for people in Windows. */
export function windowsCommand(): string {
  return [
    '@echo off',
    'setlocal',
    ...DROPPED_VARIABLES.map((name) => `set ${name}=`),
    `"%~dp0node.exe" ${REPORT_NODE_FLAGS.join(' ')} "%~dp0tramdo-agent.mjs" %*`,
    'exit /b %ERRORLEVEL%',
    '',
  ].join('\r\n');
}

/** `/usr/bin/tramdo-agent` of the packages for Linux: the program lies where the package put it. */
export function installedCommand(programFolder: string): string {
  return [
    '#!/bin/sh',
    UNSET_LINE,
    `exec ${programFolder}/node ${REPORT_NODE_FLAGS.join(' ')} ${programFolder}/tramdo-agent.mjs "$@"`,
    '',
  ].join('\n');
}

/** `tramdo-agent` beside a program that may lie in any folder; it may be called through one symbolic link. */
export function portableCommand(): string {
  return [
    '#!/bin/sh',
    UNSET_LINE,
    'here=$0',
    'if [ -h "$here" ]; then',
    '  target=$(readlink "$here")',
    '  case $target in',
    '    /*) here=$target ;;',
    '    *) here=$(dirname "$here")/$target ;;',
    '  esac',
    'fi',
    'folder=$(cd "$(dirname "$here")" && pwd -P) || exit 1',
    `exec "$folder/node" ${REPORT_NODE_FLAGS.join(' ')} "$folder/tramdo-agent.mjs" "$@"`,
    '',
  ].join('\n');
}
