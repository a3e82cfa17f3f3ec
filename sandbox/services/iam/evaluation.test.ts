import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Principal } from '../../operation'
import { openState, type Sandbox } from '../../sandbox'
import { decide } from './decide'
import { groups, roles, users } from './records'
import { policy } from './test-account'

/**
 * Decisions by all policies that have a say, one line per case, drawn from the IAM User Guide: "Policy evaluation logic",
 * "Evaluating identity-based policies with resource-based policies", "Cross-account policy evaluation logic",
 * "AWS JSON policy elements: Principal / NotPrincipal / NotAction / NotResource".
 */
const ME = '111122223333'
const OTHER = '999988887777'
const user = `arn:aws:iam::${ME}:user/an`
const role = `arn:aws:iam::${ME}:role/worker`
const session = `arn:aws:sts::${ME}:assumed-role/worker/job`
const guest = `arn:aws:sts::${ME}:federated-user/guest`
const topic = `arn:aws:sns:us-east-1:${ME}:orders`
const queue = `arn:aws:sqs:us-east-1:${ME}:orders`
const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition ? { Condition } : {}) })
const deny = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) => ({ ...allow(Action, Resource, Condition), Effect: 'Deny' })
const grant = (Principal: unknown, Condition?: object) => ({ Effect: 'Allow', Principal, Action: 'sns:Publish', Resource: '*', ...(Condition ? { Condition } : {}) })
const refuse = (Principal: unknown, Condition?: object) => ({ ...grant(Principal, Condition), Effect: 'Deny' })

let sandbox: Sandbox
beforeAll(async () => {
  const data = await mkdtemp(join(tmpdir(), 'worklab-evaluation-'))
  sandbox = { auth: 'strict', ...(await openState({ data })), now: Date.now, url: () => '' } as Partial<Sandbox> as Sandbox
})
afterAll(async () => {
  await sandbox.store.close()
  await rm(sandbox.dataDir, { recursive: true })
})

type Who = 'user' | 'session' | 'guest' | 'root'
type Outcome = 'allowed' | 'implicitDeny' | 'explicitDeny' | 'boundary' | 'sessionPolicy' | 'resourcePolicy'

interface Case {
  who?: Who
  own?: object[]
  group?: object[]
  boundary?: object[]
  sessions?: object[][]
  resource?: object[]
  /** Account of the resource. */
  owner?: string
  action?: string
  on?: string
  context?: Record<string, string | string[]>
  tags?: Record<string, string>
}

const PRINCIPALS: Record<Who, Principal> = {
  user: { type: 'IAMUser', account: ME, arn: user, userId: 'AIDAAN', name: 'an', accessKeyId: 'AKIA' },
  session: { type: 'AssumedRole', account: ME, arn: session, userId: 'AROAWORKER:job', name: 'worker', accessKeyId: 'ASIA' },
  guest: { type: 'FederatedUser', account: ME, arn: guest, userId: `${ME}:guest`, name: 'an', issuerId: 'AIDAAN', accessKeyId: 'ASIA' },
  root: { type: 'Root', account: ME, arn: `arn:aws:iam::${ME}:root`, userId: ME, accessKeyId: 'ASIA' },
}

async function outcome(one: Case): Promise<Outcome> {
  const held = {
    path: '/',
    createdAt: '2026-01-01T00:00:00.000Z',
    tags: Object.entries(one.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    inline: (one.own ? { own: policy(...one.own) } : {}) as Record<string, string>,
    attached: [],
    ...(one.boundary ? { boundary: `arn:aws:iam::${ME}:policy/boundary` } : {}),
  }
  const boundary = {
    policyName: 'boundary',
    policyId: 'ANPA',
    arn: `arn:aws:iam::${ME}:policy/boundary`,
    path: '/',
    createdAt: held.createdAt,
    updatedAt: held.createdAt,
    defaultVersion: 'v1',
    lastVersion: 1,
    versions: [{ id: 'v1', document: policy(...(one.boundary ?? [])), createdAt: held.createdAt }],
    tags: [],
  }
  await sandbox.store.batch([
    { collection: users, scope: ME, key: 'an', value: { ...held, arn: user, userName: 'an', userId: 'AIDAAN', accessKeys: [], groups: one.group ? ['team'] : [] } },
    { collection: roles, scope: ME, key: 'worker', value: { ...held, arn: role, roleName: 'worker', roleId: 'AROAWORKER', trustPolicy: '{}', maxSessionDuration: 3600 } },
    { collection: groups, scope: ME, key: 'team', value: { ...held, boundary: undefined, arn: `arn:aws:iam::${ME}:group/team`, groupName: 'team', groupId: 'AGPA', inline: one.group ? { group: policy(...one.group) } : {} } },
    { collection: { name: 'iam/policies' }, scope: ME, key: 'boundary', value: boundary },
  ])
  const who = PRINCIPALS[one.who ?? 'user']
  const decision = await decide(sandbox, {
    principal: { ...who, ...(one.sessions ? { sessionPolicies: one.sessions.map((statements) => policy(...statements)) } : {}) },
    action: one.action ?? 'sns:Publish',
    resource: one.on ?? topic,
    resourceAccount: one.owner ?? ME,
    context: { 'aws:PrincipalArn': who.arn, 'aws:PrincipalAccount': ME, 'aws:username': 'an', ...one.context },
    resourcePolicy: one.resource && JSON.parse(policy(...one.resource)),
  })
  expect(decision.allowed).toBe(decision.explanation.reason === 'allowed')
  return decision.explanation.reason
}

const here = { 'aws:RequestedRegion': 'us-east-1' }
const outside = { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'ap-southeast-1'] } }

