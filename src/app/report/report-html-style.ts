/** How report pages look: by day, by night, on a phone and on paper. */
import { html } from '../../text/html.ts'

export const style = html`<style>
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f5f6f4; --line: #d9ddd6; --text: #1d2321; --quiet: #59635e;
  --grown: #2e7d5b; --real: #3f6fb5; --rejected: #c05a2c; --surplus: #949d98; --before: #9dbfae; --mark: #fbe7a1;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #141816; --panel: #1e2421; --line: #353d39; --text: #e4e9e6; --quiet: #a0aaa5;
    --grown: #57b88a; --real: #7ba6e6; --rejected: #e58a5c; --surplus: #78827d; --before: #35634e; --mark: #5d4d12;
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
h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
p { margin: .4rem 0; }
.quiet { color: var(--quiet); }
.small { font-size: .875rem; }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
pre { margin: 0; padding: .75rem 1rem; background: var(--panel); border-radius: .4rem; overflow-x: auto; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; }
.facts div { background: var(--panel); border-radius: .4rem; padding: .6rem .8rem; }
.facts dt { color: var(--quiet); font-size: .8rem; }
.facts dd { margin: 0; font-size: 1.15rem; font-variant-numeric: tabular-nums; }
.notice { border-left: .25rem solid var(--rejected); background: var(--panel); padding: .6rem .9rem; margin: 1rem 0; }
.bars { display: grid; grid-template-columns: minmax(6rem, 18rem) minmax(4rem, 1fr) max-content; gap: .35rem .9rem; align-items: center; margin: 0; }
.bars > div { display: contents; }
.bars .track { height: 1rem; background: var(--panel); border-radius: .2rem; display: flex; overflow: hidden; }
.bars .track i { height: 100%; min-width: 2px; }
.bars .track i.gap { min-width: 0; }
.bars .name { white-space: pre-wrap; }
.bars .number { text-align: right; font-variant-numeric: tabular-nums; }
.bars .why { grid-column: 1 / -1; margin: 0 0 .4rem; }
.grown { background: var(--grown); } .real { background: var(--real); } .rejected { background: var(--rejected); }
.surplus { background: var(--surplus); } .before { background: var(--before); } .gap { background: none; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .25rem 0 .75rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: .15rem; margin-right: .4rem; vertical-align: -.08rem; }
.columns { display: flex; align-items: flex-end; gap: 4px; height: 9rem; border-bottom: 1px solid var(--line); }
.columns > div { flex: 1 1 0; display: flex; align-items: flex-end; gap: 1px; height: 100%; }
.columns i { flex: 1 1 0; border-radius: .15rem .15rem 0 0; }
.ticks { display: flex; gap: 4px; margin: 0 0 .75rem; color: var(--quiet); font-size: .75rem; font-variant-numeric: tabular-nums; }
.ticks span { flex: 1 1 0; width: 0; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; min-width: min(100%, 28rem); overflow-wrap: break-word; }
th, td { text-align: left; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:first-child { min-width: 6.5rem; }
th { font-weight: 600; font-size: .875rem; color: var(--quiet); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.example { border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .9rem; margin: .6rem 0; break-inside: avoid; }
.example .text { white-space: pre-wrap; margin: .35rem 0; unicode-bidi: isolate; }
.example dl { margin: .35rem 0; } .example dt { color: var(--quiet); font-size: .8rem; } .example dd { margin: 0 0 .35rem; }
.chip { display: inline-block; background: var(--panel); border-radius: .6rem; padding: 0 .55rem; font-size: .8rem; margin-right: .3rem; }
mark { background: var(--mark); color: inherit; border-radius: .2rem; padding: 0 .15rem; }
mark small { color: var(--quiet); font-size: .7em; margin-left: .25rem; }
details summary { cursor: pointer; color: var(--quiet); font-size: .875rem; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .75rem; }
@media (max-width: 34rem) {
  .bars { grid-template-columns: 1fr max-content; gap: .1rem .6rem; }
  .bars .name { grid-column: 1 / -1; margin-top: .4rem; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2 { break-after: avoid; }
  .columns, .bars > div, tr { break-inside: avoid; }
}
</style>`
