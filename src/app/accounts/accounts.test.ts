/** Accounts and their sessions, on each database as far as it has them. */
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { testDatabases } from '../../../test/databases.ts'
import { temporaryFolder, temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import type { CultivarError } from '../../model/error.ts'
import { openWorkspace, type Workspace } from '../workspace.ts'
import {
  addAccount,
  changeRole,
  inviteAgain,
  listAccounts,
  ownerAccount,
  removeAccount,
  setOwnersPassword,
  setPassword,
} from './accounts.ts'
import { hashPassword, isPassword } from './password-hash.ts'
import { acceptInvitation, accountOfSession, beginSession, changeOwnPassword, signIn, signInForm } from './sign-in.ts'

const [good, other] = ['correct horse battery', 'staple correct horse']

function refusal(work: Promise<unknown>): Promise<Pick<CultivarError, 'code' | 'message' | 'hint'>> {
  return work.then(
    () => {
      throw new Error('it was not refused')
    },
    ({ code, message, hint }) => ({ code, message, hint }),
  )
}

describe('a password', () => {
  it('is kept as scrypt makes it, with salt and costs, and recognised however it was typed', async () => {
    const [one, two] = await Promise.all([hashPassword('pässwörd für alle'), hashPassword('pässwörd für alle')])
    expect(one).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/)
    expect(one).not.toBe(two)
    expect(await isPassword('pässwörd für alle'.normalize('NFD'), one)).toBe(true)
    expect(await isPassword('pässwörd für Alle', one)).toBe(false)
    expect(await isPassword('', null)).toBe(false)
  })

  it('is hashed a few at a time, and many at once are turned away', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 40 }, () => isPassword('x', null)))
    const refused = answers.filter(({ status }) => status === 'rejected')
    expect(refused).toHaveLength(40 - 18)
    expect(refused.every(answer => 'reason' in answer && answer.reason.code === 'too-many-tries')).toBe(true)
  })
})

describe('a workspace in a folder', () => {
  it('has one owner, with a password if there is one, and no accounts', async () => {
    const workspace = await temporaryWorkspace()
    expect(await signInForm(workspace, 'Ada')).toBe('address')
    await setOwnersPassword(workspace, 'Ada', good!)
    expect(await signInForm(workspace, 'ada')).toBe('password')
    expect(await signIn(workspace, { name: 'ADA', password: good! })).toMatchObject({ name: 'Ada', role: 'admin' })
    expect((await refusal(listAccounts(workspace))).code).toBe('bad-input')
    expect((await refusal(addAccount(workspace, { name: 'bo', role: 'editor' }))).hint).toContain('PostgreSQL')
  })

  it('ends the owner’s sessions when another password is given, and not when it is the same', async () => {
    const workspace = await temporaryWorkspace()
    await setOwnersPassword(workspace, 'ada', good!)
    const session = await beginSession(workspace, 'ada')
    await setOwnersPassword(workspace, 'ada', good!)
    expect(await accountOfSession(workspace, session)).toMatchObject({ name: 'ada' })
    await setOwnersPassword(workspace, 'ada', other!)
    expect(await accountOfSession(workspace, session)).toBe(undefined)
  })
})

