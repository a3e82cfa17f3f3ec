import * as sdk from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetSessionTokenCommand, type Credentials } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type Keys, type TestAccount } from './test-account'
import { codeOf, stepOf } from './totp'

let account: TestAccount
let iam: sdk.IAMClient
let anKeys: Keys
let serial: string
let seed: string
beforeAll(async () => {
  account = await startTestAccount()
  iam = account.iam()
  anKeys = await account.user('an', [
    { Effect: 'Allow', Action: ['iam:ListRoles', 'sts:AssumeRole'], Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' }, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' },
  ])
})
afterAll(() => account.close())

/** What the app on the phone shows; it is ahead by so many steps. */
const code = (step = 0) => codeOf(seed, stepOf(Date.now()) + step)
const keysOf = (credentials: Credentials | undefined): Keys => ({ accessKeyId: credentials!.AccessKeyId!, secretAccessKey: credentials!.SecretAccessKey!, sessionToken: credentials!.SessionToken! })
const session = (SerialNumber?: string, TokenCode?: string) => account.sts(anKeys).send(new GetSessionTokenCommand({ SerialNumber, TokenCode }))

describe('a virtual MFA device', () => {
  it('is made with a seed and its QR code, and is nobody’s yet', async () => {
    const { VirtualMFADevice } = await iam.send(new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone', Tags: [{ Key: 'team', Value: 'books' }] }))
    serial = VirtualMFADevice!.SerialNumber!
    seed = Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString()
    expect(serial).toBe(`arn:aws:iam::${account.accountId}:mfa/phone`)
    expect(seed).toMatch(/^[A-Z2-7]{64}$/)
    expect(Buffer.from(VirtualMFADevice!.QRCodePNG!).subarray(1, 4).toString()).toBe('PNG')
    expect((await iam.send(new sdk.ListVirtualMFADevicesCommand({ AssignmentStatus: 'Unassigned' }))).VirtualMFADevices).toEqual([{ SerialNumber: serial }])
    const events = await account.admin('GET', `/_worklab/accounts/${account.accountId}/events`)
    expect(JSON.stringify(events)).not.toContain(seed)
  })

  it('becomes a user’s by two codes in a row, and by no others', async () => {
    const enable = (AuthenticationCode1: string, AuthenticationCode2: string) => iam.send(new sdk.EnableMFADeviceCommand({ UserName: 'an', SerialNumber: serial, AuthenticationCode1, AuthenticationCode2 }))
    await expect(enable(code(0), code(0))).rejects.toMatchObject({ name: 'InvalidAuthenticationCodeException' })
    await expect(enable(code(1), code(0))).rejects.toMatchObject({ name: 'InvalidAuthenticationCodeException' })
    await expect(enable(code(99), code(100))).rejects.toMatchObject({ name: 'InvalidAuthenticationCodeException' })
    // A phone whose clock is five minutes ahead
    await enable(code(10), code(11))
    expect((await iam.send(new sdk.ListMFADevicesCommand({ UserName: 'an' }))).MFADevices).toMatchObject([{ UserName: 'an', SerialNumber: serial, EnableDate: expect.any(Date) }])
    expect((await iam.send(new sdk.ListVirtualMFADevicesCommand({ AssignmentStatus: 'Assigned' }))).VirtualMFADevices).toMatchObject([{ SerialNumber: serial, User: { UserName: 'an' } }])
    expect(await iam.send(new sdk.GetMFADeviceCommand({ SerialNumber: serial, UserName: 'an' }))).toMatchObject({ UserName: 'an' })
    expect((await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap).toMatchObject({ MFADevices: 1, MFADevicesInUse: 1 })
    await iam.send(new sdk.GenerateCredentialReportCommand({}))
    const report = Buffer.from((await iam.send(new sdk.GetCredentialReportCommand({}))).Content!).toString().split('\n').map((line) => line.split(','))
    const isActive = (user: string) => report.find(([name]) => name === user)![report[0]!.indexOf('mfa_active')]
    expect([isActive('an'), isActive('learner')]).toEqual(['true', 'false'])
  })

  it('opens what a policy gives with a second factor only, each code once', async () => {
    const roles = (keys: Keys) => account.iam(keys).send(new sdk.ListRolesCommand({}))
    await expect(roles(anKeys)).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(roles(keysOf((await session()).Credentials))).rejects.toMatchObject({ name: 'AccessDenied' })
    // The code after the two, by the phone's clock
    const next = code(12)
    const { Credentials } = await session(serial, next)
    await roles(keysOf(Credentials))
    await expect(session(serial, next)).rejects.toMatchObject({ name: 'AccessDenied', message: 'MultiFactorAuthentication failed with invalid MFA one time pass code.' })
    await expect(session(serial)).rejects.toThrow('MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.')
    await expect(session(`${serial}-2`, '123456')).rejects.toThrow(/^MultiFactorAuthentication failed, unable to validate MFA code/)
    await expect(account.sts().send(new GetSessionTokenCommand({ SerialNumber: serial, TokenCode: '123456' }))).rejects.toThrow(/unable to validate/)
  })

  it('is set to another clock by two codes, and opens roles that ask for it', async () => {
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
    const RoleArn = `arn:aws:iam::${account.accountId}:role/guarded`
    await iam.send(new sdk.CreateRoleCommand({ RoleName: 'guarded', AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { AWS: account.accountId }, Action: 'sts:AssumeRole', Condition }) }))
    const assume = (more: object = {}, keys = anKeys) => account.sts(keys).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'job', ...more }))
    await iam.send(new sdk.ResyncMFADeviceCommand({ UserName: 'an', SerialNumber: serial, AuthenticationCode1: code(500), AuthenticationCode2: code(501) }))
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(assume({ SerialNumber: serial, TokenCode: '000000' })).rejects.toThrow('MultiFactorAuthentication failed with invalid MFA one time pass code.')
    expect((await assume({ SerialNumber: serial, TokenCode: code(502) })).Credentials).toBeDefined()
  })

  it('stays with a user of another name, holds the user, and goes', async () => {
    await iam.send(new sdk.UpdateUserCommand({ UserName: 'an', NewUserName: 'binh' }))
    expect((await iam.send(new sdk.ListMFADevicesCommand({ UserName: 'binh' }))).MFADevices).toHaveLength(1)
    const { AccessKeyMetadata } = await iam.send(new sdk.ListAccessKeysCommand({ UserName: 'binh' }))
    await iam.send(new sdk.DeleteAccessKeyCommand({ UserName: 'binh', AccessKeyId: AccessKeyMetadata![0]!.AccessKeyId! }))
    await expect(iam.send(new sdk.DeleteUserCommand({ UserName: 'binh' }))).rejects.toThrow('Cannot delete entity, must delete MFA device first.')
    await expect(iam.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber: serial }))).rejects.toMatchObject({ name: 'DeleteConflictException' })
    await iam.send(new sdk.DeactivateMFADeviceCommand({ UserName: 'binh', SerialNumber: serial }))
    await iam.send(new sdk.UntagMFADeviceCommand({ SerialNumber: serial, TagKeys: ['team'] }))
    await iam.send(new sdk.TagMFADeviceCommand({ SerialNumber: serial, Tags: [{ Key: 'env', Value: 'dev' }] }))
    expect((await iam.send(new sdk.ListMFADeviceTagsCommand({ SerialNumber: serial }))).Tags).toEqual([{ Key: 'env', Value: 'dev' }])
    await iam.send(new sdk.DeleteVirtualMFADeviceCommand({ SerialNumber: serial }))
    expect((await iam.send(new sdk.ListVirtualMFADevicesCommand({}))).VirtualMFADevices).toEqual([])
  })
})

describe('codes', () => {
  it('are those of RFC 6238', () => {
    // The RFC's seed "12345678901234567890", its times, the last six of its eight digits
    const rfcSeed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    expect([59, 1111111109, 1234567890, 20000000000].map((seconds) => codeOf(rfcSeed, stepOf(seconds * 1000)))).toEqual(['287082', '081804', '005924', '353130'])
  })
})
