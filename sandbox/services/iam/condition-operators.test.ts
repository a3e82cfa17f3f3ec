import { describe, expect, it } from 'vitest'
import { judge } from './judge'
import type { PolicyDocument } from './policy-document'

type Value = string | string[] | undefined

/** Whether an Allow under this condition holds for a call that carries the key so; without a value the call has no such key. */
function holds(operator: string, key: string, wanted: string | string[] | boolean | number, carried: Value, more: Record<string, Value> = {}, Version = '2012-10-17'): boolean {
  const document = { Version, Statement: { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*', Condition: { [operator]: { [key]: wanted } } } } as PolicyDocument
  const context = Object.fromEntries(Object.entries({ ...more, [key]: carried }).filter(([, value]) => value !== undefined)) as Record<string, string | string[]>
  const inquiry = { principal: 'arn:aws:iam::111122223333:user/an', kind: 'IAMUser' as const, action: 'dynamodb:GetItem', resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/orders', isSameAccount: true, context }
  return judge(inquiry, { identity: [{ name: 'p', document }], sessions: [] }).allowed
}

const tag = 'aws:PrincipalTag/team'
const count = 's3:max-keys'
const time = 'aws:CurrentTime'
const ip = 'aws:SourceIp'
const source = 'aws:SourceArn'
const topic = 'arn:aws:sns:us-east-1:111122223333:orders'
const secure = 'aws:SecureTransport'
const keys = 'aws:TagKeys'
const blob = 'aws:RequestTag/blob'

/** Operator, key, what the policy wants, what the call carries, whether it holds (IAM User Guide, "Condition operators"). */
const table: [string, string, string | string[] | boolean | number, Value, boolean][] = [
  // Strings
  ['StringEquals', tag, 'books', 'books', true],
  ['StringEquals', tag, 'books', 'Books', false],
  ['StringEquals', tag, 'boo*', 'books', false],
  ['StringEquals', tag, ['toys', 'books'], 'books', true],
  ['StringEquals', tag, 'books', undefined, false],
  ['StringEqualsIfExists', tag, 'books', undefined, true],
  ['StringEqualsIfExists', tag, 'books', 'toys', false],
  ['StringEqualsIfExists', tag, 'books', 'books', true],
  ['StringNotEquals', tag, 'books', 'toys', true],
  ['StringNotEquals', tag, 'books', 'books', false],
  ['StringNotEquals', tag, ['toys', 'books'], 'books', false],
  ['StringNotEquals', tag, ['toys', 'books'], 'food', true],
  ['StringNotEquals', tag, 'books', undefined, true],
  ['StringNotEqualsIfExists', tag, 'books', undefined, true],
  ['StringNotEqualsIfExists', tag, 'books', 'books', false],
  ['StringEqualsIgnoreCase', tag, 'BOOKS', 'books', true],
  ['StringEqualsIgnoreCase', tag, 'BOOKS', 'toys', false],
  ['StringEqualsIgnoreCase', tag, 'books', undefined, false],
  ['StringEqualsIgnoreCaseIfExists', tag, 'books', undefined, true],
  ['StringNotEqualsIgnoreCase', tag, 'BOOKS', 'books', false],
  ['StringNotEqualsIgnoreCase', tag, 'BOOKS', 'toys', true],
  ['StringNotEqualsIgnoreCase', tag, 'books', undefined, true],
  ['StringLike', tag, 'b*s', 'books', true],
  ['StringLike', tag, 'b??ks', 'books', true],
  ['StringLike', tag, 'b?ks', 'books', false],
  ['StringLike', tag, 'B*', 'books', false],
  ['StringLike', tag, '*', '', true],
  ['StringLike', tag, '*', undefined, false],
  ['StringLike', tag, ['toys*', '*ks'], 'books', true],
  ['StringLike', tag, 'a.c', 'abc', false],
  ['StringLikeIfExists', tag, 'b*', undefined, true],
  ['StringNotLike', tag, 'b*', 'books', false],
  ['StringNotLike', tag, 'b*', 'toys', true],
  ['StringNotLike', tag, 'b*', undefined, true],
  ['stringequals', tag, 'books', 'books', true],
  // Numbers
  ['NumericEquals', count, '10', '10', true],
  ['NumericEquals', count, '10', '10.0', true],
  ['NumericEquals', count, '10', '11', false],
  ['NumericEquals', count, 10, '10', true],
  ['NumericEquals', count, '10', undefined, false],
  ['NumericEqualsIfExists', count, '10', undefined, true],
  ['NumericNotEquals', count, '10', '11', true],
  ['NumericNotEquals', count, '10', '10', false],
  ['NumericNotEquals', count, '10', undefined, true],
  ['NumericLessThan', count, '10', '9', true],
  ['NumericLessThan', count, '10', '10', false],
  ['NumericLessThanEquals', count, '10', '10', true],
  ['NumericLessThanEquals', count, '10', '11', false],
  ['NumericGreaterThan', count, '10', '11', true],
  ['NumericGreaterThan', count, '10', '9', false],
  ['NumericGreaterThanEquals', count, '10', '10', true],
  ['NumericGreaterThanEquals', count, '10', '9.5', false],
  ['NumericLessThan', count, '10', '-5', true],
  ['NumericLessThan', count, '10', 'many', false],
  // Dates
  ['DateEquals', time, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
  ['DateEquals', time, '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', false],
  ['DateNotEquals', time, '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', true],
  ['DateNotEquals', time, '2026-01-01T00:00:00Z', undefined, true],
  ['DateLessThan', time, '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', true],
  ['DateLessThan', time, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
  ['DateLessThanEquals', time, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
  ['DateGreaterThan', time, '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', true],
  ['DateGreaterThan', time, '2026-01-01T00:00:00Z', '2025-06-01T00:00:00Z', false],
  ['DateGreaterThanEquals', time, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
  ['DateGreaterThan', time, '2026-01-01T00:00:00Z', undefined, false],
  ['DateGreaterThanIfExists', 'aws:TokenIssueTime', '2026-01-01T00:00:00Z', undefined, true],
  ['DateLessThan', time, '2026-01-01T07:00:00+07:00', '2025-12-31T23:59:59Z', true],
  // Truth
  ['Bool', secure, 'true', 'true', true],
  ['Bool', secure, true, 'true', true],
  ['Bool', secure, 'true', 'false', false],
  ['Bool', secure, 'false', 'false', true],
  ['Bool', secure, 'true', undefined, false],
  ['Bool', 'aws:MultiFactorAuthPresent', 'false', undefined, false],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', undefined, true],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', 'true', false],
  // Bytes
  ['BinaryEquals', blob, 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', true],
  ['BinaryEquals', blob, 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'T3RoZXI=', false],
  // Addresses
  ['IpAddress', ip, '203.0.113.0/24', '203.0.113.255', true],
  ['IpAddress', ip, '203.0.113.0/24', '203.0.114.0', false],
  ['IpAddress', ip, '203.0.113.7', '203.0.113.7', true],
  ['IpAddress', ip, '203.0.113.7', '203.0.113.8', false],
  ['IpAddress', ip, ['198.51.100.0/24', '203.0.113.0/24'], '203.0.113.9', true],
  ['IpAddress', ip, '2001:DB8:1234:5678::/64', '2001:db8:1234:5678::1', true],
  ['IpAddress', ip, '2001:DB8:1234:5678::/64', '2001:db8:1234:5679::1', false],
  ['IpAddress', ip, '203.0.113.0/24', '2001:db8::1', false],
  ['IpAddress', ip, '0.0.0.0/0', '127.0.0.1', true],
  ['IpAddress', ip, '0.0.0.0/0', '203.0.113.7', true],
  ['NotIpAddress', ip, ['0.0.0.0/0'], '203.0.113.7', false],
  ['IpAddress', ip, '0.0.0.0/0', '2001:db8::1', false],
  ['IpAddress', ip, '::/0', '2001:db8::1', true],
  ['IpAddress', ip, '::/0', 'fe80::1', true],
  ['IpAddress', ip, '203.0.113.0/24', undefined, false],
  ['IpAddressIfExists', ip, '203.0.113.0/24', undefined, true],
  ['NotIpAddress', ip, '203.0.113.0/24', '203.0.113.7', false],
  ['NotIpAddress', ip, '203.0.113.0/24', '198.51.100.7', true],
  ['NotIpAddress', ip, ['203.0.113.0/24', '198.51.100.0/24'], '198.51.100.7', false],
  ['NotIpAddress', ip, '203.0.113.0/24', undefined, true],
  // ARNs
  ['ArnEquals', source, topic, topic, true],
  ['ArnEquals', source, topic, `${topic}2`, false],
  ['ArnEquals', source, 'arn:aws:sns:*:111122223333:ord*', topic, true],
  ['ArnLike', source, 'arn:aws:sns:*:111122223333:*', topic, true],
  ['ArnLike', source, 'arn:aws:sns:*:999988887777:*', topic, false],
  ['ArnLike', source, 'arn:aws:sns:us-east-?:111122223333:orders', topic, true],
  ['ArnLike', source, 'arn:aws:sqs:*:*:*', topic, false],
  ['ArnLike', source, ['arn:aws:sqs:*:*:*', 'arn:aws:sns:*:*:orders'], topic, true],
  ['ArnLike', source, 'arn:aws:execute-api:us-east-1:111122223333:abc/*/GET/books', 'arn:aws:execute-api:us-east-1:111122223333:abc/dev/GET/books', true],
  ['ArnLike', source, topic, undefined, false],
  ['ArnLikeIfExists', source, topic, undefined, true],
  ['ArnNotEquals', source, topic, topic, false],
  ['ArnNotEquals', source, topic, `${topic}2`, true],
  ['ArnNotLike', source, 'arn:aws:sns:*:*:orders', topic, false],
  ['ArnNotLike', source, 'arn:aws:sns:*:*:orders', undefined, true],
  // Is it there?
  ['Null', tag, 'true', undefined, true],
  ['Null', tag, 'true', 'books', false],
  ['Null', tag, 'false', 'books', true],
  ['Null', tag, 'false', undefined, false],
  ['Null', tag, true, undefined, true],
  // Several values of one key
  ['ForAllValues:StringEquals', keys, ['team', 'cost'], ['team'], true],
  ['ForAllValues:StringEquals', keys, ['team', 'cost'], ['team', 'cost'], true],
  ['ForAllValues:StringEquals', keys, ['team', 'cost'], ['team', 'env'], false],
  ['ForAllValues:StringEquals', keys, ['team'], undefined, true],
  ['ForAllValues:StringEquals', keys, ['team'], [], true],
  ['ForAllValues:StringLike', keys, ['team*'], ['team-a', 'team-b'], true],
  ['ForAllValues:StringLike', keys, ['team*'], ['team-a', 'cost'], false],
  ['ForAllValues:StringNotEquals', keys, ['secret'], ['team', 'cost'], true],
  ['ForAllValues:StringNotEquals', keys, ['secret'], ['team', 'secret'], false],
  ['ForAnyValue:StringEquals', keys, ['team', 'cost'], ['env', 'cost'], true],
  ['ForAnyValue:StringEquals', keys, ['team', 'cost'], ['env'], false],
  ['ForAnyValue:StringEquals', keys, ['team'], undefined, false],
  ['ForAnyValue:StringEquals', keys, ['team'], [], false],
  ['ForAnyValue:StringLike', keys, ['te*'], ['env', 'team'], true],
  ['ForAnyValue:StringNotEquals', keys, ['team'], ['team', 'env'], true],
  ['ForAnyValue:StringNotEquals', keys, ['team'], ['team'], false],
  ['ForAnyValue:ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::*:role/*'], ['arn:aws:iam::111122223333:role/x'], true],
]

describe('a condition', () => {
  it.each(table)('%s %s: wants %j, finds %j: %s', (operator, key, wanted, carried, expected) => {
    expect(holds(operator, key, wanted, carried)).toBe(expected)
  })
})

describe('a policy variable', () => {
  it.each<[string, string, Record<string, Value>, string, boolean]>([
    ['stands for the value of the call', '${aws:username}', { 'aws:username': 'an' }, 'an', true],
    ['stands inside a text', 'home/${aws:username}/x', { 'aws:username': 'an' }, 'home/an/x', true],
    ['of another value', '${aws:username}', { 'aws:username': 'binh' }, 'an', false],
    ['that the call does not carry matches nothing', '${aws:username}', {}, '${aws:username}', false],
    ['has a default', "${aws:PrincipalTag/home, 'public'}", {}, 'public', true],
    ['has a default that gives way', "${aws:PrincipalTag/home, 'public'}", { 'aws:PrincipalTag/home': 'an' }, 'public', false],
    ['has a default and a value', "${aws:PrincipalTag/home, 'public'}", { 'aws:PrincipalTag/home': 'an' }, 'an', true],
    ['star is the character', 'a${*}', {}, 'a*', true],
    ['star is no wildcard', 'a${*}', {}, 'abc', false],
    ['question mark is the character', 'a${?}', {}, 'a?', true],
    ['question mark is no wildcard', 'a${?}', {}, 'ab', false],
    ['dollar is the character', 'a${$}', {}, 'a$', true],
    ['whose value has a star is no wildcard', '${aws:username}', { 'aws:username': '*' }, 'an', false],
  ])('%s', (_, wanted, context, carried, expected) => {
    expect(holds('StringLike', 's3:prefix', wanted, carried, context)).toBe(expected)
  })

  it('of a character stands for it where there are no wildcards as well', () => {
    expect(holds('StringEquals', 's3:prefix', 'a${*}b${$}', 'a*b$')).toBe(true)
    expect(holds('StringEquals', 's3:prefix', 'a${*}b', 'axb')).toBe(false)
  })

  it('is plain text in a policy of the old version', () => {
    expect(holds('StringEquals', 's3:prefix', '${aws:username}', 'an', { 'aws:username': 'an' }, '2008-10-17')).toBe(false)
    expect(holds('StringEquals', 's3:prefix', '${aws:username}', '${aws:username}', { 'aws:username': 'an' }, '2008-10-17')).toBe(true)
  })
})

describe('conditions together', () => {
  const inquiry = (context: Record<string, string>) => ({ principal: 'arn:aws:iam::111122223333:user/an', kind: 'IAMUser' as const, action: 's3:GetObject', resource: 'arn:aws:s3:::shop/a', isSameAccount: true, context })
  const under = (Condition: Record<string, Record<string, string>>, context: Record<string, string>) =>
    judge(inquiry(context), { identity: [{ name: 'p', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition } } }], sessions: [] }).allowed

  it.each<[string, Record<string, Record<string, string>>, Record<string, string>, boolean]>([
    ['two keys of one operator must both hold', { StringEquals: { [tag]: 'books', 'aws:RequestedRegion': 'us-east-1' } }, { [tag]: 'books', 'aws:RequestedRegion': 'us-east-1' }, true],
    ['one of two keys is not enough', { StringEquals: { [tag]: 'books', 'aws:RequestedRegion': 'us-east-1' } }, { [tag]: 'books', 'aws:RequestedRegion': 'eu-west-1' }, false],
    ['two operators must both hold', { StringEquals: { [tag]: 'books' }, IpAddress: { [ip]: '10.0.0.0/8' } }, { [tag]: 'books', [ip]: '10.1.2.3' }, true],
    ['one of two operators is not enough', { StringEquals: { [tag]: 'books' }, IpAddress: { [ip]: '10.0.0.0/8' } }, { [tag]: 'books', [ip]: '11.1.2.3' }, false],
    ['names of keys know no case', { StringEquals: { 'AWS:requestedregion': 'us-east-1' } }, { 'aws:RequestedRegion': 'us-east-1' }, true],
    ['a range of two bounds', { NumericGreaterThan: { [count]: '1' }, NumericLessThan: { [count]: '5' } }, { [count]: '3' }, true],
    ['outside a range of two bounds', { NumericGreaterThan: { [count]: '1' }, NumericLessThan: { [count]: '5' } }, { [count]: '7' }, false],
    ['none at all', {}, {}, true],
  ])('%s', (_, condition, context, expected) => {
    expect(under(condition, context)).toBe(expected)
  })
})
