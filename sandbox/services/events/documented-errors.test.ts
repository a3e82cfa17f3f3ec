import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
  TagResourceCommand,
  TestEventPatternCommand,
  UntagResourceCommand,
  UpdateEventBusCommand,
} from '@aws-sdk/client-eventbridge'
import { afterAll, beforeAll, describe } from 'vitest'
import { itAnswersTheDocumentedErrors, type Provoke } from '../../documented-errors-testing'
import { startTestSandbox, type TestSandbox } from '../../testing'
import documented from './documented-errors.json' with { type: 'json' }
import { events as service } from './index'

const PATTERN = '{"source":["bookshop"]}'
const NO_BUS = { EventBusName: 'nowhere' }

let sandbox: TestSandbox
let client: EventBridgeClient
beforeAll(async () => {
  sandbox = await startTestSandbox()
  client = new EventBridgeClient(sandbox.learner)
})
afterAll(() => sandbox.remove())

const arnOf = (path: string) => `arn:aws:events:us-east-1:${sandbox.accountId}:${path}`
const queue = (name: string) => ({ Id: name, Arn: `arn:aws:sqs:us-east-1:${sandbox.accountId}:${name}` })

/** Does something so many times, some at once. */
async function times(count: number, work: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i += 25) await Promise.all(Array.from({ length: Math.min(25, count - i) }, (_, j) => work(i + j)))
}

const provoked: Record<string, Provoke> = {
  'CreateEventBus ResourceAlreadyExistsException': () => client.send(new CreateEventBusCommand({ Name: 'default' })),
  'CreateEventBus LimitExceededException': async () => {
    await times(99, (i) => client.send(new CreateEventBusCommand({ Name: `bus-${i}` })))
    return client.send(new CreateEventBusCommand({ Name: 'one-too-many' }))
  },
  'DeleteRule ResourceNotFoundException': () => client.send(new DeleteRuleCommand({ Name: 'any', ...NO_BUS })),
  'DescribeEventBus ResourceNotFoundException': () => client.send(new DescribeEventBusCommand({ Name: 'nowhere' })),
  'DescribeRule ResourceNotFoundException': () => client.send(new DescribeRuleCommand({ Name: 'nothing' })),
  'DisableRule ResourceNotFoundException': () => client.send(new DisableRuleCommand({ Name: 'nothing' })),
  'EnableRule ResourceNotFoundException': () => client.send(new EnableRuleCommand({ Name: 'nothing' })),
  'ListRuleNamesByTarget ResourceNotFoundException': () => client.send(new ListRuleNamesByTargetCommand({ TargetArn: queue('a').Arn, ...NO_BUS })),
  'ListRules ResourceNotFoundException': () => client.send(new ListRulesCommand(NO_BUS)),
  'ListTagsForResource ResourceNotFoundException': () => client.send(new ListTagsForResourceCommand({ ResourceARN: arnOf('rule/nothing') })),
  'ListTargetsByRule ResourceNotFoundException': () => client.send(new ListTargetsByRuleCommand({ Rule: 'nothing' })),
  'PutPermission ResourceNotFoundException': () => client.send(new PutPermissionCommand({ Action: 'events:PutEvents', Principal: '111122223333', StatementId: 'a', ...NO_BUS })),
  'PutPermission PolicyLengthExceededException': () =>
    client.send(new PutPermissionCommand({ Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: arnOf('x'.repeat(10_240)) }] }) })),
  'PutRule InvalidEventPatternException': () => client.send(new PutRuleCommand({ Name: 'wrong', EventPattern: '{"source":"bookshop"}' })),
  'PutRule ResourceNotFoundException': () => client.send(new PutRuleCommand({ Name: 'any', EventPattern: PATTERN, ...NO_BUS })),
  'PutRule LimitExceededException': async () => {
    await times(300, (i) => client.send(new PutRuleCommand({ Name: `rule-${i}`, EventPattern: PATTERN })))
    return client.send(new PutRuleCommand({ Name: 'one-too-many', EventPattern: PATTERN }))
  },
  'PutTargets ResourceNotFoundException': () => client.send(new PutTargetsCommand({ Rule: 'nothing', Targets: [queue('a')] })),
  'PutTargets LimitExceededException': async () => {
    await client.send(new PutRuleCommand({ Name: 'rule-0', EventPattern: PATTERN }))
    return client.send(new PutTargetsCommand({ Rule: 'rule-0', Targets: ['a', 'b', 'c', 'd', 'e', 'f'].map(queue) }))
  },
  'RemovePermission ResourceNotFoundException': () => client.send(new RemovePermissionCommand({ StatementId: 'nothing' })),
  'RemoveTargets ResourceNotFoundException': () => client.send(new RemoveTargetsCommand({ Rule: 'nothing', Ids: ['a'] })),
  'TagResource ResourceNotFoundException': () => client.send(new TagResourceCommand({ ResourceARN: arnOf('event-bus/nowhere'), Tags: [{ Key: 'a', Value: 'b' }] })),
  'TestEventPattern InvalidEventPatternException': () => client.send(new TestEventPatternCommand({ EventPattern: '{"source":[]}', Event: '{}' })),
  'UntagResource ResourceNotFoundException': () => client.send(new UntagResourceCommand({ ResourceARN: arnOf('rule/nothing'), TagKeys: ['a'] })),
  'UpdateEventBus ResourceNotFoundException': () => client.send(new UpdateEventBusCommand({ Name: 'nowhere' })),
}

describe('EventBridge', () => {
  itAnswersTheDocumentedErrors({
    service,
    documented,
    provoked,
    never: {
      InternalException: "AWS's own failure: here only a defect of the sandbox would show it",
      ConcurrentModificationException: 'changes of one account wait for one another here',
      ManagedRuleException: 'no service here makes rules of its own in an account',
      OperationDisabledException: "AWS's own: the operation is turned off in a region",
      'CreateEventBus InvalidStateException': "of partners' event sources, which are refused",
      'CreateEventBus ResourceNotFoundException': "of partners' event sources, which are refused",
    },
  })
})
