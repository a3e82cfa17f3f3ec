import type { StaticOperationSchema } from '@smithy/types'
import { operation, type Call, type Operation } from '../../operation'
import { resourceTags, tagContext } from '../tag-context'
import { findApi as findHttpApi } from '../apigatewayv2/apis'
import { findApi } from './apis'

/**
 * Declares an operation of API Gateway. IAM decides on the HTTP method and the path, not on the operation:
 * `apigateway:POST` on `arn:aws:apigateway:us-east-1::/restapis/abc/resources/def`
 * (Service Authorization Reference, "Actions, resources, and condition keys for Amazon API Gateway Management").
 */
export function gatewayOperation<Input, Output>(
  schema: StaticOperationSchema,
  run: Operation<Input, Output>['run'],
  more: Pick<Operation<Input, Output>, 'context'> = {},
): Operation<Input, Output> {
  const [method, template] = (schema[3] as { http: [string, string, number] }).http
  return operation<Input, Output>(schema, {
    action: `apigateway:${method}`,
    resource: (call) => resourceArn(call, pathOf(template.split('?')[0]!, call.input as Record<string, unknown>)),
    async context(call) {
      const input = call.input as { tags?: Record<string, string>; Tags?: Record<string, string>; restApiId?: string; ApiId?: string }
      const api = input.restApiId !== undefined ? await findApi(call.sandbox, call, input.restApiId) : input.ApiId !== undefined ? await findHttpApi(call.sandbox, call, input.ApiId) : undefined
      return { ...tagContext(input.tags ?? input.Tags), ...resourceTags(api?.tags), ...(await more.context?.(call)) }
    },
    readOnly: method === 'GET',
    run,
  })
}

/** Who changes an API's resource policy needs a permission of its own beside that for the path. @throws AccessDeniedException */
export function mayChangePolicy(call: Call, path: string): Promise<void> {
  return call.authorize('apigateway:UpdateRestApiPolicy', resourceArn(call, path))
}

/** `arn:aws:apigateway:us-east-1::/restapis/abc` */
export function resourceArn({ region }: Pick<Call, 'region'>, path: string): string {
  return `arn:aws:apigateway:${region}::${path}`
}

function pathOf(template: string, input: Record<string, unknown>): string {
  const value = (label: string) => (/^resourceArn$/i.test(label) ? encodeURIComponent(String(input[label])) : String(input[label]))
  // The paths of API Gateway v2 begin with its version, the ARNs do not.
  return template.replace(/^\/v2/, '').replace(/\{(\w+)\+?\}/g, (_, label: string) => value(label))
}