const identityCases: [string, Case, Outcome][] = [
  ['nothing allows', {}, 'implicitDeny'],
  ['the own policy allows', { own: [allow('sns:Publish')] }, 'allowed'],
  ['an Allow of another action', { own: [allow('sns:Subscribe')] }, 'implicitDeny'],
  ['an Allow for another topic', { own: [allow('sns:Publish', `${topic}-2`)] }, 'implicitDeny'],
  ['a group allows', { group: [allow('sns:Publish')] }, 'allowed'],
  ['a group denies', { own: [allow('*')], group: [deny('sns:*')] }, 'explicitDeny'],
  ['a group is nothing to a role', { who: 'session', group: [allow('*')] }, 'implicitDeny'],
  ['a group is bounded like the user', { group: [allow('*')], boundary: [allow('sqs:*')] }, 'boundary'],
  ['Deny before Allow in one policy', { own: [deny('sns:*'), allow('*')] }, 'explicitDeny'],
  ['Allow of two statements for two resources', { own: [allow('sns:Publish', `${topic}-2`), allow('sns:Publish', topic)] }, 'allowed'],
  // NotAction, NotResource
  ['NotAction without the action', { own: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] }, 'allowed'],
  ['NotAction with the action', { own: [{ Effect: 'Allow', NotAction: 'sns:*', Resource: '*' }] }, 'implicitDeny'],
  ['NotAction of several', { own: [{ Effect: 'Allow', NotAction: ['iam:*', 'sns:Pub*'], Resource: '*' }] }, 'implicitDeny'],
  ['Deny with NotAction spares what it names', { own: [allow('*'), { Effect: 'Deny', NotAction: 'sns:*', Resource: '*' }] }, 'allowed'],
  ['Deny with NotAction meets the rest', { own: [allow('*'), { Effect: 'Deny', NotAction: 'sqs:*', Resource: '*' }] }, 'explicitDeny'],
  ['NotResource without the resource', { own: [{ Effect: 'Allow', Action: 'sns:Publish', NotResource: queue }] }, 'allowed'],
  ['NotResource with the resource', { own: [{ Effect: 'Allow', Action: 'sns:Publish', NotResource: topic }] }, 'implicitDeny'],
  ['NotResource by wildcard', { own: [{ Effect: 'Allow', Action: 'sns:Publish', NotResource: 'arn:aws:sns:*:*:ord*' }] }, 'implicitDeny'],
  ['NotAction with NotResource', { own: [{ Effect: 'Allow', NotAction: 'iam:*', NotResource: queue }] }, 'allowed'],
  ['Deny with NotAction and MFA: the listed actions need none', { own: [allow('*'), { Effect: 'Deny', NotAction: 'iam:ListUsers', Resource: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }], action: 'iam:ListUsers', on: '*' }, 'allowed'],
  ['Deny with NotAction and MFA: all others do', { own: [allow('*'), { Effect: 'Deny', NotAction: 'iam:ListUsers', Resource: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }] }, 'explicitDeny'],
  ['… and with MFA they are allowed', { own: [allow('*'), { Effect: 'Deny', NotAction: 'iam:ListUsers', Resource: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }], context: { 'aws:MultiFactorAuthPresent': 'true' } }, 'allowed'],
  // Regions, time, tags
  ['a region that is not refused', { own: [allow('*'), deny('*', '*', outside)], context: here }, 'allowed'],
  ['a region that is refused', { own: [allow('*'), deny('*', '*', outside)], context: { 'aws:RequestedRegion': 'eu-west-1' } }, 'explicitDeny'],
  ['within office hours', { own: [allow('*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T08:00:00Z' }, DateLessThan: { 'aws:CurrentTime': '2026-01-01T17:00:00Z' } })], context: { 'aws:CurrentTime': '2026-01-01T12:00:00Z' } }, 'allowed'],
  ['after office hours', { own: [allow('*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T08:00:00Z' }, DateLessThan: { 'aws:CurrentTime': '2026-01-01T17:00:00Z' } })], context: { 'aws:CurrentTime': '2026-01-01T18:00:00Z' } }, 'implicitDeny'],
  ['the tag of the user equals that of the resource', { own: [allow('*', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })], tags: { team: 'books' }, context: { 'aws:ResourceTag/team': 'books' } }, 'allowed'],
  ['the tag of the user differs from that of the resource', { own: [allow('*', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })], tags: { team: 'toys' }, context: { 'aws:ResourceTag/team': 'books' } }, 'implicitDeny'],
  ['the user has no tag to compare', { own: [allow('*', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } })], context: { 'aws:ResourceTag/team': 'books' } }, 'implicitDeny'],
  ['a variable in the resource', { own: [allow('sns:Publish', `arn:aws:sns:us-east-1:${ME}:\${aws:username}-*`)], on: `arn:aws:sns:us-east-1:${ME}:an-orders` }, 'allowed'],
  ['a variable in the resource of somebody else', { own: [allow('sns:Publish', `arn:aws:sns:us-east-1:${ME}:\${aws:username}-*`)], on: `arn:aws:sns:us-east-1:${ME}:binh-orders` }, 'implicitDeny'],
  ['a variable with a default in the resource', { own: [allow('sns:Publish', `arn:aws:sns:us-east-1:${ME}:\${aws:PrincipalTag/team, 'common'}`)], on: `arn:aws:sns:us-east-1:${ME}:common` }, 'allowed'],
]

