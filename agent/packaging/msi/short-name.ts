/**
 * `SHORT~1.EXT|long name` for a name that is not in the form of MS-DOS, else the name itself (Windows Installer,
 * "Filename" data type).
 *
 * @param index position of the file in its folder, which keeps short names apart
 */
export function shortName(name: string, index: number): string {
  const [, stem = '', extension = ''] = /^(.*?)(?:\.([^.]*))?$/.exec(name) ?? [];
  if (/^[A-Za-z0-9_]{1,8}$/.test(stem) && /^[A-Za-z0-9_]{0,3}$/.test(extension)) return name;
  const mark = `~${index + 1}`;
  const start = stem.replaceAll(/[^A-Za-z0-9_]/g, '').slice(0, 8 - mark.length);
  const end = extension === '' ? '' : `.${extension.slice(0, 3)}`;
  return `${`${start}${mark}${end}`.toUpperCase()}|${name}`;
}
