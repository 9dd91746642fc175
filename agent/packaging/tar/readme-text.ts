const START: Readonly<Record<'darwin' | 'linux', readonly string[]>> = {
  darwin: [
    '    sudo mkdir -p /usr/local/lib /usr/local/bin',
    '    sudo tar -xzf tramdo-agent-*.tar.gz -C /usr/local/lib',
    '    sudo xattr -dr com.apple.quarantine /usr/local/lib/tramdo-agent',
    '    sudo ln -sf /usr/local/lib/tramdo-agent/tramdo-agent /usr/local/bin/tramdo-agent',
    "    sudo /usr/local/bin/tramdo-agent service install --join 'tramdo://...'",
  ],
  linux: [
    '    sudo tar -xzf tramdo-agent-*.tar.gz -C /usr/lib',
    '    sudo ln -sf /usr/lib/tramdo-agent/tramdo-agent /usr/bin/tramdo-agent',
    "    sudo tramdo-agent service install --join 'tramdo://...'",
  ],
};

/** `README` of an archive: how to install, upgrade and remove where there is no package. */
export function readmeText(platform: 'darwin' | 'linux', version: string): string {
  return [
    `tramdo agent ${version}`,
    '',
    'Install (as an administrator; the join string comes from whoever runs the collector):',
    '',
    ...START[platform],
    '',
    'The program may lie in any folder that only root can write. Behind a proxy add: --proxy http://HOST:PORT',
    '',
    'Upgrade: unpack the new archive over the old one and run "tramdo-agent service install" again.',
    'Remove:  run "sudo tramdo-agent service uninstall" (with --purge: key and waiting reports too), delete the folder.',
    'Look:    "tramdo-agent status" and "tramdo-agent doctor".',
    '',
  ].join('\n');
}
