/** How a comparison’s page looks, beside what all report pages share. */
import { html } from '../../text/html.ts'

export const compareStyle = html`<style>
:root { --synthetic: var(--grown); --good: #2e7d5b; --fair: #9a6a00; --poor: #b3392f; --minus: #b3552f; --plus: #2f68b3; }
@media screen and (prefers-color-scheme: dark) {
  :root { --good: #6cc79b; --fair: #e0b454; --poor: #f0897d; --minus: #e58a5c; --plus: #7ba6e6; }
}
.headline { font-size: 1.15rem; border-left: .3rem solid var(--surplus); padding: .35rem .9rem; margin: 1rem 0 1.25rem; max-width: 48rem; }
.headline.good { border-color: var(--good); } .headline.fair { border-color: var(--fair); } .headline.poor { border-color: var(--poor); }
main .facts { grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); }
.facts dd + dd { font-size: .8rem; }
.findings { list-style: none; padding: 0; margin: .25rem 0; display: grid; gap: .45rem; }
.findings li { display: grid; grid-template-columns: 5.5rem 1fr; gap: .75rem; align-items: baseline; }
.findings li > span + span { max-width: 52rem; }
.level { font-size: .8rem; font-weight: 600; text-align: center; border: 1px solid currentcolor; border-radius: .6rem; padding: 0 .4rem; white-space: nowrap; }
.level.good { color: var(--good); } .level.fair { color: var(--fair); } .level.poor { color: var(--poor); }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .25rem 0 .9rem; }
.key i { display: inline-block; width: .9rem; height: .7rem; margin-right: .4rem; border-radius: .1rem; }
.key .of-real { background: var(--real); opacity: .45; }
.key .of-synthetic { border: 2px solid var(--synthetic); }
.key .minus { background: var(--minus); } .key .plus { background: var(--plus); }
.plots { columns: 19rem 3; column-gap: 1.1rem; }
.plot { background: var(--panel); border-radius: .4rem; padding: .7rem .9rem; break-inside: avoid; margin: 0 0 1.1rem; }
.plot figcaption { display: flex; justify-content: space-between; gap: .75rem; font-weight: 600; margin-bottom: .4rem; }
.plot figcaption span + span { font-weight: 400; color: var(--quiet); font-variant-numeric: tabular-nums; white-space: nowrap; }
.plot svg { display: block; width: 100%; }
.plot .ends { display: flex; justify-content: space-between; font-size: .75rem; color: var(--quiet); font-variant-numeric: tabular-nums; border-top: 1px solid var(--line); padding-top: .15rem; gap: .5rem; }
.plot p { font-size: .8rem; margin: .35rem 0 0; font-variant-numeric: tabular-nums; }
.bar-real { fill: var(--real); opacity: .45; }
.line-synthetic { fill: none; stroke: var(--synthetic); stroke-width: 2; vector-effect: non-scaling-stroke; }
.hit { fill: transparent; } .hit:hover { fill: var(--text); opacity: .08; }
.shares { display: grid; grid-template-columns: minmax(3.5rem, 7.5rem) 1fr max-content; gap: .3rem .6rem; font-size: .8rem; align-items: center; }
.shares > div { display: contents; }
.shares .track { display: grid; gap: 1px; }
.shares .track i { display: block; height: .38rem; min-width: 1px; border-radius: 0 .15rem .15rem 0; }
.shares .of-real { background: var(--real); opacity: .6; } .shares .of-synthetic { background: var(--synthetic); }
.shares .number { text-align: right; color: var(--quiet); font-variant-numeric: tabular-nums; }
.maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem; }
.maps figure { margin: 0; min-width: 0; } .maps figcaption { font-size: .875rem; color: var(--quiet); margin-bottom: .4rem; }
.maps svg { width: 100%; height: auto; display: block; }
.maps text { fill: var(--text); font: 9px system-ui, sans-serif; }
.maps .plus { fill: var(--plus); } .maps .minus { fill: var(--minus); } .maps .cell { fill: var(--panel); } .maps .self { fill: var(--line); }
.ranges { margin: .75rem 0; display: grid; grid-template-columns: minmax(7rem, 15rem) 1fr; gap: .5rem .9rem; align-items: center; font-size: .875rem; }
.ranges > div { display: contents; }
.ranges svg { width: 100%; height: 1.5rem; display: block; overflow: visible; }
.whisker { stroke: var(--quiet); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.box-real { fill: var(--real); opacity: .5; } .box-synthetic { fill: var(--synthetic); opacity: .6; }
.median { stroke: var(--text); stroke-width: 2.5; vector-effect: non-scaling-stroke; }
.ranges .ends { display: flex; justify-content: space-between; color: var(--quiet); font-size: .75rem; }
details > summary { margin: .5rem 0; }
details.table { border-top: 1px solid var(--line); margin-top: 1.5rem; }
details.table > summary { font-size: 1.15rem; font-weight: 600; color: var(--text); padding: .75rem 0; }
dl.methods dt { font-weight: 600; margin-top: .6rem; } dl.methods dd { margin: 0; max-width: 52rem; }
@media (max-width: 34rem) {
  .findings li { grid-template-columns: 1fr; gap: .15rem; }
  .level { justify-self: start; }
  .ranges { grid-template-columns: 1fr; gap: .15rem; } .ranges .ends { margin-bottom: .4rem; }
}
</style>`