/** Conditions on what a call does not carry, or carries none of: where an Allow is safe, a Deny may be open, and the other way round. */
const org = { 'aws:PrincipalOrgID': 'o-example' }
const team = { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' }
const absentCases: [string, Case, Outcome][] = [
  ['an Allow for an organisation to whom is in none', { own: [allow('*', '*', { StringEquals: org })] }, 'implicitDeny'],
  ['a Deny to all but an organisation meets whom is in none', { own: [allow('*'), deny('*', '*', { StringNotEquals: org })] }, 'explicitDeny'],
  ['… also with IfExists', { own: [allow('*'), deny('*', '*', { StringNotEqualsIfExists: org })] }, 'explicitDeny'],
  ['… but not where the key must be there', { own: [allow('*'), deny('*', '*', { StringNotEquals: org, Null: { 'aws:PrincipalOrgID': 'false' } })] }, 'allowed'],
  ['an Allow with IfExists', { own: [allow('*', '*', { StringEqualsIfExists: org })] }, 'allowed'],
  ['a Deny with IfExists is as good as one without condition', { own: [allow('*'), deny('*', '*', { StringEqualsIfExists: org })] }, 'explicitDeny'],
  ['a grant to an organisation alone', { resource: [grant('*', { StringEquals: org })] }, 'implicitDeny'],
  ['ForAllValues allows where there are no values', { own: [allow('*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } })] }, 'allowed'],
  ['… unless the key must be there', { own: [allow('*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' }, Null: { 'aws:TagKeys': 'false' } })] }, 'implicitDeny'],
  ['ForAllValues denies where there are no values', { own: [allow('*'), deny('*', '*', { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': 'team' } })] }, 'explicitDeny'],
  ['ForAnyValue does not allow where there are no values', { own: [allow('*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } })] }, 'implicitDeny'],
  ['ForAnyValue does not deny where there are no values', { own: [allow('*'), deny('*', '*', { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'team' } })] }, 'allowed'],
  ['an empty list is as none for ForAllValues', { own: [allow('*', '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } })], context: { 'aws:TagKeys': [] } }, 'allowed'],
  ['an empty list is as none for ForAnyValue', { own: [allow('*', '*', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } })], context: { 'aws:TagKeys': [] } }, 'implicitDeny'],
  ['access keys carry nothing of a second factor: Bool', { own: [allow('*'), deny('*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })] }, 'allowed'],
  ['… and BoolIfExists', { own: [allow('*'), deny('*', '*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })] }, 'explicitDeny'],
  ['the age of a second factor that was not shown', { own: [allow('*', '*', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } })] }, 'implicitDeny'],
  ['the age of one that was', { own: [allow('*', '*', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } })], context: { 'aws:MultiFactorAuthAge': '60' } }, 'allowed'],
  ['the age of one long ago', { own: [allow('*', '*', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } })], context: { 'aws:MultiFactorAuthAge': '7200' } }, 'implicitDeny'],
  ['a tag with a default, which the caller has', { own: [allow('*', '*', { StringEquals: { 'aws:ResourceTag/team': "${aws:PrincipalTag/team, 'common'}" } })], tags: { team: 'books' }, context: { 'aws:ResourceTag/team': 'books' } }, 'allowed'],
  ['a tag with a default, which the caller has not', { own: [allow('*', '*', { StringEquals: { 'aws:ResourceTag/team': "${aws:PrincipalTag/team, 'common'}" } })], context: { 'aws:ResourceTag/team': 'common' } }, 'allowed'],
  ['a default is none beside the caller’s own tag', { own: [allow('*', '*', { StringEquals: { 'aws:ResourceTag/team': "${aws:PrincipalTag/team, 'common'}" } })], tags: { team: 'books' }, context: { 'aws:ResourceTag/team': 'common' } }, 'implicitDeny'],
  ['neither has the tag', { own: [allow('*', '*', { StringEquals: team })] }, 'implicitDeny'],
  ['a Deny where the tags differ meets a resource without one', { own: [allow('*'), deny('*', '*', { StringNotEquals: team })], tags: { team: 'books' } }, 'explicitDeny'],
  ['a wildcard in a tag’s value is none in a comparison', { own: [allow('*', '*', { StringEquals: { 'aws:ResourceTag/team': 'b*' } })], context: { 'aws:ResourceTag/team': 'books' } }, 'implicitDeny'],
  // Tags that come with what is made
  ['making something with the tag that must be', { own: [allow('*', '*', { StringEquals: { 'aws:RequestTag/team': 'books' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost'] } })], context: { 'aws:RequestTag/team': 'books', 'aws:TagKeys': ['team'] } }, 'allowed'],
  ['… with one tag more that may be', { own: [allow('*', '*', { StringEquals: { 'aws:RequestTag/team': 'books' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost'] } })], context: { 'aws:RequestTag/team': 'books', 'aws:RequestTag/cost': '1', 'aws:TagKeys': ['team', 'cost'] } }, 'allowed'],
  ['… with one tag more that may not', { own: [allow('*', '*', { StringEquals: { 'aws:RequestTag/team': 'books' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'cost'] } })], context: { 'aws:RequestTag/team': 'books', 'aws:RequestTag/env': 'dev', 'aws:TagKeys': ['team', 'env'] } }, 'implicitDeny'],
  ['… without the tag', { own: [allow('*', '*', { StringEquals: { 'aws:RequestTag/team': 'books' } })] }, 'implicitDeny'],
  ['a Deny to make something untagged', { own: [allow('*'), deny('*', '*', { Null: { 'aws:RequestTag/team': 'true' } })] }, 'explicitDeny'],
  ['… spares what is tagged', { own: [allow('*'), deny('*', '*', { Null: { 'aws:RequestTag/team': 'true' } })], context: { 'aws:RequestTag/team': 'books' } }, 'allowed'],
  ['the caller’s own tag as the tag of what is made', { own: [allow('*', '*', { StringEquals: { 'aws:RequestTag/team': '${aws:PrincipalTag/team}' } })], tags: { team: 'books' }, context: { 'aws:RequestTag/team': 'books' } }, 'allowed'],
  // Regions
  ['all but global services in one region: a global one elsewhere', { own: [allow('*'), { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'ap-southeast-1' } } }], action: 'iam:ListUsers', on: '*', context: { 'aws:RequestedRegion': 'us-east-1' } }, 'allowed'],
  ['… another elsewhere', { own: [allow('*'), { Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': 'ap-southeast-1' } } }], context: { 'aws:RequestedRegion': 'us-east-1' } }, 'explicitDeny'],
  ['regions by wildcard', { own: [allow('*', '*', { StringLike: { 'aws:RequestedRegion': 'ap-*' } })], context: { 'aws:RequestedRegion': 'ap-southeast-1' } }, 'allowed'],
]

const boundaryCases: [string, Case, Outcome][] = [
  ['user: both allow', { own: [allow('sns:*')], boundary: [allow('sns:*')] }, 'allowed'],
  ['user: the boundary does not', { own: [allow('sns:*')], boundary: [allow('sqs:*')] }, 'boundary'],
  ['user: the boundary alone', { boundary: [allow('sns:*')] }, 'implicitDeny'],
  ['user: the boundary denies', { own: [allow('sns:*')], boundary: [allow('*'), deny('sns:*')] }, 'explicitDeny'],
  ['role: both allow', { who: 'session', own: [allow('sns:*')], boundary: [allow('sns:*')] }, 'allowed'],
  ['role: the boundary does not', { who: 'session', own: [allow('sns:*')], boundary: [allow('sqs:*')] }, 'boundary'],
  ['role, boundary and session policy allow', { who: 'session', own: [allow('*')], boundary: [allow('sns:*')], sessions: [[allow('sns:Publish')]] }, 'allowed'],
  ['role and boundary allow, the session policy does not', { who: 'session', own: [allow('*')], boundary: [allow('sns:*')], sessions: [[allow('sqs:*')]] }, 'sessionPolicy'],
  ['role and session policy allow, the boundary does not', { who: 'session', own: [allow('*')], boundary: [allow('sqs:*')], sessions: [[allow('sns:*')]] }, 'boundary'],
  ['a boundary under a condition that holds', { own: [allow('*')], boundary: [allow('*', '*', { StringEquals: here })], context: here }, 'allowed'],
  ['a boundary under a condition that does not', { own: [allow('*')], boundary: [allow('*', '*', { StringEquals: here })], context: { 'aws:RequestedRegion': 'eu-west-1' } }, 'boundary'],
  ['two session policies are one bound', { who: 'session', own: [allow('*')], sessions: [[allow('sqs:*')], [allow('sns:*')]] }, 'allowed'],
  ['a Deny in one of two session policies', { who: 'session', own: [allow('*')], sessions: [[allow('*')], [deny('sns:*')]] }, 'explicitDeny'],
  ['a session policy alone gives nothing', { who: 'session', sessions: [[allow('*')]] }, 'implicitDeny'],
  ['federated: user and session policy allow', { who: 'guest', own: [allow('*')], sessions: [[allow('sns:*')]] }, 'allowed'],
  ['federated: the session policy does not', { who: 'guest', own: [allow('*')], sessions: [[allow('sqs:*')]] }, 'sessionPolicy'],
  ['federated: the user does not', { who: 'guest', own: [allow('sqs:*')], sessions: [[allow('*')]] }, 'implicitDeny'],
  ['federated: the boundary of the user counts', { who: 'guest', own: [allow('*')], boundary: [allow('sqs:*')], sessions: [[allow('*')]] }, 'boundary'],
  ['federated: never IAM', { who: 'guest', own: [allow('*')], sessions: [[allow('*')]], action: 'iam:ListUsers', on: '*' }, 'sessionPolicy'],
]

const resourceCases: [string, Case, Outcome][] = [
  // The user, in the same account
  ['user named', { resource: [grant({ AWS: user })] }, 'allowed'],
  ['user named among others', { resource: [grant({ AWS: [role, user] })] }, 'allowed'],
  ['another user named', { resource: [grant({ AWS: `arn:aws:iam::${ME}:user/binh` })] }, 'implicitDeny'],
  ['user named, the boundary does not allow', { boundary: [allow('sqs:*')], resource: [grant({ AWS: user })] }, 'allowed'],
  ['user named, the own policy denies', { own: [deny('sns:*')], resource: [grant({ AWS: user })] }, 'explicitDeny'],
  ['user named, the boundary denies', { boundary: [allow('*'), deny('sns:*')], resource: [grant({ AWS: user })] }, 'explicitDeny'],
  ['user named, a group denies', { group: [deny('sns:*')], resource: [grant({ AWS: user })] }, 'explicitDeny'],
  ['account named by its root', { resource: [grant({ AWS: `arn:aws:iam::${ME}:root` })] }, 'implicitDeny'],
  ['account named by its number', { resource: [grant({ AWS: ME })] }, 'implicitDeny'],
  ['account named, and the own policy allows', { own: [allow('sns:Publish')], resource: [grant({ AWS: ME })] }, 'allowed'],
  ['everybody named', { resource: [grant('*')] }, 'allowed'],
  ['every AWS principal named', { resource: [grant({ AWS: '*' })] }, 'allowed'],
  ['everybody of this account by condition', { resource: [grant('*', { StringEquals: { 'aws:PrincipalAccount': ME } })] }, 'allowed'],
  ['everybody of another account by condition', { resource: [grant('*', { StringEquals: { 'aws:PrincipalAccount': OTHER } })] }, 'implicitDeny'],
  ['a service named is not the user', { resource: [grant({ Service: 'sns.amazonaws.com' })] }, 'implicitDeny'],
  ['the resource’s policy denies the user', { own: [allow('*')], resource: [refuse({ AWS: user })] }, 'explicitDeny'],
  ['the resource’s policy denies everybody', { own: [allow('*')], resource: [refuse('*')] }, 'explicitDeny'],
  ['the resource’s policy denies the account', { own: [allow('*')], resource: [refuse({ AWS: ME })] }, 'explicitDeny'],
  ['the resource’s policy denies another user', { own: [allow('*')], resource: [refuse({ AWS: `arn:aws:iam::${ME}:user/binh` })] }, 'allowed'],
  ['the resource’s policy denies without TLS', { own: [allow('*')], resource: [refuse('*', { Bool: { 'aws:SecureTransport': 'false' } })], context: { 'aws:SecureTransport': 'true' } }, 'allowed'],
  ['the resource’s policy speaks of another action', { own: [allow('sns:Publish')], resource: [{ ...grant({ AWS: user }), Action: 'sns:Subscribe' }] }, 'allowed'],
  ['a grant under a condition that holds', { resource: [grant({ AWS: user }, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })], context: { 'aws:SourceIp': '10.0.0.1' } }, 'allowed'],
  ['a grant under a condition that does not', { resource: [grant({ AWS: user }, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })], context: { 'aws:SourceIp': '11.0.0.1' } }, 'implicitDeny'],
  // NotPrincipal
  ['NotPrincipal denies those that it does not name', { own: [allow('*')], resource: [{ Effect: 'Deny', NotPrincipal: { AWS: [`arn:aws:iam::${ME}:user/binh`, `arn:aws:iam::${ME}:root`] }, Action: 'sns:*', Resource: '*' }] }, 'explicitDeny'],
  ['NotPrincipal spares the one that it names', { own: [allow('*')], resource: [{ Effect: 'Deny', NotPrincipal: { AWS: [user, `arn:aws:iam::${ME}:root`] }, Action: 'sns:*', Resource: '*' }] }, 'allowed'],
  ['Deny to all but by condition on the principal', { own: [allow('*')], resource: [refuse('*', { ArnNotEquals: { 'aws:PrincipalArn': user } })] }, 'allowed'],
  ['… meets the others', { own: [allow('*')], resource: [refuse('*', { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ME}:user/binh` } })] }, 'explicitDeny'],
  ['NotPrincipal that names the role alone denies its sessions', { who: 'session', own: [allow('*')], resource: [{ Effect: 'Deny', NotPrincipal: { AWS: [role, `arn:aws:iam::${ME}:root`] }, Action: 'sns:*', Resource: '*' }] }, 'explicitDeny'],
  ['NotPrincipal that names role and session spares it', { who: 'session', own: [allow('*')], resource: [{ Effect: 'Deny', NotPrincipal: { AWS: [role, session, `arn:aws:iam::${ME}:root`] }, Action: 'sns:*', Resource: '*' }] }, 'allowed'],
  ['NotPrincipal that names another session denies this one', { who: 'session', own: [allow('*')], resource: [{ Effect: 'Deny', NotPrincipal: { AWS: [role, `${session}2`, `arn:aws:iam::${ME}:root`] }, Action: 'sns:*', Resource: '*' }] }, 'explicitDeny'],
  ['NotPrincipal of another account denies this one', { own: [allow('*')], resource: [{ Effect: 'Deny', NotPrincipal: { AWS: OTHER }, Action: 'sns:*', Resource: '*' }] }, 'explicitDeny'],
  ['account named, the boundary does not allow', { own: [allow('*')], boundary: [allow('sqs:*')], resource: [grant({ AWS: ME })] }, 'boundary'],
  ['user named, whose boundary allows nothing at all', { boundary: [deny('iam:*')], resource: [grant({ AWS: user })] }, 'allowed'],
  ['everybody named, the boundary does not allow', { boundary: [allow('sqs:*')], resource: [grant('*')] }, 'allowed'],
  ['user named for another resource', { resource: [{ ...grant({ AWS: user }), Resource: queue }] }, 'implicitDeny'],
  // The session of a role, in the same account
  ['account named, the role allows', { who: 'session', own: [allow('sns:*')], resource: [grant({ AWS: ME })] }, 'allowed'],
  ['account named, the role does not', { who: 'session', resource: [grant({ AWS: ME })] }, 'implicitDeny'],
  ['account named, the session policy does not allow', { who: 'session', own: [allow('sns:*')], sessions: [[allow('sqs:*')]], resource: [grant({ AWS: ME })] }, 'sessionPolicy'],
  ['role and session named, the session policy does not allow', { who: 'session', sessions: [[allow('sqs:*')]], resource: [grant({ AWS: [role, session] })] }, 'sessionPolicy'],
  ['a user of the role’s name named', { who: 'session', resource: [grant({ AWS: `arn:aws:iam::${ME}:user/worker` })] }, 'implicitDeny'],
  ['role named', { who: 'session', resource: [grant({ AWS: role })] }, 'allowed'],
  ['role named, the boundary does not allow', { who: 'session', boundary: [allow('sqs:*')], resource: [grant({ AWS: role })] }, 'boundary'],
  ['role named, the session policy does not allow', { who: 'session', sessions: [[allow('sqs:*')]], resource: [grant({ AWS: role })] }, 'sessionPolicy'],
  ['role named, the session policy allows', { who: 'session', sessions: [[allow('sns:*')]], resource: [grant({ AWS: role })] }, 'allowed'],
  ['session named', { who: 'session', resource: [grant({ AWS: session })] }, 'allowed'],
  ['session named, the boundary does not allow', { who: 'session', boundary: [allow('sqs:*')], resource: [grant({ AWS: session })] }, 'allowed'],
  ['session named, the session policy does not allow', { who: 'session', sessions: [[allow('sqs:*')]], resource: [grant({ AWS: session })] }, 'allowed'],
  ['session named, the session policy denies', { who: 'session', sessions: [[allow('*'), deny('sns:*')]], resource: [grant({ AWS: session })] }, 'explicitDeny'],
  ['another session named', { who: 'session', resource: [grant({ AWS: `${session}2` })] }, 'implicitDeny'],
  ['another role named', { who: 'session', resource: [grant({ AWS: `${role}2` })] }, 'implicitDeny'],
  ['role denied', { who: 'session', own: [allow('*')], resource: [refuse({ AWS: role })] }, 'explicitDeny'],
  ['session denied', { who: 'session', own: [allow('*')], resource: [refuse({ AWS: session })] }, 'explicitDeny'],
  ['the role by condition on the principal', { who: 'session', resource: [grant({ AWS: ME }, { ArnEquals: { 'aws:PrincipalArn': role } })], own: [allow('sns:*')] }, 'allowed'],
  ['everybody, of whom the role by condition', { who: 'session', resource: [grant('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ME}:role/work*` } })] }, 'allowed'],
  // A federated user
  ['federated user named', { who: 'guest', sessions: [[allow('sqs:*')]], resource: [grant({ AWS: guest })] }, 'allowed'],
  ['the user behind it named', { who: 'guest', sessions: [[allow('sns:*')]], resource: [grant({ AWS: user })] }, 'allowed'],
  ['the user behind it named, the session policy does not allow', { who: 'guest', sessions: [[allow('sqs:*')]], resource: [grant({ AWS: user })] }, 'sessionPolicy'],
  // Root
  ['root in its own account', { who: 'root' }, 'allowed'],
  ['root where the resource’s policy grants others', { who: 'root', resource: [grant({ AWS: user })] }, 'allowed'],
  ['root where the resource’s policy denies', { who: 'root', resource: [refuse('*')] }, 'explicitDeny'],
]

const crossCases: [string, Case, Outcome][] = [
  ['only the own policy', { own: [allow('*')] }, 'resourcePolicy'],
  ['only the resource’s policy', { resource: [grant({ AWS: user })] }, 'implicitDeny'],
  ['both, the user named', { own: [allow('sns:*')], resource: [grant({ AWS: user })] }, 'allowed'],
  ['both, the account named', { own: [allow('sns:*')], resource: [grant({ AWS: ME })] }, 'allowed'],
  ['both, everybody named', { own: [allow('sns:*')], resource: [grant('*')] }, 'allowed'],
  ['both, another account named', { own: [allow('sns:*')], resource: [grant({ AWS: OTHER })] }, 'resourcePolicy'],
  ['both, the boundary does not allow', { own: [allow('*')], boundary: [allow('sqs:*')], resource: [grant({ AWS: user })] }, 'boundary'],
  ['session: both, the role named', { who: 'session', own: [allow('*')], resource: [grant({ AWS: role })] }, 'allowed'],
  ['session: both, the session named', { who: 'session', own: [allow('*')], resource: [grant({ AWS: session })] }, 'allowed'],
  ['session: the session named, nothing of its own', { who: 'session', resource: [grant({ AWS: session })] }, 'implicitDeny'],
  ['session: both, the session policy does not allow', { who: 'session', own: [allow('*')], sessions: [[allow('sqs:*')]], resource: [grant({ AWS: role })] }, 'sessionPolicy'],
  ['both, the resource’s policy denies the user', { own: [allow('*')], resource: [grant({ AWS: ME }), refuse({ AWS: user })] }, 'explicitDeny'],
  ['both, the own policy denies', { own: [allow('*'), deny('sns:*')], resource: [grant({ AWS: ME })] }, 'explicitDeny'],
  ['only the resource’s policy, the account named', { resource: [grant({ AWS: ME })] }, 'implicitDeny'],
  ['both, another user of the account named', { own: [allow('*')], resource: [grant({ AWS: `arn:aws:iam::${ME}:user/binh` })] }, 'resourcePolicy'],
  ['both, the resource’s policy for another action', { own: [allow('*')], resource: [{ ...grant({ AWS: user }), Action: 'sns:Subscribe' }] }, 'resourcePolicy'],
  ['both, the own policy for another resource', { own: [allow('sns:*', topic)], resource: [grant({ AWS: user })] }, 'implicitDeny'],
  ['both, the account’s root and a condition on the role', { who: 'session', own: [allow('*')], resource: [grant({ AWS: `arn:aws:iam::${ME}:root` }, { ArnEquals: { 'aws:PrincipalArn': role } })] }, 'allowed'],
  ['… and a condition on another role', { who: 'session', own: [allow('*')], resource: [grant({ AWS: `arn:aws:iam::${ME}:root` }, { ArnEquals: { 'aws:PrincipalArn': `${role}2` } })] }, 'resourcePolicy'],
  ['everybody of an organisation, of which there is none', { own: [allow('*')], resource: [grant('*', { StringEquals: org })] }, 'resourcePolicy'],
  ['everybody of this account by condition', { own: [allow('*')], resource: [grant('*', { StringEquals: { 'aws:PrincipalAccount': ME } })] }, 'allowed'],
  ['the own policy for resources of the own account only', { own: [allow('*', '*', { StringEquals: { 'aws:ResourceAccount': ME } })], resource: [grant({ AWS: ME })], context: { 'aws:ResourceAccount': OTHER } }, 'implicitDeny'],
  ['the boundary denies', { own: [allow('*')], boundary: [allow('*'), deny('sns:*')], resource: [grant({ AWS: user })] }, 'explicitDeny'],
  ['NotPrincipal spares the user of the other account', { own: [allow('*')], resource: [grant({ AWS: ME }), { Effect: 'Deny', NotPrincipal: { AWS: [user, `arn:aws:iam::${ME}:root`] }, Action: 'sns:*', Resource: '*' }] }, 'allowed'],
  ['federated: both, the account named', { who: 'guest', own: [allow('*')], sessions: [[allow('sns:*')]], resource: [grant({ AWS: ME })] }, 'allowed'],
  ['root of another account without a grant', { who: 'root' }, 'resourcePolicy'],
  ['root of another account with one', { who: 'root', resource: [grant({ AWS: `arn:aws:iam::${ME}:root` })] }, 'allowed'],
  ['a group allows, the resource names the account', { group: [allow('sns:*')], resource: [grant({ AWS: ME })] }, 'allowed'],
]

describe.each([
  ['identity policies', identityCases],
  ['what a call does not carry', absentCases],
  ['boundaries and session policies', boundaryCases],
  ['resource policies in the same account', resourceCases],
] as const)('%s', (_, cases) => {
  it.each(cases)('%s: %s', async (_name, one, expected) => {
    expect(await outcome(one)).toBe(expected)
  })
})

describe('across accounts', () => {
  it.each(crossCases)('%s', async (_name, one, expected) => {
    expect(await outcome({ owner: OTHER, on: `arn:aws:sns:us-east-1:${OTHER}:orders`, ...one })).toBe(expected)
  })
})

describe('a service that calls', () => {
  const from = (Condition?: object) => grant({ Service: 's3.amazonaws.com' }, Condition)
  const bucket = { 'aws:SourceArn': 'arn:aws:s3:::shop', 'aws:SourceAccount': ME, 'aws:PrincipalIsAWSService': 'true' }

  it.each<[string, string, object[], Record<string, string>, Outcome]>([
    ['named', 's3.amazonaws.com', [from()], bucket, 'allowed'],
    ['another named', 'events.amazonaws.com', [from()], bucket, 'resourcePolicy'],
    ['for the bucket that the policy names', 's3.amazonaws.com', [from({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::shop' } })], bucket, 'allowed'],
    ['for another bucket', 's3.amazonaws.com', [from({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::other' } })], bucket, 'resourcePolicy'],
    ['for the account that the policy names', 's3.amazonaws.com', [from({ StringEquals: { 'aws:SourceAccount': ME } })], bucket, 'allowed'],
    ['for another account: the confused deputy', 's3.amazonaws.com', [from({ StringEquals: { 'aws:SourceAccount': OTHER } })], bucket, 'resourcePolicy'],
    ['for bucket and account', 's3.amazonaws.com', [from({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::sh*' }, StringEquals: { 'aws:SourceAccount': ME } })], bucket, 'allowed'],
    ['without telling for whom', 's3.amazonaws.com', [from({ StringEquals: { 'aws:SourceAccount': ME } })], {}, 'resourcePolicy'],
    ['for a bucket by a pattern of another account', 's3.amazonaws.com', [from({ ArnLike: { 'aws:SourceArn': `arn:aws:s3:*:${OTHER}:*` } })], bucket, 'resourcePolicy'],
    ['for any of an organisation, of which there is none', 's3.amazonaws.com', [from({ StringEquals: { 'aws:SourceOrgID': 'o-example' } })], bucket, 'resourcePolicy'],
    ['everybody named', 's3.amazonaws.com', [grant('*')], bucket, 'allowed'],
    ['every AWS principal named, which a service is none of', 's3.amazonaws.com', [grant({ Service: 'events.amazonaws.com' }), grant({ AWS: ME })], bucket, 'resourcePolicy'],
    ['everybody, of whom the service by condition', 's3.amazonaws.com', [grant('*', { StringEquals: { 'aws:PrincipalServiceName': 's3.amazonaws.com' } })], { ...bucket, 'aws:PrincipalServiceName': 's3.amazonaws.com' }, 'allowed'],
    ['denied to services that call for another account', 's3.amazonaws.com', [from(), refuse('*', { StringNotEqualsIfExists: { 'aws:SourceAccount': OTHER }, Bool: { 'aws:PrincipalIsAWSService': 'true' } })], bucket, 'explicitDeny'],
    ['spared by a Deny to services that call for another account', 's3.amazonaws.com', [from(), refuse('*', { StringNotEqualsIfExists: { 'aws:SourceAccount': ME }, Bool: { 'aws:PrincipalIsAWSService': 'true' } })], bucket, 'allowed'],
    ['for another action', 's3.amazonaws.com', [{ ...from(), Action: 'sns:Subscribe' }], bucket, 'resourcePolicy'],
    ['denied by name', 's3.amazonaws.com', [from(), refuse({ Service: 's3.amazonaws.com' })], bucket, 'explicitDeny'],
    ['spared by a Deny for all but services', 's3.amazonaws.com', [from(), refuse('*', { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } })], bucket, 'allowed'],
  ])('%s', async (_name, service, resource, context, expected) => {
    const principal: Principal = { type: 'Service', account: ME, arn: service, userId: service, accessKeyId: '' }
    const { explanation } = await decide(sandbox, { principal, action: 'sns:Publish', resource: topic, resourceAccount: ME, context, resourcePolicy: JSON.parse(policy(...resource)) })
    expect(explanation.reason).toBe(expected)
  })
})
