import { settingsSchema } from '#collector/config.ts';
import { variableOf } from '#collector/variable-of.ts';
import { schemaFields } from './json-schema-fields.ts';
import { markdownDocument, markdownTable } from './markdown.ts';

/** Prints collector/CONFIG.md from the schema of the settings. */
export function printCollectorConfig(): string {
  const rows = schemaFields(settingsSchema).map(({ path, type, description, defaultText }) => [
    `\`${path}\``,
    /[.[]/.test(path) ? '' : `\`${variableOf(path)}\``,
    type,
    defaultText === undefined ? '' : `\`${defaultText}\``,
    description,
  ]);
  return markdownDocument(
    'Settings of the collector',
    'Every key of the YAML file given by `--config`, from `collector/config.ts`. The environment variable wins over the ' +
      'file and holds the same YAML. A key that is not listed, or a value that is not allowed, stops the start.',
    [markdownTable(['Key', 'Environment variable', 'Value', 'Default', 'Meaning'], rows)],
  );
}
