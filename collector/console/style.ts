/** Address of the stylesheet of every page. */
export const STYLESHEET_PATH = '/style.css';

/**
 * The stylesheet, served as `text/css` at {@link STYLESHEET_PATH}, so that the Content-Security-Policy needs nothing but
 * `default-src 'none'; style-src 'self'`. Tables become stacked cards on a phone; nothing here is too new for old PCs.
 */
export const STYLESHEET = `
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; color: #1b1f24; background: #f5f6f8; }
a { color: #0b4f9c; }
a:focus, summary:focus { outline: 3px solid #f2a900; outline-offset: 2px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; background: #fff; padding: 8px; }
header, main { max-width: 1200px; margin: 0 auto; padding: 16px; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; }
h1 { font-size: 26px; margin: 0 16px 0 0; }
h2 { font-size: 20px; margin: 32px 0 8px; }
.muted { color: #57606a; }
.small { font-size: 14px; }
.cards { display: flex; flex-wrap: wrap; margin: 0 -8px; padding: 0; list-style: none; }
.cards li { flex: 1 1 150px; margin: 8px; padding: 12px 16px; background: #fff; border: 1px solid #d0d7de; border-radius: 6px; }
.cards strong { display: block; font-size: 28px; line-height: 1.2; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; background: #fff; border: 1px solid #d0d7de; }
th, td { padding: 8px 12px; border-bottom: 1px solid #d0d7de; text-align: left; vertical-align: top; }
thead th { background: #eaeef2; }
thead th::first-letter { text-transform: uppercase; }
tbody th { font-weight: 600; min-width: 130px; max-width: 320px; overflow-wrap: anywhere; word-break: break-word; }
.wide { min-width: 280px; overflow-wrap: anywhere; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
thead .number { white-space: normal; }
tfoot td, tfoot th { font-weight: 600; background: #f5f6f8; }
.tag { display: inline-block; padding: 0 8px; border-radius: 10px; font-size: 14px; font-weight: 600; white-space: nowrap; }
.fail { background: #ffe1de; color: #8a1c12; }
.unknown, .provisional { background: #fff1c9; color: #6a4a00; }
.pass { background: #d9f2e0; color: #12532a; }
ul.rules { margin: 0; padding: 0; list-style: none; }
ul.rules li { margin: 0 0 8px; }
details { margin: 2px 0 0; }
form.panel, .panel { max-width: 520px; padding: 16px; margin: 0 0 16px; background: #fff; border: 1px solid #d0d7de; border-radius: 6px; }
.field { margin: 0 0 16px; }
.field label { display: block; font-weight: 600; }
.field input { width: 100%; font: inherit; padding: 8px; border: 1px solid #6e7781; border-radius: 4px; }
button { font: inherit; padding: 8px 16px; border: 1px solid #0b4f9c; border-radius: 4px; background: #0b4f9c; color: #fff; cursor: pointer; }
button.plain { background: #fff; color: #0b4f9c; }
input:focus, button:focus { outline: 3px solid #f2a900; outline-offset: 2px; }
.problem { max-width: 520px; margin: 0 0 16px; padding: 12px 16px; background: #ffe1de; color: #8a1c12; border-radius: 6px; }
.notice { max-width: 520px; margin: 0 0 16px; padding: 12px 16px; background: #d9f2e0; color: #12532a; border-radius: 6px; }
.qr svg { width: 220px; height: 220px; }
ul.codes { columns: 2; padding: 16px; list-style: none; font: 16px/1.8 "Consolas", "DejaVu Sans Mono", monospace; }
code { overflow-wrap: anywhere; }
summary { cursor: pointer; color: #0b4f9c; font-size: 14px; }
@media (max-width: 640px) {
  thead { position: absolute; left: -9999px; }
  tr, td, tbody th, tfoot th { display: block; border: 0; }
  tr { border-bottom: 1px solid #d0d7de; padding: 8px 0; }
  td, tbody th, tfoot th { padding: 2px 12px; }
  td.number { text-align: left; }
  tbody th { max-width: none; }
  .wide { min-width: 0; }
  td[data-label]::before { content: attr(data-label) ": "; color: #57606a; }
}
`;
