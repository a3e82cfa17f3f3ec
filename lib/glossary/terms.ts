/** A term as AWS writes it; what it means stands under its id in `messages/<locale>/glossary.json`. */
export interface Term {
  id: string
  name: string
  /** Keys of the achievements whose labs teach it; see `labs/catalogue.ts`. */
  achievements: readonly string[]
}

/** Terms that belong together; the group's name stands in the messages too. */
export interface TermGroup {
  id: string
  terms: readonly Term[]
}

const term = (id: string, name: string, ...achievements: string[]): Term => ({ id, name, achievements })

/** The terms of week 9, in the order in which one meets them. */
export const glossary: readonly TermGroup[] = [
  {
    id: 'lambda',
    terms: [
      term('serverless', 'Serverless', 'a8'),
      term('eventDriven', 'Event-driven', 'a6.2'),
      term('function', 'Lambda function', 'a2.1'),
      term('runtime', 'Runtime', 'a2.1'),
      term('environment', 'Execution environment', 'a1.1'),
      term('coldStart', 'Cold start', 'a1.2'),
      term('warmStart', 'Warm start', 'a1.2'),
      term('initDuration', 'Init Duration', 'a1.2'),
      term('memory', 'Memory', 'a1.3'),
      term('timeout', 'Timeout', 'a1.3'),
      term('concurrency', 'Concurrency', 'a1.4'),
      term('layer', 'Layer', 'a1.5'),
      term('extension', 'Extension', 'a1.5'),
    ],
  },
  {
    id: 'code',
    terms: [
      term('handler', 'Handler', 'a2.1'),
      term('event', 'Event', 'a2.2'),
      term('context', 'Context', 'a2.2'),
      term('testEvent', 'Test event', 'a2.3'),
      term('proxyResponse', 'Proxy response', 'a2.4'),
      term('version', 'Version, alias', 'a4.5'),
    ],
  },
  {
    id: 'api',
    terms: [
      term('resource', 'Resource, method', 'a4.1'),
      term('proxyIntegration', 'Proxy integration', 'a4.2'),
      term('cors', 'CORS', 'a4.3'),
      term('mappingTemplate', 'Mapping template', 'a4.4'),
      term('stage', 'Stage', 'a4.5'),
      term('deployment', 'Deployment', 'a4.5'),
    ],
  },
  {
    id: 'services',
    terms: [
      term('item', 'DynamoDB item', 'a3.1'),
      term('object', 'S3 object', 'a3.2'),
      term('topic', 'SNS topic', 'a3.3'),
      term('rule', 'EventBridge rule', 'a3.4'),
      term('trigger', 'Trigger', 'a6.2'),
    ],
  },
  {
    id: 'iam',
    terms: [
      term('role', 'IAM role', 'a5.1'),
      term('executionRole', 'Execution role', 'a5.1'),
      term('trustPolicy', 'Trust policy', 'a5.1'),
      term('policy', 'Policy', 'a5.3'),
      term('basicExecution', 'AWSLambdaBasicExecutionRole', 'a5.2'),
      term('leastPrivilege', 'Least privilege', 'a5.3'),
      term('arn', 'ARN', 'a5.3'),
    ],
  },
  {
    id: 'tools',
    terms: [
      term('cli', 'AWS CLI', 'a7.1'),
      term('accessKey', 'Access key', 'a7.1'),
      term('endpoint', 'Endpoint', 'a7.1'),
      term('logGroup', 'Log group, log stream', 'a2.2'),
      term('report', 'REPORT', 'a1.2'),
    ],
  },
]
