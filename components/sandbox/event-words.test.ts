import { expect, test } from 'vitest'
import { callerOf, originOf, subjectOf } from './event-words'

test.each([
  ['aws-sdk-js/3.1164.0 ua/2.1 os/linux lang/js app/worklab-web', 'page'],
  ['aws-sdk-js/3.1164.0 ua/2.1 os/linux lang/js app/worklab-checks', 'checks'],
  ['aws-cli/2.31.0 md/awscrt#0.27 exec-env/CloudShell', 'cli'],
  ['aws-sdk-js/3.1164.0 ua/2.1 exec-env/AWS_Lambda_nodejs22.x', 'function'],
  ['Boto3/1.40.0 md/Botocore#1.40.0', 'boto3'],
  ['APN/1.0 HashiCorp/1.0 Terraform/1.13.0', 'terraform'],
  ['curl/8.5.0', 'other'],
])('%s is told as %s', (userAgent, origin) => {
  expect(originOf({ userAgent })).toBe(origin)
})

test('a call is told with who made it', () => {
  const identity = { accountId: '123456789012', accessKeyId: 'AKIA' }
  expect(callerOf({ userIdentity: { ...identity, type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/learner', userName: 'learner' } })).toEqual({ kind: 'user', name: 'learner' })
  expect(callerOf({ userIdentity: { ...identity, type: 'AssumedRole', arn: 'arn:aws:sts::123456789012:assumed-role/bookshop/order-total' } })).toEqual({ kind: 'role', name: 'bookshop' })
  expect(callerOf({ userIdentity: { ...identity, type: 'Root', arn: 'arn:aws:iam::123456789012:root' } }).kind).toBe('root')
})

test('a call is told with what it was about', () => {
  expect(subjectOf({ requestParameters: { FunctionName: 'order-total', Payload: '12 bytes' } })).toBe('order-total')
  expect(subjectOf({ requestParameters: { MaxItems: 3 } })).toBeUndefined()
  expect(subjectOf({ requestParameters: null })).toBeUndefined()
})
