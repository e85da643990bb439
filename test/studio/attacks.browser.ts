/** What strangers try in a real browser: markup in everything that is shown, and a page of theirs that asks for ours. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { addDocuments } from '../../src/app/documents/add-documents.ts'
import { importRecords } from '../../src/app/import-records.ts'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import { runRecipe } from '../../src/app/run-recipe.ts'
import { initWorkspace, openWorkspace } from '../../src/app/workspace.ts'
import type { Json } from '../../src/model/json.ts'
import { recipe } from '../../src/model/recipe.ts'
import { type Script, teacher } from '../../src/testing/index.ts'
import { serve } from '../e2e/command-line.ts'
import { httpServer } from '../http-server.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { openStudio } from './open-studio.ts'

const attack =
  '<script>owned=1</script><img src="/owned.png" onerror="owned=1"><svg onload="owned=1"></svg><a href="javascript:owned=1">win</a>'
const labels = [`bug ${attack}`, '"><img src=/owned.png onerror=owned=1>']

/** A model that has been talked into it: each text it writes is an attack. */
function hostileTeacher(): Script {
  const kind = teacher()
  const attacking = (value: Json): Json => {
    // Names and grades stay what they must be, or nothing would be kept.
    if (typeof value === 'string') return value.length > 20 ? `${attack} ${value}` : value
    if (Array.isArray(value)) return value.map(attacking)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, attacking(inside)]))
  }
  return request => {
    const answer = kind(request)
    return answer.kind === 'reply' && !request.embed ? { kind: 'reply', value: attacking(answer.value) } : answer
  }
}

async function hostileWorkspace(): Promise<string> {
  const server = await serve({ script: hostileTeacher() })
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'shop', labels, instructions: attack })
  const rows = labels.flatMap(label => [1, 2, 3].map(at => ({ text: `${attack} ${at} of ${label.length}`, label })))
  const file = join(folder, '<img src=x onerror=owned=1>.jsonl')
  writeFileSync(file, rows.map(row => JSON.stringify(row)).join('\n'))
  await importRecords(workspace, { project: 'shop', file })
  await addProvider(workspace, {
    settings: { name: 'gpt', kind: 'openai-compatible', endpoint: server.url, model: 'scripted-1', jsonMode: 'schema' },
    projects: ['shop'],
  })
  const manual = join(folder, 'manual.md')
  writeFileSync(manual, `# ${attack}\n\n${attack}\n\n[a link](javascript:owned=1) ![a picture](/owned.png)\n`)
  await addDocuments(workspace, { project: 'shop', sources: [manual] })
  const grown = { project: 'shop', generator: 'few-shot', params: { label: labels[0]! }, target: 3 }
  await runRecipe(workspace, recipe.parse(grown))
  await workspace.close()
  return folder
}

/** What markup would have left behind. */
async function harm(page: Page): Promise<string[]> {
  return page.evaluate(() => [
    ...('owned' in globalThis ? ['a script ran'] : []),
    ...[...document.querySelectorAll('[src*="owned"], [onerror], [onload], [href^="javascript" i]')].map(
      element => element.outerHTML,
    ),
  ])
}

it('shows markup in records, labels, documents and replies as the text it is', async () => {
  const { page, url, complaints } = await openStudio(await hostileWorkspace())
  const asked: string[] = []
  page.on('request', request => {
    if (request.url().includes('owned.png')) asked.push(request.url())
  })
  page.on('dialog', dialog => {
    asked.push(dialog.message())
    return dialog.dismiss()
  })
  const { origin } = new URL(url)
  const read = async (path: string) => page.evaluate(async at => (await fetch(`/api${at}`)).json(), path)
  const [run] = (await read('/projects/shop/runs')) as { id: string }[]
  const [document] = (await read('/projects/shop/documents')) as { id: string }[]
  const { records } = (await read('/projects/shop/records')) as { records: { id: string }[] }
  const pages = ['/', '/p/shop', '/p/shop/records', `/p/shop/records?record=${records[0]!.id}`, '/p/shop/grow']
  const more = [`/p/shop/runs/${run!.id}`, '/p/shop/documents', `/p/shop/documents/${document!.id}`, '/p/shop/settings']
  for (const path of [...pages, '/p/shop/runs', ...more, '/p/shop/models', '/p/shop/suites', '/p/shop/export']) {
    await page.goto(`${origin}${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForTimeout(300)
    expect([path, await harm(page)]).toEqual([path, []])
  }
  await page.goto(`${origin}/p/shop/records`)
  await page.getByText('onerror="owned=1"').first().waitFor()
  expect(asked).toEqual([])
  expect(complaints).toEqual([])
  // What is downloaded holds the texts too, and is saved, never opened.
  const saved = await page.evaluate(async () => {
    const { headers, status } = await fetch('/api/projects/shop/card')
    return [status, headers.get('content-disposition')?.split(';')[0], headers.get('content-security-policy')]
  })
  expect(saved).toEqual([200, 'attachment', expect.stringContaining('sandbox')])
})

it('gives nothing to a page of another site, and does nothing for it', async () => {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  const { page, context, url } = await openStudio(folder)
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect(page.url()).toBe(`${url}/`)
  expect(await page.evaluate(() => [document.cookie, document.referrer, history.length])).toEqual([
    '',
    '',
    expect.any(Number),
  ])
  const evil = await httpServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>evil</title><body>')
  })
  const other = await context.newPage()
  // The same site to a browser (ports make no difference), so even a lax cookie would be sent.
  await other.goto(evil)
  const seen = await other.evaluate(async studio => {
    const outcome = (work: Promise<Response>) =>
      work.then(
        ({ type, status }) => `${type} ${status}`,
        () => 'blocked',
      )
    const body = JSON.stringify({ name: 'stolen' })
    const frame = Object.assign(document.createElement('iframe'), { src: studio })
    document.body.append(frame)
    await new Promise(resolve => {
      frame.onload = resolve
    })
    const form = document.createElement('form')
    Object.assign(form, { action: `${studio}/api/projects`, method: 'post', enctype: 'text/plain', target: 'away' })
    form.append(Object.assign(document.createElement('input'), { name: `{"name":"stolen","x":"`, value: '"}' }))
    document.body.append(Object.assign(document.createElement('iframe'), { name: 'away' }), form)
    form.submit()
    return {
      read: await outcome(fetch(`${studio}/api/session`, { credentials: 'include' })),
      json: await outcome(
        fetch(`${studio}/api/projects`, {
          ...{ method: 'POST', credentials: 'include', body, headers: { 'content-type': 'application/json' } },
        }),
      ),
      simple: await outcome(
        fetch(`${studio}/api/projects`, { method: 'POST', mode: 'no-cors', credentials: 'include', body }),
      ),
      script: await new Promise(resolve => {
        const script = Object.assign(document.createElement('script'), { src: `${studio}/api/session` })
        script.onload = () => resolve('ran')
        script.onerror = () => resolve('blocked')
        document.body.append(script)
      }),
      frame: (() => {
        try {
          return frame.contentDocument?.body.innerText ?? 'closed'
        } catch {
          return 'closed'
        }
      })(),
    }
  }, url)
  expect(seen).toMatchObject({ read: 'blocked', json: 'blocked', script: 'blocked', frame: 'closed' })
  const projects = await page.evaluate(async () => (await fetch('/api/projects')).json())
  expect(projects).toEqual([])
})
