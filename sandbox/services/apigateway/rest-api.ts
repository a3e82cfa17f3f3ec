import type { CreateRestApiRequest, EndpointConfiguration } from '@aws-sdk/client-api-gateway'
import type { Call } from '../../operation'
import { parsePolicy } from '../iam/policy-document'
import { badRequest } from './errors'
import { newId } from './ids'
import type { Definition, RestApiRecord } from './records'
import { checkedTags } from './tags'

const LARGEST_POLICY = 8192
const EMPTY_MODEL = JSON.stringify({ $schema: 'http://json-schema.org/draft-04/schema#', title: 'Empty Schema', type: 'object' }, null, 2)
const ERROR_MODEL = JSON.stringify({ $schema: 'http://json-schema.org/draft-04/schema#', title: 'Error Schema', type: 'object', properties: { message: { type: 'string' } } }, null, 2)

/** A new API with the path `/` and the models that AWS puts in. @throws BadRequestException */
export function newRestApi(call: Call, input: CreateRestApiRequest): RestApiRecord {
  const rootResourceId = newId(10)
  const id = newId(10)
  return {
    id,
    account: call.account,
    region: call.region,
    name: input.name!,
    ...(input.description === undefined ? {} : { description: input.description }),
    ...(input.version === undefined ? {} : { version: input.version }),
    createdAt: new Date(call.sandbox.now()).toISOString(),
    endpointConfiguration: endpointOf(input.endpointConfiguration),
    disableExecuteApiEndpoint: input.disableExecuteApiEndpoint ?? false,
    rootResourceId,
    tags: checkedTags(input.tags),
    definition: {
      ...emptyDefinition(rootResourceId),
      apiKeySource: input.apiKeySource ?? 'HEADER',
      binaryMediaTypes: input.binaryMediaTypes ?? [],
      ...(input.minimumCompressionSize === undefined ? {} : { minimumCompressionSize: checkedCompression(input.minimumCompressionSize) }),
      ...(input.policy ? { policy: readPolicy(input.policy, { ...call, id }) } : {}),
    },
    deployments: {},
    stages: {},
  }
}

/** An API's content before anything was put in. */
export function emptyDefinition(rootResourceId: string): Definition {
  const model = (name: string, description: string, schema: string) => ({ id: newId(6), name, description, schema, contentType: 'application/json' })
  return {
    apiKeySource: 'HEADER',
    binaryMediaTypes: [],
    resources: { [rootResourceId]: { id: rootResourceId, path: '/', methods: {} } },
    models: { Empty: model('Empty', 'This is a default empty schema model', EMPTY_MODEL), Error: model('Error', 'This is a default error schema model', ERROR_MODEL) },
    requestValidators: {},
    authorizers: {},
    gatewayResponses: {},
  }
}

/** Holds minimumCompressionSize against its bounds: 0 to 10 MB. @throws BadRequestException */
export function checkedCompression(size: number): number {
  if (size < 0 || size > 10_485_760) throw badRequest('Invalid minimum compression size, must be between 0 and 10485760')
  return size
}

/**
 * A resource policy as it is kept: `execute-api:/stage/…` written out as the whole ARN, as AWS does.
 * @throws BadRequestException where it is no policy
 */
export function readPolicy(text: string, { region, account, id }: { region: string; account: string; id: string }): string {
  if (text.length > LARGEST_POLICY) throw badRequest(`Policy size exceeds the limit of ${LARGEST_POLICY} bytes`)
  const whole = (resource: unknown) => (typeof resource === 'string' ? resource.replace(/^execute-api:\//, `arn:aws:execute-api:${region}:${account}:${id}/`) : resource)
  try {
    const document = parsePolicy(text) as { Statement: any }
    const statements = [document.Statement].flat() as Record<string, unknown>[]
    if (!statements.every((statement) => statement?.Effect !== undefined && statement.Principal !== undefined)) throw badRequest('no Effect or Principal')
    const written = statements.map((statement) => ({ ...statement, ...(statement.Resource === undefined ? {} : { Resource: Array.isArray(statement.Resource) ? statement.Resource.map(whole) : whole(statement.Resource) }) }))
    return JSON.stringify({ ...document, Statement: written })
  } catch {
    throw badRequest('Invalid policy document. Please check the policy syntax and ensure that Principals are valid.')
  }
}

function endpointOf(given: EndpointConfiguration | undefined): EndpointConfiguration {
  const types = given?.types ?? ['EDGE']
  if (types.length !== 1) throw badRequest('Only one endpoint type is allowed.')
  return { ...given, types, ipAddressType: given?.ipAddressType ?? (types[0] === 'PRIVATE' ? 'dualstack' : 'ipv4') }
}
