import { CreateOpenIDConnectProviderCommand, CreateRoleCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, DecodeAuthorizationMessageCommand, GetFederationTokenCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe } from 'vitest'
import { itAnswersTheDocumentedErrors } from '../../documented-errors-testing'
import { policy, startTestAccount, type TestAccount } from '../iam/test-account'
import documented from './documented-errors.json' with { type: 'json' }
import { sts } from './index'
import { secondsNow, startIssuer, type TestIssuer } from './web-identity-testing'

let account: TestAccount
let issuer: TestIssuer
const OUT_OF_REACH = 'https://out-of-reach.example.com'
const arn = (path: string) => `arn:aws:iam::${account.accountId}:${path}`

beforeAll(async () => {
  issuer = await startIssuer()
  account = await startTestAccount({ allowOutgoing: [issuer.host] })
  for (const Url of [`http://${issuer.host}`, OUT_OF_REACH]) await account.iam().send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ['shop'] }))
  const trust = [
    { Effect: 'Allow', Principal: { AWS: account.accountId }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
    { Effect: 'Allow', Principal: { Federated: arn(`oidc-provider/${issuer.host}`) }, Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'] },
  ]
  await account.iam().send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: policy(...trust) }))
})
afterAll(async () => {
  issuer.close()
  await account.close()
})

const manyTags = Array.from({ length: 40 }, (_, i) => ({ Key: `key-${i}`, Value: 'v'.repeat(100) }))
const broken = { Policy: '{"Statement":' }
const assume = (more: object) => account.sts().send(new AssumeRoleCommand({ RoleArn: arn('role/worker'), RoleSessionName: 'job', ...more }))
const federate = (more: object) => account.sts().send(new GetFederationTokenCommand({ Name: 'guest', ...more }))
const identify = (WebIdentityToken: string, more: object = {}) => account.sts().send(new AssumeRoleWithWebIdentityCommand({ RoleArn: arn('role/worker'), RoleSessionName: 'job', WebIdentityToken, ...more }))

describe('STS', () => {
  itAnswersTheDocumentedErrors({
    service: sts,
    documented,
    provoked: {
      'AssumeRole MalformedPolicyDocumentException': () => assume(broken),
      'AssumeRole PackedPolicyTooLargeException': () => assume({ Tags: manyTags }),
      'GetFederationToken MalformedPolicyDocumentException': () => federate(broken),
      'GetFederationToken PackedPolicyTooLargeException': () => federate({ Tags: manyTags }),
      'DecodeAuthorizationMessage InvalidAuthorizationMessageException': () => account.sts().send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'nonsense' })),
      'AssumeRoleWithWebIdentity ExpiredTokenException': () => identify(issuer.token({ exp: secondsNow() - 1 })),
      'AssumeRoleWithWebIdentity InvalidIdentityTokenException': () => identify('no token'),
      'AssumeRoleWithWebIdentity MalformedPolicyDocumentException': () => identify(issuer.token(), broken),
      'AssumeRoleWithWebIdentity PackedPolicyTooLargeException': () => identify(issuer.token({ 'https://aws.amazon.com/tags': { principal_tags: Object.fromEntries(manyTags.map(({ Key, Value }) => [Key, [Value]])) } })),
      'AssumeRoleWithWebIdentity IDPCommunicationErrorException': () => identify(issuer.token({ iss: OUT_OF_REACH })),
    },
    never: {
      IDPRejectedClaimException: 'For issuers that are asked about a token; an OpenID Connect token is verified by the issuer’s keys.',
      RegionDisabledException: 'On AWS the owner of an account switches regions off on a page of the console; all regions of the sandbox are on.',
      'AssumeRole ExpiredTokenException': 'Of tokens that identity providers give (ProvidedContexts), which this call has none of here.',
    },
  })
})
