import { REPORT_NODE_FLAGS } from '../service/service-program.ts';

/**
 * `tramdo-agent.cmd`: the command for people in Windows.
 *
 * NODE_OPTIONS would let whoever set it for a user run code in an administrator's console.
 */
export function windowsCommand(): string {
  return [
    '@echo off',
    'setlocal',
    'set NODE_OPTIONS=',
    `"%~dp0node.exe" ${REPORT_NODE_FLAGS.join(' ')} "%~dp0tramdo-agent.mjs" %*`,
    'exit /b %ERRORLEVEL%',
    '',
  ].join('\r\n');
}

/** `/usr/bin/tramdo-agent` of the packages for Linux: the program lies where the package put it. */
export function installedCommand(programFolder: string): string {
  return [
    '#!/bin/sh',
    'unset NODE_OPTIONS',
    `exec ${programFolder}/node ${REPORT_NODE_FLAGS.join(' ')} ${programFolder}/tramdo-agent.mjs "$@"`,
    '',
  ].join('\n');
}

/** `tramdo-agent` beside a program that may lie in any folder; it may be called through one symbolic link. */
export function portableCommand(): string {
  return [
    '#!/bin/sh',
    'unset NODE_OPTIONS',
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
