/** How the pages of suite reports look. */
import { html } from '../text/html.ts'

export const style = html`<style>
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f5f6f4; --line: #d9ddd6; --text: #1d2321; --quiet: #59635e; --passed: #2e7d5b; --failed: #c05a2c;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #141816; --panel: #1e2421; --line: #353d39; --text: #e4e9e6; --quiet: #a0aaa5; --passed: #57b88a; --failed: #e58a5c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 68rem; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem;
  background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h2 small { font-size: .875rem; font-weight: 400; margin-left: .5rem; }
p { margin: .4rem 0; }
.quiet { color: var(--quiet); }
.small { font-size: .875rem; }
.bad { color: var(--failed); font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
th, td { text-align: left; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
th { font-weight: 600; font-size: .875rem; color: var(--quiet); }
td:first-child { width: 100%; min-width: 12rem; overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.track span { position: relative; display: block; width: 8rem; height: .8rem; background: var(--panel); border-radius: .2rem; }
.track i { display: block; height: 100%; border-radius: .2rem; }
.track b { position: absolute; top: -.15rem; width: 2px; height: 1.1rem; background: var(--text); }
.passed { background: var(--passed); } .failed { background: var(--failed); }
details { margin: .5rem 0; } summary { cursor: pointer; }
.case { border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .9rem; margin: .5rem 0; break-inside: avoid; }
.case .text { white-space: pre-wrap; margin: .2rem 0; unicode-bidi: isolate; }
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr { break-inside: avoid; }
}
</style>`
