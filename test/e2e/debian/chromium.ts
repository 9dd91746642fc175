import { type Browser, chromium, type Page } from 'playwright-core';
import { debianProgram } from './debian-program.ts';

/** Nothing is fetched from elsewhere, and the window is none. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Debian's Chromium; whoever asks for it closes it. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: debianProgram('/usr/bin/chromium', 'chromium'), args: FLAGS });
}

/** Fills the form of a page of the collector and sends it. */
export async function sendForm(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
  await page.click('form.panel button');
}

/** What the main part of a page says, on one line. */
export async function readMain(page: Page): Promise<string> {
  return ((await page.textContent('main')) ?? '').replaceAll(/\s+/g, ' ');
}