describe.skipIf(!inject('postgresUrl'))('a workspace on PostgreSQL', () => {
  async function served(): Promise<Workspace> {
    const { address, close } = await testDatabases()[1]!.open()
    const workspace = await openWorkspace({ cwd: temporaryFolder(), environment: { DATABASE_URL: address } })
    onTestFinished(async () => {
      await workspace.close()
      await close()
    })
    await ownerAccount(workspace, 'Root')
    return workspace
  }

  it('has accounts that are invited, choose a password once, and sign in whatever the case of their name', async () => {
    const workspace = await served()
    const { account, invitation } = await addAccount(workspace, { name: ' Zoë ', role: 'reviewer' })
    expect(account).toMatchObject({ name: 'Zoë', role: 'reviewer', signsIn: 'invitation' })
    expect((await refusal(addAccount(workspace, { name: 'ZOË', role: 'admin' }))).code).toBe('already-exists')
    await acceptInvitation(workspace, { invitation: invitation!, password: good! })
    const again = { invitation: invitation!, password: other! }
    expect((await refusal(acceptInvitation(workspace, again))).code).toBe('signed-out')
    expect(await signIn(workspace, { name: 'zoë'.normalize('NFD'), password: good! })).toMatchObject({ name: 'Zoë' })
    const [owner, zoe] = await listAccounts(workspace)
    expect([owner!.signsIn, zoe!.signsIn]).toEqual(['address', 'password'])
  })

  it('says the same of a name that nobody has, of one without a password, and of a wrong password', async () => {
    const workspace = await served()
    await addAccount(workspace, { name: 'bo', role: 'editor', password: good! })
    const answers = [
      await refusal(signIn(workspace, { name: 'nobody', password: good! })),
      await refusal(signIn(workspace, { name: 'root', password: '' })),
      await refusal(signIn(workspace, { name: 'bo', password: other! })),
    ]
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
  })

  it('ends the sessions of an account whose password or role changes, that is invited again, or removed', async () => {
    const workspace = await served()
    await addAccount(workspace, { name: 'bo', role: 'editor', password: good! })
    const changes = [
      () => setPassword(workspace, 'bo', other!),
      () => changeRole(workspace, 'Bo', 'reviewer'),
      () => inviteAgain(workspace, 'BO'),
      () => removeAccount(workspace, 'bo'),
    ]
    const rootSession = await beginSession(workspace, 'root')
    for (const change of changes) {
      const session = await beginSession(workspace, 'bo')
      expect(await accountOfSession(workspace, session)).toMatchObject({ name: 'bo' })
      await change()
      expect(await accountOfSession(workspace, session)).toBe(undefined)
    }
    expect(await accountOfSession(workspace, rootSession)).toMatchObject({ name: 'Root' })
  })

  it('keeps the session from which one changes one’s own password, and asks for the one so far', async () => {
    const workspace = await served()
    await addAccount(workspace, { name: 'bo', role: 'editor', password: good! })
    const [here, there] = [await beginSession(workspace, 'bo'), await beginSession(workspace, 'bo')]
    const bo = (await accountOfSession(workspace, here))!
    const wrong = changeOwnPassword(workspace, bo, { current: other!, password: other! }, here)
    expect((await refusal(wrong)).code).toBe('bad-input')
    await changeOwnPassword(workspace, bo, { current: good!, password: other! }, here)
    expect(await accountOfSession(workspace, here)).toMatchObject({ name: 'bo' })
    expect(await accountOfSession(workspace, there)).toBe(undefined)
  })

  it('always has an admin, also when two remove each other at once', async () => {
    const workspace = await served()
    expect((await refusal(removeAccount(workspace, 'root'))).message).toBe('This is the last admin.')
    expect((await refusal(changeRole(workspace, 'root', 'editor'))).code).toBe('bad-input')
    await addAccount(workspace, { name: 'bo', role: 'admin', password: good! })
    await Promise.allSettled([removeAccount(workspace, 'root'), removeAccount(workspace, 'bo')])
    expect(await listAccounts(workspace)).toHaveLength(1)
    // Whoever has the terminal can always come back.
    expect(await ownerAccount(workspace, 'Root')).toMatchObject({ role: 'admin' })
  })

  it('keeps nothing in the tables with which somebody could sign in', async () => {
    const workspace = await served()
    const { invitation } = await addAccount(workspace, { name: 'bo', role: 'editor' })
    const session = await beginSession(workspace, 'bo')
    const [, bo] = await workspace.store.listAccounts()
    expect(bo!.invitation).toMatch(/^[0-9a-f]{64}$/)
    expect(bo!.invitation).not.toBe(invitation)
    expect(await workspace.store.findSession(session, 0)).toBe(undefined)
  })
})
