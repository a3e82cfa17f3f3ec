import { services } from '../sandbox/services/index'

/** How people know the services, by signing name. */
const TITLES: Record<string, string> = {
  apigateway: 'Amazon API Gateway',
  dynamodb: 'Amazon DynamoDB',
  events: 'Amazon EventBridge',
  iam: 'AWS Identity and Access Management',
  lambda: 'AWS Lambda',
  logs: 'Amazon CloudWatch Logs',
  s3: 'Amazon S3',
  sns: 'Amazon SNS',
  sqs: 'Amazon SQS',
  sts: 'AWS Security Token Service',
}

/** The page that lists, per service, which operations the sandbox has and which it answers with 501, from the services' own tables. */
export function operationsPage(): string {
  const tables = services
    .map(({ name, schemas, byName, paths }) => ({
      name,
      // Two services may share a signing name, as the two API Gateways do.
      title: [TITLES[name] ?? name, name === 'apigateway' ? (paths.some(({ pattern }) => pattern.source.startsWith('^\\/v2')) ? 'v2 (HTTP APIs)' : 'v1 (REST APIs)') : ''].filter(Boolean).join(' '),
      all: [...schemas.keys()].sort(),
      has: (operation: string) => byName.has(operation),
    }))
    .sort((a, b) => (a.title < b.title ? -1 : 1))
  const there = (table: (typeof tables)[number]) => table.all.filter((operation) => table.has(operation))
  const missing = (table: (typeof tables)[number]) => table.all.filter((operation) => !table.has(operation))
  return [
    '# Operations of the sandbox',
    'Written by `npm run docs:operations` from the services’ tables; a test fails when it is out of date. An operation that is missing answers 501 `NotImplemented` with its name.',
    ['| Service | There | Missing |', '|---|---:|---:|', ...tables.map((table) => `| [${table.title}](#${anchor(table.title)}) | ${there(table).length} | ${missing(table).length} |`)].join('\n'),
    ...tables.flatMap((table) => [`## ${table.title}`, `**There**: ${listed(there(table))}`, `**501**: ${listed(missing(table))}`]),
  ].join('\n\n') + '\n'
}

function listed(operations: string[]): string {
  return operations.length > 0 ? operations.map((name) => `\`${name}\``).join(', ') : 'none'
}

/** The link to a heading as GitHub makes it. */
function anchor(title: string): string {
  return title.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-')
}
