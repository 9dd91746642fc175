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

/** Clicks on what leads to another page, and waits until that one is whole: parts of it can be read before. */
export async function clickThrough(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.click(selector)]);
}

/** Fills the form of a page of the collector, sends it, and waits for the answer. */
export async function sendForm(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
  await clickThrough(page, 'form.panel button');
}

/** What the main part of a page says, on one line. */
export async function readMain(page: Page): Promise<string> {
  return ((await page.textContent('main')) ?? '').replaceAll(/\s+/g, ' ');
}
