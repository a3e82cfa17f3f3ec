import * as sdk from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type TestAccount } from './test-account'

let account: TestAccount
let iam: sdk.IAMClient
beforeAll(async () => {
  account = await startTestAccount()
  iam = account.iam()
})
afterAll(() => account.close())

const readsRoles = policy({ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' })
const names = (groups: sdk.Group[] | undefined) => groups!.map(({ GroupName }) => GroupName)

describe('groups', () => {
  it('are made, shown with their users, listed, renamed and deleted', async () => {
    const { Group } = await iam.send(new sdk.CreateGroupCommand({ GroupName: 'authors', Path: '/books/' }))
    expect(Group).toMatchObject({ GroupName: 'authors', Path: '/books/', Arn: `arn:aws:iam::${account.accountId}:group/books/authors`, GroupId: expect.stringMatching(/^AGPA[A-Z2-7]{17}$/) })
    for (const name of ['an', 'binh', 'chi']) {
      await account.user(name)
      await iam.send(new sdk.AddUserToGroupCommand({ GroupName: 'authors', UserName: name }))
    }
    const first = await iam.send(new sdk.GetGroupCommand({ GroupName: 'authors', MaxItems: 2 }))
    expect(first).toMatchObject({ Group: { GroupName: 'authors' }, Users: [{ UserName: 'an' }, { UserName: 'binh' }], IsTruncated: true })
    expect((await iam.send(new sdk.GetGroupCommand({ GroupName: 'authors', Marker: first.Marker }))).Users).toMatchObject([{ UserName: 'chi' }])
    expect(names((await iam.send(new sdk.ListGroupsCommand({ PathPrefix: '/books/' }))).Groups)).toEqual(['authors'])
    await iam.send(new sdk.UpdateGroupCommand({ GroupName: 'authors', NewGroupName: 'writers', NewPath: '/' }))
    expect(names((await iam.send(new sdk.ListGroupsForUserCommand({ UserName: 'chi' }))).Groups)).toEqual(['writers'])
    await expect(iam.send(new sdk.GetGroupCommand({ GroupName: 'authors' }))).rejects.toMatchObject({ name: 'NoSuchEntityException', message: 'The group with name authors cannot be found.' })
    await expect(iam.send(new sdk.DeleteGroupCommand({ GroupName: 'writers' }))).rejects.toMatchObject({ name: 'DeleteConflictException', message: 'Cannot delete entity, must remove users from group first.' })
    for (const UserName of ['an', 'binh', 'chi']) await iam.send(new sdk.RemoveUserFromGroupCommand({ GroupName: 'writers', UserName }))
    await expect(iam.send(new sdk.RemoveUserFromGroupCommand({ GroupName: 'writers', UserName: 'an' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
    await iam.send(new sdk.DeleteGroupCommand({ GroupName: 'writers' }))
  })

  it('have inline and attached policies', async () => {
    const GroupName = 'policies'
    await iam.send(new sdk.CreateGroupCommand({ GroupName }))
    await expect(iam.send(new sdk.CreateGroupCommand({ GroupName: 'Policies' }))).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
    await iam.send(new sdk.PutGroupPolicyCommand({ GroupName, PolicyName: 'reads', PolicyDocument: readsRoles }))
    expect(decodeURIComponent((await iam.send(new sdk.GetGroupPolicyCommand({ GroupName, PolicyName: 'reads' }))).PolicyDocument!)).toBe(readsRoles)
    expect((await iam.send(new sdk.ListGroupPoliciesCommand({ GroupName }))).PolicyNames).toEqual(['reads'])
    const PolicyArn = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'
    await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName, PolicyArn }))
    expect((await iam.send(new sdk.ListAttachedGroupPoliciesCommand({ GroupName }))).AttachedPolicies).toEqual([{ PolicyName: 'IAMReadOnlyAccess', PolicyArn }])
    expect((await iam.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn }))).PolicyGroups).toMatchObject([{ GroupName }])
    expect((await iam.send(new sdk.GetPolicyCommand({ PolicyArn }))).Policy!.AttachmentCount).toBe(1)
    await expect(iam.send(new sdk.DeleteGroupCommand({ GroupName }))).rejects.toThrow('must detach all policies first')
    await iam.send(new sdk.DetachGroupPolicyCommand({ GroupName, PolicyArn }))
    await expect(iam.send(new sdk.DeleteGroupCommand({ GroupName }))).rejects.toThrow('must delete policies first')
    await iam.send(new sdk.DeleteGroupPolicyCommand({ GroupName, PolicyName: 'reads' }))
    await expect(iam.send(new sdk.GetGroupPolicyCommand({ GroupName, PolicyName: 'reads' }))).rejects.toThrow('The group policy with name reads cannot be found.')
    await iam.send(new sdk.DeleteGroupCommand({ GroupName }))
  })

  it('give their policies to their users, and take them away', async () => {
    const GroupName = 'readers'
    const keys = await account.user('reader')
    const list = () => account.iam(keys).send(new sdk.ListRolesCommand({}))
    await iam.send(new sdk.CreateGroupCommand({ GroupName }))
    await iam.send(new sdk.PutGroupPolicyCommand({ GroupName, PolicyName: 'reads', PolicyDocument: readsRoles }))
    await expect(list()).rejects.toMatchObject({ name: 'AccessDenied' })
    await iam.send(new sdk.AddUserToGroupCommand({ GroupName, UserName: 'reader' }))
    await list()
    const PolicySourceArn = `arn:aws:iam::${account.accountId}:user/reader`
    const simulated = await iam.send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['iam:ListRoles'] }))
    expect(simulated.EvaluationResults![0]!.EvalDecision).toBe('allowed')
    await iam.send(new sdk.PutGroupPolicyCommand({ GroupName, PolicyName: 'denies', PolicyDocument: policy({ Effect: 'Deny', Action: '*', Resource: '*' }) }))
    await expect(list()).rejects.toThrow('with an explicit deny in an identity-based policy')
    await iam.send(new sdk.RemoveUserFromGroupCommand({ GroupName, UserName: 'reader' }))
    await expect(list()).rejects.toThrow('because no identity-based policy allows')
  })

  it('hold ten per user at most, and keep their users from being deleted', async () => {
    await account.user('joiner')
    for (let i = 1; i <= 11; i++) await iam.send(new sdk.CreateGroupCommand({ GroupName: `g${i}` }))
    for (let i = 1; i <= 10; i++) await iam.send(new sdk.AddUserToGroupCommand({ GroupName: `g${i}`, UserName: 'joiner' }))
    await expect(iam.send(new sdk.AddUserToGroupCommand({ GroupName: 'g11', UserName: 'joiner' }))).rejects.toMatchObject({ name: 'LimitExceededException', message: 'Cannot exceed quota for GroupsPerUser: 10' })
    const [key] = (await iam.send(new sdk.ListAccessKeysCommand({ UserName: 'joiner' }))).AccessKeyMetadata!
    await iam.send(new sdk.DeleteAccessKeyCommand({ UserName: 'joiner', AccessKeyId: key!.AccessKeyId! }))
    await expect(iam.send(new sdk.DeleteUserCommand({ UserName: 'joiner' }))).rejects.toThrow('must remove users from group first')
  })

  it('that deny everything do not lock the learner out for good', async () => {
    await iam.send(new sdk.CreateGroupCommand({ GroupName: 'locked' }))
    await iam.send(new sdk.PutGroupPolicyCommand({ GroupName: 'locked', PolicyName: 'no', PolicyDocument: policy({ Effect: 'Deny', Action: '*', Resource: '*' }) }))
    await iam.send(new sdk.AddUserToGroupCommand({ GroupName: 'locked', UserName: 'learner' }))
    await expect(iam.send(new sdk.ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
    const fresh = await account.admin('POST', `/_worklab/accounts/${account.accountId}/keys`)
    const { accessKeyId, secretAccessKey } = fresh
    await account.iam({ accessKeyId, secretAccessKey }).send(new sdk.ListRolesCommand({}))
  })
})
