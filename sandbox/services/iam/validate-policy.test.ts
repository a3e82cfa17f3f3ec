import { CreatePolicyCommand, CreateRoleCommand, CreateUserCommand } from '@aws-sdk/client-iam'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policy, startTestAccount, type TestAccount } from './test-account'

let account: TestAccount
beforeAll(async () => {
  account = await startTestAccount()
  await account.iam().send(new CreateUserCommand({ UserName: 'an' }))
})
afterAll(() => account.close())

const one = (more: object) => policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...more })
const trust = (more: object) => policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole', ...more })

describe('an identity policy is refused with AWS\'s words', () => {
  it.each([
    ['no JSON', '{"Version": "2012-10-17",', 'This policy contains invalid Json'],
    ['no object', '[]', 'Syntax errors in policy.'],
    ['no statement', '{"Version":"2012-10-17"}', 'Syntax errors in policy.'],
    ['an empty list of statements', '{"Version":"2012-10-17","Statement":[]}', 'Syntax errors in policy.'],
    ['an unknown version', '{"Version":"2026-01-01","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'Syntax errors in policy.'],
    ['an unknown member', one({ Ressource: '*' }), 'Syntax errors in policy.'],
    ['an effect in small letters', one({ Effect: 'allow' }), 'Syntax errors in policy.'],
    ['no action', policy({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    ['no resource', policy({ Effect: 'Allow', Action: 's3:GetObject' }), 'Policy statement must contain resources.'],
    ['a principal', one({ Principal: '*' }), 'Policy document should not specify a principal.'],
    ['an action without service', one({ Action: 'GetObject' }), 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'],
    ['an action with two colons', one({ Action: 's3:Get:Object' }), 'Actions/Condition can contain only one colon.'],
    ['a service that cannot be', one({ Action: 's 3:GetObject' }), 'Vendor s 3 is not valid'],
    ['a resource that is no ARN', one({ Resource: 'my-bucket' }), 'Resource my-bucket must be in ARN format or "*".'],
    ['an unknown partition', one({ Resource: 'arn:awz:s3:::shop' }), 'Partition "awz" is not valid for resource "arn:awz:s3:::shop".'],
    ['an unknown operator', one({ Condition: { StringIs: { 'aws:username': 'an' } } }), 'Invalid Condition type : StringIs.'],
    ['two statements of one name', policy({ Sid: 'A', Effect: 'Allow', Action: '*', Resource: '*' }, { Sid: 'A', Effect: 'Allow', Action: '*', Resource: '*' }), 'Statement IDs (SID) in a single policy must be unique.'],
    ['a name with a space', one({ Sid: 'Read it' }), 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'],
  ])('%s', async (_, PolicyDocument, message) => {
    await expect(account.iam().send(new CreatePolicyCommand({ PolicyName: 'refused', PolicyDocument }))).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException', message })
  })

  it.each([
    ['one statement outside a list', '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'],
    ['no version', '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::shop/*"}]}'],
    ['a set operator with IfExists', one({ Condition: { 'ForAllValues:StringLikeIfExists': { 'aws:TagKeys': ['a*'] } } })],
    ['variables', one({ Resource: 'arn:aws:s3:::shop/${aws:username}/*' })],
    ['a service of tomorrow', one({ Action: 'bookshop:SellBook' })],
  ])('%s is taken', async (name, PolicyDocument) => {
    const { Policy } = await account.iam().send(new CreatePolicyCommand({ PolicyName: name.replace(/\W/g, '-'), PolicyDocument }))
    expect(Policy!.DefaultVersionId).toBe('v1')
  })

  it('too large', async () => {
    const PolicyDocument = one({ Resource: Array.from({ length: 200 }, (_, i) => `arn:aws:s3:::a-bucket-with-a-long-name-${i}/*`) })
    await expect(account.iam().send(new CreatePolicyCommand({ PolicyName: 'large', PolicyDocument }))).rejects.toMatchObject({ name: 'LimitExceededException', message: 'Cannot exceed quota for PolicySize: 6144' })
  })
})

describe('a trust policy is refused with AWS\'s words', () => {
  it.each([
    ['a resource', trust({ Resource: '*' }), 'Has prohibited field Resource'],
    ['no principal', policy({ Effect: 'Allow', Action: 'sts:AssumeRole' }), 'Missing required field Principal cannot be empty!'],
    ['another action', trust({ Action: 's3:GetObject' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    ['a misspelt service', trust({ Principal: { Service: 'lamda.amazonaws.com' } }), 'Invalid principal in policy: "SERVICE":"lamda.amazonaws.com"'],
    ['a service without its domain', trust({ Principal: { Service: 'lambda' } }), 'Invalid principal in policy: "SERVICE":"lambda"'],
    ['a name that is no ARN', trust({ Principal: { AWS: 'an' } }), 'Invalid principal in policy: "AWS":"an"'],
    ['a wildcard in an ARN', trust({ Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }), 'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/*"'],
  ])('%s', async (_, AssumeRolePolicyDocument, message) => {
    await expect(account.iam().send(new CreateRoleCommand({ RoleName: 'refused', AssumeRolePolicyDocument }))).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException', message })
  })

  it('a user that is not there', async () => {
    const gone = `arn:aws:iam::${account.accountId}:user/gone`
    await expect(account.iam().send(new CreateRoleCommand({ RoleName: 'refused', AssumeRolePolicyDocument: trust({ Principal: { AWS: gone } }) }))).rejects.toThrow(`Invalid principal in policy: "AWS":"${gone}"`)
  })

  it.each([
    ['a service', () => ({ Service: 'apigateway.amazonaws.com' })],
    ['two services', () => ({ Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] })],
    ['a service of a region', () => ({ Service: 'logs.us-east-1.amazonaws.com' })],
    ['the account', () => ({ AWS: account.accountId })],
    ['a user who is there', () => ({ AWS: `arn:aws:iam::${account.accountId}:user/an` })],
    ['a role of an account outside', () => ({ AWS: 'arn:aws:iam::111122223333:role/partner' })],
  ])('%s is taken', async (name, principal) => {
    const { Role } = await account.iam().send(new CreateRoleCommand({ RoleName: name.replace(/\W/g, '-'), AssumeRolePolicyDocument: trust({ Principal: principal() }) }))
    expect(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).Statement[0].Principal).toEqual(principal())
  })
})
